"""Which addresses the fetcher refuses to connect to, however they are written or reached."""

import ipaddress
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from portal.foundation.errors import Refusal
from portal.foundation.http import (
    Fetched,
    FetchFailed,
    FetchLimits,
    FetchRefused,
    fetch,
    is_public,
    read_address,
)
from portal.foundation.http import addresses as rules
from tests.channels.feed_server import Answer, FeedServer
from tests.foundation.http.conftest import Names

PEM = Path(__file__).parents[2] / "channels" / "feeds-test.pem"
QUICK = FetchLimits(seconds=0.6)


def get(url: str, **named: Any) -> Fetched:
    return fetch(url, allow_loopback=True, **named)


PRIVATE_FORMS = [
    "127.0.0.1", "127.1", "127.0.1", "127.000.000.001", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "2130706433",
    "017700000001", "0", "0.0.0.0", "127.0.0.1.", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1", "1２7.0.0.1",
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
    "168.63.129.16", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "3232235777", "0xa9fea9fe", "169.254.43518",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:0:127.0.0.1]",
    "[::127.0.0.1]", "[::10.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::1]",
    "[2002:7f00:1::]", "[2002:a00:1::1]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[2001:2::1]", "[2001:db8::1]", "[3fff::1]", "[3ffe::1]", "[100::1]",
    "[fc00::1]", "[fd00:ec2::254]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[ff02::1]", "[::1%lo]", "[127.0.0.1]",
    "[v1.fe]", "localhost", "localhost.", "LOCALHOST", "ip6-localhost",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE_FORMS)
def test_no_way_to_write_a_closed_address_reaches_a_server(
    host: str, server: FeedServer, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    names("localhost", "127.0.0.1")
    names("ip6-localhost", "::1")

    # The listener stands on another port; the fetcher is let through to it, so only the address can stop it.
    monkeypatch.setitem(rules.DEFAULT_PORTS, "http", server.port)
    with pytest.raises(FetchRefused):
        fetch(f"http://{host}:{server.port}/")

    assert server.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "", " ", "feed", "//example.com/feed", "ftp://example.com/", "file:///etc/passwd", "gopher://example.com/",
        "javascript:alert(1)", "data:text/plain,x", "http:///feed", "http://", "http://@/", "http://:80/",
        "http://user@example.com/", "http://user:word@example.com/", "http://example.com@127.0.0.1/",
        "http://127.0.0.1\\@example.com/", "http://example.com\\.evil/", "http://exa mple.com/",
        "http://example.com/\r\nX: 1",
        "http://example.com/\x00", "http://example.com:22/", "http://example.com:8080/", "http://example.com:99999/",
        "http://example.com:x/", "http://example.com:-80/", "http://[::1/", "http://::1/", "http://example..com/",
        "http://-a.example/", "http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "example/",
        "http://example.com%2f@127.0.0.1/", "http://%31%32%37.0.0.1/", "http://exa$mple.com/",
        "http://a\u2100b.example/",
        "http://example.com/" + "a" * 2100, "https://xn--\u00e4.example/", "http://1.2.3.4.5/", "http://example.0x7f/",
    ],
)  # fmt: skip
def test_an_address_that_is_not_plain_http_is_refused(url: str, names: Names) -> None:
    names("example.com", "93.184.216.34")

    with pytest.raises(FetchRefused) as refusal:
        fetch(url)

    assert isinstance(refusal.value, Refusal)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"], ["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["127.0.0.1", "93.184.216.34"],
        ["2606:2800:220:1::1", "::1"], ["93.184.216.34", "fe80::1%eth0"], ["::ffff:93.184.216.34"],
        ["64:ff9b::5db8:d822"],
    ],
)  # fmt: skip
def test_one_closed_answer_among_many_refuses_the_name(answers: list[str], server: FeedServer, names: Names) -> None:
    names("rebind.example", *answers)

    with pytest.raises(FetchRefused, match=r"rebind\.example points to an address"):
        fetch("http://rebind.example/")

    assert server.connections == 0


def test_loopback_permission_opens_loopback_and_nothing_else(names: Names) -> None:
    for host in ("10.0.0.1", "[::ffff:127.0.0.1]", "169.254.169.254", "[::127.0.0.1]", "0.0.0.0"):
        with pytest.raises(FetchRefused):
            get(f"http://{host}/")


def test_a_name_is_resolved_once_and_that_very_address_is_used(server: FeedServer, names: Names) -> None:
    names("feeds.test", "127.0.0.1")
    server.serve("/feed", Answer(body=b"hello"))

    answer = get(server.url("/feed", host="FEEDS.test"))

    assert answer.body == b"hello"
    assert names.asked == ["feeds.test"]
    assert server.asked[0].headers["host"] == f"feeds.test:{server.port}"


def test_a_name_nobody_knows_is_a_failure_not_a_refusal(names: Names) -> None:
    with pytest.raises(FetchFailed, match=r"no server called nowhere\.example"):
        fetch("http://nowhere.example/")


def test_a_slow_resolver_does_not_hold_us(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: object, **__: object) -> list[object]:
        time.sleep(2)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    started = time.monotonic()

    with pytest.raises(FetchFailed, match="took too long"):
        fetch("http://slow.example/", limits=QUICK)

    assert time.monotonic() - started < 1


def test_an_international_name_is_asked_for_in_ascii(server: FeedServer, names: Names) -> None:
    names("xn--bcher-kva.test", "127.0.0.1")
    server.serve("/", Answer(body=b"ok"))

    answer = get(f"http://B\u00fccher.test:{server.port}/")

    assert answer.url == f"http://xn--bcher-kva.test:{server.port}/"


@pytest.mark.parametrize(
    "to",
    [
        "http://0.0.0.0:{port}/secret",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:127.0.0.1]:{port}/secret",
        "//2130706433:{port}/secret",
        "http://a@127.0.0.1:{port}/secret",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_is_checked_like_the_first_address(to: str, server: FeedServer) -> None:
    server.redirect("/feed", to.format(port=server.port))

    with pytest.raises(FetchRefused):
        get(server.url("/feed"))

    assert server.connections == 1


def test_a_redirect_to_another_port_is_refused(
    server: FeedServer, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The loopback server plays a public one on the ordinary port.
    monkeypatch.setattr(rules, "is_public", lambda _: True)
    monkeypatch.setitem(rules.DEFAULT_PORTS, "http", server.port)
    names("public.example", "127.0.0.1")
    with FeedServer() as other:
        server.redirect("/feed", other.url("/"))

        with pytest.raises(FetchRefused, match="ports"):
            fetch("http://public.example/feed")

        assert (server.connections, other.connections) == (1, 0)


def test_public_addresses_are_public() -> None:
    for address in ("93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450:4001::1"):
        assert is_public(ipaddress.ip_address(address))


def test_an_address_is_rebuilt_from_its_parts() -> None:
    target = read_address(" HTTPS://Example.COM:443/caf\u00e9?q=a b#top".replace(" b", "%20b"))

    assert target.url == "https://example.com/caf%C3%A9?q=a%20b"
