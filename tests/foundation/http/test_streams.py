"""Listening for a while: lines put together wherever they were cut, sockets with trust, and an end in time."""

import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.server import ServerConnection, serve

from portal.foundation.http import FetchFailed, FetchRefused, StreamRefused, listen_lines, listen_messages
from portal.foundation.http.streams import MAX_LINE_BYTES, _lines
from tests.channels.feed_server import Answer, FeedServer
from tests.foundation.http.conftest import Names

PEM = Path(__file__).parents[2] / "channels" / "feeds-test.pem"


@pytest.fixture
def secure() -> Iterator[int]:
    """The port of a WebSocket behind TLS that asks for a sign of life, says three things, and then nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    closing = threading.Event()

    def talk(connection: ServerConnection) -> None:
        connection.send("lämp 0")
        assert connection.ping().wait(5)
        connection.send("lämp 1")
        connection.send(["läm", "p 2"])
        closing.wait(5)

    with serve(talk, "127.0.0.1", 0, ssl=context) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.socket.getsockname()[1]
        closing.set()


def test_a_socket_is_heard_over_tls_we_trust(secure: int, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    names("feeds.test", "127.0.0.1")
    names("other.test", "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(PEM))
    started = time.monotonic()

    heard = list(listen_messages(f"wss://feeds.test:{secure}/x", seconds=0.5, allow_loopback=True))

    assert [message.decode() for message in heard] == ["lämp 0", "lämp 1", "lämp 2"]
    assert time.monotonic() - started < 3
    with pytest.raises(FetchFailed):
        list(listen_messages(f"wss://other.test:{secure}/x", seconds=0.5, allow_loopback=True))


def test_what_is_no_stream_is_told_with_its_status(server: FeedServer) -> None:
    server.serve("/busy", Answer(429, {"Retry-After": "7"}))

    with pytest.raises(StreamRefused) as refused:
        list(listen_lines(server.url("/busy"), seconds=1, allow_loopback=True))
    assert refused.value.answer.status == 429
    assert refused.value.answer.headers["retry-after"] == "7"
    with pytest.raises(FetchRefused):
        list(listen_messages(server.url("/busy"), seconds=1, allow_loopback=True))


def test_a_socket_that_is_refused_is_told_with_its_status() -> None:
    def refuse(connection: ServerConnection, _request: Any) -> Any:
        return connection.respond(429, "later")

    with serve(lambda connection: None, "127.0.0.1", 0, process_request=refuse) as busy:
        threading.Thread(target=busy.serve_forever, daemon=True).start()
        port = busy.socket.getsockname()[1]
        with pytest.raises(StreamRefused) as refused:
            list(listen_messages(f"ws://127.0.0.1:{port}/", seconds=1, allow_loopback=True))

    assert refused.value.answer.status == 429


def test_lines_are_put_together_wherever_they_were_cut() -> None:
    whole = "data: Grüße 🛋️\r\n\r\n:thump\ndata: عربي\n".encode()
    later = time.monotonic() + 60

    for size in (1, 2, 3, 5, 64):
        pieces = (whole[start : start + size] for start in range(0, len(whole), size))
        lines = [line.decode() for line in _lines(pieces, later)]
        assert lines == ["data: Grüße 🛋️", "", ":thump", "data: عربي"]


def test_a_line_without_end_is_left() -> None:
    pieces = (b"x" * 65_536 for _ in range(1000))

    assert list(_lines(pieces, time.monotonic() + 60)) == []
    assert sum(1 for _ in pieces) > 1000 - 2 * MAX_LINE_BYTES // 65_536
