"""Walks that were interrupted: by a page not known any more, a deletion at the cursor, or a rest that was asked for."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portal.foundation.clock import now, pretend
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Budget, Deletion
from portal.listening.models import Health
from tests.channels.api_server import NOON, Corpus, as_json, posts
from tests.channels.flickr_server import FlickrServer
from tests.channels.graph_server import GraphServer, graph_error
from tests.channels.hackernews_server import HackerNewsServer
from tests.channels.review_servers import AppStoreServer, LinkedInServer
from tests.channels.tumblr_server import TumblrServer
from tests.channels.x_server import SNOWFLAKE, XServer
from tests.channels.youtube_server import YouTubeServer, refusal
from tests.listening.connectors.asking import context, listen, take_turns, walk
from tests.listening.heard import stored_mentions


@pytest.fixture(autouse=True)
def at_noon():
    with pretend(NOON + timedelta(hours=1)):
        yield


@pytest.mark.parametrize(
    ("channel", "settings", "start", "faults"),
    [
        ("x", {"token": "good", "cap": "20"}, SNOWFLAKE, [None, as_json({"detail": "next_token"}, status=400)]),
        ("youtube", {"key": "good-key"}, 10_000_000_000, [None, None, refusal(400, "invalidPageToken")]),
        ("facebook", {"page_id": "100", "token": "good"}, 0, [None, graph_error(100)]),
    ],
)
def test_a_page_that_is_not_known_any_more_begins_the_walk_anew(db, channel, settings, start, faults):
    server = {"x": XServer, "youtube": YouTubeServer, "facebook": GraphServer}[channel]
    with server(Corpus(posts(1, 2, 3, 4, 5, start=start))) as running:
        source = listen(channel, running, **settings)
        running.faults = list(faults)
        take_turns(source)
        assert (source.health, len(stored_mentions())) == (Health.FAILING, 2)

        take_turns(source)
        assert (source.health, source.failures, source.taken_in) == (Health.GOOD, 0, 5)

        # Refused at its beginning, the question itself is wrong.
        running.faults = [faults[-1]] * len(connector_for(channel).questions(context(channel, running, **settings)))
        take_turns(source)

    assert source.health is Health.STOPPED


def test_one_question_that_is_refused_stops_no_other(db):
    refused = as_json({"message": "Validation Failed"}, status=422)
    with HackerNewsServer(Corpus(posts(1))) as server:
        source = listen("hackernews", server, words="lamp, AND NOT, desk")
        server.faults = [None, refused]
        take_turns(source)
        assert (source.health, source.failures, len(server.asked)) == (Health.GOOD, 0, 3)
        assert source.last_error == "The channel does not understand “AND NOT”, so it is passed by."

        # Answered, it counts as any other; and where none is, the source is wrong.
        take_turns(source)
        assert source.last_error is None
        server.faults = [refused] * 3
        take_turns(source)

    assert (source.health, source.last_error) == (
        Health.STOPPED, "The channel does not understand what it is asked (status 422).",
    )  # fmt: skip


def test_a_review_of_the_app_store_that_is_gone_is_found_out():
    key = ec.generate_private_key(ec.SECP256R1())
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    with AppStoreServer(Corpus(posts(1))) as server:
        ctx = context(
            "app-store", server, app="77", issuer="i", key_id="k", private_key=key.private_bytes(*form).decode()
        )
        found = list(connector_for("app-store").refresh(ctx, [("", "1"), ("", "2")]))
        # The public feed can be asked for none, so nothing is learnt from it.
        assert list(connector_for("app-store").refresh(context("app-store", server, app="77"), [("", "2")])) == []

    assert found[0].text == "The lamp on my desk, number 1"
    assert found[1] == Deletion(channel="app-store", external_id="2", certain=False)


def test_after_a_rest_a_channel_is_asked_at_its_own_pace_again(db):
    with GraphServer(Corpus(posts(1))) as server:
        source = listen("facebook", server, page_id="100", token="good")
        server.usage = '{"call_count":96}'
        take_turns(source)
        assert source.next_due_at - now() == timedelta(hours=1)
        server.usage = '{"call_count":1}'
        take_turns(source)

    assert source.next_due_at - now() == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("channel", "server", "settings", "count"),
    [
        ("flickr", FlickrServer, {"key": "good-key"}, 7),
        ("linkedin", LinkedInServer, {"organization": "9", "token": "good"}, 60),
    ],
)
def test_what_is_deleted_between_two_pages_hides_no_other(channel, server, settings, count):
    def name_of(draft):
        return draft.external_id.rstrip(")").rpartition(",")[2]

    corpus = Corpus(posts(*range(1, count + 1)))
    with server(corpus) as running:
        ctx, connector = context(channel, running, **settings), connector_for(channel)
        first = connector.poll(ctx, {}, Budget())
        # One that was shown goes, and all behind it move up by one place.
        corpus.forget(name_of(connector.normalise(first.items[0], ctx)))
        rest = walk(connector, ctx, dict(first.state))

    names = {name_of(connector.normalise(raw, ctx)) for raw in (*first.items, *rest.items)}
    assert names == {str(number) for number in range(1, count + 1)}


def test_posts_of_the_second_in_which_a_page_of_tumblr_ends_are_read():
    corpus = Corpus(posts(1, 2, 3, 4, start=SNOWFLAKE))
    corpus.posts[1].at = corpus.posts[2].at
    with TumblrServer(corpus) as server:
        found = walk(connector_for("tumblr"), context("tumblr", server, key="good-key"))

    assert len(found.items) == 4


@pytest.mark.parametrize(
    ("channel", "settings", "said", "at"),
    [
        ("facebook", {"page_id": "100", "token": "good"}, "message", "created_time"),
        ("instagram", {"account_id": "200", "token": "good"}, "text", "timestamp"),
    ],
)
def test_comments_beyond_the_first_hundred_are_read_and_not_again(channel, settings, said, at):
    def page(*numbers, following=None):
        found = [
            {
                "id": f"1_c{number}",
                said: f"Comment {number}",
                at: f"{NOON - timedelta(minutes=15 * number):%Y-%m-%dT%H:%M:%S}+0000",
            }
            for number in numbers
        ]
        paging = {"cursors": {"after": following or "end"}, **({"next": "https://graph.example"} if following else {})}
        return {"data": found, "paging": paging}

    corpus = Corpus(posts(1))
    corpus.posts[0].more["comments"] = page(0, 1, following="a")
    with GraphServer(corpus) as server:
        further = {"a": page(2, 3, following="b"), "b": page(4, 5, following="c"), "c": page(6)}
        server.at("/1/comments", lambda asked, query: server.one(query, further[query["after"]]))
        ctx, connector = context(channel, server, **settings), connector_for(channel)
        first = walk(connector, ctx)
        made = [connector.normalise(raw, ctx) for raw in first.items]
        assert [one.external_id for one in made[1:]] == [f"1_c{number}" for number in range(7)]
        assert {one.thread_id for one in made} == {"1"}

        # Later all that is new stands on the first page.
        corpus.posts[0].more["comments"] = page(-3, 1, following="a")
        server.asked.clear()
        again = walk(connector, ctx, dict(first.state))

    assert [connector.normalise(raw, ctx).external_id for raw in again.items] == ["1_c-3"]
    assert not any("/comments" in asked.path.partition("?")[0] for asked in server.asked)
