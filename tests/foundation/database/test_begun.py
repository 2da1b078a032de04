"""Transactions without a session: what fails in one is named as elsewhere, leaves nothing, and is over by the next."""

import pytest
from sqlalchemy import func, insert, literal_column, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from portal.foundation.audit import AuditEntry, record
from portal.foundation.database import begin_work, database, end_work, read_one, session, turns, write_one
from portal.foundation.database.engines import for_readers
from tests.foundation.database.test_work import IDEA, verbs

WITHOUT_A_VERB = insert(AuditEntry.__table__).values(subject_table="idea", subject_id=7, at=func.now()).inline()
NOWHERE = select(literal_column("nowhere").label("x"))


def test_what_fails_is_named_as_elsewhere_and_leaves_nothing(committing_db):
    """On PostgreSQL it is found when something is asked for, when a session opens, or at the end."""

    def write(ending):
        record("before", IDEA, by=None)
        write_one(WITHOUT_A_VERB, {})
        record("after", IDEA, by=None)
        ending()

    for ending in (lambda: end_work(commit=True), lambda: read_one(select(AuditEntry.verb), {}), session):
        begin_work(writing=True)
        with pytest.raises(IntegrityError, match="verb"):
            write(ending)
        end_work(commit=False)
        assert verbs() == []

    begin_work(writing=True)
    record("before", IDEA, by=None)
    with pytest.raises(DBAPIError, match="nowhere"):
        read_one(NOWHERE, {})
    end_work(commit=False)
    begin_work(writing=True)
    record("only", IDEA, by=None)
    end_work(commit=True)

    assert verbs() == ["only"]
    assert database.engine.pool.checkedout() == 1


# SQLite has no server that could go away.
@pytest.mark.parametrize("committing_db", ["postgresql"], indirect=True)
def test_a_server_that_goes_away_before_the_end_kept_nothing_and_is_asked_anew(committing_db):
    for commits in (True, False):
        begin_work(writing=True)
        record("before", IDEA, by=None)
        number = read_one(select(func.pg_backend_pid().label("number")), {})["number"]
        with for_readers(database.engine).connect() as other:
            assert other.scalar(select(func.pg_terminate_backend(number)))
        if commits:
            with pytest.raises(OperationalError):
                end_work(commit=True)
        else:
            end_work(commit=False)
        begin_work(writing=True)
        record("after", IDEA, by=None)
        end_work(commit=True)

    assert verbs() == ["after", "after"]


# PostgreSQL has many writers at a time.
@pytest.mark.parametrize("committing_db", ["sqlite"], indirect=True)
def test_whoever_waits_too_long_for_their_turn_is_told_as_elsewhere(committing_db, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_S", 0.01)
    with database.engine.begin():
        begin_work(writing=True)
        with pytest.raises(OperationalError, match="locked"):
            record("never", IDEA, by=None)
        end_work(commit=False)

    assert verbs() == []
