"""The figures and the chain as their readers get them."""

import runpy
from pathlib import Path

from sqlalchemy import text

from portal.foundation.database import session
from portal.ledger.models import ResponseKind
from portal.ledger.services import respond
from tests.factories import make_circle, make_idea

DOCS = Path(__file__).resolve().parents[3] / "docs"
VERIFIER = DOCS / "verify_ledger.py"
SEALED = " 1 of them came sealed: their order is checked, their words are not."


def test_the_export_seals_what_is_said_in_a_circle_and_still_holds(sign_in, maya, rosa, sam, ada):
    circle = make_circle(maya, rosa, sam)
    for title, place in (("Open", None), ("SECRET", circle)):
        idea = make_idea(proposed_by=maya, owner=rosa, circle=place)
        respond(idea, kind=ResponseKind.EXPLANATION, message=f"{title} would crack in the frost.", by=rosa)
    session().commit()

    outside, inside = (sign_in(person).get("/chain/export").text for person in (ada, sam))

    assert ("SECRET" in outside, "SECRET" in inside) == (False, True)
    check = runpy.run_path(str(VERIFIER))["check"]
    assert check(outside.splitlines()) == (check(inside.splitlines())[0] + SEALED, True)


def test_a_broken_record_says_where_to_managers_and_to_all_what_comes_next(app, sign_in, maya, rosa, sam):
    idea = make_idea(proposed_by=maya, owner=rosa)
    session().commit()
    session().execute(text("UPDATE idea SET standing = 'done'"))
    session().commit()

    manager, member = (sign_in(person).get("/chain").text for person in (sam, maya))
    ended = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert f"Suggestion {idea.id} says “done”" in manager
    assert ("What to do now" in manager, "checked up to there" in manager) == (True, True)
    assert "All of them were checked" not in manager + member
    assert "Suggestion " not in member.partition("<main")[2]
    assert (ended.exit_code, "docs/operations.md, “When the record is broken”" in ended.stderr) == (1, True)
    assert "### When the record is broken" in (DOCS / "operations.md").read_text("utf-8")
