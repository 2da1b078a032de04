"""The command that verifies the ledger."""

from flask import Flask
from sqlalchemy import text

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import ResponseKind
from portal.ledger.services import respond
from tests.factories import make_idea


def test_an_unbroken_ledger_says_so(app: Flask, maya: User, rosa: User) -> None:
    respond(make_idea(proposed_by=maya, owner=rosa), kind=ResponseKind.QUESTION, message="Which?", by=rosa)
    session().commit()

    ended = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert (ended.exit_code, ended.output) == (0, "1 answers and 0 progress entries, unbroken.\n")


def test_a_broken_ledger_is_named_and_fails(app: Flask, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    session().execute(text(f"UPDATE idea SET standing = 'done' WHERE id = {idea.id}"))
    session().commit()

    ended = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert ended.exit_code == 1
    assert f"Suggestion {idea.id} says “done”" in ended.stderr
