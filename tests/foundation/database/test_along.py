"""Values that are read along with the statement that a request begins with."""

from typing import Any

from sqlalchemy import Update, event, select, update

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import begin_work, database, end_work, session
from portal.foundation.database.along import _rows, add_along, read_along
from portal.ledger.models import Terms
from tests.conftest import browser_with, let_in, portal_for
from tests.factories import make_user


def test_a_reader_asks_once_and_a_writer_each_time(db: str, queries: list[str]) -> None:
    add_along(select(User.name.label("newest")).order_by(User.id.desc()).limit(1))
    try:
        assert read_along("newest") == [None]
        make_user("maya@example.org", "Maya")
        assert read_along("newest") == ["Maya"]
        session().commit()
        begin_work(writing=False)
        queries.clear()
        assert [read_along("newest") for _ in range(3)] == [["Maya"]] * 3
        assert len(queries) == 1
    finally:
        del _rows[("newest",)]


def test_a_page_begins_with_one_statement_that_knows_its_reader_and_the_hours(committing_db: str) -> None:
    """By the short way that requests take: no session is asked who reads, and each change is seen by the next one."""
    maya = make_user("maya@example.org", "Maya Lindqvist")
    token = let_in(maya)
    end_work(commit=True)
    browser = browser_with(portal_for(committing_db), token)
    long_way: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        long_way.extend([statement] if "token_hash" in statement or "terms" in statement else [])

    event.listen(database.engine, "before_cursor_execute", note)
    first = browser.get("/asks").text
    _change(Terms(business_hours="Tue 10:00-11:00", changed_by_id=maya.id))
    second = browser.get("/asks").text
    _change(update(User).values(name="Maya L."))
    third = browser.get("/asks").text
    _change(update(User).values(suspended_at=now()))
    last = browser.get("/asks")
    event.remove(database.engine, "before_cursor_execute", note)

    assert ["Mon–Fri 09:00–17:00" in first, "Tue 10:00–11:00" in first, "Maya Lindqvist" in first] == [
        True,
        False,
        True,
    ]
    assert ["Mon–Fri 09:00–17:00" in second, "Tue 10:00–11:00" in second] == [False, True]
    assert ["Maya Lindqvist" in third, "Maya L." in third] == [False, True]
    assert last.status_code == 303
    assert [statement for statement in long_way if statement.startswith("SELECT")] == []


def _change(what: Any) -> None:
    begin_work(writing=True)
    session().execute(what) if isinstance(what, Update) else session().add(what)
    end_work(commit=True)
