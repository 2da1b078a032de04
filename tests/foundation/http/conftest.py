"""A loopback server, and host names that resolve to what a test says."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.channels.feed_server import FeedServer


class Names:
    """The resolver of these tests: knows the names it was told, and literal addresses."""

    def __init__(self) -> None:
        self.known: dict[str, list[str]] = {}
        self.asked: list[str] = []
        self._real = socket.getaddrinfo

    def __call__(self, host: str, *addresses: str) -> None:
        self.known[host] = list(addresses)

    def resolve(self, host: Any, port: Any, *rest: Any, **named: Any) -> list[Any]:
        """Stand in for `socket.getaddrinfo`."""
        if host in self.known:
            self.asked.append(host)
            families = [
                (socket.AF_INET6 if ":" in address else socket.AF_INET, address) for address in self.known[host]
            ]
            return [(family, socket.SOCK_STREAM, 6, "", (address, port)) for family, address in families]
        if host.replace(".", "").isdigit() or ":" in host:
            return self._real(host, port, *rest, **named)
        raise socket.gaierror(socket.EAI_NONAME, "unknown")


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Let host names resolve to the addresses a test gives them."""
    resolver = Names()
    monkeypatch.setattr(socket, "getaddrinfo", resolver.resolve)
    return resolver
