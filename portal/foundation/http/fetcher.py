"""One guarded exchange after another: pinned address, short deadline, few redirects, small bodies."""

import contextlib
import http.client
import logging
import os
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from portal.foundation.http.addresses import FetchRefused, Target, addresses_of, read_address
from portal.foundation.http.bodies import FetchFailed, read_body
from portal.foundation.text import gettext as _

REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {301, 308}
# Keys travel under many names, so another origin is sent what is known to be none.
_OPEN_HEADERS = {"accept", "accept-encoding", "connection", "if-modified-since", "if-none-match", "user-agent"}
_FOLD = re.compile(r"[\r\n]+[ \t]*")
# On a malformed header urllib3 would log the whole URL, and with it whatever key its query carries.
logging.getLogger("urllib3.connection").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much one fetch may cost, redirects and all."""

    seconds: float = 10.0
    redirects: int = 3
    wire_bytes: int = 1 << 20
    decoded_bytes: int = 5 << 20


@dataclass(frozen=True, slots=True)
class FetchIdentity:
    """Who we say we are; with a base address, servers can find out whom to ask.

    Attributes:
        agent: the whole header, for a service that prescribes its form.
    """

    base_url: str = ""
    agent: str = ""

    @property
    def user_agent(self) -> str:
        """The User-Agent header."""
        if self.agent:
            return "".join(mark for mark in self.agent if mark.isprintable() and mark.isascii())
        return f"Heard/1.0 (+{self.base_url.rstrip('/')}/about)" if self.base_url else "Heard/1.0"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer.

    Attributes:
        url: where the answer came from in the end.
        permanent_url: the same, if we were sent there and every redirect on the way was permanent.
        headers: names in lower case; repeated headers are joined by a comma.
        body: unpacked bytes.
    """

    url: str
    permanent_url: str | None
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Deadline:
    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self, host: str) -> float:
        """Seconds that are left.

        Raises:
            FetchFailed: none are.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchFailed(_("%(host)s did not answer in time.", host=host))
        return left


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    body: bytes | None = None,
    limits: FetchLimits | None = None,
    identity: FetchIdentity | None = None,
    allow_loopback: bool = False,
) -> Fetched:
    """Fetch an address that a stranger may have given us.

    The name is resolved once; every answer must be a public address, and the connection goes to that very
    address. Redirects are followed for GET and HEAD only, each checked like the first. Proxy variables are
    not read. Any status is an answer. `allow_loopback` also allows other ports; it is for development.

    Raises:
        FetchRefused: the address, or one we were sent on to, is not one we connect to.
        FetchFailed: no name, no connection, no trust, no time, or too much data.
    """
    limits = limits or FetchLimits()
    deadline = Deadline(limits.seconds)
    sending = {name.lower(): value for name, value in (headers or {}).items()}
    sending |= {
        "user-agent": (identity or FetchIdentity()).user_agent,
        "accept-encoding": "gzip, deflate",
        "connection": "close",
    }
    target = read_address(url, any_port=allow_loopback)
    is_permanent = True
    for hop in range(limits.redirects + 1):
        answer = _exchange(target, sending, method, body, limits, deadline, allow_loopback)
        location = answer.headers.get("location")
        if answer.status not in REDIRECTS or not location or method not in {"GET", "HEAD"}:
            permanent_url = target.url if hop and is_permanent else None
            return Fetched(target.url, permanent_url, answer.status, answer.headers, answer.body)
        onward = read_address(_follow(target, location), any_port=allow_loopback)
        if onward.origin != target.origin:
            sending = {name: value for name, value in sending.items() if name in _OPEN_HEADERS}
        is_permanent = is_permanent and answer.status in PERMANENT
        target = onward
    raise FetchFailed(_("%(host)s sends us from one address to the next without end.", host=target.host))


def _follow(target: Target, location: str) -> str:
    with contextlib.suppress(UnicodeError):
        # Header bytes arrive as Latin-1; a path that is not ASCII was almost certainly meant as UTF-8.
        location = location.encode("latin-1").decode("utf-8")
    try:
        return urljoin(target.url, location)
    except ValueError as problem:
        raise FetchRefused(_("%(host)s sends us on to no real address.", host=target.host)) from problem


def _exchange(
    target: Target,
    headers: Mapping[str, str],
    method: str,
    body: bytes | None,
    limits: FetchLimits,
    deadline: Deadline,
    allow_loopback: bool,
) -> Fetched:
    host = target.host
    addresses = addresses_of(target, seconds=deadline.left(host), allow_loopback=allow_loopback)
    try:
        with connected(target, addresses, deadline) as sock:
            connection = HTTPConnection(host, target.port, timeout=deadline.left(host))
            connection.sock = sock
            sending = {**headers, "host": target.authority}
            connection.request(method, target.path, body=body, headers=sending, preload_content=False)
            with contextlib.closing(connection.getresponse()) as response:
                answer = _read_answer(response, target, limits)
    except ssl.SSLCertVerificationError as problem:
        raise FetchFailed(_("The certificate of %(host)s is not one we trust.", host=host)) from problem
    except (HTTPError, http.client.HTTPException, OSError) as problem:
        deadline.left(host)
        raise FetchFailed(_("The connection to %(host)s failed or broke off.", host=host)) from problem
    # When time is up the connection is cut, which can look like the end of a body.
    deadline.left(host)
    return answer


def _read_answer(response: BaseHTTPResponse, target: Target, limits: FetchLimits) -> Fetched:
    # A header may be folded over several lines; sent back like that, it would be one header more.
    headers = {name.lower(): _FOLD.sub(" ", value) for name, value in response.headers.itermerged()}
    content = b""
    if response.status not in REDIRECTS:
        content = read_body(
            response.stream(65_536, decode_content=False),
            encoding=headers.get("content-encoding", ""),
            host=target.host,
            wire_limit=limits.wire_bytes,
            decoded_limit=limits.decoded_bytes,
        )
    return Fetched(target.url, None, response.status, headers, content)


@contextlib.contextmanager
def connected(target: Target, addresses: Sequence[str], deadline: Deadline) -> Iterator[socket.socket]:
    """A connection to one of the checked addresses, in TLS where asked, that is cut when time is up."""
    raw = _connect(target, addresses, deadline)
    handle = raw.dup()
    timer = threading.Timer(deadline.left(target.host), _cut, (handle,))
    timer.daemon = True
    timer.start()
    sock = raw
    try:
        if target.scheme == "https":
            sock = tls(os.environ.get("SSL_CERT_FILE")).wrap_socket(raw, server_hostname=target.host)
        yield sock
    finally:
        timer.cancel()
        timer.join()
        handle.close()
        # An answer that urllib3 refuses to build still holds the socket: close what lies under both.
        descriptor = sock.detach()
        if descriptor >= 0:
            os.close(descriptor)


def _connect(target: Target, addresses: Sequence[str], deadline: Deadline) -> socket.socket:
    for address in addresses[:-1]:
        with contextlib.suppress(OSError):
            return socket.create_connection((address, target.port), timeout=deadline.left(target.host) / 2)
    return socket.create_connection((addresses[-1], target.port), timeout=deadline.left(target.host))


def _cut(handle: socket.socket) -> None:
    # A socket's own timeout starts again with every byte; only this ends an answer that drips.
    with contextlib.suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)


@lru_cache(maxsize=4)
def tls(_authorities: str | None) -> ssl.SSLContext:
    # Loading the machine's authorities takes some 20 ms, so a context is kept for each file that names them.
    return ssl.create_default_context()
