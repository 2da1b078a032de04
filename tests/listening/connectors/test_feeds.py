"""Feeds polled from a real server on loopback."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.foundation.http import FetchFailed, FetchIdentity
from portal.listening import parsing
from portal.listening.connectors import feeds
from portal.listening.connectors.contract import (
    AuthFailed,
    BadQuery,
    Budget,
    ConnectorError,
    Context,
    Contract,
    Gone,
    PollResult,
    RateLimited,
    Transient,
)
from portal.listening.connectors.feeds import CEILING_S, FLOOR_S, Feeds
from portal.listening.parsing import ParseLimits
from tests.channels.feed_server import Answer, Feed, FeedServer, Item, gzip_bomb

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
FEEDS = Feeds()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def context(url: str, *, now: datetime = NOW) -> Context:
    return Context(now=now, config={"url": url}, allow_loopback=True, identity=FetchIdentity("https://heard.example"))


def poll(url: str, state: Any = None, *, now: datetime = NOW, most: int = 500) -> PollResult:
    result = FEEDS.poll(context(url, now=now), state or {}, Budget(max_items=most))
    # What is stored comes back from a JSON column.
    return replace(result, state=json.loads(json.dumps(result.state)))


def ids(result: PollResult) -> list[str]:
    return [item["id"] for item in result.items]


def test_items_that_arrive_between_two_polls_come_once(server: FeedServer) -> None:
    feed = Feed(Item("1"), Item("2"))
    url = server.serve("/feed", feed)

    first = poll(url)
    feed.items.append(Item("3"))
    second = poll(url, first.state)
    third = poll(url, second.state)

    assert [ids(first), ids(second), ids(third)] == [["2", "1"], ["3"], []]


def test_an_unchanged_feed_costs_a_304(server: FeedServer) -> None:
    feed = Feed(Item("1"))
    feed.headers["Last-Modified"] = "Sat, 21  Nov 2026 10:00:00 GMT"
    url = server.serve("/feed", feed)

    first = poll(url)
    second = poll(url, first.state)

    assert server.asked[1].headers["if-none-match"] == first.state["etag"]
    assert server.asked[1].headers["if-modified-since"] == "Sat, 21  Nov 2026 10:00:00 GMT"
    assert server.asked[1].headers["user-agent"] == "Heard/1.0 (+https://heard.example/about)"
    assert second.items == ()
    assert second.state["etag"] == first.state["etag"]


def test_a_new_etag_over_old_words_brings_nothing(server: FeedServer) -> None:
    feed = Feed(Item("1"))
    url = server.serve("/feed", feed)
    first = poll(url)

    feed.etag_salt = "other"
    second = poll(url, first.state)

    assert second.items == ()
    assert second.state["etag"] != first.state["etag"]


def test_an_edited_entry_comes_again_and_says_so(server: FeedServer) -> None:
    feed = Feed(Item("1", published=NOW - timedelta(days=1)), Item("2"))
    url = server.serve("/feed", feed)
    first = poll(url)
    feed.items[0].text = "Other words."

    second = poll(url, first.state)

    draft = FEEDS.normalise(second.items[0], context(url))
    assert ids(second) == ["1"]
    assert (draft.text, draft.edited_at) == ("Other words.", NOW)
    assert FEEDS.normalise(first.items[1], context(url)).external_id == draft.external_id


def test_dropping_out_and_coming_back_is_neither_new_nor_gone(server: FeedServer) -> None:
    feed = Feed(Item("1"), Item("2"))
    url = server.serve("/feed", feed)
    state = poll(url).state

    gone = feed.items.pop(0)
    without = poll(url, state)
    feed.items.append(gone)
    again = poll(url, without.state)

    assert (without.items, again.items) == ((), ())


def test_a_small_budget_takes_a_feed_in_parts(server: FeedServer) -> None:
    url = server.serve("/feed", Feed(*(Item(str(number)) for number in range(5))))

    first = poll(url, most=2)
    second = poll(url, first.state, most=2)
    third = poll(url, second.state, most=2)
    fourth = poll(url, third.state, most=2)

    assert [ids(part) for part in (first, second, third, fourth)] == [["4", "3"], ["2", "1"], ["0"], []]
    assert [part.more for part in (first, second, third)] == [True, True, False]
    assert first.not_before == NOW


def test_a_permanent_redirect_moves_the_feed_and_a_temporary_one_does_not(server: FeedServer) -> None:
    server.serve("/new", Feed(Item("1")))
    permanent = server.redirect("/old", "/new", status=308)
    temporary = server.redirect("/now", "/new", status=302)

    moved = poll(permanent)
    stays = poll(temporary)
    after = poll(permanent, moved.state)
    renamed = poll(server.url("/new"), moved.state)

    assert (moved.moved_to, stays.moved_to) == (server.url("/new"), None)
    assert [asked.path for asked in server.asked[-2:]] == ["/new", "/new"]
    assert (after.items, renamed.items) == ((), ())


def test_another_address_starts_afresh(server: FeedServer) -> None:
    first = server.serve("/a", Feed(Item("1")))
    second = server.serve("/b", Feed(Item("1")))

    assert ids(poll(second, poll(first).state)) == ["1"]


@pytest.mark.parametrize(
    ("answer", "error", "seconds"),
    [
        (Answer(410), Gone, None),
        (Answer(429, {"Retry-After": "90"}), RateLimited, 90),
        (Answer(503, {"Retry-After": "Sat, 21 Nov 2026 12:10:00 GMT"}), Transient, 600),
        (Answer(500), Transient, None),
        (Answer(404), Transient, None),
        (Answer(401), AuthFailed, None),
        (Answer(403), AuthFailed, None),
        (Answer(200, {}, b"<html><body>Moved house</body></html>"), Contract, None),
        (Answer(200, {}, b""), Contract, None),
        (Answer(302, {"Location": "http://169.254.169.254/latest"}), BadQuery, None),
        (Answer(302, {"Location": "/feed"}), Transient, None),
        (gzip_bomb(), Transient, None),
        (Answer(body=b"x" * 2_000_000), Transient, None),
        (Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss>"), Transient, None),
    ],
)
def test_each_trouble_has_its_own_name_and_a_sentence(
    answer: Answer, error: type[ConnectorError], seconds: float | None, server: FeedServer
) -> None:
    url = server.serve("/feed", answer)

    with pytest.raises(error) as raised:
        poll(url)

    assert raised.value.retry_after == seconds
    assert str(raised.value).endswith(".")


def test_a_feed_that_cannot_be_read_in_time_is_no_crash(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.serve("/feed", Answer(body=b"<rss>" + b"<a>" * 100_000))
    monkeypatch.setattr(parsing, "ParseLimits", lambda: ParseLimits(seconds=0.3))

    with pytest.raises(Contract, match="too long"):
        poll(url)


def test_loopback_is_refused_unless_it_is_allowed(server: FeedServer) -> None:
    url = server.serve("/feed", Feed(Item("1")))

    with pytest.raises(BadQuery):
        FEEDS.poll(replace(context(url), allow_loopback=False), {}, Budget())

    assert server.connections == 0


def test_quiet_feeds_are_asked_less_and_busy_ones_more(server: FeedServer) -> None:
    feed = Feed(Item("0"))
    url = server.serve("/feed", feed)
    result = poll(url)
    waits = []
    for round_number in range(18):
        if round_number >= 11:
            feed.items.append(Item(f"new {round_number}"))
        result = poll(url, result.state)
        assert result.not_before
        waits.append((result.not_before - NOW).total_seconds())

    assert waits[:11] == sorted(waits[:11])
    assert waits[10] == CEILING_S
    assert waits[-1] == FLOOR_S


@pytest.mark.parametrize(
    ("headers", "extra", "hours"),
    [
        ({}, "", 0.5),
        ({"Cache-Control": "max-age=7200"}, "", 2),
        ({"Retry-After": "10800"}, "", 3),
        ({}, "<ttl>240</ttl>", 4),
        ({"Cache-Control": "max-age=99999999"}, "", 24),
        ({}, "<skipHours><hour>12</hour><hour>13</hour></skipHours>", 2),
        ({}, "<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(24)) + "</skipHours>", 24),
    ],
)
def test_the_feeds_own_wishes_are_kept(headers: dict[str, str], extra: str, hours: float, server: FeedServer) -> None:
    feed = Feed(Item("1"), extra=extra)
    feed.headers.update(headers)
    url = server.serve("/feed", feed)

    assert poll(url).not_before == NOW + timedelta(hours=hours)


def test_wishes_hold_after_a_304_too(server: FeedServer) -> None:
    url = server.serve("/feed", Feed(Item("1"), extra="<ttl>240</ttl>"))

    assert poll(url, poll(url).state).not_before == NOW + timedelta(hours=4)


def test_entries_without_a_word_are_left_out_and_counted(server: FeedServer) -> None:
    url = server.serve("/feed", Feed(Item("1"), Item("2", title="", text="<img src='x'>")))

    result = poll(url)

    assert ids(result) == ["1"]
    assert result.warnings == ("1 entry without a word was left out.",)


def test_every_entry_of_a_poll_can_be_normalised(server: FeedServer) -> None:
    url = server.serve("/feed", Feed(Item("1", author="Maya", link="https://blog.example/1"), Item("2")))

    drafts = [FEEDS.normalise(item, context(url)) for item in poll(url).items]

    assert [draft.created_at for draft in drafts] == [NOW, NOW]
    assert [draft.author.handle for draft in drafts] == ["127.0.0.1", "maya@blog.example"]


def test_a_check_takes_the_feed_itself(server: FeedServer) -> None:
    url = server.serve("/feed", Feed(Item("1"), Item("2")))

    result = FEEDS.check(context(url))

    assert (result.ok, result.title, result.config) == (True, "Workbench notes", {"url": url})
    assert [draft.external_id for draft in result.sample] == ["2", "1"]


def test_a_check_finds_the_feed_that_a_page_names(server: FeedServer) -> None:
    links = "".join(f"<link rel=alternate type='application/rss+xml' href='{path}'>" for path in ("/dead", "/moved"))
    page = server.serve("/", Answer(headers={"Content-Type": "text/html"}, body=f"<html><head>{links}".encode()))
    server.redirect("/moved", "/feed", status=301)
    url = server.serve("/feed", Feed(Item("1")))

    result = FEEDS.check(context(f" {page} "))

    assert (result.ok, result.config["url"]) == (True, url)


@pytest.mark.parametrize("answer", [Answer(404), Answer(body=b"<html>no feed"), Answer(410), Answer(raw=b"")])
def test_a_check_that_finds_nothing_says_why(answer: Answer, server: FeedServer) -> None:
    result = FEEDS.check(context(server.serve("/", answer)))

    assert not result.ok
    assert result.sentence.endswith(".")


def test_a_check_of_a_private_address_names_the_reason() -> None:
    result = FEEDS.check(context("http://10.0.0.1/feed"))

    assert "public internet" in result.sentence


def test_a_youtube_channel_page_stands_for_its_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fetch(url: str, **_: object) -> None:
        asked.append(url)
        raise FetchFailed("no network here.")

    monkeypatch.setattr(feeds, "fetch", fetch)

    FEEDS.check(context("https://www.youtube.com/channel/UC" + "a" * 22 + "/videos"))

    assert asked == ["https://www.youtube.com/feeds/videos.xml?channel_id=UC" + "a" * 22]


def test_the_query_of_an_address_is_not_told(server: FeedServer) -> None:
    url = server.serve("/feed", Answer(404))

    with pytest.raises(Transient) as raised:
        poll(url + "?key=hush")

    assert "hush" not in str(raised.value)


def test_an_entry_whose_own_page_is_gone_is_told_of_and_an_outage_is_not(server: FeedServer) -> None:
    pages = {"there": 200, "lost": 404, "gone": 410, "down": 503}
    urls = {name: server.serve(f"/{name}", Answer(status)) for name, status in pages.items()}
    ctx = replace(context(server.url()), urls={**urls, "nowhere": "tag:a,1"})

    told = list(FEEDS.refresh(ctx, [("a.example", name) for name in (*urls, "nowhere")]))
    by_name = list(FEEDS.refresh(replace(ctx, urls={}), [("", urls["gone"])]))

    assert [(one.external_id, one.certain, one.origin_host) for one in told] == [
        ("lost", False, "a.example"),
        ("gone", True, "a.example"),
    ]
    assert [one.external_id for one in by_name] == [urls["gone"]]
    with pytest.raises(Transient):
        list(FEEDS.refresh(replace(ctx, urls={"1": "http://127.0.0.1:9/"}), [("", "1")]))
