"""The faults that channels are known for: tokens that run out, limits, quotas, money, refusals inside a 200."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.foundation.clock import now, pretend
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import (
    AuthFailed,
    BadQuery,
    Budget,
    Change,
    ConnectorError,
    Deletion,
    Gone,
    Meter,
    QuotaGone,
    RateLimited,
    Transient,
)
from portal.listening.connectors.x.connector import POST_MICROS, USER_MICROS
from portal.listening.models import Health
from portal.listening.services import resume_source
from tests.channels.api_server import NOON, Corpus, as_json, posts
from tests.channels.feed_server import Answer
from tests.channels.flickr_server import FlickrServer, failure
from tests.channels.graph_server import GraphServer, graph_error
from tests.channels.reddit_server import RedditServer
from tests.channels.review_servers import YelpServer
from tests.channels.tumblr_server import TumblrServer
from tests.channels.x_server import SNOWFLAKE, XServer
from tests.channels.youtube_server import YouTubeServer, refusal
from tests.listening.connectors.asking import context, listen, take_turns, walk
from tests.listening.heard import stored_mentions

HTML = Answer(502, {"Content-Type": "text/html"}, b"<h1>Bad gateway</h1>")


@pytest.fixture(autouse=True)
def at_noon():
    with pretend(NOON + timedelta(hours=1)):
        yield


def x_server(*numbers: int, **given) -> XServer:
    return XServer(Corpus(posts(*numbers, start=SNOWFLAKE)), **given)


def poll(channel: str, ctx, state=None):
    return connector_for(channel).poll(ctx, state or {}, Budget())


def test_a_token_that_runs_out_in_the_middle_stops_and_goes_on_at_its_page(db, sam):
    with x_server(1, 2, 3, 4, 5) as server:
        source = listen("x", server, token="good", cap="20")
        server.faults = [None, as_json({"title": "Unauthorized"}, status=401)]

        take_turns(source)
        assert (source.health, len(stored_mentions())) == (Health.STOPPED, 2)

        resume_source(source, by=sam)
        take_turns(source)

    assert (source.health, len(stored_mentions())) == (Health.GOOD, 5)
    assert source.state["asks"]["search:(lamp)"]["since_id"] == str(SNOWFLAKE + 5)


def test_reddit_fetches_a_token_anew_when_the_old_one_has_run_out(db):
    with RedditServer(Corpus(posts(1, 2, 3))) as server:
        keys = {"client_id": "client", "client_secret": "secret", "account": "lumen"}
        source = listen("reddit", server, **keys, approved="yes")
        take_turns(source)
        server.token = "another"
        take_turns(source)

    assert source.health is Health.GOOD
    assert len(stored_mentions()) == 3


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "77"}, 77),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(int(NOON.timestamp()) + 3600 + 300)}, 300),
        ({}, None),
    ],
)
def test_a_limit_is_told_from_a_failure_and_waited_for(headers, wait):
    with x_server(1) as server:
        server.faults = [Answer(429, headers)]

        with pytest.raises(RateLimited) as told:
            poll("x", context("x", server, token="good"))

    assert told.value.retry_after == wait


def test_after_a_limit_the_walk_goes_on_where_it_was(db):
    with x_server(1, 2, 3) as server:
        source = listen("x", server, token="good", cap="20")
        server.faults = [None, Answer(429, {"Retry-After": "90"})]
        take_turns(source)

        assert (source.health, len(stored_mentions())) == (Health.FAILING, 2)
        assert 85 <= (source.next_due_at - now()).total_seconds() <= 95
        take_turns(source)

    assert (source.health, len(stored_mentions())) == (Health.GOOD, 3)


def test_the_spending_cap_stops_before_a_page_that_it_cannot_pay(db):
    with x_server(*range(1, 8)) as server:
        source = listen("x", server, token="good", users="yes", cap="0.2")
        server.page_size = 2
        take_turns(source)

        # Each page may hold ten posts, each with an author; what was not sent is given back.
        assert source.health is Health.GOOD
        assert "cap" in source.last_error
        assert source.usage["micros"] == len(stored_mentions()) * POST_MICROS + USER_MICROS * 3
        assert len(stored_mentions()) == 6
        assert source.next_due_at > now() + timedelta(hours=1)
        asked = len(server.asked)
        take_turns(source)
        assert len(server.asked) == asked


def test_a_smaller_page_is_asked_for_when_little_money_is_left():
    with x_server(1) as server:
        ctx = context("x", server, token="good")
        ctx.meter.micros_left = 30 * POST_MICROS
        poll("x", ctx)

    assert "max_results=30" in server.asked[0].path
    assert ctx.meter.micros == POST_MICROS


@pytest.mark.parametrize("names", ["tweet", "post"])
def test_both_sets_of_names_are_read(names):
    with x_server(1, names=names) as server:
        found = walk(connector_for("x"), context("x", server, token="good", users="yes", names=names))
        heard = connector_for("x").normalise(found.items[0], context("x", server))

    assert f"{names}.fields=" in server.asked[0].path
    assert (heard.external_id, heard.shares, heard.author.handle, heard.author.followers) == (
        str(SNOWFLAKE + 1),
        3,
        "juno",
        321,
    )


def test_x_keeps_its_mark_while_it_pages_and_drops_one_that_is_too_old():
    with x_server(1, 2, 3) as server:
        ctx = context("x", server, token="good")
        state = walk(connector_for("x"), ctx).state
        server.corpus.say(*posts(4, 5, 6, start=SNOWFLAKE))
        walk(connector_for("x"), ctx, state)
        state["asks"]["search:(lamp)"]["since_id"] = "1900000000000000000"
        walk(connector_for("x"), ctx, state)

    asked = [f"since_id={SNOWFLAKE + 3}" in each.path for each in server.asked]
    assert asked == [False, False, True, True, False, False, False]


def test_x_tells_of_plans_and_rights_by_the_problem_not_the_status():
    kinds = {
        "usage-capped": (403, QuotaGone),
        "client-forbidden": (403, AuthFailed),
        "invalid-request": (400, BadQuery),
    }
    with x_server(1) as server:
        for kind, (status, error) in kinds.items():
            server.faults = [as_json({"type": f"https://api.twitter.com/2/problems/{kind}"}, status=status)]
            with pytest.raises(error):
                poll("x", context("x", server, token="good"))


def test_x_hides_what_it_no_longer_finds_and_updates_the_rest():
    with x_server(1, 2) as server:
        ids = [("", str(SNOWFLAKE + 1)), ("", str(SNOWFLAKE + 9))]
        ctx = context("x", server, token="good")
        gone, changed = connector_for("x").refresh(ctx, ids)

    assert gone == Deletion(channel="x", external_id=str(SNOWFLAKE + 9), certain=False)
    assert isinstance(changed, Change)
    assert ctx.meter.micros == POST_MICROS


def test_youtube_stops_until_pacific_midnight_when_its_quota_is_gone(db):
    with YouTubeServer(Corpus(posts(1, start=10_000_000_000))) as server:
        source = listen("youtube", server, key="good-key")
        server.faults = [refusal(403, "quotaExceeded")]
        take_turns(source)

    assert (source.health, source.failures) == (Health.NEW, 0)
    assert "YouTube" in source.last_error
    assert source.next_due_at == datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def test_the_hundred_searches_of_a_day_are_counted_and_comments_are_free(db):
    videos, comments = Corpus(posts(1, start=10_000_000_000)), Corpus(posts(5, 6, start=20_000_000_000_000))
    with YouTubeServer(videos, comments) as server:
        source = listen("youtube", server, key="good-key", channel="UCx", videos="https://youtu.be/vid00000001?t=2")
        take_turns(source)

        assert (source.usage["calls"], len(stored_mentions())) == (1, 3)
        # One search a round and ninety a day.
        assert source.next_due_at - now() == timedelta(seconds=960)
        source.usage = {**source.usage, "calls": 100}
        asked = len(server.asked)
        take_turns(source)

    assert len(server.asked) == asked
    assert "calls" in source.last_error


def test_places_that_take_no_comments_are_passed_by_with_a_word():
    with YouTubeServer() as server:
        server.faults = [refusal(403, "commentsDisabled")]
        found = poll("youtube", context("youtube", server, key="good-key", words="-", videos="vid00000001"))

    assert (found.more, len(found.warnings)) == (False, 1)


def test_youtube_says_what_became_of_videos_and_comments():
    videos, comments = Corpus(posts(1, start=10_000_000_000)), Corpus(posts(5, start=20_000_000_000_000))
    with YouTubeServer(videos, comments) as server:
        ctx = context("youtube", server, key="good-key")
        found = list(
            connector_for("youtube").refresh(ctx, [("", "10000000001"), ("", "10000000002"), ("", "20000000000005")])
        )
        profiles = connector_for("youtube").profiles(ctx, ["UCa"])

    assert [(type(each), each.external_id) for each in found] == [
        (Change, "10000000001"),
        (Deletion, "10000000002"),
        (Change, "20000000000005"),
    ]
    assert found[0].views == 18446744073
    assert (profiles[0].handle, profiles[0].followers) == ("UCa", 1200)


@pytest.mark.parametrize(("code", "error"), [(100, AuthFailed), (105, Transient), (112, BadQuery), ("x", Transient)])
def test_a_refusal_of_flickr_inside_a_200_is_a_refusal(code, error):
    with FlickrServer() as server:
        server.faults = [failure(code)]
        with pytest.raises(error):
            poll("flickr", context("flickr", server, key="good-key"))


def test_a_photo_that_is_gone_is_found_out():
    with FlickrServer(Corpus(posts(1))) as server:
        found = list(connector_for("flickr").refresh(context("flickr", server, key="good-key"), [("", "1"), ("", "2")]))

    assert isinstance(found[0], Change)
    assert found[1] == Deletion(channel="flickr", external_id="2", certain=False)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (graph_error(190), AuthFailed),
        (graph_error(10), AuthFailed),
        (graph_error(4), RateLimited),
        (graph_error(100), BadQuery),
        (graph_error(100, error_subcode=33), Gone),
        (graph_error(2, status=500), Transient),
        (HTML, Transient),
        (Answer(400, {}, b"{broken"), ConnectorError),
    ],
)
def test_meta_tells_by_the_code_in_the_body(fault, error):
    with GraphServer() as server:
        server.faults = [fault]
        with pytest.raises(error):
            poll("facebook", context("facebook", server, page_id="100", token="good"))


def test_meta_is_left_alone_for_as_long_as_it_estimates_when_nearly_all_is_used():
    with GraphServer(Corpus(posts(1, 2, 3))) as server:
        server.usage = '{"9":[{"type":"pages","call_count":96,"estimated_time_to_regain_access":12}]}'
        found = poll("facebook", context("facebook", server, page_id="100", token="good"))
        server.usage = '{"call_count":96}'
        longer = poll("facebook", context("facebook", server, page_id="100", token="good"), found.state)

    assert (found.more, found.not_before) == (False, now() + timedelta(minutes=12))
    assert longer.not_before == now() + timedelta(hours=1)
    assert len(longer.items) == 1


def test_calls_to_meta_prove_that_the_app_makes_them_and_follow_no_address():
    with GraphServer(Corpus(posts(1, 2, 3))) as server:
        walk(connector_for("facebook"), context("facebook", server, page_id="100", token="good", app_secret="s"))

    assert all("appsecret_proof=" in asked.path for asked in server.asked)
    assert "after=2" in server.asked[1].path


def test_one_gone_post_does_not_hide_the_others():
    with GraphServer(Corpus(posts(1))) as server:
        server.at("/1", lambda _asked, query: server.one(query, {"id": "1", "message": "new words"}))
        server.at("/2", lambda _asked, _query: graph_error(100, error_subcode=33))
        ctx = context("facebook", server, page_id="100", token="good")
        found = list(connector_for("facebook").refresh(ctx, [("", "1"), ("", "2")]))

    assert found == [
        Change(channel="facebook", external_id="1", text="new words"),
        Deletion(channel="facebook", external_id="2", certain=False),
    ]


def test_yelp_waits_for_the_reset_that_it_names():
    with YelpServer() as server:
        said = {"error": {"code": "ACCESS_LIMIT_REACHED", "description": "no"}}
        server.faults = [as_json(said, status=429, headers={"RateLimit-ResetTime": "2026-11-22T00:00:00+00:00"})]
        with pytest.raises(QuotaGone) as told:
            poll("yelp", context("yelp", server, key="good-key", businesses="lumen"))

    assert told.value.reset_at == datetime(2026, 11, 22, tzinfo=UTC)


def test_posts_of_one_second_do_not_hold_a_walk_of_tumblr():
    together = posts(1, 2, 3, 4, start=SNOWFLAKE)
    for post in together:
        post.at = NOON
    with TumblrServer(Corpus(together)) as server:
        found = walk(connector_for("tumblr"), context("tumblr", server, key="good-key"))

    assert len(found.items) >= 2


def test_reddit_says_what_was_deleted_there():
    corpus = Corpus(posts(1, 2, 3))
    corpus.posts[1].author = "[deleted]"
    corpus.posts[1].more = {"selftext": "[deleted]"}
    corpus.posts[2].author = "[deleted]"
    with RedditServer(corpus) as server:
        keys = {"client_id": "client", "client_secret": "secret", "account": "lumen"}
        ids = [("", "t3_1"), ("", "t3_2"), ("", "t3_3"), ("", "t3_9")]
        found = list(connector_for("reddit").refresh(context("reddit", server, **keys), ids))

    assert isinstance(found[0], Change)
    assert [(each.external_id, each.certain) for each in found[1:]] == [("t3_2", True), ("t3_3", True), ("t3_9", False)]


CHECKS = {
    "x": (XServer, {"token": "good"}, {"token": "bad"}),
    "youtube": (YouTubeServer, {"key": "good-key"}, None),
    "reddit": (
        RedditServer,
        {"client_id": "client", "client_secret": "secret", "account": "a"},
        {"client_id": "client", "client_secret": "no", "account": "a"},
    ),
    "facebook": (GraphServer, {"page_id": "100", "token": "good"}, {"page_id": "100", "token": "bad"}),
    "instagram": (GraphServer, {"account_id": "200", "token": "good"}, {"account_id": "200", "token": "bad"}),
    "threads": (GraphServer, {"token": "good"}, {"token": "bad"}),
    "tumblr": (TumblrServer, {"key": "good-key"}, {"key": "bad"}),
    "flickr": (FlickrServer, {"key": "good-key"}, {"key": "bad"}),
    "yelp": (YelpServer, {"key": "good-key", "businesses": "lumen"}, {"key": "bad", "businesses": "lumen"}),
}


@pytest.mark.parametrize("channel", CHECKS)
def test_a_check_says_whether_the_keys_work_and_never_raises(channel):
    make, good, bad = CHECKS[channel]
    with make() as server:
        connector = connector_for(channel)

        assert connector.check(context(channel, server, **good)).ok
        if bad:
            refused = connector.check(context(channel, server, **bad))
            assert not refused.ok
            assert refused.sentence
        server.faults = [HTML] * 3
        assert not connector.check(context(channel, server, **good)).ok


def test_without_words_or_trackers_a_source_waits_and_says_so():
    for channel in ("youtube", "x", "reddit", "threads", "tumblr", "flickr"):
        found = poll(channel, context(channel, None, words="-"))
        assert (found.items, len(found.warnings)) == ((), 1), channel
        assert Meter().calls == 0
