"""Feeds that come in pages: JSON Feed's `next_url`, and `next` and `prev-archive` of RFC 5005."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.listening.connectors.contract import PollResult
from portal.listening.connectors.feed_state import MAX_PAGE_FAILURES, MAX_PAGES, PAGE_PAUSE
from portal.listening.models import Health
from portal.listening.services import add_source
from tests.channels.feed_server import Answer, Asked, FeedServer
from tests.listening.connectors.asking import point_at, take_turns
from tests.listening.connectors.test_feeds import NOW, ids, poll
from tests.listening.heard import stored_mentions


class Paged:
    """A feed of numbered entries, the newest first, a few on each page."""

    def __init__(self, count: int, *, size: int = 2, rel: str = "") -> None:
        self.entries = [str(number) for number in range(count, 0, -1)]
        self.size, self.rel = size, rel
        self.between: list[str] = []
        self.broken: Answer | None = None

    def __call__(self, asked: Asked) -> Answer:
        start = int(parse_qs(urlsplit(asked.path).query).get("from", ["0"])[0])
        if start and self.broken:
            return self.broken
        cut = self.entries[start : start + self.size]
        following = f"?from={start + self.size}#older" if len(self.entries) > start + self.size else ""
        self.entries[:0], self.between = self.between, []
        return Answer(body=self._atom(cut, following) if self.rel else self._json(cut, following))

    def _json(self, cut: list[str], following: str) -> bytes:
        items = [{"id": name, "content_text": f"Lamp {name}"} for name in cut]
        feed: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": items}
        return json.dumps(feed | ({"next_url": following} if following else {})).encode()

    def _atom(self, cut: list[str], following: str) -> bytes:
        entries = "".join(f"<entry><id>tag:a,{name}</id><title>Lamp {name}</title></entry>" for name in cut)
        link = f'<link rel="{self.rel}" href="{following}"/>' if following else ""
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>{link}{entries}</feed>'.encode()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def walk(url: str, state: Any = None) -> list[PollResult]:
    """All pages of one walk."""
    results = [poll(url, state)]
    while results[-1].more and results[-1].not_before == NOW:
        results.append(poll(url, results[-1].state))
    return results


def brought(results: list[PollResult]) -> list[str]:
    return [name.removeprefix("tag:a,") for result in results for name in ids(result)]


@pytest.mark.parametrize("rel", ["", "next", "prev-archive"])
def test_a_walk_goes_down_to_what_is_known_and_what_arrives_in_between_is_neither_lost_nor_doubled(
    server: FeedServer, rel: str
) -> None:
    feed = Paged(7, rel=rel)
    feed.between = ["8"]
    url = server.serve("/feed", feed)

    first = walk(url)
    quiet = walk(url, first[-1].state)
    feed.entries[:0] = ["13", "12", "11", "10", "9"]
    second = walk(url, quiet[-1].state)

    # Eight arrived while the walk was on its way, and is met at the next one.
    assert brought(first) == ["7", "6", "5", "4", "3", "2", "1"]
    assert brought(quiet) == ["8"]
    assert brought(second) == ["13", "12", "11", "10", "9"]
    assert (len(quiet), len(second)) == (1, 4)
    assert [result.state["page"] for result in (first[-1], second[-1])] == [None, None]


def test_a_walk_ends_in_bounds_whatever_the_pages_name(server: FeedServer) -> None:
    endless = server.serve("/feed", Paged(100, size=1))
    circle = server.serve("/circle", Answer(body=Paged(1)._json(["1"], "/circle")))
    odd = {"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "content_text": "x"}]}
    results = [
        walk(server.serve("/odd", Answer(body=json.dumps({**odd, "next_url": said}).encode())))
        for said in (7, None, "http://[", "javascript:alert(1)", "  ")
    ]

    assert len(walk(endless)) == MAX_PAGES
    assert len(walk(circle)) == 1
    assert [len(each) for each in results] == [1] * 5


def test_a_later_page_that_does_not_answer_is_asked_for_again_and_then_left(server: FeedServer) -> None:
    feed = Paged(4)
    feed.broken = Answer(503, {"Retry-After": "7200"})
    url = server.serve("/feed", feed)

    tries = [poll(url)]
    for _ in range(MAX_PAGE_FAILURES):
        tries.append(poll(url, tries[-1].state))
    feed.broken = None
    mended = walk(url, tries[1].state)

    assert [each.more for each in tries] == [True] * MAX_PAGE_FAILURES + [False]
    assert tries[1].not_before == NOW + timedelta(hours=2)
    assert "did not answer" in tries[1].warnings[0]
    assert tries[-1].state["page"] is None
    assert brought(mended) == ["2", "1"]
    assert timedelta(hours=2) > PAGE_PAUSE


def test_a_worker_that_dies_at_a_page_goes_on_there(db: Any, server: FeedServer) -> None:
    feed = Paged(5)
    point_at("feeds", None)
    settings = {"url": server.serve("/feed", feed)}
    source = add_source(connector="feeds", settings=settings, name="Test", keeps_all=True, by=None)

    take_turns(source, dying=True)

    assert sorted(mention.external_id for mention in stored_mentions()) == ["1", "2", "3", "4", "5"]
    assert source.health is Health.GOOD
