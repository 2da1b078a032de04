"""Every route for every kind of person, held against the saved matrix; a denial changes nothing and shows nothing.

`HEARD_SAVE_MATRIX=1 bin/test tests/architecture/test_access_matrix.py` writes the file anew: read the
difference before committing it.
"""

import csv
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from portal.foundation.database import database, end_work
from tests.architecture.rows import make_one_of_each

FILE = Path(__file__).with_name("access_matrix.csv")
KINDS = ("anyone", "maya", "omar", "rosa", "sam", "ada")
TITLES = ("method", "address", "anyone", "author", "member", "responder", "manager", "admin")
DENIED = {"sign-in", "refused", "hidden"}
CHANGE = re.compile(r"\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b")


def outcome(answer) -> str:
    """What a person sees, in one word."""
    if answer.status_code == 401 or (answer.status_code == 303 and "/sign-in?" in answer.headers["Location"]):
        return "sign-in"
    if answer.status_code == 403:
        return "refused"
    if answer.status_code == 404:
        return "hidden"
    assert answer.status_code < 500, answer.get_data(as_text=True)[-500:]
    return "open"


def without_token(answer) -> str:
    """A page without the one thing that is new each second."""
    return re.sub(r'"X-CSRFToken": "[^"]+"|name="csrf_token" value="[^"]+"', "", answer.get_data(as_text=True))


def routes(app):
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods))):
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, rule.rule


def address(rule: str, rows: dict[str, str]) -> str:
    """A rule with the numbers and tokens of the sample rows in it."""
    for prefix, token in rows.items():
        if rule.startswith(prefix):
            rule = token.join((prefix.partition("<")[0], rule.removeprefix(prefix)))
    return re.sub(r"<int:([a-z_]+)>", lambda found: rows[found[1]], rule)


@pytest.fixture
def rows(db, maya, rosa, sam):
    return make_one_of_each(author=maya, owner=rosa, manager=sam)


@pytest.fixture
def browsers(client, sign_in, maya, omar, rosa, sam, ada):
    people = {"maya": maya, "omar": omar, "rosa": rosa, "sam": sam, "ada": ada}
    return {"anyone": client} | {name: sign_in(user) for name, user in people.items()}


@pytest.fixture
def ask(browsers, rows, queries):
    """Send one request and take everything back that it changed, so that each cell starts alike."""

    def send(kind, path, method):
        end_work(commit=False)
        step = database.sessions.kw["bind"].begin_nested()
        cookie = browsers[kind].get_cookie("heard")
        queries.clear()
        answer = browsers[kind].open(path, method=method)
        if cookie is not None:
            # Signing out or in must not change who asks next.
            browsers[kind].set_cookie("heard", cookie.value)
        if outcome(answer) in DENIED:
            changes = [statement for statement in queries if CHANGE.search(statement)]
            assert not changes, f"{kind} was denied {method} {path} and changed something"
        end_work(commit=False)
        step.rollback()
        return answer

    return send


@dataclass
class Walk:
    """What became of every request, by its method and rule."""

    outcomes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    # What was hidden from a member, and which of these looked unlike a row that is not there.
    hidden: list[tuple[str, str]] = field(default_factory=list)
    unlike: list[tuple[str, str]] = field(default_factory=list)
    # What showed a private word to somebody outside.
    leaks: list[tuple[str, str]] = field(default_factory=list)


def saved_cells() -> dict[tuple[str, ...], dict[str, str]]:
    """What the file says of each method and rule, by kind."""
    lines = csv.reader(FILE.read_text().splitlines())
    return {tuple(row[:2]): dict(zip(KINDS, row[2:], strict=False)) for row in lines}


def walkers(db: str, saved: dict[str, str]) -> list[str]:
    """Everybody on SQLite. The rules are the same on PostgreSQL: two from outside, and one to whom the door opens."""
    if db == "sqlite":
        return list(KINDS)
    opens = [kind for kind in ("omar", "maya", "sam", "ada", "rosa") if saved.get(kind) == "open"]
    return list(dict.fromkeys(["anyone", "omar", *opens[:1]]))


def take_walk(app, rows, ask, db: str) -> Walk:
    walk, saved = Walk(), saved_cells()
    for method, rule in routes(app):
        path = address(rule, rows)
        answers = {kind: ask(kind, path, method) for kind in walkers(db, saved.get((method, rule), {}))}
        walk.outcomes[method, rule] = {kind: outcome(answer) for kind, answer in answers.items()}
        # Whoever holds the link of a mail has read the mail.
        if "<token>" not in rule and "CANARY" in answers["anyone"].get_data(as_text=True):
            walk.leaks.append((method, rule))
        if "<int:" in rule and answers["omar"].status_code == 404:
            walk.hidden.append((method, rule))
            missing = ask("omar", re.sub(r"<int:[a-z_]+>", "999999", rule), method)
            if missing.status_code != 404 or without_token(missing) != without_token(answers["omar"]):
                walk.unlike.append((method, rule))
    return walk


walks: dict[str, Walk] = {}


@pytest.fixture
def walk(db, app, request):
    """The walk through a portal on this database: taken by the first test that asks for it, read by all."""
    if db not in walks:
        walks[db] = take_walk(app, request.getfixturevalue("rows"), request.getfixturevalue("ask"), db)
    return walks[db]


def test_every_cell_is_as_saved(db, walk):
    lines = [",".join(TITLES)]
    known, opened = saved_cells(), set()
    for (method, rule), found in walk.outcomes.items():
        saved = known.get((method, rule), {})
        cells = saved | found
        lines.append(",".join([method, rule, *(cells.get(kind, "") for kind in KINDS)]))
        if "open" in saved.values():
            opened.add("open" in found.values())
    text = "\n".join(lines) + "\n"
    if os.environ.get("HEARD_SAVE_MATRIX") and db == "sqlite":
        FILE.write_text(text)

    # Two changes side by side may stand in either order.
    assert sorted(lines) == sorted(FILE.read_text().splitlines())
    assert opened == {True}


def test_a_row_that_is_hidden_looks_like_one_that_is_not_there(walk):
    assert len(walk.hidden) > 90
    assert walk.unlike == []


def test_no_private_word_shows_to_someone_outside(walk):
    assert walk.leaks == []
