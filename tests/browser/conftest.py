"""The portal as it is served, its worker, a mail server and a browser, all real, all on loopback."""

from __future__ import annotations

import os
import re
import secrets
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine, text

from portal.accounts.models import Role
from portal.accounts.services import add_user, make_link
from portal.foundation.database import connect, database, session, transaction
from tests.command_line import Command, run_command
from tests.databases import fresh_address
from tests.postgres import postgres_address
from tests.smtp import Letter, MailServer


@dataclass
class Portal:
    """One running portal with its own database, data folder and mailbox."""

    base: str
    env: dict[str, str]
    folder: Path
    engine: Engine
    mailbox: MailServer

    def command(self, *words: str, code: int = 0) -> str:
        """Run `bin/portal …` and return what it printed."""
        found, out, err = run_command(*words, env=self.env, folder=self.folder)
        assert found == code, out + err
        return out + err

    def letter_to(self, address: str, *, about: str = "", seconds: float = 25) -> Letter:
        """The newest mail to an address whose subject or text holds these words; waits for it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for letter in reversed(self.mailbox.letters):
                if address in letter.recipients and (about in letter.text or about in letter.header("Subject")):
                    return letter
            time.sleep(0.1)
        found = [(mail.recipients, mail.header("Subject")) for mail in self.mailbox.letters]
        raise AssertionError(f"no mail to {address} about {about!r} among {found}")

    def link_in(self, letter: Letter, path: str) -> str:
        """The first address of this portal in a mail that starts with a path."""
        found = re.search(re.escape(self.base + path) + r"[^\s>]*", letter.text)
        assert found, letter.text
        return found[0]

    def way_in(self, email: str, *, name: str, role: Role) -> str:
        """Add someone, and give the address under which they sign in once."""
        database.bind(self.engine)
        with transaction():
            user = add_user(email=email, name=name, role=role, by=None)
            session().flush()
            secret = make_link(user)
        return f"{self.base}/sign-in/{secret}"

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """Look into the database directly."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=3):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{address} did not answer")


@contextmanager
def serve(address: str, folder: Path, *, web_processes: int = 2) -> Iterator[Portal]:
    """A fresh portal on a database, served by gunicorn with a worker beside it."""
    mailbox = MailServer()
    mailbox.start()
    base = f"http://127.0.0.1:{_free_port()}"
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("HEARD_", "MAIL_"))},
        "SECRET_KEY": secrets.token_hex(32),
        "BASE_URL": base,
        "DATABASE_URL": address,
        "DATA_FOLDER": str(folder),
        "COMPANY_NAME": "Lumen Lamps",
        "BUSINESS_HOURS": "Mon-Sun 00:00-24:00",
        "FETCH_ALLOW_LOOPBACK": "true",
        "WEB_CONCURRENCY": str(web_processes),
        **{name: str(value) for name, value in mailbox.settings().items()},
    }
    found = Portal(base, env, folder, connect(address), mailbox)
    server = Command("serve", env=env, folder=folder)
    try:
        _wait_for(base + "/sign-in")
        yield found
    finally:
        server.interrupt()
        code, out, err = server.wait(40)
        mailbox.stop()
        found.engine.dispose()
        assert code == 0, out + err


@pytest.fixture(params=["sqlite", "postgresql"])
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Portal]:
    """A fresh portal on each kind of database, begun on an empty one."""
    address = f"sqlite:///{tmp_path / 'heard.sqlite3'}"
    if request.param == "postgresql":
        address = postgres_address(f"walk_{secrets.token_hex(4)}")
    with serve(address, tmp_path) as found:
        yield found


# A machine with much else to do is given as much time to show something as to do it.
PATIENCE_MS = 12_000
expect.set_options(timeout=PATIENCE_MS)


class Windows:
    """Browser windows, and what went wrong in any of them: a script error, or a broken rule of the page."""

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.contexts: list[BrowserContext] = []
        self.problems: list[str] = []

    def open(self, width: int = 1280, scheme: str = "light") -> Page:
        """A fresh window with cookies of its own."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self.problems.append(said.text) if "Content Security" in said.text else None)
        return page

    def close(self) -> None:
        """Close them all, and fail if anything went wrong in one."""
        for context in self.contexts:
            context.close()
        assert self.problems == []


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[object]:
    """`open_page()` gives a fresh browser window."""
    windows = Windows(chromium)
    yield windows.open
    windows.close()


@dataclass
class Town:
    """One portal that several walks share, and its people, each with a browser: members on a phone."""

    portal: Portal
    sam: Page
    rosa: Page
    maya: Page
    omar: Page
    lee: Page


PEOPLE = {
    "sam": (Role.MANAGER, "Sam Okafor"),
    "rosa": (Role.RESPONDER, "Rosa Pereira"),
    "maya": (Role.MEMBER, "Maya Lindqvist"),
    "omar": (Role.MEMBER, "Omar Haddad"),
    "lee": (Role.MEMBER, "Lee Park"),
}


@pytest.fixture(scope="package")
def town(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Two of the staff and three members, signed in on one portal, which ends with the last test of this folder.

    It has one web process, and the database that a portal begins with; where TOWN_DATABASE says so, the other one, as
    bin/check walks through it all once more. The long walk goes through a portal of each kind every time.
    """
    windows = Windows(chromium)
    address = fresh_address(os.environ.get("TOWN_DATABASE", "sqlite"))
    with serve(address, tmp_path_factory.mktemp("town"), web_processes=1) as portal:
        pages = {}
        for short, (role, name) in PEOPLE.items():
            pages[short] = page = windows.open(390 if role is Role.MEMBER else 1280)
            _let_in(page, portal.way_in(f"{short}@example.org", name=name, role=role))
        yield Town(portal, **pages)
    windows.close()


def _let_in(page: Page, link: str) -> None:
    """Sign in by the form of the link, which the long walk presses; here nothing is drawn for it."""
    form = page.request.get(link).text()
    action = re.search(r'<form method="post" action="([^"]+)"', form)
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', form)
    assert action
    assert token
    home = page.request.post(urljoin(link, action[1]), form={"csrf_token": token[1]})
    assert home.ok, home.text()[-500:]


def press(page: Page, name: str) -> None:
    """Press the first button of this name and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()
