"""The rules of the database: UTC only, one transaction for one piece of work, reading never writes."""

from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Role, User
from portal.foundation.audit import AuditEntry, record
from portal.foundation.database import (
    ReadOnly,
    among_given,
    as_one,
    begin_work,
    carry,
    database,
    end_work,
    engines,
    is_untouched,
    read_all,
    read_one,
    session,
    transaction,
    write_one,
)
from portal.foundation.database.engines import for_readers
from portal.ledger.models import Idea
from tests.factories import make_idea, make_user


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


def test_reading_work_cannot_write_by_a_statement_that_was_built_once(db):
    begin_work(writing=False)

    with pytest.raises(ReadOnly):
        write_one(update(User).values(name="X"), {})


def test_rows_are_read_by_themselves_and_within_the_work_that_changed_them(committing_db):
    """Lists stand in a statement that was built once, or are given to it each time."""
    maya, omar, lee = (make_user(f"{name}@example.org", name) for name in ("maya", "omar", "lee"))
    end_work(commit=True)
    roles, numbers = User.role.in_([Role.MEMBER, Role.MANAGER]), among_given(User.id, "numbers")
    asked = select(User.id, User.name, User.role, User.created_at).where(roles, numbers).order_by(User.id)
    given = {"numbers": as_one([maya.id, lee.id, 99])}
    renaming = update(User).where(User.id == bindparam("number")).values(name=bindparam("to")).returning(User.name)

    begin_work(writing=True)
    before = read_all(asked, given)
    renamed, nobody = (write_one(renaming, {"number": number, "to": "Maya L."}) for number in (maya.id, 99))
    within = read_all(asked, given)
    end_work(commit=False)

    assert [tuple(row) for row in before] == [(one.id, one.name, one.role, one.created_at) for one in (maya, lee)]
    assert (renamed, nobody) == ({"name": "Maya L."}, None)
    assert [row.name for row in within] == ["Maya L.", "lee"]
    assert [row.name for row in read_all(asked, given)] == ["maya", "lee"]
    assert read_all(asked, {"numbers": as_one([])}) == []
    assert omar.id


# SQLite has no server that could go away.
@pytest.mark.parametrize("committing_db", ["postgresql"], indirect=True)
def test_a_connection_that_lay_idle_is_asked_whether_its_server_is_there(committing_db, monkeypatch):
    begin_work(writing=True)
    number = session().scalar(select(func.pg_backend_pid()))
    end_work(commit=False)
    with for_readers(database.engine).connect() as other:
        assert other.scalar(select(func.pg_terminate_backend(number)))
    monkeypatch.setattr(engines, "IDLE_S", 0.0)

    begin_work(writing=True)

    assert session().scalar(select(1)) == 1


IDEA = SimpleNamespace(id=7, __tablename__="idea")


def verbs():
    with transaction() as current:
        return sorted(current.scalars(select(AuditEntry.verb)))


def test_what_is_written_by_statements_alone_is_one_transaction_with_the_session_that_opens_later(committing_db):
    written_by_both()


def test_within_a_test_that_is_taken_back_it_is_the_same(db):
    written_by_both()


def written_by_both():
    for commits in (False, True):
        begin_work(writing=True)
        record("first", IDEA, by=None)
        assert not is_untouched()
        assert read_one(select(AuditEntry.verb), {}) == {"verb": "first"}
        # Whoever opens a session sees it, and what that holds back is seen by statements.
        assert session().scalars(select(AuditEntry.verb)).all() == ["first"]
        session().add(AuditEntry(verb="second", subject_table="idea", subject_id=7))
        assert len(read_all(select(AuditEntry.verb), {})) == 2
        record("third", IDEA, by=None)
        end_work(commit=commits)
        assert verbs() == (["first", "second", "third"] if commits else [])


def test_statements_alone_are_kept_or_taken_back_without_any_session(committing_db):
    for commits, kept in ((False, []), (True, ["only"])):
        begin_work(writing=True)
        record("only", IDEA, by=None)
        end_work(commit=commits)
        assert verbs() == kept
    # A job of its own beside it is a transaction of its own.
    begin_work(writing=True)
    with transaction():
        record("job", IDEA, by=None)
    record("mine", IDEA, by=None)
    end_work(commit=False)
    assert verbs() == ["job", "only"]
    # One connection is kept for whoever writes next.
    assert database.engine.pool.checkedout() == 1


def test_a_session_that_cannot_commit_takes_back_what_was_written_before_it(committing_db):
    begin_work(writing=True)
    record("first", IDEA, by=None)
    session().add_all(User(email="twice@example.org", name="Twice", role=Role.MEMBER) for _time in range(2))
    with pytest.raises(IntegrityError):
        end_work(commit=True)
    assert verbs() == []

    begin_work(writing=True)
    record("next", IDEA, by=None)
    end_work(commit=True)
    assert verbs() == ["next"]


def test_a_row_that_was_carried_is_loaded_further_and_changed_by_the_session_that_opens(committing_db):
    maya = make_user("maya@example.org", "Maya")
    number = make_idea(proposed_by=maya).id
    end_work(commit=True)
    begin_work(writing=True)
    columns = read_one(select(*Idea.__table__.c).where(Idea.id == bindparam("id")), {"id": number})
    idea = carry(Idea, columns)
    assert carry(Idea, columns) is idea

    assert session().get(Idea, number) is idea
    assert idea.proposed_by.name == "Maya"
    idea.title = "A carried one"
    end_work(commit=True)

    with transaction() as current:
        assert current.get_one(Idea, number).title == "A carried one"
