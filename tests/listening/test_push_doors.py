"""Every channel that pushes, from its POST to the stream: signed ones once, others not at all."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.connectors import connector_for, known_connectors
from portal.listening.connectors.contract import Push as Arrival
from portal.listening.connectors.contract import PushRefused
from portal.listening.models import Health, Source
from portal.listening.services.pushes import claim_push, keep_push, unpack
from portal.listening.services.turns import context_of
from tests.channels.graph_server import GraphServer
from tests.listening.connectors.asking import context, listen
from tests.listening.connectors.test_mail import mail
from tests.listening.connectors.test_pushes import FEED, OURS
from tests.listening.heard import stored_mentions

Signing = Callable[[str, bytes], Mapping[str, str]]


def hub(secret: str, body: bytes) -> dict[str, str]:
    del secret
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(b"s", body, hashlib.sha256).hexdigest()}


def restli(secret: str, body: bytes) -> dict[str, str]:
    del secret
    return {"X-LI-Signature": hmac.new(b"s", b"hmacsha256=" + body, hashlib.sha256).hexdigest()}


def standard(secret: str, body: bytes) -> dict[str, str]:
    stamp = str(int(now().timestamp()))
    said = hmac.new(base64.b64decode(secret), f"msg_1.{stamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "webhook-id": "msg_1", "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(said).decode()}",
    }  # fmt: skip


def bearer(secret: str, body: bytes) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}", "Content-Type": "message/rfc822"}


def in_query(secret: str, body: bytes) -> dict[str, str]:
    return {"?key": secret}


@dataclass
class Door:
    body: Any
    sign: Signing
    heard: list[str]
    settings: dict[str, str] = field(default_factory=dict)


COMMENT = {"id": "c1", "text": "Nice lamp", "from": {"id": "9", "username": "omar"}, "media": {"id": "m0"}}
POST = {"id": "7", "username": "omar", "text": "lamp", "timestamp": "2026-11-20T12:00:00+0000"}
NOTICE = {
    "notificationId": 1, "action": "COMMENT", "generatedActivity": "urn:li:comment:(a,1)",
    "lastModifiedAt": 1763640000000,
    "decoratedGeneratedActivity": {"comment": {"owner": "urn:li:person:x", "text": "Bright lamp"}},
}  # fmt: skip
REVIEW = {"id": "r1", "stars": 5, "text": "Bright lamp", "createdAt": "2026-11-20T10:00:00Z", "consumer": {"id": "u"}}
DOORS = {
    "facebook": Door(FEED, hub, ["1_2"], {"page_id": "100", "token": "good", "app_secret": "s"}),
    "instagram": Door(
        {"entry": [{"id": "200", "time": 1763640000, "changes": [
            {"field": "comments", "value": COMMENT},
            {"field": "mentions", "value": {"media_id": "m1", "comment_id": "c9"}}]}]},
        hub, ["c1", "c9"], {"account_id": "200", "token": "good", "app_secret": "s"},
    ),
    "threads": Door(
        {"values": {"field": "mentions", "value": POST}}, hub, ["7"],
        {"token": "good", "app_secret": "s", "approved": "yes"},
    ),
    "linkedin": Door(
        {"notifications": [NOTICE]}, restli, ["urn:li:comment:(a,1)"],
        {"organization": "9", "token": "good", "client_secret": "s", "approved": "yes", "version": "202611"},
    ),
    "trustpilot": Door(
        {"events": [{"eventName": "service-review-created", "eventData": REVIEW}]}, in_query, ["r1"],
        {"business": "lumen.example", "key": "good-key"},
    ),
    "webhook": Door({"mentions": [OURS]}, standard, ["9007199254740993"], {"channel": "forum"}),
    "mail": Door(bytes(mail()), bearer, ["https://blog.example/lamp-of-bones?a=1", "https://news.example/2026/lamps"]),
}  # fmt: skip


def send(client: Any, source: Any, door: Door, body: bytes, *, secret: str | None = None) -> int:
    headers = dict(door.sign(secret or context_of(source).push_secret, body))
    query = {"key": headers.pop("?key")} if "?key" in headers else {}
    answer = client.post(f"/hooks/{source.push_token}", data=body, headers=headers, query_string=query)
    return int(answer.status_code)


def stand(channel: str) -> Any:
    """A source with a door, nothing behind its channel."""
    with GraphServer() as server:
        source = listen(channel, server, **DOORS[channel].settings)
    session().commit()
    return source


def read_all() -> None:
    while waiting := claim_push():
        keep_push(waiting, unpack(waiting))
        session().flush()


@pytest.mark.parametrize("channel", DOORS)
def test_a_signed_push_comes_into_the_stream_once(client, channel):
    door = DOORS[channel]
    body = door.body if isinstance(door.body, bytes) else json.dumps(door.body).encode()
    with GraphServer() as server:
        source = listen(channel, server, **door.settings)
        session().commit()
        assert send(client, source, door, body) in {200, 202}
        assert send(client, source, door, body) in {200, 202}
        read_all()
        session().commit()

    stored = stored_mentions()
    assert sorted(mention.url if channel == "mail" else mention.external_id for mention in stored) == door.heard
    assert session().get_one(Source, source.id).taken_in == len(door.heard)
    # A signature over other bytes, or somebody else's secret, opens nothing.
    guess = base64.b64encode(b"someone else's secret").decode()
    altered = {name.lower(): value for name, value in door.sign(guess, body + b" ").items() if name != "?key"}
    answer = client.post(f"/hooks/{source.push_token}", data=body, headers=altered, query_string={"key": guess})
    assert answer.status_code == 403
    read_all()
    assert len(stored_mentions()) == len(door.heard)


def test_every_channel_with_a_door_is_tried_here_or_has_tests_of_its_own():
    doors = {connector.key for connector in known_connectors() if "webhook" in connector.caps.modes}

    assert doors - {"feeds", "webmention", "discourse", "github"} == DOORS.keys()
    assert all(connector_for(channel).caps.channel_name for channel in DOORS)


SIGNED = (
    "x-hub-signature", "x-hub-signature-256", "x-discourse-event-signature", "x-li-signature", "webhook-signature",
    "authorization",
)  # fmt: skip


def test_signatures_of_any_bytes_are_refusals_at_every_door(db):
    for connector in known_connectors():
        if "webhook" not in connector.caps.modes or connector.key == "webmention":
            continue
        ctx = context(connector.key, app_secret="s", client_secret="s")
        for given in (
            "",
            "\u00e4",
            "sha256=\u00ff",
            "sha1=",
            "v1,\u00e4 v1",
            "x" * 70_000,
            "Bearer \u00fc",
            "=",
            "sha512",
        ):
            headers = dict.fromkeys(SIGNED, given) | {
                "webhook-id": "1",
                "webhook-timestamp": str(int(now().timestamp())),
            }
            with pytest.raises(PushRefused):
                connector.accept(ctx, {}, Arrival(headers=headers, body=b"{}"))


def test_a_source_whose_key_was_refused_still_hears_what_is_signed(client):
    source = stand("facebook")
    source.health = Health.STOPPED
    session().commit()

    assert send(client, source, DOORS["facebook"], json.dumps(FEED).encode()) == 200
    read_all()

    assert [mention.external_id for mention in stored_mentions()] == ["1_2"]
    assert session().get_one(Source, source.id).health is Health.STOPPED


@pytest.mark.parametrize(
    ("channel", "query", "answer"),
    [
        ("facebook", {"hub.mode": "subscribe", "hub.challenge": "42", "hub.verify_token": "{secret}"}, "42"),
        ("facebook", {"hub.mode": "subscribe", "hub.challenge": "42", "hub.verify_token": "guess"}, None),
        ("linkedin", {"challengeCode": "abc-1"}, '"challengeResponse"'),
        ("webhook", {"challengeCode": "abc-1"}, None),
    ],
)
def test_handshakes_are_answered_at_the_door(client, channel, query, answer):
    source = stand(channel)
    filled = {name: value.format(secret=context_of(source).push_secret) for name, value in query.items()}

    reply = client.get(f"/hooks/{source.push_token}", query_string=filled)

    assert (reply.status_code == 200) is (answer is not None)
    assert answer is None or answer in reply.get_data(as_text=True)


def test_a_body_beyond_the_limit_is_not_read(client):
    source = stand("webhook")

    assert send(client, source, DOORS["webhook"], b"x" * ((256 << 10) + 1)) == 413
