"""When the public ledger was switched on and off is written down, and said where people write."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.jobs import note_who_may_read
from portal.ledger.models import Opening
from portal.ledger.queries import current_opening
from tests.conftest import settings_for_tests
from tests.factories import make_circle, make_idea


def test_each_switch_of_the_public_ledger_is_written_down_once(db: Any) -> None:
    start = now()
    done = []
    for day, is_open in enumerate((False, True, True, False, False, True)):
        config.use(settings_for_tests(PUBLIC_LEDGER=is_open))
        with pretend(start + timedelta(days=day)):
            done.append(note_who_may_read())

    assert done == [0, 1, 0, 1, 0, 1]
    entries = session().scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.verb, entry.by_id, (entry.at - start).days) for entry in entries] == [
        ("public_ledger.opened", None, 1),
        ("public_ledger.closed", None, 3),
        ("public_ledger.opened", None, 5),
    ]
    first, second = session().scalars(select(Opening).order_by(Opening.id))
    assert first.closed_at == start + timedelta(days=3)
    assert current_opening() is second


def test_whoever_writes_is_told_that_anyone_may_read_it(sign_in: Any, maya: User, rosa: User) -> None:
    circle, told = make_circle(maya, rosa), "which anyone may read"
    make_idea(proposed_by=maya, owner=rosa)
    here = sign_in(maya)
    assert told not in here.get("/ideas/new").text
    assert "/public-ledger" not in here.get("/figures").text

    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    with pretend(now() - timedelta(days=40)):
        note_who_may_read()

    assert told in here.get("/ideas/new").text
    assert told not in here.get(f"/ideas/new?circle={circle.id}").text
    figures = here.get("/figures").text
    assert 'href="/public-ledger"' in figures
    assert "(since " in figures
