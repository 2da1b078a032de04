"""What is derived from the record is compared with it, and what keeps the record must be there."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.chain import verify
from portal.ledger.derived import derived_figures, derived_standings
from portal.ledger.models import ActionStage, Idea, ResponseKind
from portal.ledger.services import record_progress, respond, start_action
from tests.factories import make_idea

REASON = "The resin would crack in the first hard frost."


@pytest.fixture
def ledger(maya: User, omar: User, rosa: User) -> list[Idea]:
    """One suggestion answered in time, one late, one decided by an action, one that waits."""
    late = now() - timedelta(days=60)
    given = {"created_at": late, "acknowledge_by": late + timedelta(days=1), "decide_by": late + timedelta(days=2)}
    ideas = [make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=omar, owner=rosa, **given)]
    ideas += [make_idea(proposed_by=maya, owner=rosa) for _number in range(2)]
    for idea in ideas[:2]:
        respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it today.", by=rosa)
        respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    respond(ideas[2], kind=ResponseKind.ACTION, message="We will.", by=rosa, action=action)
    record_progress(action, stage=ActionStage.UNDER_WAY, words="Drawn.", by=rosa)
    session().commit()
    session().expire_all()
    return ideas


def by_hand(*statements: str) -> None:
    for statement in statements:
        session().execute(text(statement))
    session().commit()
    session().expire_all()


def test_what_is_kept_is_what_is_derived(ledger: list[Idea]) -> None:
    assert session().execute(derived_standings()).all() == []
    assert session().execute(derived_figures()).all() == []
    assert [(idea.promises_kept, idea.promises_broken) for idea in ledger] == [(2, 0), (0, 2), (2, 0), (0, 0)]
    assert verify().broken is None


def test_a_standing_set_by_hand_is_named(ledger: list[Idea]) -> None:
    by_hand(f"UPDATE idea SET standing = 'done' WHERE id = {ledger[1].id}")

    assert str(verify()).startswith(f"Suggestion {ledger[1].id} says “done”, but its answers make it “explained”: ")


@pytest.mark.parametrize("change", ["promises_broken = 0", "promises_kept = 3", "decided_minutes = NULL"])
def test_a_figure_set_by_hand_is_named(ledger: list[Idea], change: str) -> None:
    by_hand(f"UPDATE idea SET {change} WHERE id = {ledger[1].id}")

    assert str(verify()).startswith(f"The figures of suggestion {ledger[1].id} are not what its answers make them: ")


@pytest.mark.parametrize("table", ["response", "progress"])
def test_a_guard_that_is_gone_is_named(ledger: list[Idea], db: str, table: str) -> None:
    if db == "sqlite":
        by_hand(f"DROP TRIGGER {table}_no_update")
    else:
        by_hand(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")

    assert str(verify()).startswith("The database no longer refuses changes of the record: its trigger ")
    assert f" {table}_" in str(verify())


def test_an_answer_whose_suggestion_is_gone_is_named(ledger: list[Idea], db: str) -> None:
    # As somebody does it who has switched off what ties the tables together.
    off = "PRAGMA defer_foreign_keys = ON" if db == "sqlite" else "SET LOCAL session_replication_role = replica"
    answer = ledger[0].responses[0].id

    by_hand(off, f"DELETE FROM idea WHERE id = {ledger[0].id}")

    assert str(verify()) == f"The suggestion that answer {answer} was given to is gone."
