"""The figures and the chain as their readers get them."""

import runpy
from pathlib import Path

from portal.foundation.database import session
from portal.ledger.models import ResponseKind
from portal.ledger.services import respond
from tests.factories import make_circle, make_idea

VERIFIER = Path(__file__).resolve().parents[3] / "docs" / "verify_ledger.py"
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
