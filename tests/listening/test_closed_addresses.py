"""Every way to write a closed address, at every door that takes an address: nothing is connected to."""

import contextlib
import ipaddress
import json
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest

from portal.foundation import config
from portal.foundation.http import FetchFailed, FetchRefused, listen_lines, listen_messages
from portal.foundation.http import addresses as rules
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Budget, ConnectorError, Push, PushRefused
from portal.listening.connectors.feed_state import state_for
from portal.listening.connectors.websub import subscribe
from portal.listening.parsing import SmallPicture, parse_here
from portal.listening.services import check_source
from portal.listening.services.pictures import fetch_picture
from portal.listening.services.turns import make_context
from tests.channels.feed_server import Answer, FeedServer
from tests.conftest import settings_for_tests
from tests.foundation.http.conftest import Names, names
from tests.foundation.http.test_addresses import PRIVATE_FORMS

__all__ = ["names"]

CLOSED = ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "172.16.0.1", "100.64.0.1", "0.0.0.0"]


def written(address: str) -> Iterator[str]:
    """One IPv4 address as people, resolvers and old parsers write it."""
    number = ipaddress.IPv4Address(address)
    octets = list(number.packed)
    yield str(int(number))
    yield hex(int(number))
    yield f"0{int(number):o}"
    yield ".".join(f"0{octet:o}" for octet in octets)
    yield ".".join(hex(octet) for octet in octets)
    yield f"{octets[0]}.{int.from_bytes(number.packed[1:], 'big')}"
    yield f"{octets[0]}.{octets[1]}.{int.from_bytes(number.packed[2:], 'big')}"
    yield address + "."
    yield "".join(chr(ord(letter) + 0xFEE0) if letter.isdigit() else letter for letter in address)
    yield f"[::ffff:{address}]"
    yield f"[::{address}]"
    yield f"[64:ff9b::{address}]"
    yield f"[2002:{number.packed[:2].hex()}:{number.packed[2:].hex()}::]"
    yield f"user@{address}"
    yield f"example.com@{address}"
    yield quote(address, safe="").replace(".", "%2e")


# Letters and digits that the rules for names in other scripts turn into plain ones, and translated addresses.
DISGUISED = [
    "\U0001d7cf\U0001d7d0\U0001d7d5.\U0001d7ce.\U0001d7ce.\U0001d7cf", "\u2460\u2461\u2466.\u24ea.\u24ea.\u2460",
    "127\uff610\uff610\uff611", "[::ffff:0:7f00:1]", "[::ffff:0:127.0.0.1]", "[5f00::1]",
]  # fmt: skip
FORMS = tuple(dict.fromkeys([*PRIVATE_FORMS, *DISGUISED, *(form for address in CLOSED for form in written(address))]))


@pytest.fixture
def listener(names: Names, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    """A server behind every closed name, at the port that a plain address means."""
    names("localhost", "127.0.0.1")
    names("ip6-localhost", "::1")
    config.use(settings_for_tests())
    with FeedServer() as running:
        running.serve("/", Answer(body=b"secret"))
        monkeypatch.setitem(rules.DEFAULT_PORTS, "http", running.port)
        yield running


def test_there_are_enough_ways_to_write_them() -> None:
    assert len(FORMS) >= 150


@pytest.mark.parametrize(
    ("channel", "settings"),
    [("feeds", {}), ("mastodon", {"how": "tags"}), ("discourse", {}), ("mastodon", {"how": "stream", "token": "t"})],
)
def test_the_form_of_a_source_reaches_no_closed_address(listener: FeedServer, channel: str, settings) -> None:
    for form in FORMS:
        for url in (f"http://{form}:{listener.port}/", f"http://{form}/"):
            assert not check_source(channel, {**settings, "url": url}).ok, url

    assert listener.connections == 0


def test_a_source_that_stands_reaches_none_either(listener: FeedServer) -> None:
    for channel in ("feeds", "mastodon", "discourse"):
        for form in FORMS:
            ctx = make_context(channel, {"url": f"http://{form}:{listener.port}/"}, {}, words=("lamp",))
            with pytest.raises(ConnectorError):
                connector_for(channel).poll(ctx, {}, None)

    assert listener.connections == 0


def test_the_next_page_that_a_feed_names_is_no_door(listener: FeedServer) -> None:
    for form in FORMS:
        ctx = make_context("feeds", {"url": "https://a.example/"}, {})
        state = {**state_for("https://a.example/", {}), "page": f"http://{form}:{listener.port}/", "pages": 1}
        answer = connector_for("feeds").poll(ctx, state, Budget())
        assert not answer.items
        assert answer.warnings

    assert listener.connections == 0


def test_the_page_of_an_entry_that_is_looked_up_is_no_door(listener: FeedServer) -> None:
    for form in FORMS:
        url = f"http://{form}:{listener.port}/"
        ctx = replace(make_context("feeds", {"url": "https://a.example/"}, {}), urls={"1": url})
        for name in ("1", url):
            with contextlib.suppress(ConnectorError):
                assert connector_for("feeds").refresh(ctx, [("", name)]) == []

    assert listener.connections == 0


def test_a_webmention_reaches_no_closed_address(listener: FeedServer) -> None:
    webmention = connector_for("webmention")
    for form in FORMS:
        ctx = make_context("webmention", {"sites": f"shop.example, {form}"}, {})
        url = f"http://{form}:{listener.port}/"
        for source, target in ((url, "https://shop.example/"), ("https://shop.example/", url)):
            body = f"source={quote(source)}&target={quote(target)}".encode()
            with contextlib.suppress(PushRefused):
                webmention.accept(ctx, {}, Push(body=body))
            with pytest.raises((ConnectorError, PushRefused)):
                webmention.unpack(ctx, Push(body=body))

    assert listener.connections == 0


def test_a_hub_and_a_stream_reach_none(listener: FeedServer) -> None:
    for form in FORMS:
        ctx = make_context("feeds", {"url": "https://a.example/"}, {}, push_token="token")
        url = f"http://{form}:{listener.port}/"
        assert subscribe(ctx, {"hub": url, "topic": "https://a.example/"})
        with pytest.raises((FetchRefused, FetchFailed)):
            list(listen_lines(url, seconds=0.1))
        with pytest.raises((FetchRefused, FetchFailed)):
            list(listen_messages(f"ws://{form}:{listener.port}/", seconds=0.1))

    assert listener.connections == 0


def test_a_picture_reaches_no_closed_address(listener: FeedServer) -> None:
    for form in FORMS:
        for url in (f"http://{form}:{listener.port}/a.png", f"http://{form}/a.png", f"https://{form}/a.png"):
            assert not isinstance(fetch_picture(url), SmallPicture), url

    assert listener.connections == 0


def test_no_page_and_no_redirect_leads_to_one(listener: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discovery and redirects start at a server that may be reached, and end before the closed one."""
    monkeypatch.undo()
    config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True))
    forms = [
        form for form in FORMS if "127" not in form and "localhost" not in form and form not in {"[::1]", "[::1%lo]"}
    ]
    # What the pages say is read as large runs read it: a process for each would take longer than all else here.
    with FeedServer() as outside, parse_here():
        links = "".join(
            f'<link rel="alternate" type="application/rss+xml" href="http://{form}/">' for form in forms[:3]
        )
        page = f"<html><head>{links}</head></html>".encode()
        url = outside.serve("/page", Answer(headers={"Content-Type": "text/html"}, body=page))
        assert not check_source("feeds", {"url": url}).ok
        for form in forms:
            away = outside.redirect("/away", f"http://{form}/")
            ctx = make_context("webmention", {"sites": "shop.example"}, {})
            body = f"source={quote(away)}&target={quote('https://shop.example/')}".encode()
            with pytest.raises(ConnectorError):
                connector_for("webmention").unpack(ctx, Push(body=body))
            assert not check_source("feeds", {"url": away}).ok
            assert not isinstance(fetch_picture(away), SmallPicture)
        for form in forms[::7]:
            # What another server says of itself: whose page it is, where it streams, where its accounts live.
            note = f'<p class="h-entry"><a class="u-author" href="http://{form}/"></a><a href="https://shop.example/">x</a>'
            url = outside.serve("/note", Answer(headers={"Content-Type": "text/html"}, body=note.encode()))
            body = f"source={quote(url)}&target={quote('https://shop.example/')}".encode()
            assert connector_for("webmention").unpack(ctx, Push(body=body))[0]["author"] is None
            about = {"configuration": {"urls": {"streaming": f"wss://{form}/"}}}
            outside.serve("/api/v2/instance", Answer(body=json.dumps(about).encode()))
            outside.serve("/api/v1/timelines/tag/lamp", Answer(body=b"[]"))
            there = make_context("mastodon", {"url": outside.url(""), "how": "stream"}, {"token": "t"}, words=("lamp",))
            with contextlib.suppress(ConnectorError):
                assert connector_for("mastodon").poll(there, {}, None).items == ()
            document = {"service": [{"serviceEndpoint": f"http://{form}/"}]}
            tokens = {"accessJwt": "a", "refreshJwt": "r", "didDoc": document}
            outside.serve("/xrpc/com.atproto.server.createSession", Answer(body=json.dumps(tokens).encode()))
            account = make_context("bluesky", {"identifier": "a.example"}, {"password": "p"}, words=("lamp",))
            account = replace(account, bases={**account.bases, "entry": outside.url("").rstrip("/")})
            with pytest.raises(ConnectorError):
                connector_for("bluesky").poll(account, {}, None)

    assert listener.connections == 0
