"""Every route for every kind of person, held against the saved matrix; a denial changes nothing.

`HEARD_SAVE_MATRIX=1 pytest tests/architecture/test_access_matrix.py` writes the file anew: read the
difference before committing it.
"""

import os
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal.foundation.database import Base, session
from tests import factories

FILE = Path(__file__).with_name("access_matrix.csv")
KINDS = ("anyone", "maya", "omar", "rosa", "sam", "ada")
TITLES = ("method", "address", "anyone", "author", "member", "responder", "manager", "admin")
DENIED = {"sign-in", "refused", "hidden"}


def outcome(answer) -> str:
    """What a person sees, in one word."""
    if answer.status_code == 401 or (answer.status_code == 303 and "/sign-in" in answer.headers["Location"]):
        return "sign-in"
    if answer.status_code == 403:
        return "refused"
    if answer.status_code == 404:
        return "hidden"
    assert answer.status_code < 500, answer.get_data(as_text=True)[-500:]
    return "open"


def row_counts() -> dict[str, int]:
    return {
        table.name: session().scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def routes(app):
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods))):
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, rule


@pytest.fixture
def browsers(app, client, sign_in, maya, omar, rosa, sam, ada):
    people = {"maya": maya, "omar": omar, "rosa": rosa, "sam": sam, "ada": ada}
    return {"anyone": client} | {name: sign_in(user) for name, user in people.items()}


def test_every_cell_is_as_saved(app, browsers, maya, rosa, sam):
    rows = factories.make_one_of_each(author=maya, owner=rosa, manager=sam)
    found = []
    for method, rule in routes(app):
        if rule.endpoint == "accounts.end_session":
            # Signing out would end the browser that the next cell needs; accounts tests it.
            continue
        path = rule.rule
        for name, converter in re.findall(r"<((?:[a-z]+:)?([a-z_]+))>", path):
            path = path.replace(f"<{name}>", str(rows.get(converter, "unknown")))
        cells = []
        for kind in KINDS:
            before = row_counts()
            cell = outcome(browsers[kind].open(path, method=method))
            if cell in DENIED:
                assert row_counts() == before, f"{kind} was denied {method} {path} and changed something"
            cells.append(cell)
        found.append(",".join([method, rule.rule, *cells]))
    text = "\n".join([",".join(TITLES), *found]) + "\n"
    if os.environ.get("HEARD_SAVE_MATRIX"):
        FILE.write_text(text)

    assert text == FILE.read_text()


def test_a_row_that_is_hidden_looks_like_one_that_is_not_there(app, browsers):
    for method, rule in routes(app):
        for name, converter in re.findall(r"<(int:([a-z_]+))>", rule.rule):
            assert converter
            missing = browsers["omar"].open(rule.rule.replace(f"<{name}>", "999999"), method=method)
            assert missing.status_code in {303, 403, 404}, (method, rule.rule, missing.status_code)
