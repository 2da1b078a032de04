"""Statements that the server knows by name: all values go there and back, and what people ask takes this short way."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, cast, event, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Boolean, String

from portal.foundation.database import UtcDateTime, begin_work, database, end_work, read_all
from portal.foundation.database.engines import for_readers
from portal.foundation.search.counts import forget_counts, how_common
from portal.ledger.queries import idea_as_read, similar_ideas
from tests.conftest import browser_with, let_in, portal_for
from tests.factories import make_idea, make_user

MOMENT = datetime(2026, 5, 1, 10, 30, tzinfo=UTC)


pytestmark = pytest.mark.parametrize("committing_db", ["postgresql"], indirect=True)


def test_values_of_every_kind_go_there_and_back(committing_db: str) -> None:
    given = {
        "words": "100 % of \"them\" say 'no' \\ %(words)s 한국", "number": 2**40, "yes": True, "none": None,
        "at": MOMENT, "list": ["a", "b,c", 'd"'],
    }  # fmt: skip
    kinds = {
        "words": String(), "number": BigInteger(), "yes": Boolean(), "none": String(), "at": UtcDateTime(),
        "list": ARRAY(String),
    }  # fmt: skip
    asked = select(
        *(cast(bindparam(name), kind).label(name) for name, kind in kinds.items()), literal("5 %").label("share")
    )

    # The second time the server knows it already; another connection has to be told.
    for values in (given, given, {**given, "words": "", "list": []}):
        assert read_all(asked, values)[0]._asdict() == {**values, "share": "5 %"}
    database.engine.dispose()
    assert read_all(asked, given)[0].words == given["words"]


def test_what_people_ask_takes_the_short_way(committing_db: str) -> None:
    maya, omar = make_user("maya@example.org", "Maya"), make_user("omar@example.org", "Omar")
    idea = make_idea(proposed_by=maya, title="A longer cable for the lamp", body="The cable is too short.")
    token = let_in(omar)
    end_work(commit=True)
    browser = browser_with(portal_for(committing_db), token)
    long_way: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        long_way.append(statement)

    readers = for_readers(database.engine)
    event.listen(readers, "before_cursor_execute", note)
    try:
        pages = [browser.get(f"/ideas/{idea.id}").status_code for _time in range(2)]
        begin_work(writing=False)
        forget_counts()
        found = idea_as_read(idea.id, omar)
        assert how_common(["cabl"])[1] >= 0
        assert isinstance(similar_ideas("a longer cable", "", omar), list)
    finally:
        event.remove(readers, "before_cursor_execute", note)
        end_work(commit=False)

    assert pages == [200, 200]
    assert found is not None
    # SQLAlchemy is asked by this engine only for what the short way failed at.
    assert long_way == []
