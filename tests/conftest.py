"""The cast, the two databases, and a client that checks what it gets."""

from __future__ import annotations

import functools
import gc
import os
import re
import secrets
import shutil
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from psycopg.pq import ExecStatus, TransactionStatus
from sqlalchemy import Connection, Engine, event

from portal.accounts.models import Role, Session, User
from portal.accounts.services import hash_secret
from portal.app import create_app
from portal.foundation import access, config
from portal.foundation.clock import now, pretend
from portal.foundation.config import Settings
from portal.foundation.database import begin_work, database, end_work, session
from portal.foundation.database.single import Single
from tests import (
    examples,  # noqa: F401 - registers the profile of the large runs
    factories,
)
from tests.databases import fresh_engine, own_folder
from tests.pages import check_page
from tests.run import compiled_templates, run_folder
from tests.spread import place_of, pytest_addoption, pytest_runtestloop

__all__ = ["pytest_addoption", "pytest_runtestloop"]

KINDS = ("sqlite", "postgresql")


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let a test of a page or a mail run on one database: which, its name decides, so that each sees half of them.

    What a page does with a database, it does through services and queries, whose own tests run on both; the access
    matrix opens every address on both. A test that counts statements, or is marked `both_databases`, runs on both.
    """
    file = metafunc.definition.path
    about_words = file.parent.name in {"views", "mail"} or file.stem.endswith(("_views", "_pages", "_mail"))
    marks = metafunc.definition
    asks_both = "queries" in metafunc.fixturenames or marks.get_closest_marker("both_databases")
    is_settled = any(re.search(r"\bdb\b", str(mark.args[0])) for mark in marks.iter_markers("parametrize"))
    if about_words and "db" in metafunc.fixturenames and not asks_both and not is_settled:
        kind = KINDS[zlib.crc32(metafunc.function.__name__.encode()) % 2]
        marks.add_marker(pytest.mark.parametrize("db", [kind], indirect=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first; the rest stays in its order."""
    items.sort(key=lambda item: place_of(item.nodeid))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the collector of garbage begin here, as often as the portal's: what is there by now stays until the end."""
    if session.config.getoption("processes") > 1:
        # What each process would load or work out anew.
        import tests.warm  # noqa: F401
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()


def settings_for_tests(**changes: Any) -> Settings:
    """Settings with a company of the tests' own."""
    values: dict[str, Any] = {
        "SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "BASE_URL": "http://localhost:8000",
        "DATA_FOLDER": own_folder(),
        "COMPANY_NAME": "Lumen Lamps",
        "TIME_ZONE": "Europe/Berlin",
    }
    return Settings(**{**values, **changes})


@functools.cache
def migrated_engine(kind: str) -> Engine:
    """One migrated database of each kind for this process."""
    engine = fresh_engine(kind)
    # Each commit of a test is a savepoint: said to the driver itself, it costs a fifth of what it costs as a statement.
    dialect: Any = engine.dialect
    dialect.do_savepoint = functools.partial(_say, "SAVEPOINT")
    dialect.do_release_savepoint = functools.partial(_say, "RELEASE SAVEPOINT")
    dialect.do_rollback_to_savepoint = functools.partial(_say, "ROLLBACK TO SAVEPOINT")
    if kind == "postgresql":
        event.listen(engine, "connect", _plan_once)
    return engine


def _plan_once(driver: Any, _record: Any) -> None:
    # What a test asks a second time, others ask as well.
    driver.prepare_threshold, driver.prepared_max = 1, 1000


def _say(words: str, connection: Connection, name: str = "") -> None:
    """Past the driver of PostgreSQL, which at each ROLLBACK drops all plans, as if tables could have changed."""
    driver: Any = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        driver.execute(f"{words} {name}")
        return
    begin = "BEGIN; " if driver.pgconn.transaction_status == TransactionStatus.IDLE else ""
    told = driver.pgconn.exec_(f"{begin}{words} {name}".encode())
    if told.status not in {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}:
        raise psycopg.errors.error_from_result(told)


@functools.cache
def portal_for(kind: str) -> Flask:
    """The portal on one kind of database."""
    app = create_app(settings_for_tests(DATABASE_URL=migrated_engine(kind).url.render_as_string(hide_password=False)))
    app.testing = True
    app.test_client_class = CheckingClient
    app.jinja_env.bytecode_cache = compiled_templates(run_folder())
    return app


class CheckingClient(FlaskClient):
    """A client that fails a page whose HTML is broken, or a request that leaves work open."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send the request and look at what came back."""
        answer = super().open(*args, **kwargs)
        # A mail shown in its frame is written by the rules of mail programs, styles on its elements included.
        is_mail = "sandbox" in answer.headers.get("Content-Security-Policy", "")
        if answer.mimetype == "text/html" and not answer.is_streamed and not is_mail:
            check_page(answer.get_data(as_text=True))
        return answer


@pytest.fixture(autouse=True)
def _fresh_work() -> None:
    """Whatever the last test left open is closed, and this one may write."""
    begin_work(writing=True)


@pytest.fixture(params=KINDS)
def db(request: pytest.FixtureRequest) -> Iterator[str]:
    """A real database, rolled back after the test; the test runs once on each kind."""
    kind: str = request.param
    app = portal_for(kind)
    config.use(app.extensions["settings"])
    connection = migrated_engine(kind).connect()
    outer = connection.begin()
    if kind == "postgresql":
        # All of the test is one transaction, whose parts stand for the transactions of the portal.
        event.listen(connection, "savepoint", _forget_what_was_raised)
    database.bind(connection)
    access.limiter.enabled = False
    try:
        yield kind
    finally:
        end_work(commit=False)
        if kind == "postgresql":
            _say("ROLLBACK", connection)
        outer.rollback()
        connection.close()
        database.bind(migrated_engine(kind))


def _forget_what_was_raised(connection: Connection, _name: str) -> None:
    # To the server itself, so that it counts as no statement of the portal.
    _say("SELECT set_config('heard.raised', '', true)", connection)


@pytest.fixture(params=KINDS)
def committing_db(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own on which several threads may really commit; emptied afterwards."""
    kind: str = request.param
    app = portal_for(kind)
    config.use(app.extensions["settings"])
    engine = fresh_engine(kind)
    _take_over(engine, migrated_engine(kind))
    database.bind(engine)
    try:
        yield kind
    finally:
        end_work(commit=False)
        engine.dispose()
        database.bind(migrated_engine(kind))


def _take_over(engine: Engine, known: Engine) -> None:
    """Let an engine know what another one knows: its server, and the SQL of whatever was asked there before."""
    with known.connect():
        # The first connection is when a dialect gets to know its server.
        engine.dialect = engine.pool._dialect = known.dialect
    engine._compiled_cache = known._compiled_cache


@pytest.fixture
def app(db: str) -> Flask:
    """The portal on the database of this test."""
    return portal_for(db)


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A visitor who is not signed in."""
    return app.test_client()  # type: ignore[return-value]


def let_in(user: User) -> str:
    """Sign somebody in for good; gives the token that their browser has to hold, once this is committed."""
    token = secrets.token_urlsafe(16)
    session().add(Session(user_id=user.id, token_hash=hash_secret(token), expires_at=now().replace(year=2100)))
    return token


def browser_with(app: Flask, token: str) -> FlaskClient:
    """A browser that holds this token."""
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = token, True
    return browser


@pytest.fixture
def sign_in(app: Flask) -> Any:
    """`sign_in(user)` gives a client of that user's browser."""

    def open_browser(user: User) -> FlaskClient:
        token = let_in(user)
        session().commit()
        app.config["WTF_CSRF_ENABLED"] = False
        return browser_with(app, token)

    yield open_browser
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The real browser that `bin/test` found: one for the whole process, since only one can be driven at a time."""
    from playwright.sync_api import sync_playwright

    named = os.environ.get("HEARD_BROWSER") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=named, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def maya(db: str) -> User:
    """A maker who became a member."""
    return factories.make_user("maya@example.org", "Maya Lindqvist", Role.MEMBER)


@pytest.fixture
def omar(db: str) -> User:
    """Another member."""
    return factories.make_user("omar@example.org", "Omar Haddad", Role.MEMBER)


@pytest.fixture
def sam(db: str) -> User:
    """The community manager."""
    return factories.make_user("sam@example.com", "Sam Okafor", Role.MANAGER)


@pytest.fixture
def rosa(db: str) -> User:
    """A responder."""
    return factories.make_user("rosa@example.com", "Rosa Pereira", Role.RESPONDER)


@pytest.fixture
def ada(db: str) -> User:
    """The admin."""
    return factories.make_user("ada@example.com", "Ada Novak", Role.ADMIN)


@pytest.fixture
def one_moment() -> Iterator[datetime]:
    """The clock stands: what a page says of time, and is kept for until the minute ends, is the same throughout."""
    with pretend(now()):
        yield now()


@pytest.fixture
def queries(db: str, one_moment: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement that reaches the database during the test, in order."""
    seen: list[str] = []
    engine = migrated_engine(db)

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    given = Single.given

    def note_single(single: Single, values: dict[str, Any]) -> dict[str, Any]:
        # Those go to the driver, past all that listens.
        seen.append(single._words)
        return given(single, values)

    event.listen(engine, "before_cursor_execute", note)
    monkeypatch.setattr(Single, "given", note_single)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
