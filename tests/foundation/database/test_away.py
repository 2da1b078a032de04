"""A database that is away, and what is logged of faults: a plain page that may be asked for again, and no secret."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, bindparam, event, func, literal_column, select
from sqlalchemy.exc import DBAPIError

from portal.accounts.models import User
from portal.foundation.database import begin_work, connect, database, end_work, session
from portal.updates.models import Preference
from tests.conftest import browser_with, let_in, portal_for
from tests.factories import make_user

GONE = {"sqlite": "sqlite:////nowhere/at/all/heard.sqlite3", "postgresql": "postgresql://heard@127.0.0.1:1/heard"}
CANARY = "canary-0000-of-a-private-title"


@pytest.fixture
def app(committing_db: str, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The portal as it is served, on a database of its own: faults become pages."""
    app = portal_for(committing_db)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    return app


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """Maya's browser, signed in for good."""
    user = make_user("maya@example.org", "Maya Lindqvist")
    token = let_in(user)
    end_work(commit=True)
    return browser_with(app, token)


def test_while_the_database_is_away_people_are_asked_to_come_back(
    app: Flask, browser: FlaskClient, committing_db: str
) -> None:
    there = database.engine
    assert browser.get("/preferences").status_code == 200
    database.bind(connect(GONE[committing_db]))

    answers = [browser.get("/preferences"), browser.post("/preferences")]
    without = app.test_client().post("/sign-in-links")
    database.bind(there)

    for answer in answers:
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Nothing you sent was saved" in answer.text
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    # What needs no row is still answered.
    assert without.status_code == 422
    assert browser.get("/preferences").status_code == 200


@pytest.mark.parametrize("committing_db", ["postgresql"], indirect=True)
def test_a_database_that_goes_away_before_the_commit_saved_nothing_and_says_so(browser: FlaskClient) -> None:
    def cut(connection: Connection) -> None:
        number = connection.connection.dbapi_connection.info.backend_pid
        with database.engine.connect() as other:
            other.execute(select(func.pg_terminate_backend(number)))

    event.listen(database.engine, "commit", cut, once=True)
    answer = browser.post("/preferences", data={"level": "nothing"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Nothing you sent was saved" in answer.text
    begin_work(writing=False)
    assert session().scalars(select(Preference)).all() == []
    assert browser.post("/preferences", data={"level": "nothing"}).status_code == 303


def test_a_fault_says_neither_the_words_of_people_nor_the_key_in_an_address(
    app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = select(literal_column("nothing").label("x")).where(User.name == bindparam("name"))
    begin_work(writing=False)
    for ask in (session().execute, database.read):
        with pytest.raises(DBAPIError) as fault:
            ask(nowhere, {"name": CANARY})
        assert CANARY not in str(fault.value)
    end_work(commit=False)
    monkeypatch.setitem(app.view_functions, "accounts.show_sign_in_link", lambda secret: secret[1000])

    answer = browser.get(f"/sign-in/{CANARY}")
    said = "".join(capsys.readouterr())

    assert answer.status_code == 500
    assert "accounts.show_sign_in_link" in said
    assert CANARY not in said
