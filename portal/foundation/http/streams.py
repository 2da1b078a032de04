"""Listening for a while: lines of a long answer, or messages of a WebSocket, over the same guarded connection."""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from http.client import HTTPException

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from websockets.client import ClientProtocol
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.frames import DATA_OPCODES, CloseCode, Frame
from websockets.protocol import State
from websockets.uri import parse_uri

from portal.foundation.http.addresses import FetchRefused, Target, addresses_of, read_address
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
        with connected(target, addresses, deadline) as sock:
            yield from _messages(sock, target, ends, identity or FetchIdentity())
    except InvalidStatus as refused:
        known = {name.lower(): value for name, value in refused.response.headers.raw_items()}
        answer = Fetched(target.url, None, refused.response.status_code, known, bytes(refused.response.body or b""))
        raise StreamRefused(_("%(host)s does not stream to us.", host=target.host), answer) from refused
    except (WebSocketException, OSError) as problem:
        raise FetchFailed(_("The connection to %(host)s failed or broke off.", host=target.host)) from problem


def _messages(sock: socket.socket, target: Target, ends: float, identity: FetchIdentity) -> Iterator[bytes]:
    # One thread reads and writes: the library's own client reads in a second one, and OpenSSL loses a connection in a
    # hundred when one thread reads while another writes.
    protocol = ClientProtocol(parse_uri(f"ws://{target.authority}{target.path}"), max_size=MAX_LINE_BYTES)
    request = protocol.connect()
    request.headers["User-Agent"] = identity.user_agent
    protocol.send_request(request)
    held, taken = b"", 0
    while taken < MAX_BYTES and _went_on(sock, protocol, ends):
        for event in protocol.events_received():
            if not isinstance(event, Frame) or event.opcode not in DATA_OPCODES:
                continue
            held, taken = held + event.data, taken + len(event.data)
            if event.fin:
                yield held
                held = b""
    if protocol.state is State.OPEN:
        protocol.send_close(CloseCode.NORMAL_CLOSURE)
        with suppress(OSError):
            _send(sock, protocol)


def _went_on(sock: socket.socket, protocol: ClientProtocol, ends: float) -> bool:
    """Send what is due and read what comes; whether something did before the end."""
    is_opening = protocol.state is State.CONNECTING
    left = _PATIENCE_S if is_opening else ends - time.monotonic()
    if left <= 0 or not (is_opening or protocol.state is State.OPEN):
        return False
    sock.settimeout(left)
    try:
        _send(sock, protocol)
        came = sock.recv(65_536)
    except OSError:
        if is_opening:
            raise
        return False
    if came:
        protocol.receive_data(came)
    else:
        protocol.receive_eof()
    if protocol.handshake_exc:
        raise protocol.handshake_exc
    return bool(came)


def _send(sock: socket.socket, protocol: ClientProtocol) -> None:
    for data in protocol.data_to_send():
        if data:
            sock.sendall(data)


def _lines(chunks: Iterator[bytes], ends: float) -> Iterator[bytes]:
    held, taken = b"", 0
    for chunk in chunks:
        taken += len(chunk)
        *whole, held = (held + chunk).split(b"\n")
        yield from (line.rstrip(b"\r") for line in whole)
        if taken > MAX_BYTES or len(held) > MAX_LINE_BYTES or time.monotonic() >= ends:
            return
