"""The faults that open channels are known for: sessions that run out, limits in odd places, streams cut anywhere."""

import json
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import (
    AuthFailed,
    BadQuery,
    Budget,
    Change,
    ConnectorError,
    Contract,
    Deletion,
    LeftOut,
    RateLimited,
    Transient,
)
from portal.listening.connectors.mastodon.statuses import read_events
from portal.listening.models import Author, Health, Mention
from portal.listening.services import check_source
from portal.listening.services.credentials import unseal
from tests.channels.api_server import NOON, Corpus, Post, as_json, posts
from tests.channels.bluesky_server import DID, BlueskyServer, StreamServer, line
from tests.channels.discourse_server import DiscourseServer
from tests.channels.feed_server import Answer
from tests.channels.github_server import GitHubServer
from tests.channels.hackernews_server import HackerNewsServer
from tests.channels.mastodon_server import MastodonServer, event, status
from tests.channels.stackexchange_server import StackExchangeServer, packed
from tests.listening.connectors.asking import context, listen, point_at, take_turns
from tests.listening.heard import stored_mentions

ACCOUNT = {"how": "search", "identifier": "brand.example", "password": "good"}


@pytest.fixture(autouse=True)
def after_noon():
    with pretend(NOON + timedelta(hours=1)):
        yield


def refusal(channel: str, server, /, *, fault: Answer, **settings: str) -> ConnectorError:
    server.faults = [fault]
    with pytest.raises(ConnectorError) as raised:
        connector_for(channel).poll(context(channel, server, **settings), {}, Budget())
    return raised.value


def test_a_bluesky_session_is_opened_once_kept_sealed_and_renewed(db):
    with BlueskyServer(Corpus(posts(1, 2, 3))) as server:
        source = listen("bluesky", server, **ACCOUNT)
        take_turns(source)
        take_turns(source)
        opened = [asked.path for asked in server.asked if "createSession" in asked.path]
        assert len(opened) == 1
        assert "access-1" in unseal(source.secrets)["session"]
        assert "access-1" not in str(source.secrets) + str(source.state)

        # The token runs out between two pages.
        server.session += 1
        take_turns(source)
        assert "access-3" in unseal(source.secrets)["session"]

        server.session, server.renewable = server.session + 1, False
        take_turns(source)

    assert sum("createSession" in asked.path for asked in server.asked) == 2
    assert (source.health, source.failures, len(stored_mentions())) == (Health.GOOD, 0, 3)


def test_a_wrong_password_stops_the_source(db):
    with BlueskyServer() as server:
        source = listen("bluesky", server, **{**ACCOUNT, "password": "bad"})
        take_turns(source)

    assert source.health is Health.STOPPED
    assert "app password" in source.last_error


def test_backoff_on_a_good_answer_is_obeyed(db):
    with StackExchangeServer(Corpus(posts(1, 2, 3))) as server:
        server.backoff = 77
        source = listen("stackexchange", server, site="diy")
        take_turns(source)

        assert (source.next_due_at - now()).total_seconds() == 77
        assert source.usage["remaining"] == 9_990
        with pretend(now() + timedelta(seconds=78)):
            take_turns(source)

    assert len(stored_mentions()) == 3


def test_answers_are_found_by_excerpts_and_read_whole(db):
    corpus = Corpus(posts(1, 2, 3))
    with StackExchangeServer(corpus) as server:
        server.answers = tuple(corpus.by_id(["2", "3"]))
        with pretend(NOON + timedelta(hours=1)):
            take_turns(listen("stackexchange", server, site="diy", kinds="both"))
        found = {mention.external_id: mention for mention in stored_mentions()}
        ctx = context("stackexchange", server, site="diy")
        corpus.forget("3")
        names = [("diy", name) for name in ("q1", "a2", "a3")]
        told = {one.external_id: one for one in connector_for("stackexchange").refresh(ctx, names)}

    assert found.keys() == {"q1", "a2", "a3"}
    said = found["a2"]
    assert (said.kind, said.title, said.parent_id) == ("answer", "Which lamp's best?", "q1")
    assert said.url == "https://diy.stackexchange.com/a/2"
    assert "lamp" in said.text
    assert {name: type(one) for name, one in told.items()} == {"q1": Change, "a2": Change, "a3": Deletion}


@pytest.mark.parametrize(
    ("document", "status", "kind"),
    [
        ({"error_id": 502, "error_name": "throttle_violation", "backoff": 30}, 400, RateLimited),
        ({"error_id": 400, "error_name": "bad_parameter", "error_message": "site"}, 400, BadQuery),
        ({"error_id": 403, "error_message": "key"}, 403, AuthFailed),
        ({"error_id": 500}, 503, Transient),
    ],
)
def test_stack_exchange_says_what_is_wrong_in_its_body(document, status, kind):
    with StackExchangeServer() as server:
        problem = refusal("stackexchange", server, fault=packed(document, status), site="diy")

    assert isinstance(problem, kind)
    assert problem.retry_after == (30 if kind is RateLimited else None)


@pytest.mark.parametrize(
    ("answer", "kind", "wait"),
    [
        (as_json({}, status=403, headers={"Retry-After": "60"}), RateLimited, 60),
        (as_json({}, status=429), RateLimited, None),
        (as_json({}, status=401), AuthFailed, None),
        (as_json({}, status=422), BadQuery, None),
        (Answer(502), Transient, None),
        (Answer(200, {"Content-Type": "application/json"}, b"<html>"), Contract, None),
    ],
)
def test_github_limits_are_told_from_refusals(answer, kind, wait):
    with GitHubServer() as server:
        problem = refusal("github", server, fault=answer, token="good", kinds="issues")

    assert (type(problem), problem.retry_after) == (kind, wait)


@pytest.mark.parametrize(
    ("error", "kind"), [("RATE_LIMITED", RateLimited), ("INSUFFICIENT_SCOPES", AuthFailed), ("UNDEFINED", BadQuery)]
)
def test_an_error_inside_a_good_answer_of_github_is_an_error(error, kind):
    answer = as_json({"data": None, "errors": [{"type": error, "message": "why"}]})
    with GitHubServer() as server:
        assert isinstance(refusal("github", server, fault=answer, token="good", kinds="discussions"), kind)


def test_a_stream_cut_anywhere_is_put_together(db):
    post = Post("900719925474099312", "Grüße 🛋️ عربي — die Lampe", NOON)
    said = b":thump\n\n" + event("update", status(post)) + event("filters_changed", "") + b"event: update\ndata: {\n\n"
    edited = status(Post(post.id, "Grüße: die Lampe brummt", NOON, more={"edited_at": NOON.isoformat()}))
    said += event("status.update", edited) + event("update", status(Post("900719925474099313"))) + b"event: upd"
    with MastodonServer() as server:
        server.stream = said
        url = server.url("").rstrip("/")
        source = listen("mastodon", server, url=url, how="stream", token="good")
        take_turns(source)
        texts = [mention.text for mention in stored_mentions()]
        assert texts == ["Grüße: die Lampe brummt #lamp", "The lamp on my desk #lamp"]

        server.stream = event("delete", post.id)
        take_turns(source)

    assert [mention.text for mention in stored_mentions()] == ["", "The lamp on my desk #lamp"]
    # The same bytes in pieces of one byte, as a slow network may cut them.
    whole = [line.rstrip(b"\r") for line in said.split(b"\n")]
    assert len(list(read_events(whole))) == 3


def test_what_was_said_between_two_times_of_streaming_is_not_lost(db):
    start = int(NOON.timestamp() * 1000) << 16
    corpus = Corpus(posts(1, 2, 3, start=start))
    with MastodonServer(corpus) as server, MastodonServer() as streaming:
        server.streaming_host = streaming.url("").rstrip("/").replace("http", "ws", 1)
        streaming.stream = event("update", status(posts(5, start=start)[0]))
        source = listen("mastodon", server, url=server.url("").rstrip("/"), how="stream", token="good")
        take_turns(source)
        first = source.taken_in
        corpus.say(*posts(4, 5, start=start))
        take_turns(source)
        # The timeline goes on while the stream is away.
        corpus.say(*posts(6, start=start))
        streaming.faults = [Answer(raw=b"")]
        take_turns(source)

        assert (first, source.taken_in) == (4, 6)
        assert source.next_due_at - now() == timedelta(seconds=20)
        assert "broke off" in source.last_error
        asked = [request.path.partition("?")[0] for request in server.asked]
        assert asked.count("/api/v2/instance") == 1
    assert sorted(mention.external_id for mention in stored_mentions()) == [str(start + n) for n in range(1, 7)]


def test_a_stream_that_refuses_us_stops_the_source(db):
    with MastodonServer() as server:
        source = listen("mastodon", server, url=server.url("").rstrip("/"), how="stream", token="bad")
        take_turns(source)

    assert source.health is Health.STOPPED


def test_a_silent_stream_costs_its_seconds_and_no_more():
    silence = Answer(headers={"Content-Type": "text/event-stream"}, body=b":thump\n", length=None, drip_seconds=5)
    with MastodonServer() as server:
        server.serve("/api/v1/streaming/hashtag", silence)
        ctx = context("mastodon", server, url=server.url("").rstrip("/"), how="stream", token="good")
        started = time.monotonic()
        answer = connector_for("mastodon").poll(_hurried(ctx), {}, Budget())

    assert answer.items == ()
    assert time.monotonic() - started < 3


def _hurried(ctx, seconds: float = 0.3):
    return replace(ctx, listen_s=seconds)


def stream_of(server: StreamServer, state=None):
    ctx = _hurried(context("bluesky", server, how="stream"))
    return connector_for("bluesky").poll(ctx, state or {}, Budget())


def test_the_stream_of_all_posts_goes_on_from_its_cursor(db):
    first, second = (Post(f"3k{number}", f"A lamp 💡 {number}", NOON + timedelta(seconds=number)) for number in (1, 2))
    other = {"did": DID, "time_us": 1, "kind": "identity", "identity": {}}
    with StreamServer(line(first), "not json", other, line(second), line(second)) as server:
        source = listen("bluesky", server, how="stream")
        answer = stream_of(server)
        assert [raw["uri"][-3:] for raw in answer.items] == ["3k1", "3k2", "3k2"]
        assert answer.state["cursor"] == int(second.at.timestamp() * 1_000_000)
        take_turns(source)
        server.lines = [line(second), line(first, "delete")]
        server.lines[1]["time_us"] += 10_000_000
        take_turns(source)

    assert str(answer.state["cursor"]) in [asked.get("cursor") for asked in server.asked]
    assert [mention.text for mention in stored_mentions()] == ["", "A lamp 💡 2"]


def test_an_account_that_is_gone_takes_its_words_with_it(db):
    gone = {"did": DID, "time_us": 5 * 10**15, "kind": "account", "account": {"active": False, "status": "deleted"}}
    with StreamServer(line(Post("3k1", "A lamp", NOON))) as server:
        source = listen("bluesky", server, how="stream")
        take_turns(source)
        server.lines = [gone]
        take_turns(source)

    assert [(mention.text, mention.gone_at is not None) for mention in stored_mentions()] == [("", True)]
    assert session().scalars(select(Author.name)).all() == [None]


def test_a_stream_keeps_only_posts_with_a_word_of_ours_and_nothing_without_one(db):
    said = [line(Post("3k1", "A LÄMP? No: a lamp.")), line(Post("3k2", "Weather")), line(Post("3k3", "x"), "delete")]
    with StreamServer(*said) as server:
        assert [raw.get("uri") or raw["commit"]["rkey"] for raw in stream_of(server).items] == [
            f"at://{DID}/app.bsky.feed.post/3k1",
            "3k3",
        ]
        ctx = replace(_hurried(context("bluesky", server, how="stream")), words=())
        assert connector_for("bluesky").poll(ctx, {}, Budget()).warnings
        assert len(server.asked) == 1


def test_a_line_of_the_stream_is_a_hint_and_the_post_itself_is_asked_for(db):
    said = [line(Post(f"3k{number}", f"A lamp {number}", NOON + timedelta(seconds=number))) for number in range(30)]
    with StreamServer(*said) as server:
        server.hidden, server.deleted = {"3k1"}, {"3k2"}
        source = listen("bluesky", server, how="stream")
        take_turns(source)
        asked = len(server.public.asked)
        kept = {mention.external_id[-3:]: mention.author.handle for mention in stored_mentions()}
        server.deleted = {"3k3"}
        with pretend(NOON + timedelta(days=8)):
            look = connector_for("bluesky").refresh(context("bluesky", server, how="stream"), [("", said_at("3k3"))])
            told = list(look)

    # Twenty-five at once, and the cursor's own line again at the next turn.
    assert (asked, source.health, source.last_error) == (3, Health.GOOD, None)
    assert len(kept) == 28
    assert not {"3k1", "3k2"} & kept.keys()
    assert set(kept.values()) == {"juno.example"}
    assert told == [Deletion(channel="bluesky", external_id=said_at("3k3"), certain=False)]


def said_at(name: str) -> str:
    return f"at://{DID}/app.bsky.feed.post/{name}"


def test_a_cursor_that_is_too_old_is_told(db):
    with StreamServer() as server:
        answer = stream_of(server, {"v": 1, "cursor": 1})

    assert answer.warnings


def test_what_is_not_public_is_left_out():
    ctx = context("mastodon", None, url="https://masto.example")
    for change in ({"visibility": "private"}, {"account": {**status(Post("1"))["account"], "noindex": True}}):
        with pytest.raises(LeftOut):
            connector_for("mastodon").normalise({**status(Post("1")), **change}, ctx)
    hidden = {"uri": "at://d/c/1", "record": {"text": "x"}, "author": {"labels": [{"val": "!no-unauthenticated"}]}}
    with pytest.raises(LeftOut):
        connector_for("bluesky").normalise(hidden, context("bluesky"))


def test_a_boost_stands_for_what_it_boosts():
    boost = {**status(Post("9")), "content": "", "reblog": status(Post("7"))}

    found = connector_for("mastodon").unwrap([boost, {"id": "1", "deleted": True}])

    assert [raw["id"] for raw in found] == ["7"]
    ctx = context("mastodon", None, url="https://masto.example")
    gone = connector_for("mastodon").normalise({"id": "1", "deleted": True}, ctx)
    assert gone == Deletion(channel="mastodon", origin_host="masto.example", external_id="1")


@pytest.mark.parametrize(
    ("channel", "server", "settings", "words"),
    [
        ("hackernews", HackerNewsServer, {}, "answers"),
        ("stackexchange", StackExchangeServer, {"site": "diy"}, "diy answers"),
        ("github", GitHubServer, {"token": "good"}, "30 searches"),
        ("bluesky", BlueskyServer, ACCOUNT, "Signed in as brand.example"),
        ("mastodon", MastodonServer, {"url": ""}, "A server answers"),
        ("discourse", DiscourseServer, {"url": ""}, "newest posts: 2"),
    ],
)
def test_a_check_is_one_cheap_call(channel, server, settings, words):
    with server(Corpus(posts(1, 2))) as running:
        point_at(channel, running)
        place = {"url": running.url("").rstrip("/")} if "url" in settings else {}
        checked = check_source(channel, {**settings, **place})
        assert checked.ok, checked.sentence
        assert words in checked.sentence
        assert len(running.asked) == 1
        running.faults = [Answer(500)] * 3
        broken = check_source(channel, {**settings, **place})

    assert not broken.ok


def test_64_bit_ids_keep_every_digit(db):
    number = 9_007_199_254_740_993
    with HackerNewsServer(Corpus([Post(str(number), at=NOON)])) as server:
        take_turns(listen("hackernews", server))

    assert session().scalars(select(Mention.external_id)).one() == str(number)
    assert json.loads(json.dumps({"id": number}))["id"] == number


def test_profiles_say_how_many_follow():
    with BlueskyServer() as server:
        (juno,) = connector_for("bluesky").profiles(context("bluesky", server, **ACCOUNT), [DID])
        assert (juno.handle, juno.external_id, juno.followers) == ("juno.example", DID, 12)
    with GitHubServer() as server:
        (juno,) = connector_for("github").profiles(context("github", server, token="good"), ["4", "nobody"])
        assert (juno.handle, juno.external_id, juno.name, juno.followers) == ("juno", "4", "Juno", 12)


def test_a_token_that_may_not_search_is_found_out_before_the_source_stands():
    with MastodonServer(Corpus(posts(1))) as server:
        for token, is_ok in (("good", True), ("reads-nothing", False)):
            ctx = context("mastodon", server, url=server.url("").rstrip("/"), how="search", token=token)
            assert connector_for("mastodon").check(ctx).ok is is_ok
