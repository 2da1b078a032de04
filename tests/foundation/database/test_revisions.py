"""What is kept is never older than the rows: every change raises the number, at commit and for everyone."""

import threading
from contextlib import suppress

import pytest
from sqlalchemy import bindparam, func, insert, inspect, literal_column, select, text
from sqlalchemy.exc import DBAPIError

from portal.accounts.models import Role, User
from portal.foundation.clock import now
from portal.foundation.database import begin_work, database, end_work, raised_once, session
from portal.foundation.database.revisions import (
    is_sharing,
    keep_each,
    keep_found,
    kept,
    note_revisions,
    revisions,
    store,
    topics,
)
from portal.foundation.database.store import Store
from portal.topics import LEDGER, topics_of_tables
from tests.factories import make_user

asked: list[str] = []


@kept(LEDGER)
def people(_word: str = "") -> int:
    """How many people there are; remembers that it was asked."""
    asked.append(_word)
    assert is_sharing()
    return int(session().scalar(select(func.count()).select_from(User)) or 0)


@pytest.fixture(autouse=True)
def _nothing_asked():
    asked.clear()
    store.clear()


def read(word: str = "") -> int:
    """What a page would show."""
    begin_work(writing=False)
    try:
        return people(word)
    finally:
        end_work(commit=False)


def someone(address: str) -> dict[str, object]:
    return {"email": address, "name": "X", "role": Role.MEMBER, "language": "en", "created_at": now()}


def test_what_did_not_change_is_worked_out_once(db):
    assert [read(), read(), read("other"), read("other")] == [0, 0, 0, 0]

    assert asked == ["", "other"]


def test_of_several_those_that_are_not_known_are_made_together(db):
    made, place = [], Store(entries=10, size=100_000)

    def read_each(*words: str, among: str = "") -> dict[str, str]:
        def make(missing: list[str]) -> dict[str, str]:
            assert is_sharing()
            made.append(missing)
            return {word: word.upper() for word in missing}

        begin_work(writing=False)
        try:
            return keep_each([LEDGER], words, make, store=place, among=among)
        finally:
            end_work(commit=False)

    assert read_each("a", "b") == {"a": "A", "b": "B"}
    assert read_each("b", "c") == {"b": "B", "c": "C"}
    assert read_each("c", among="other") == {"c": "C"}
    make_user("maya@example.org")
    session().commit()
    assert read_each("a") == {"a": "A"}
    begin_work(writing=True)
    assert keep_each([LEDGER], ["a"], lambda missing: dict.fromkeys(missing, "new"), store=place) == {"a": "new"}
    end_work(commit=False)

    assert made == [["a", "b"], ["c"], ["c"], ["a"]]
    assert read_each("a") == {"a": "A"}


def test_what_is_found_by_the_way_is_known_until_a_row_changes_and_a_writer_keeps_nothing(db):
    place = Store(entries=10, size=100_000)

    def find(found: dict[str, str], *, writing: bool = False) -> None:
        begin_work(writing=writing)
        keep_found([LEDGER], found, store=place, among="here")
        end_work(commit=False)

    def known(word: str, among: str = "here") -> str:
        begin_work(writing=False)
        try:
            return keep_each([LEDGER], [word], lambda missing: dict.fromkeys(missing, ""), store=place, among=among)[
                word
            ]
        finally:
            end_work(commit=False)

    find({"a": "A"})
    find({"b": "B"}, writing=True)
    assert len(place) == 1

    assert [known("a"), known("b"), known("a", "there")] == ["A", "", ""]
    make_user("maya@example.org")
    session().commit()
    assert known("a") == ""


def test_every_change_is_shown_at_once(db):
    assert read() == 0
    user = make_user("maya@example.org")
    session().commit()
    assert read() == 1

    # Not by way of the models either.
    begin_work(writing=True)
    session().execute(text("""UPDATE "user" SET name = 'Maya' """))
    session().commit()
    read()
    begin_work(writing=True)
    session().execute(text("""DELETE FROM "user" """))
    session().commit()

    assert read() == 0
    assert len(asked) == 4
    assert user.id


def test_whoever_writes_is_shown_nothing_that_was_kept_and_keeps_nothing(db):
    assert read() == 0
    begin_work(writing=True)
    session().execute(insert(User).values(**someone("x@example.org")))

    inside = people()
    end_work(commit=False)

    assert (inside, read()) == (1, 0)


def test_the_number_comes_with_the_statement_that_a_request_begins_with(db, queries):
    read()
    begin_work(writing=False)
    row = database.read(select(revisions(topics())), {})

    left = note_revisions(row)
    queries.clear()
    people("")

    assert (left, queries) == ({}, [])


def test_a_change_counts_when_it_is_committed_and_nobody_waits(committing_db):
    """Two transactions at once: neither waits for the other's number, and each commit is seen."""
    begin_work(writing=False)
    first, second = database.engine.connect(), database.engine.connect()
    first.execute(insert(User.__table__).values(**someone("first@example.org")))
    before = read()
    waiting = threading.Thread(target=_add_second, args=(second,))
    waiting.start()
    if committing_db == "postgresql":
        waiting.join(5)
        assert not waiting.is_alive()
        assert (before, read()) == (0, 1)
    first.commit()
    waiting.join(10)
    after = read()
    first.close()
    second.close()

    # With the first undone and done again, its number must not be taken for the one before.
    begin_work(writing=True)
    session().execute(insert(User.__table__).values(**someone("third@example.org")))
    end_work(commit=False)
    begin_work(writing=True)
    session().execute(insert(User.__table__).values(**someone("fourth@example.org")))
    end_work(commit=True)

    assert (before, after, read()) == (0, 2, 3)


def _add_second(connection):
    connection.execute(insert(User.__table__).values(**someone("second@example.org")))
    connection.commit()


def test_many_changes_at_once_raise_the_number_once_and_one_taken_back_does_not_count(committing_db):
    """PostgreSQL's triggers see to it themselves; on SQLite the batch says so, for the tables it names."""
    before = _number()
    with database.engine.begin() as connection, raised_once(connection, "user"):
        taken_back = connection.begin_nested()
        connection.execute(insert(User), someone("a@example.org"))
        taken_back.rollback()
        for name in "bcd":
            connection.execute(insert(User), someone(f"{name}@example.org"))

    assert _number() == before + 1
    with database.engine.begin() as connection:
        connection.execute(insert(User), someone("e@example.org"))
    assert _number() == before + 2


def test_after_a_batch_and_beside_its_tables_every_change_counts(committing_db):
    with database.engine.begin() as connection:
        with suppress(LookupError), raised_once(connection, "user"):
            connection.execute(insert(User), someone("a@example.org"))
            raise LookupError
        between = _number_on(connection)
        connection.execute(insert(User), someone("b@example.org"))
        if committing_db == "sqlite":
            assert _number_on(connection) == between + 1
        with raised_once(connection, "mention"):
            between = _number_on(connection)
            connection.execute(insert(User), someone("c@example.org"))
            if committing_db == "sqlite":
                assert _number_on(connection) == between + 1
        assert not connection.execute(text("SELECT 1 FROM revision WHERE topic LIKE '#%'")).all()


def _number() -> int:
    with database.engine.connect() as connection:
        return _number_on(connection)


def _number_on(connection) -> int:
    return int(connection.execute(select(revisions([LEDGER]))).scalar_one())


# SQLite gives each request one connection for reading and writing, so only PostgreSQL has one to refuse.
@pytest.mark.parametrize("committing_db", ["postgresql"], indirect=True)
def test_a_reading_request_cannot_write_even_by_plain_words(committing_db):
    with pytest.raises(Exception, match="read-only"):
        database.read(text("""UPDATE "user" SET name = 'X' RETURNING id""").columns(User.id), {})


def test_a_single_statement_gives_what_the_long_way_gives_and_names_its_faults(committing_db):
    """Times, choices and faults come back as SQLAlchemy would have given them."""
    user = make_user("maya@example.org")
    session().commit()
    end_work(commit=False)
    asked = select(*User.__table__.c).where(User.id == bindparam("id"), User.created_at <= bindparam("at", now()))

    found, none = (database.read(asked, {"id": number, "at": now()}) for number in (user.id, 0))

    assert found == {column.name: getattr(user, column.name) for column in User.__table__.c}
    assert none is None
    with pytest.raises(DBAPIError):
        database.read(select(literal_column("nowhere").label("x")), {})


def test_every_table_that_a_page_may_show_is_watched(db):
    like = {
        "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'revises_%'",
        "postgresql": "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE t.tgname LIKE 'revises_%'",
    }
    there = set(session().execute(text(like[db])).scalars())

    assert there == {name for name, belongs in topics_of_tables().items() if belongs}
    assert there <= set(inspect(session().connection()).get_table_names())
