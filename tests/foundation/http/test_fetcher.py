"""What the fetcher gives up on, and what it takes home."""

import gzip
import logging
import socket
import ssl
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.foundation.http import (
    Fetched,
    FetchFailed,
    FetchIdentity,
    FetchLimits,
    fetch,
)
from portal.foundation.http.bodies import read_body
from tests.channels.feed_server import Answer, FeedServer, gzip_bomb
from tests.foundation.http.conftest import Names

PEM = Path(__file__).parents[2] / "channels" / "feeds-test.pem"
QUICK = FetchLimits(seconds=0.6)


def get(url: str, **named: Any) -> Fetched:
    return fetch(url, allow_loopback=True, **named)


def test_redirects_end_after_three(server: FeedServer) -> None:
    for step in range(5):
        server.redirect(f"/{step}", f"/{step + 1}")
    server.serve("/5", Answer(body=b"end"))

    assert get(server.url("/2")).body == b"end"
    with pytest.raises(FetchFailed, match="without end"):
        get(server.url("/1"))


def test_only_an_unbroken_chain_of_permanent_redirects_moves_the_address(server: FeedServer) -> None:
    server.serve("/new", Answer(body=b"x"))
    server.redirect("/temporary", "/new")
    server.redirect("/a", "/new", status=301)
    server.redirect("/b", "/a", status=308)
    server.redirect("/c", "/temporary", status=301)
    server.redirect("/d", "/a", status=307)

    assert get(server.url("/b")).permanent_url == server.url("/new")
    assert get(server.url("/c")).permanent_url is None
    assert get(server.url("/d")).permanent_url is None
    assert get(server.url("/new")).permanent_url is None


def test_secrets_stay_with_the_origin_they_were_meant_for(server: FeedServer) -> None:
    with FeedServer() as other:
        other.serve("/landing", Answer(body=b"x"))
        server.redirect("/out", other.url("/landing"))
        server.serve("/home", Answer(body=b"x"))
        server.redirect("/in", "/home")
        secrets = {"Authorization": "Bearer k", "Cookie": "a=b", "Api-Key": "k", "apikey": "k", "If-None-Match": '"1"'}

        get(server.url("/out"), headers=secrets)
        get(server.url("/in"), headers=secrets)

        assert not {"authorization", "cookie", "api-key", "apikey"} & set(other.asked[0].headers)
        assert other.asked[0].headers["if-none-match"] == '"1"'
        assert (server.asked[-1].headers["authorization"], server.asked[-1].headers["api-key"]) == ("Bearer k", "k")


def test_a_post_is_sent_once_and_follows_no_redirect(server: FeedServer) -> None:
    server.redirect("/hook", "/elsewhere", status=307)

    answer = get(server.url("/hook"), method="POST", body=b"{}", headers={"Content-Type": "application/json"})

    assert answer.status == 307
    assert [(asked.method, asked.body) for asked in server.asked] == [("POST", b"{}")]


@pytest.mark.parametrize(
    "script",
    [
        Answer(hang=True),
        Answer(body=b"x" * 1000, drip_seconds=0.05),
        Answer(body=b"x" * 1000, drip_seconds=0.05, length=None),
        Answer(header_drip_seconds=0.02),
        Answer(raw=b"HTTP/1.1 100 Continue\r\n\r\n", drip_seconds=0.05),
    ],
)
def test_the_clock_counts_the_whole_exchange(script: Answer, server: FeedServer) -> None:
    url = server.serve("/feed", script)
    started = time.monotonic()

    with pytest.raises(FetchFailed):
        get(url, limits=QUICK)

    assert time.monotonic() - started < 1.2


def test_redirects_share_one_clock(server: FeedServer) -> None:
    def slow(_: object) -> Answer:
        time.sleep(0.25)
        return Answer(302, {"Location": "/feed"})

    url = server.serve("/feed", slow)

    with pytest.raises(FetchFailed, match="in time"):
        get(url, limits=QUICK)


def test_a_body_over_the_wire_limit_is_not_read_to_its_end(server: FeedServer) -> None:
    small = FetchLimits(wire_bytes=10_000)
    url = server.serve("/feed", Answer(body=b"x" * 10_000))
    large = server.serve("/large", Answer(body=b"x" * 50_000_000, length=None))

    assert len(get(url, limits=small).body) == 10_000
    with pytest.raises(FetchFailed, match=r"more than we read\.$"):
        get(large, limits=small)


def test_a_bomb_is_never_held_whole() -> None:
    bomb = gzip_bomb(64).body
    tracemalloc.start()

    with pytest.raises(FetchFailed, match="once unpacked"):
        read_body([bomb], encoding="gzip", host="x", wire_limit=1 << 20, decoded_limit=1 << 20)

    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_stops_at_the_unpacked_limit(encoding: str, server: FeedServer) -> None:
    bomb = gzip_bomb().body if encoding == "gzip" else zlib.compress(bytes(200 << 20))
    url = server.serve("/feed", Answer(headers={"Content-Encoding": encoding}, body=bomb))
    started = time.monotonic()

    with pytest.raises(FetchFailed, match="once unpacked"):
        get(url)

    assert time.monotonic() - started < 2


def bare_deflate(text: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(text) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", bare_deflate),
        ("identity", bytes),
    ],
)
def test_packed_bodies_are_unpacked(encoding: str, packed: Callable[[bytes], bytes], server: FeedServer) -> None:
    text = b"words and more words " * 9000
    url = server.serve("/feed", Answer(headers={"Content-Encoding": encoding}, body=packed(text)))

    assert get(url).body == text


@pytest.mark.parametrize(
    "answer",
    [
        Answer(headers={"Content-Encoding": "br"}, body=b"x"),
        Answer(headers={"Content-Encoding": "gzip, gzip"}, body=b"x"),
        Answer(headers={"Content-Encoding": "gzip"}, body=b"not gzip"),
        Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"x" * 9000)[:-9]),
        Answer(body=b"short", length=500),
        Answer(raw=b""),
        Answer(raw=b"nonsense\r\n\r\n"),
        Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx"),
        Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello"),
        Answer(raw=b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 200 + b"\r\n"),
        Answer(raw=b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n"),
        Answer(raw=b"HTTP/1.1 999999 OK\r\n\r\n"),
    ],
)
def test_a_broken_answer_is_a_failure_with_a_sentence(answer: Answer, server: FeedServer) -> None:
    url = server.serve("/feed", answer)

    with pytest.raises(FetchFailed) as failure:
        get(url)

    assert str(failure.value).endswith(".")


def test_a_closed_port_is_a_failure() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))

        with pytest.raises(FetchFailed, match="failed"):
            get(f"http://127.0.0.1:{held.getsockname()[1]}/")


def test_proxy_variables_are_not_read(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.serve("/feed", Answer(body=b"direct"))
    with FeedServer() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
            monkeypatch.setenv(name, proxy.url("/"))

        assert get(url).body == b"direct"
        assert proxy.connections == 0


def test_we_say_who_we_are_and_keep_etags_byte_for_byte(server: FeedServer) -> None:
    odd = "W/\"caf\u00e9 'x'\""
    url = server.serve(
        "/feed", lambda asked: Answer(304 if asked.headers.get("if-none-match") == odd else 200, {"ETag": odd})
    )

    first = get(url, identity=FetchIdentity("https://heard.example/"))
    second = get(url, headers={"If-None-Match": first.headers["etag"]})

    assert server.asked[0].headers["user-agent"] == "Heard/1.0 (+https://heard.example/about)"
    assert server.asked[1].headers["user-agent"] == "Heard/1.0"
    assert (first.status, second.status, second.body) == (200, 304, b"")


def test_the_query_of_an_address_is_never_logged(server: FeedServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    url = server.serve("/feed", Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Type: x\r\n\xff: bad\r\nbad\r\n\r\nhello"))

    with_key = get(url + "?key=hush")

    assert with_key.url.endswith("?key=hush")
    assert "hush" not in caplog.text


@pytest.fixture
def tls_server() -> Iterator[FeedServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    seen: list[str | None] = []
    context.sni_callback = lambda _sock, name, _context: seen.append(name)
    with FeedServer(tls=context) as running:
        running.seen = seen  # type: ignore[attr-defined]
        yield running


def test_tls_names_the_host_and_checks_its_certificate(
    tls_server: FeedServer, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(PEM))
    names("feeds.test", "127.0.0.1")
    names("other.test", "127.0.0.1")
    tls_server.serve("/feed", Answer(body=b"sealed"))

    assert get(tls_server.url("/feed", host="feeds.test")).body == b"sealed"
    assert tls_server.seen == ["feeds.test"]  # type: ignore[attr-defined]
    with pytest.raises(FetchFailed, match="certificate"):
        get(tls_server.url("/feed", host="other.test"))


def test_a_certificate_nobody_vouches_for_is_not_trusted(tls_server: FeedServer, names: Names) -> None:
    names("feeds.test", "127.0.0.1")

    with pytest.raises(FetchFailed, match="certificate"):
        get(tls_server.url("/feed", host="feeds.test"))

    assert tls_server.asked == []
