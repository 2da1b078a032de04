"""Addresses that a mention points at and its words do not show: read, matched, kept, changed and taken away."""

from dataclasses import replace

import pytest

from portal.foundation.database import session
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Change, Context
from portal.listening.drafts import MentionDraft
from portal.listening.matching import Matcher, parse_query
from portal.listening.services import add_tracker, preview_tracker, take_in
from portal.listening.services.keeping import blank, change_known
from portal.listening.services.turns import search_words
from tests.channels.api_server import NOON, Corpus, Post
from tests.channels.hackernews_server import HackerNewsServer
from tests.channels.stackexchange_server import StackExchangeServer
from tests.listening.connectors.asking import context, walk
from tests.listening.heard import make_draft, stored_mentions

SHOP = "https://www.lumen.example/shop/nido?utm_source=x"
MARKUP = f'<p>See <a rel="nofollow" class=x href="{SHOP}">this one</a> and <a href=mailto:a@b.example>write</a>'
TIME = "2026-11-20T12:00:00Z"
UNIX = int(NOON.timestamp())

FOUND = {
    "x": {"data": [{
        "id": "2085990000000000000", "text": "Look https://t.co/abc", "author_id": "1", "created_at": TIME,
        "entities": {"urls": [{"url": "https://t.co/abc", "expanded_url": SHOP, "display_url": "lumen.example/sh…"}]},
    }]},
    "bluesky": {"posts": [{
        "uri": "at://did:plc:a/app.bsky.feed.post/1", "author": {"did": "did:plc:a", "handle": "a.example"},
        "record": {"text": "Look lumen.example/sh…", "createdAt": TIME, "facets": [
            {"index": {}, "features": [{"$type": "app.bsky.richtext.facet#link", "uri": SHOP}]}]},
    }]},
    "mastodon": [{
        "id": "1", "content": MARKUP, "created_at": TIME, "visibility": "public", "account": {"acct": "a@b.example"},
    }],
    "hackernews": {"hits": [{
        "objectID": "1", "title": "A lamp", "url": SHOP, "author": "a", "created_at": TIME, "created_at_i": UNIX,
    }]},
    "stackexchange": {"items": [{"question_id": 1, "title": "Which?", "body": MARKUP, "creation_date": UNIX}]},
    "discourse": {"latest_posts": [{"id": 1, "username": "a", "cooked": MARKUP, "created_at": TIME}]},
    "reddit": {"data": {"children": [{"kind": "t3", "data": {
        "id": "a", "name": "t3_a", "title": "A lamp", "url": SHOP, "created_utc": UNIX, "author": "a"}}]}},
    "tumblr": {"response": [{
        "id_string": "1", "blog_name": "a", "post_url": "https://a.tumblr.com/1", "timestamp": UNIX,
        "content": [{"type": "text", "text": "this", "formatting": [{"type": "link", "url": SHOP}]}],
    }]},
    "flickr": {"photos": {"photo": [{
        "id": "1", "owner": "1@N00", "title": "A lamp", "dateupload": str(UNIX), "description": {"_content": MARKUP},
    }]}},
    "webhook": {"id": "1", "text": "Look", "author": "a", "created_at": TIME, "links": [SHOP, "mailto:a@b.example"]},
    "facebook": {"data": [{
        "id": "1_2", "message": "Look", "created_time": TIME,
        "attachments": {"data": [{"url": "https://l.facebook.com/l.php?u=x", "unshimmed_url": SHOP}]},
    }]},
}  # fmt: skip


@pytest.mark.parametrize("channel", FOUND)
def test_a_link_that_the_words_do_not_show_is_found_by_its_address(channel):
    connector = connector_for(channel)
    (raw,) = connector.unwrap(FOUND[channel])
    draft = connector.normalise(raw, Context(now=NOON, config={"url": "https://server.example", "site": "diy"}))
    assert isinstance(draft, MentionDraft)
    assert SHOP in (draft.links or "").split()
    assert "mailto" not in (draft.links or "")

    trackers = {1: parse_query("url:lumen.example/shop"), 2: parse_query("url:men.example"), 3: parse_query("nido")}
    assert list(Matcher(trackers).match(draft)) == [1]


def test_feeds_make_the_links_of_an_entry_whole():
    connector = connector_for("feeds")
    ctx = Context(now=NOON, config={"url": "https://www.lumen.example/feed"})
    alert = f"https://www.google.com/url?rct=j&amp;sa=t&amp;url={SHOP}&amp;ct=ga"
    feed = (
        '<rss version="2.0"><channel><title>N</title><item><link>https://www.lumen.example/shop/notes/1</link>'
        f"<description><![CDATA[<a href='../nido'>this</a> <a href=\"{alert}\">that</a>]]></description></item>"
        "</channel></rss>"
    )
    (raw,) = connector.read(feed.encode(), content_type="application/rss+xml", url=ctx.config["url"])
    assert connector.normalise(raw, ctx).links == f"https://www.lumen.example/shop/nido {SHOP}"

    item = f'{{"id":"1","url":"https://b.example/1","external_url":"{SHOP}","content_html":"<a href=/2>x</a>"}}'
    document = f'{{"version":"https://jsonfeed.org/version/1","title":"N","items":[{item}]}}'
    (raw,) = connector.read(document.encode(), content_type="application/feed+json", url="https://b.example/feed")
    assert connector.normalise(raw, ctx).links == f"{SHOP} https://b.example/2"


@pytest.mark.both_databases
def test_links_are_kept_changed_and_taken_away_with_the_words(db, sam):
    tracker = add_tracker(name="Shop", query="url:lumen.example/shop", by=sam)
    take_in([make_draft("1", links=SHOP), make_draft("2", text="Nothing")])
    assert [found.mention.external_id for found in preview_tracker("url:lumen.example").found] == ["1"]

    def found_by() -> list[str]:
        session().expire_all()
        return [mention.external_id for mention in stored_mentions() if SHOP in (mention.links or "")]

    assert found_by() == ["1"]
    # Without a word of links they stay; an edit that says there are none takes them, and one that adds some is read.
    assert change_known([Change(channel="bluesky", external_id="1", text="Other words")]) == 1
    assert found_by() == ["1"]
    assert change_known([Change.to(make_draft("1", text="Other words")), Change.to(make_draft("2", links=SHOP))]) == 2
    assert found_by() == ["2"]
    assert preview_tracker("url:lumen.example/shop").count == 1
    blank(stored_mentions(), NOON)
    assert found_by() == []
    assert tracker.id


def test_channels_that_can_be_asked_for_addresses_are(db, sam):
    add_tracker(name="Shop", query="lamp url:https://Lumen.example/shop/", by=sam)

    assert search_words("hackernews", {}) == ("lamp", "url:lumen.example/shop")
    assert search_words("youtube", {}) == ("lamp",)
    with HackerNewsServer(Corpus([Post("1")])) as server:
        walk(connector_for("hackernews"), context("hackernews", server))
        server.asked.clear()
        ctx = context("hackernews", server)
        ctx = replace(ctx, words=("url:lumen.example/shop",))
        walk(connector_for("hackernews"), ctx)
        (asked,) = server.asked

    with StackExchangeServer(Corpus([Post("1")])) as server:
        ctx = context("stackexchange", server, site="diy")
        ctx = replace(ctx, words=("url:lumen.example/shop",))
        walk(connector_for("stackexchange"), ctx)
        assert "url=%2Alumen.example%2Fshop%2A" in server.asked[0].path
        assert "&q=" not in server.asked[0].path

    assert "query=lumen.example%2Fshop" in asked.path
    assert "restrictSearchableAttributes=url" in asked.path
