"""A real HTTP server on loopback that serves feeds, and every trick a stranger's server may play."""

import contextlib
import gzip
import hashlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from typing import Any, Self
from xml.sax.saxutils import escape


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What to send back, and how badly.

    Attributes:
        length: the Content-Length to claim; None sends none and ends by closing.
        drip_seconds: the pause after every single byte of the body.
        header_drip_seconds: the pause between endless header lines, sent instead of a body.
        hang: say nothing at all until the server is closed.
        raw: exactly these bytes instead of an answer.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    length: int | None = -1
    drip_seconds: float = 0.0
    header_drip_seconds: float = 0.0
    hang: bool = False
    raw: bytes | None = None


Script = Callable[[Asked], Answer]


@dataclass
class Item:
    """One entry of the corpus."""

    guid: str
    title: str = "A title"
    text: str = "Some words."
    link: str = ""
    published: datetime | None = None
    author: str = ""


class Feed:
    """A feed whose items can arrive, change and fall out between two polls."""

    def __init__(self, *items: Item, title: str = "Workbench notes", extra: str = "") -> None:
        self.items = list(items)
        self.title = title
        self.extra = extra
        self.headers: dict[str, str] = {}
        self.has_etag = True
        self.etag_salt = ""

    def rss(self) -> bytes:
        """The feed as RSS 2.0, newest first."""
        entries = "".join(
            f"<item><guid isPermaLink='false'>{escape(item.guid)}</guid><title>{escape(item.title)}</title>"
            f"<link>{escape(item.link)}</link><description>{escape(item.text)}</description>"
            + (f"<pubDate>{format_datetime(item.published)}</pubDate>" if item.published else "")
            + (f"<author>{escape(item.author)}</author>" if item.author else "")
            + "</item>"
            for item in reversed(self.items)
        )
        return (
            "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
            f"<title>{escape(self.title)}</title><link>https://blog.example/</link>{self.extra}{entries}"
            "</channel></rss>"
        ).encode()

    def __call__(self, asked: Asked) -> Answer:
        """Answer like a well-kept server: 304 for the ETag it gave out."""
        body = self.rss()
        headers = {"Content-Type": "application/rss+xml; charset=utf-8", **self.headers}
        if not self.has_etag:
            return Answer(headers=headers, body=body)
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:12]}{self.etag_salt}"'
        headers["ETag"] = etag
        if asked.headers.get("if-none-match") == etag:
            return Answer(304, headers)
        return Answer(headers=headers, body=body)


class FeedServer:
    """Serves scripts by path; counts every connection and records every request."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.connections = 0
        self.scripts: dict[str, Answer | Script] = {}
        self.closing = threading.Event()
        outer = self

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def get_request(self) -> tuple[socket, Any]:
                connection, address = super().get_request()
                outer.connections += 1
                if tls:
                    connection.settimeout(5)
                    connection = tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
                return connection, address

            def handle_error(self, request: Any, client_address: Any) -> None:
                """Say nothing: a client that walks away is part of the play."""

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer._play(self)

            do_POST = do_HEAD = do_GET  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                """Keep the test output quiet."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._scheme = "https" if tls else "http"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/feed", *, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{self._scheme}://{host}:{self.port}{path}"

    def serve(self, path: str, script: Answer | Script) -> str:
        """Put an answer, or a function that makes one, at a path; returns its address."""
        self.scripts[path] = script
        return self.url(path)

    def redirect(self, path: str, to: str, *, status: int = 302) -> str:
        """Send whoever asks for a path somewhere else; returns the path's address."""
        return self.serve(path, Answer(status, {"Location": to}))

    def _play(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        asked = Asked(handler.command, handler.path, headers, handler.rfile.read(length))
        self.asked.append(asked)
        script = self.scripts.get(handler.path.partition("?")[0], Answer(404))
        answer = script if isinstance(script, Answer) else script(asked)
        handler.close_connection = True
        with contextlib.suppress(OSError):
            self._send(handler, answer)

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        if answer.hang:
            self.closing.wait(60)
            return
        if answer.raw is not None:
            handler.wfile.write(answer.raw)
            return
        handler.send_response(answer.status)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        if answer.length is not None:
            handler.send_header("Content-Length", str(len(answer.body) if answer.length < 0 else answer.length))
        if answer.header_drip_seconds:
            handler.flush_headers()
            for number in self._ticks(answer.header_drip_seconds):
                handler.wfile.write(f"X-Drip-{number}: 1\r\n".encode())
            return
        handler.end_headers()
        if not answer.drip_seconds:
            handler.wfile.write(answer.body)
            return
        for number in self._ticks(answer.drip_seconds):
            if number >= len(answer.body):
                return
            handler.wfile.write(answer.body[number : number + 1])

    def _ticks(self, pause: float) -> Iterator[int]:
        number = 0
        while not self.closing.is_set():
            yield number
            number += 1
            time.sleep(pause)


def gzip_bomb(mebibytes: int = 200) -> Answer:
    """Zeros, packed a thousand to one."""
    return Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(bytes(mebibytes << 20)))
