"""The stream: each filter, the plot of days, and a look that is never longer than a stretch."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from portal.foundation.clock import pretend
from portal.foundation.database import session
from portal.listening import queries as reads
from portal.listening.models import Mention
from portal.listening.queries import StreamFilter, heard_days, mention_stream
from portal.listening.services import add_tracker, take_in
from tests.listening.heard import NOON, make_draft, stored_authors

TEXTS = {
    "1": "I love this wonderful lamp, it is great",
    "2": "I hate this terrible lamp, it is awful",
    "3": "Does anyone know where to buy this lamp?",
    "4": "You should add a dimmer, please add one",
    "5": "I built a shade and wrote a tutorial",
}


@pytest.fixture
def heard(db):
    take_in([make_draft(number, text=text, author=f"a{number}") for number, text in TEXTS.items()])
    take_in([make_draft("6", text="Das ist eine Lampe aus Holz und Glas", lang="de", channel="x", kind="comment")])
    session().commit()


def ids(**wanted) -> set[str]:
    return {mention.external_id for mention in mention_stream(StreamFilter(**wanted)).mentions}


def test_each_filter_keeps_its_own(heard):
    assert ids() == {"1", "2", "3", "4", "5", "6"}
    assert "1" in ids(tone="positive")
    assert "2" in ids(tone="negative")
    assert ids(tone="positive").isdisjoint(ids(tone="negative"))
    assert "3" in ids(says="question")
    assert "4" in ids(says="suggestion")
    assert "5" in ids(says="creation")
    assert ids(lang="de") == ids(channel="x") == ids(kind="comment") == {"6"}
    assert ids(words="dimmer add") == {"4"}
    assert ids(author_id=stored_authors()[0].id) == {"1"}


@pytest.mark.parametrize("few", [0, 100])
def test_a_tracker_shows_what_it_found_whether_that_is_little_or_much(heard, sam, monkeypatch, few):
    monkeypatch.setattr(reads.stream, "FEW", few)
    tracker = add_tracker(name="Dimmer", query="lamp none:terrible", by=sam)
    take_in([make_draft("7", text="A lamp with a dimmer")])

    assert ids(tracker_id=tracker.id) == {"7"}


def test_a_rare_mention_is_found_by_looking_further_back(heard, monkeypatch, sign_in, sam):
    old = [make_draft(f"o{n}", created_at=NOON - timedelta(days=n), text=f"old one {n} zebra") for n in (8, 9)]
    take_in(old)
    session().commit()
    monkeypatch.setattr(reads.stream, "STRETCH_FOR_WORDS", 3)
    first = mention_stream(StreamFilter(words="zebra"))

    assert first.mentions == []
    assert first.looked_back_to == NOON
    places, found = [first.older_than], []
    while places[-1]:
        page = mention_stream(StreamFilter(words="zebra"), older_than=places[-1])
        found += [mention.external_id for mention in page.mentions]
        places.append(page.older_than)
    assert found == ["o8", "o9"]
    assert len(places) <= 4
    assert "Look further back" in sign_in(sam).get("/mentions?words=zebra").text


def test_pages_of_any_size_show_each_mention_once(heard, monkeypatch):
    monkeypatch.setattr(reads.stream, "PAGE", 2)
    monkeypatch.setattr(reads.stream, "STRETCH", 3)
    seen, place = [], None
    while True:
        page = mention_stream(StreamFilter(), older_than=place)
        seen += [mention.id for mention in page.mentions]
        place = page.older_than
        if place is None:
            break

    assert seen == list(session().scalars(select(Mention.id).order_by(Mention.created_at.desc(), Mention.id.desc())))


def test_days_are_counted_in_the_readers_zone(db):
    at = datetime(2026, 3, 4, 22, 50, tzinfo=UTC)
    take_in([make_draft("1", created_at=at), make_draft("2", created_at=at + timedelta(minutes=20), text="Another")])

    with pretend(datetime(2026, 3, 6, 12, 0, tzinfo=UTC)):
        berlin, utc = (heard_days(StreamFilter(), ZoneInfo(zone)) for zone in ("Europe/Berlin", "UTC"))

    assert berlin.counts[-4:] == [0, 1, 1, 0]
    assert utc.counts[-4:] == [0, 2, 0, 0]
    assert len(utc.counts) == 30


def test_too_many_to_count_are_counted_back_to_a_whole_day(db, monkeypatch):
    monkeypatch.setattr(reads.stream, "STRETCH", 4)
    take_in([make_draft(str(n), created_at=NOON - timedelta(days=n // 2), text=f"mention {n}") for n in range(10)])

    with pretend(NOON + timedelta(hours=1)):
        days = heard_days(StreamFilter(), ZoneInfo("UTC"))

    assert days.counts == [2]


def test_the_stream_costs_at_most_eight_queries(heard, sign_in, sam, queries):
    browser = sign_in(sam)
    for query in ("", "?says=question&tone=positive&lang=en&words=lamp", "?author=1&channel=bluesky"):
        queries.clear()
        assert browser.get(f"/mentions{query}").status_code == 200
        assert len(queries) <= 8, query
    queries.clear()
    assert "<svg" in browser.get("/mentions/days").text
    assert len(queries) <= 8


def test_the_name_beside_a_mention_leads_to_its_person(heard, sign_in, sam):
    author = stored_authors()[0]
    page = sign_in(sam).get("/mentions").text

    assert f'href="/authors/{author.id}"' in page
