"""Listening for a while: lines of a long answer, or messages of a WebSocket, over the same guarded connection."""

import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from http.client import HTTPException

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, WebSocketException
from websockets.sync.client import connect

from portal.foundation.http.addresses import FetchRefused, addresses_of, read_address
from portal.foundation.http.bodies import FetchFailed
from portal.foundation.http.fetcher import Deadline, Fetched, FetchIdentity, connected
from portal.foundation.text import gettext as _

MAX_LINE_BYTES = 256 << 10
MAX_BYTES = 8 << 20
_PATIENCE_S = 10.0


class StreamRefused(FetchFailed):
    """The server answered with a status instead of a stream; `answer` is what it said."""

    def __init__(self, sentence: str, answer: Fetched) -> None:
        super().__init__(sentence)
        self.answer = answer


def listen_lines(
    url: str,
    *,
    seconds: float,
    headers: Mapping[str, str] | None = None,
    identity: FetchIdentity | None = None,
    allow_loopback: bool = False,
) -> Iterator[bytes]:
    """Lines of an answer without end, such as server-sent events, for so many seconds; the end of it ends them.

    Bytes are put together until a line is whole, wherever the network cut them. What comes after 8 MiB, or a line
    of more than 256 KiB, is left.

    Raises:
        FetchRefused: the address is not one we connect to.
        StreamRefused: the server answers with another status than 200.
        FetchFailed: no name, no connection, no trust.
    """
    target = read_address(url, any_port=allow_loopback)
    deadline = Deadline(seconds + _PATIENCE_S)
    addresses = addresses_of(target, seconds=deadline.left(target.host), allow_loopback=allow_loopback)
    sending = {
        **{name.lower(): value for name, value in (headers or {}).items()},
        "accept": "text/event-stream",
        "accept-encoding": "identity",
        "user-agent": (identity or FetchIdentity()).user_agent,
        "host": target.authority,
    }
    ends = time.monotonic() + seconds
    try:
        with connected(target, addresses, deadline) as sock:
            connection = HTTPConnection(target.host, target.port, timeout=_PATIENCE_S)
            connection.sock = sock
            connection.request("GET", target.path, headers=sending, preload_content=False)
            with closing(connection.getresponse()) as response:
                if response.status != 200:
                    known = {name.lower(): value for name, value in response.headers.itermerged()}
                    answer = Fetched(target.url, None, response.status, known, b"")
                    raise StreamRefused(_("%(host)s does not stream to us.", host=target.host), answer)
                sock.settimeout(max(0.05, ends - time.monotonic()))
                yield from _lines(response.stream(4096, decode_content=False), ends)
    except (TimeoutError, HTTPError) as problem:
        if time.monotonic() < ends - 0.1:
            raise FetchFailed(_("The connection to %(host)s failed or broke off.", host=target.host)) from problem
    except (HTTPException, OSError) as problem:
        raise FetchFailed(_("The connection to %(host)s failed or broke off.", host=target.host)) from problem


def listen_messages(
    url: str, *, seconds: float, identity: FetchIdentity | None = None, allow_loopback: bool = False
) -> Iterator[bytes]:
    """Messages of a WebSocket (`wss://…`), for so many seconds; the end of the connection ends them.

    Raises:
        FetchRefused: the address is not one we connect to.
        StreamRefused: the server answers with a status instead of opening.
        FetchFailed: no name, no connection, no trust.
    """
    scheme, _colon, rest = url.partition(":")
    if scheme not in {"ws", "wss"}:
        raise FetchRefused(_("This is not the address of a stream."))
    target = read_address(f"{'https' if scheme == 'wss' else 'http'}:{rest}", any_port=allow_loopback)
    ends = time.monotonic() + seconds
    deadline = Deadline(seconds + _PATIENCE_S)
    addresses = addresses_of(target, seconds=deadline.left(target.host), allow_loopback=allow_loopback)
    try:
        with (
            connected(target, addresses, deadline) as sock,
            connect(
                f"ws://{target.authority}{target.path}",
                sock=sock,
                proxy=None,
                compression=None,
                max_size=MAX_LINE_BYTES,
                open_timeout=_PATIENCE_S,
                close_timeout=1,
                user_agent_header=(identity or FetchIdentity()).user_agent,
            ) as socket,
        ):
            taken = 0
            while (left := ends - time.monotonic()) > 0 and taken < MAX_BYTES:
                message = socket.recv(timeout=left, decode=False)
                taken += len(message)
                yield message
    except TimeoutError:
        return
    except ConnectionClosed:
        return
    except InvalidStatus as refused:
        known = {name.lower(): value for name, value in refused.response.headers.raw_items()}
        answer = Fetched(target.url, None, refused.response.status_code, known, bytes(refused.response.body or b""))
        raise StreamRefused(_("%(host)s does not stream to us.", host=target.host), answer) from refused
    except (InvalidHandshake, WebSocketException, OSError) as problem:
        raise FetchFailed(_("The connection to %(host)s failed or broke off.", host=target.host)) from problem


def _lines(chunks: Iterator[bytes], ends: float) -> Iterator[bytes]:
    held, taken = b"", 0
    for chunk in chunks:
        taken += len(chunk)
        *whole, held = (held + chunk).split(b"\n")
        yield from (line.rstrip(b"\r") for line in whole)
        if taken > MAX_BYTES or len(held) > MAX_LINE_BYTES or time.monotonic() >= ends:
            return
