"""Entries made into mentions: who, when, where, and which one."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.listening.connectors.contract import Context, Contract, Deletion
from portal.listening.connectors.feed_entries import identity_of, normalise_entry
from portal.listening.connectors.feeds import Feeds
from portal.listening.drafts import MentionDraft
from portal.listening.parse_child.words import entry
from portal.listening.parsing import parse_here

FEEDS = Feeds()
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CONTEXT = Context(now=NOW, config={"url": "https://blog.example/feed.xml"})
ALERTS = Context(now=NOW, config={"url": "https://www.google.com/alerts/feeds/1/2"})


def draft(ctx: Context = CONTEXT, feed: dict[str, Any] | None = None, **parts: Any) -> MentionDraft:
    about = {"title": "Workbench notes", "link": "https://blog.example/", "language": "", "author": "", **(feed or {})}
    made = normalise_entry({**entry(id="tag:1", text="Words.", **parts), "feed": about}, ctx)
    assert isinstance(made, MentionDraft)
    return made


def test_an_entry_becomes_an_article() -> None:
    mention = draft(title="  A  title ", link="https://blog.example/1", language="en-GB", replies=3)

    assert (mention.channel, mention.external_id, mention.origin_host) == ("feeds", "tag:1", "blog.example")
    assert (mention.kind, mention.title, mention.text) == ("article", "A  title", "Words.")
    assert (mention.url, mention.uri, mention.lang) == ("https://blog.example/1", "tag:1", "en")
    assert (mention.replies, mention.likes, mention.views) == (3, None, None)


def test_the_same_entry_reads_the_same_twice() -> None:
    assert draft(title="x") == draft(title="x")


@pytest.mark.parametrize(
    ("parts", "identity"),
    [
        ({"id": "17", "link": "https://a.example/"}, "17"),
        ({"id": "", "link": "https://a.example/"}, "https://a.example/"),
        ({"id": " 1\n7 "}, "1 7"),
    ],
)
def test_an_entry_is_known_by_its_id_else_its_link(parts: dict[str, str], identity: str) -> None:
    assert identity_of(entry(**parts)) == identity


def test_an_entry_without_id_and_link_is_known_by_what_it_says() -> None:
    one, same, other = (identity_of(entry(title=title, text="x", published="2024-01-01")) for title in "aab")

    assert one == same != other
    assert one.startswith("sha256:")


def test_a_long_id_is_cut_to_a_hash_and_stays_apart() -> None:
    one, two = (identity_of(entry(id="https://a.example/" + "x" * 3000 + end)) for end in "ab")

    assert one != two
    assert len(one) < 100


@pytest.mark.parametrize(
    ("published", "updated", "edited", "created_at", "edited_at"),
    [
        ("2026-01-01T00:00:00+00:00", None, False, datetime(2026, 1, 1, tzinfo=UTC), None),
        (None, "2026-01-01T00:00:00+00:00", False, datetime(2026, 1, 1, tzinfo=UTC), None),
        (None, None, False, NOW, None),
        ("not a date", None, False, NOW, None),
        ("2026-01-01T00:00:00", None, False, NOW, None),
        ("2031-01-01T00:00:00+00:00", None, False, NOW, None),
        ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:30+00:00", False, datetime(2026, 1, 1, tzinfo=UTC), None),
        (
            "2026-01-01T00:00:00+00:00",
            "2026-02-01T00:00:00+00:00",
            False,
            datetime(2026, 1, 1, tzinfo=UTC),
            datetime(2026, 2, 1, tzinfo=UTC),
        ),
        ("2026-01-01T00:00:00+00:00", None, True, datetime(2026, 1, 1, tzinfo=UTC), NOW),
    ],
)
def test_times_are_the_entrys_own_else_when_it_was_seen(
    published: str | None, updated: str | None, edited: bool, created_at: datetime, edited_at: datetime | None
) -> None:
    mention = draft(published=published, updated=updated, edited=edited)

    assert (mention.created_at, mention.edited_at) == (created_at, edited_at)


def test_words_are_kept_for_two_years_from_now() -> None:
    assert draft(published="2010-01-01T00:00:00+00:00").keep_until == NOW + timedelta(days=730)


def test_a_named_writer_is_known_by_name_and_site() -> None:
    author = draft(
        author="Maya  \u00d8stby", author_url="https://maya.example/", link="https://www.blog.example/1"
    ).author

    assert (author.handle, author.name) == ("maya-\u00f8stby@blog.example", "Maya  \u00d8stby")
    assert author.url == "https://maya.example/"
    assert draft(author="maya \u00d8STBY", link="https://blog.example/2").author.handle == author.handle


def test_a_feed_with_one_writer_lends_the_name() -> None:
    assert draft(feed={"author": "Maya"}).author.name == "Maya"


def test_an_entry_without_a_writer_belongs_to_its_site() -> None:
    author = draft(link="https://www.blog.example/1").author

    assert (author.handle, author.name, author.url) == ("blog.example", "Workbench notes", "https://www.blog.example/")


@pytest.mark.parametrize(
    ("link", "page"),
    [
        (
            "https://www.google.com/url?rct=j&sa=t&url=https://a.example/x-y/&ct=ga&cd=CAI&usg=AF",
            "https://a.example/x-y/",
        ),
        (
            "https://www.google.com/url?rct=j&url=https%3A%2F%2Fa.example%2Fx%3Fb%3D1%26c&ct=ga",
            "https://a.example/x?b=1&c",
        ),
        ("https://www.google.co.uk/url?q=https://a.example/?a=1&b=2&ct=ga&cd=1", "https://a.example/?a=1&b=2"),
        ("https://www.google.com/url?url=https://a.example/%C3%A9&cd=1", "https://a.example/%C3%A9"),
        (
            "https://google.evil.example/url?url=https://a.example/",
            "https://google.evil.example/url?url=https://a.example/",
        ),
        ("https://www.google.com/url?x=1", "https://www.google.com/url?x=1"),
        ("https://www.google.com/url?url=javascript:alert(1)", None),
    ],
)
def test_an_alert_links_to_the_page_itself(link: str, page: str | None) -> None:
    assert draft(ALERTS, link=link).url == page


def test_an_alert_belongs_to_the_site_it_found() -> None:
    link = "https://www.google.com/url?rct=j&url=https://www.shop.example/news&ct=ga"

    author = draft(ALERTS, {"title": "Google Alert - lamps"}, link=link).author

    assert (author.handle, author.name) == ("shop.example", "shop.example")


def test_a_youtube_entry_is_a_video_of_its_channel() -> None:
    mention = normalise_entry(
        {
            **entry(
                id="yt:video:abc",
                title="How I built it",
                link="https://www.youtube.com/watch?v=abc",
                author="Maya",
                channel_id="UC123",
                views=36,
                likes=2,
                media=[{"kind": "image", "url": "https://i.ytimg.example/a.jpg"}, {"kind": "application", "url": "x"}],
            ),
            "feed": {},
        },
        Context(now=NOW, config={"url": "https://www.youtube.com/feeds/videos.xml?channel_id=UC123"}),
    )

    assert (mention.kind, mention.views, mention.likes) == ("video", 36, 2)
    assert (mention.author.handle, mention.author.external_id, mention.author.name) == ("UC123", "UC123", "Maya")
    assert [item.url for item in mention.media] == ["https://i.ytimg.example/a.jpg"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://a.example/", "tag:1", "//a.example", "https://[", "http://a b/", ""]
)
def test_only_addresses_of_pages_are_linked(link: str) -> None:
    assert draft(link=link, author="M", author_url=link).url is None
    assert draft(link=link, author="M", author_url=link).author.url is None


def test_long_words_are_cut_and_strange_ones_cleaned() -> None:
    mention = draft(title="t" * 900, author="a\u202eb" + "c" * 900)
    odd = normalise_entry({**entry(id="1", text="e\u0301\x00\ud800" + "x" * 30_000), "feed": {}}, CONTEXT)

    assert len(mention.title or "") == 500
    assert (mention.author.name or "").startswith("abccc")
    assert len(mention.author.name or "") <= 200
    assert odd.text.startswith("\u00e9x")
    assert len(odd.text) == 20_000


@pytest.mark.parametrize("raw", [{}, {"text": "x"}, {"feed": {}, "text": None}, {"feed": "x", "text": ""}])
def test_what_is_no_entry_is_set_aside(raw: dict[str, Any]) -> None:
    with pytest.raises(Contract):
        normalise_entry(raw, CONTEXT)


def test_a_space_within_an_address_is_mended() -> None:
    assert draft(link=" https://a.example/a b ").url == "https://a.example/a%20b"


def read(body: str) -> list[MentionDraft | Deletion]:
    """What the bytes of a feed become."""
    ctx = Context(now=NOW, config={"url": "https://blog.example/x/feed"})
    with parse_here():
        return [FEEDS.normalise(raw, ctx) for raw in FEEDS.read(body.encode(), url="https://blog.example/x/feed")]


def test_a_feed_of_one_person_names_them_once() -> None:
    top = {"name": "Juno", "url": "/juno", "avatar": "j.png"}
    item = {"id": "1", "url": "1", "content_text": "A lamp", "image": "/i.png"}
    (said,) = read(json.dumps({"version": "https://jsonfeed.org/version/1", "author": top, "items": [item]}))
    (also,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/"><author><name>Juno</name><uri>/me</uri>'
        "</author><entry><id>tag:b,1</id><title>A lamp</title></entry></feed>"
    )

    assert isinstance(said, MentionDraft)
    assert isinstance(also, MentionDraft)
    assert (said.url, said.media[0].url) == ("https://blog.example/x/1", "https://blog.example/i.png")
    assert (said.author.url, said.author.avatar_url) == ("https://blog.example/juno", "https://blog.example/x/j.png")
    assert (also.author.name, also.author.url) == ("Juno", "https://b.example/me")


def test_an_entry_that_its_feed_says_is_deleted_is_told_as_such() -> None:
    (gone,) = read(
        '<feed xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns="http://www.w3.org/2005/Atom"><title>x</title>'
        '<at:deleted-entry when="2026-11-20T10:00:00Z" ref="yt:video:a&amp;b"><link href="https://a.example"/>'
        "</at:deleted-entry></feed>"
    )

    assert gone == Deletion(channel="feeds", external_id="yt:video:a&b", origin_host="blog.example")
