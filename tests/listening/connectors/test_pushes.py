"""What is pushed: handshakes answered, signatures over the raw bytes, replays and strangers turned away."""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.foundation.clock import pretend
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Contract, Deletion, Push, PushRefused
from portal.listening.drafts import MentionDraft
from tests.channels.api_server import NOON
from tests.channels.graph_server import GraphServer
from tests.listening.connectors.asking import context

FEED = {
    "object": "page",
    "entry": [{"id": "100", "time": 1, "changes": [
        {"field": "feed", "value": {"item": "comment", "verb": "add", "post_id": "100_1", "comment_id": "1_2",
                                    "parent_id": "100_1", "message": "Love the lamp", "created_time": 1763640000,
                                    "from": {"id": "5", "name": "Juno"}}},
        {"field": "feed", "value": {"item": "comment", "verb": "remove", "post_id": "100_1", "comment_id": "1_3"}},
        {"field": "feed", "value": {"item": "like", "verb": "add", "post_id": "100_1"}},
    ]}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon():
    with pretend(NOON):
        yield


def sign(secret: str, body: bytes, prefix: str = "sha256=", before: bytes = b"") -> str:
    return prefix + hmac.new(secret.encode(), before + body, hashlib.sha256).hexdigest()


def heard_of(channel: str, ctx, push: Push):
    connector = connector_for(channel)
    heard = []
    for raw in connector.unpack(ctx, push):
        try:
            heard.append(connector.normalise(raw, ctx))
        except Contract as miss:
            heard.append(str(miss))
    return heard


@pytest.mark.parametrize("channel", ["facebook", "instagram", "threads"])
def test_meta_greets_with_our_verify_token_only(channel):
    connector, ctx = connector_for(channel), context(channel, token="good", app_secret="s")
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": ctx.push_secret}

    assert connector.greet(ctx, {}, Push(query=asked)).body == "1158201444"
    for wrong in ({"hub.verify_token": "x"}, {"hub.verify_token": ""}, {"hub.mode": "unsubscribe"}):
        with pytest.raises(PushRefused):
            connector.greet(ctx, {}, Push(query=asked | wrong))
    with pytest.raises(PushRefused):
        connector.greet(replace(ctx, push_secret=""), {}, Push(query=asked | {"hub.verify_token": ""}))


def test_a_push_of_meta_is_let_in_by_its_signature_and_read():
    connector, ctx = connector_for("facebook"), context("facebook", app_secret="s")
    body = json.dumps(FEED).encode()
    push = Push(headers={"x-hub-signature-256": sign("s", body)}, body=body)

    assert connector.accept(ctx, {}, push).event_id == connector.accept(ctx, {}, push).event_id
    said, gone, like = heard_of("facebook", ctx, push)

    assert (said.kind, said.text, said.author.name, said.parent_id) == ("comment", "Love the lamp", "Juno", "100_1")
    assert gone == Deletion(channel="facebook", external_id="1_3")
    assert "nothing of its own" in like


@pytest.mark.parametrize("given", ["", "sha256=", "sha256=00", "sha1=00", "\u00e4", "x" * 9999])
def test_a_wrong_signature_is_turned_away(given):
    with pytest.raises(PushRefused):
        connector_for("facebook").accept(
            context("facebook", app_secret="s"), {}, Push(headers={"x-hub-signature-256": given}, body=b"{}")
        )


def test_one_altered_byte_or_no_secret_of_ours_lets_nothing_in():
    body = b'{"object":"page"}'
    signed = {"x-hub-signature-256": sign("s", body)}
    with pytest.raises(PushRefused):
        connector_for("threads").accept(context("threads", app_secret="s"), {}, Push(headers=signed, body=body + b" "))
    empty = {"x-hub-signature-256": sign("", body)}
    with pytest.raises(PushRefused):
        connector_for("threads").accept(context("threads", app_secret=""), {}, Push(headers=empty, body=body))


def deletion_request(secret: str, document: object) -> bytes:
    said = base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")
    signature = hmac.new(secret.encode(), said.encode(), hashlib.sha256).digest()
    return f"signed_request={base64.urlsafe_b64encode(signature).decode().rstrip('=')}.{said}".encode()


@pytest.mark.parametrize("channel", ["facebook", "instagram", "threads"])
def test_who_asks_meta_to_be_deleted_is_deleted_here_and_told_where_to_look(channel):
    connector, ctx = connector_for(channel), context(channel, token="good", app_secret="s")
    body = deletion_request("s", {"algorithm": "HMAC-SHA256", "user_id": "218471", "issued_at": 1763640000})

    accepted = connector.accept(ctx, {}, Push(body=body))
    answer = json.loads(accepted.body)
    told = connector.greet(ctx, {}, Push(query={"deletion": answer["confirmation_code"]}))

    assert heard_of(channel, ctx, Push(body=body)) == [Deletion(channel=channel, author_id="218471")]
    assert accepted.is_duty
    assert answer["url"].endswith(f"?deletion={answer['confirmation_code']}")
    assert "removed" in told.body
    for wrong in (
        deletion_request("x", {"user_id": "1"}), deletion_request("s", {"user_id": ""}), deletion_request("s", []),
        b"signed_request=", b"signed_request=a.b", body[:-2],
    ):  # fmt: skip
        with pytest.raises(PushRefused):
            connector.accept(ctx, {}, Push(body=wrong))
    with pytest.raises(PushRefused):
        connector.accept(context(channel, app_secret=""), {}, Push(body=deletion_request("", {"user_id": "1"})))


def test_a_mention_on_instagram_is_fetched_by_the_ids_that_the_push_names():
    event = {"object": "instagram", "entry": [{"id": "200", "time": 1763640000, "changes": [
        {"field": "mentions", "value": {"media_id": "m1", "comment_id": "c9"}},
        {"field": "comments", "value": {"id": "c1", "text": "Nice", "from": {"id": "9", "username": "omar"},
                                        "media": {"id": "m0"}}},
    ]}]}  # fmt: skip
    with GraphServer() as server:
        ctx = context("instagram", server, account_id="200", token="good")
        own, named = heard_of("instagram", ctx, Push(body=json.dumps(event).encode()))

    assert (own.text, own.author.handle, own.thread_id) == ("Nice", "omar", "m0")
    assert (named.external_id, named.text) == ("c9", "@lumen so good")


def test_a_push_of_threads_is_read():
    post = {
        "id": "7",
        "username": "omar",
        "text": "hm",
        "timestamp": "2026-11-20T12:00:00+0000",
        "replied_to": {"id": "6"},
    }
    event = {"app_id": "1", "topic": "moderate", "values": {"field": "replies", "value": post}}
    (said,) = heard_of("threads", context("threads"), Push(body=json.dumps(event).encode()))
    gone = {"values": {"field": "delete", "value": {"id": "7"}}}

    assert (said.kind, said.parent_id) == ("reply", "6")
    assert heard_of("threads", context("threads"), Push(body=json.dumps(gone).encode())) == [
        Deletion(channel="threads", external_id="7")
    ]


def test_linkedin_is_answered_its_challenge_and_its_signature_checked():
    connector, ctx = connector_for("linkedin"), context("linkedin", client_secret="s")
    code = "890e4665-4dfe-4ab1-b689-ed553bceeed0"
    answer = json.loads(connector.greet(ctx, {}, Push(query={"challengeCode": code})).body)

    assert answer == {"challengeCode": code, "challengeResponse": sign("s", code.encode(), prefix="")}
    for bad in ("", "<script>", "x" * 200):
        with pytest.raises(PushRefused):
            connector.greet(ctx, {}, Push(query={"challengeCode": bad}))

    body = json.dumps({"type": "ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS", "notifications": [
        {"notificationId": 1, "action": "COMMENT_DELETE", "generatedActivity": "urn:li:comment:(a,1)"},
        {"notificationId": 2, "action": "LIKE", "generatedActivity": "urn:li:like:1"},
    ]}).encode()  # fmt: skip
    push = Push(headers={"x-li-signature": sign("s", body, prefix="", before=b"hmacsha256=")}, body=body)
    assert connector.accept(ctx, {}, push).keep
    assert heard_of("linkedin", ctx, push) == [Deletion(channel="linkedin", external_id="urn:li:comment:(a,1)")]
    with pytest.raises(PushRefused):
        connector.accept(ctx, {}, replace(push, body=body + b"\n"))


def test_trustpilot_knows_the_secret_of_the_address():
    connector, ctx = connector_for("trustpilot"), context("trustpilot")
    review = {"id": "r1", "stars": 1, "text": "dark", "createdAt": "2026-11-20T10:00:00Z", "consumer": {"id": "u"}}
    events = [
        {"eventName": "service-review-created", "eventData": review},
        {"eventName": "service-review-deleted", "eventData": {"id": "r0"}},
    ]
    push = Push(query={"key": ctx.push_secret}, body=json.dumps({"events": events}).encode())

    assert connector.accept(ctx, {}, push).keep
    said, gone = heard_of("trustpilot", ctx, push)
    assert (said.rating, gone) == (1.0, Deletion(channel="trustpilot", external_id="r0"))
    with pytest.raises(PushRefused):
        connector.accept(ctx, {}, replace(push, query={"key": "guess"}))


def standard(secret: bytes, body: bytes, *, at=NOON, event: str = "msg_1") -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    said = base64.b64encode(hmac.new(secret, f"{event}.{stamp}.".encode() + body, hashlib.sha256).digest()).decode()
    return {"webhook-id": event, "webhook-timestamp": stamp, "webhook-signature": f"v1,AAAA v1a,x v1,{said}"}


OURS = {
    "id": "9007199254740993", "title": "A lamp of bones", "text": "I built it \U0001f4a1", "kind": "build",
    "url": "https://forum.example/t/1", "created_at": "2026-11-20T11:00:00+01:00", "lang": "en",
    "author": {"handle": "juno", "name": "Juno", "followers": 12}, "likes": 3,
    "media": [{"kind": "image", "url": "https://forum.example/a.jpg", "alt": "the lamp"}],
}  # fmt: skip


def test_our_json_comes_in_under_either_of_two_secrets():
    ctx = context("webhook", channel="forum", secret="whsec_" + base64.b64encode(b"other key").decode())
    body = json.dumps({"mentions": [OURS], "deleted": ["8"]}).encode()
    connector = connector_for("webhook")

    for secret in (base64.b64decode(ctx.push_secret), b"other key"):
        assert connector.accept(ctx, {}, Push(headers=standard(secret, body), body=body)).event_id == "msg_1"
    said, gone = heard_of("webhook", ctx, Push(body=body))
    assert isinstance(said, MentionDraft)
    assert (said.channel, said.external_id, said.kind, said.author.followers) == (
        "forum",
        "9007199254740993",
        "build",
        12,
    )
    assert said.created_at == NOON - timedelta(hours=2)
    assert gone == Deletion(channel="forum", external_id="8")


@pytest.mark.parametrize(
    "wrong",
    [
        {"webhook-id": ""},
        {"webhook-timestamp": ""},
        {"webhook-timestamp": "١٢٣"},
        {"webhook-timestamp": "9" * 40},
        {"webhook-timestamp": str(int(NOON.timestamp()) - 301)},
        {"webhook-timestamp": str(int(NOON.timestamp()) + 301)},
        {"webhook-id": "msg_2"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
    ],
)
def test_an_altered_late_or_unsigned_push_stays_out(wrong):
    ctx = context("webhook", channel="forum")
    signed = standard(base64.b64decode(ctx.push_secret), b"{}")
    connector_for("webhook").accept(ctx, {}, Push(headers=signed, body=b"{}"))

    with pytest.raises(PushRefused):
        connector_for("webhook").accept(ctx, {}, Push(headers=signed | wrong, body=b"{}"))


def test_a_signature_made_with_an_empty_key_lets_nothing_in():
    ctx = replace(context("webhook"), push_secret="")
    with pytest.raises(PushRefused):
        connector_for("webhook").accept(ctx, {}, Push(headers=standard(b"", b"{}"), body=b"{}"))


@pytest.mark.parametrize(
    ("document", "count"),
    [(OURS, 1), ([OURS, OURS], 2), ({"data": {"mentions": [OURS]}}, 1), ({"data": [OURS]}, 1), ({"data": OURS}, 1)],
)
def test_our_json_is_taken_in_every_envelope(document, count):
    assert len(connector_for("webhook").unwrap(document)) == count


def test_a_pushed_end_and_pushes_of_another_shape():
    connector, ctx = connector_for("webhook"), context("webhook")
    ended = connector.unwrap({"type": "mention.deleted", "timestamp": "x", "data": {"id": 5}})

    assert connector.normalise(ended[0], ctx) == Deletion(channel="webhook", external_id="5")
    for shape in ({}, [], "x", 5, None, {"data": 5}, {"mentions": "x"}):
        with pytest.raises(Contract):
            connector.unwrap(shape)
    for missing in ("id", "created_at", "author"):
        with pytest.raises(Contract):
            connector.normalise({name: value for name, value in OURS.items() if name != missing}, ctx)


def test_what_the_manual_shows_is_let_in_and_read():
    manual = (Path(__file__).parents[3] / "docs" / "webhook.md").read_text("utf-8")
    example, code = (re.search(rf"```{kind}\n(.*?)```", manual, re.DOTALL)[1] for kind in ("json", "python"))
    shown: dict = {}
    exec(code, shown)
    with pretend(datetime.now(UTC)):
        ctx = context("webhook", channel="forum")
        body = example.encode()
        push = Push(headers=shown["headers"](ctx.push_secret, body, "evt_1"), body=body)

        assert connector_for("webhook").accept(ctx, {}, push).event_id == "evt_1"
        said, gone = heard_of("webhook", ctx, push)

    assert (said.external_id, said.author.followers, said.likes, said.rating) == ("4711", 12, 3, None)
    assert gone.external_id == "4702"
