"""The rules of the database: UTC only, one transaction for one piece of work, reading never writes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import insert, select

from portal.accounts.models import Role, User
from portal.foundation.database import ReadOnly, begin_work, end_work, session, transaction
from tests.factories import make_user


def test_a_moment_comes_back_in_utc(db):
    moment = datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    user = make_user("maya@example.org")
    user.suspended_at = moment
    session().commit()
    session().expire_all()

    found = session().get(User, user.id)

    assert found.suspended_at == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert found.suspended_at.utcoffset() == timedelta()


def test_a_moment_without_a_zone_is_refused(db):
    user = make_user("maya@example.org")
    user.suspended_at = datetime(2026, 5, 1, 12)

    with pytest.raises(Exception, match="without a time zone"):
        session().flush()


def test_work_that_is_not_committed_is_gone(db):
    begin_work(writing=True)
    session().add(User(email="x@example.org", name="X", role=Role.MEMBER))
    session().flush()

    end_work(commit=False)

    assert session().scalars(select(User)).all() == []


def test_a_transaction_that_fails_leaves_nothing(db):
    with pytest.raises(RuntimeError), transaction() as current:  # noqa: PT012 - the failure must come inside
        current.add(User(email="x@example.org", name="X", role=Role.MEMBER))
        current.flush()
        raise RuntimeError

    assert session().scalars(select(User)).all() == []


def test_reading_work_cannot_write_by_a_row(db):
    begin_work(writing=False)
    session().add(User(email="x@example.org", name="X", role=Role.MEMBER))

    with pytest.raises(ReadOnly):
        session().flush()


def test_reading_work_cannot_write_by_a_statement(db):
    begin_work(writing=False)

    with pytest.raises(ReadOnly):
        session().execute(insert(User).values(email="x@example.org", name="X", role=Role.MEMBER))
