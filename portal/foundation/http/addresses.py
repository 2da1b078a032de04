"""Which addresses may be fetched: a strict reading of the URL, and our own list of what is not public."""

import ipaddress
import re
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import idna

from portal.foundation.errors import Refusal
from portal.foundation.http.bodies import FetchFailed
from portal.foundation.text import gettext as _

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_URL_CHARS = 2048
MAX_ANSWERS = 16
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)\Z")
# WHATWG URL: a host that ends in a number is an IPv4 address, however oddly it is written.
_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z")
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"

# `ipaddress.is_global` lets NAT64, IPv4-compatible and multicast through, so the list is our own
# (IANA special-purpose registries, plus one public address that a cloud answers metadata on).
_CLOSED_4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
# Only 2000::/3 is handed out as global unicast; mapped, compatible, NAT64, discard, unique local, link and
# site local and multicast addresses all lie outside it.
_GLOBAL_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = [
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20")
]
_LOOPBACK_4 = ipaddress.IPv4Network("127.0.0.0/8")
_LOOPBACK_6 = ipaddress.IPv6Address("::1")


class FetchRefused(Refusal):
    """The address is one the portal does not connect to; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked http(s) address in parts; `host` is ASCII and without brackets, `path` includes the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """What two addresses must share for secrets to follow a redirect."""
        return self.scheme, self.host, self.port


def is_public(address: IPAddress) -> bool:
    """Whether an address is ordinary public unicast by our own list."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    return address in _GLOBAL_6 and not any(address in network for network in _CLOSED_6)


def is_loopback(address: IPAddress) -> bool:
    """Whether an address is this machine, written plainly (not mapped into IPv6)."""
    return address in _LOOPBACK_4 if isinstance(address, ipaddress.IPv4Address) else address == _LOOPBACK_6


def read_address(url: str, *, any_port: bool = False) -> Target:
    """Take a URL apart, strictly: what two readers could understand differently is refused.

    Raises:
        FetchRefused: it is not a plain http(s) address on an allowed port.
    """
    url = url.strip()
    if not url or len(url) > MAX_URL_CHARS:
        raise FetchRefused(_("An address has 1 to %(number)s characters.", number=MAX_URL_CHARS))
    if any(character <= " " or character in "\\\x7f" for character in url):
        raise FetchRefused(_("The address contains a space, a backslash or a control character."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise FetchRefused(_("The address cannot be read.")) from problem
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise FetchRefused(_("Only addresses that begin with http:// or https:// are fetched."))
    if "@" in parts.netloc:
        raise FetchRefused(_("The address carries a user name or password; only open addresses are fetched."))
    if port is None:
        port = DEFAULT_PORTS[scheme]
    if port not in DEFAULT_PORTS.values() and not any_port:
        raise FetchRefused(_("Only the ports 80 and 443 are fetched."))
    path = quote(parts.path or "/", safe=_PATH_SAFE)
    query = f"?{quote(parts.query, safe=_PATH_SAFE + '?')}" if parts.query else ""
    return Target(scheme, _read_host(parts.netloc, parts.hostname or ""), port, path + query)


def addresses_of(target: Target, *, seconds: float, allow_loopback: bool = False) -> Sequence[str]:
    """Resolve a host once; the answers are what may be connected to, in the resolver's order.

    Raises:
        FetchRefused: any of the answers is not a public address.
        FetchFailed: the name is unknown, or the resolver takes longer than the given seconds.
    """
    answers = [target.host] if _literal(target.host) else _resolve(target, seconds)
    if not answers:
        raise FetchFailed(_("There is no server called %(host)s.", host=target.host))
    for answer in answers:
        try:
            address = ipaddress.ip_address(answer.partition("%")[0])
        except ValueError as problem:
            raise FetchRefused(_("%(host)s points to nothing we know.", host=target.host)) from problem
        # The address itself stays unsaid: it would tell a stranger about the network the portal lives in.
        if not (is_public(address) or (allow_loopback and is_loopback(address))):
            raise FetchRefused(_("%(host)s points to an address that is not on the public internet.", host=target.host))
    return answers


def _read_host(netloc: str, hostname: str) -> str:
    if netloc.startswith("["):
        address = _literal(hostname)
        if not isinstance(address, ipaddress.IPv6Address) or address.scope_id:
            raise FetchRefused(_("The address in brackets is not a plain IPv6 address."))
        return str(address)
    if not hostname or "[" in netloc or "%" in hostname:
        raise FetchRefused(_("The address names no server."))
    try:
        host = hostname if hostname.isascii() else idna.encode(hostname, uts46=True).decode("ascii")
    except idna.IDNAError as problem:
        raise FetchRefused(_("The name of the server is not a valid host name.")) from problem
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.match(label) for label in labels):
        raise FetchRefused(_("The name of the server is not a valid host name."))
    if _NUMBER.match(labels[-1]) and not isinstance(_literal(host), ipaddress.IPv4Address):
        raise FetchRefused(_("The address of the server is written as an unusual number."))
    return host


def _literal(host: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _resolve(target: Target, seconds: float) -> list[str]:
    # The resolver of the system cannot be told to hurry, so it gets a thread that may be left behind.
    answers: list[str] = []

    def ask() -> None:
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        answers.extend(dict.fromkeys(str(entry[4][0]) for entry in found))

    thread = threading.Thread(target=ask, name="resolve", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise FetchFailed(_("Looking up %(host)s took too long.", host=target.host))
    if len(answers) > MAX_ANSWERS:
        raise FetchRefused(_("%(host)s has more addresses than one server should.", host=target.host))
    return answers
