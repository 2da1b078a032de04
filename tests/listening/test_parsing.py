"""The parsing process: what it may use, what it knows, and what becomes of documents that kill it."""

import json
import os
import socket
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from portal.foundation.errors import Refusal
from portal.listening import parsing
from portal.listening.parsing import ParseFailed, ParseLimits, draw_small, parse_feed, parse_mail, parse_page

RSS = b"<rss version='2.0'><channel><title>Notes</title>%s</channel></rss>"
ITEM = b"<item><guid isPermaLink='false'>1</guid><title>One</title><link>/one</link><ttl>5</ttl></item>"
ROOT = Path(parsing.__file__).resolve().parents[2]


def child(code: str, *arguments: str, **named: object) -> subprocess.CompletedProcess[bytes]:
    """Run code in place of the parser's main module, started as the parser is."""
    return subprocess.run([sys.executable, "-s", "-c", code, *arguments], cwd=ROOT, capture_output=True, timeout=20)


def test_a_feed_comes_back_with_its_entries_and_its_wishes() -> None:
    wishes = b"<ttl>90</ttl><skipHours><hour>0</hour><hour>13</hour></skipHours>"

    feed = parse_feed(RSS % (wishes + ITEM), url="https://blog.example/feed")

    assert (feed.format, feed.title, feed.is_feed) == ("rss20", "Notes", True)
    assert (feed.ttl_minutes, feed.skip_hours) == (90, (0, 13))
    assert [(entry["id"], entry["link"]) for entry in feed.entries] == [("1", "https://blog.example/one")]


def test_a_page_comes_back_with_the_feeds_it_names() -> None:
    page = b"""<!doctype html><html><head><title>Shop &amp; blog</title><base href="/news/">
        <link rel="alternate" type="application/atom+xml" href="atom.xml" title="Posts">
        <link rel=alternate type="application/feed+json;charset=utf-8" href="https://other.example/f.json">
        <link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" href="x.css"></head><body>"""

    found = parse_feed(page, content_type="text/html", url="https://blog.example/")

    assert (found.format, found.title, found.is_feed) == ("html", "Shop & blog", False)
    assert [link.url for link in found.links] == ["https://blog.example/news/atom.xml", "https://other.example/f.json"]


def test_each_other_kind_of_document_comes_back_as_well() -> None:
    page = b'<article class="h-entry"><a class="p-author h-card" href="https://ada.example/">Ada</a></article>'
    mail = b"Subject: A lamp\r\nFrom: ada@ada.example\r\nDate: Wed, 4 Mar 2026 12:00:00 +0000\r\n\r\nIt hums.\r\n"
    photo = BytesIO()
    Image.new("RGB", (900, 300), "teal").save(photo, "PNG")

    author = parse_page(page, content_type="text/html", url="https://ada.example/").items[0]["properties"]["author"]
    read, small = parse_mail(mail), draw_small(photo.getvalue())

    assert author[0]["properties"]["name"] == ["Ada"]
    assert (read.subject, read.sender) == ("A lamp", "ada@ada.example")
    assert [(kind, words.strip()) for kind, words in read.parts] == [("plain", "It hums.")]
    assert (small.width, small.height, small.content[8:12]) == (480, 160, b"WEBP")


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"\0" * 5000, b"{}", b'{"a":' * 50_000, b"%PDF-1.7", os.urandom(20_000)]
)
def test_what_is_neither_feed_nor_page_is_nothing(body: bytes) -> None:
    assert parse_feed(body).format == ""


def test_a_document_that_costs_too_much_work_is_given_up() -> None:
    started = time.monotonic()

    with pytest.raises(ParseFailed) as failure:
        parse_feed(RSS % (b"<a>" * 300_000), limits=ParseLimits(cpu_seconds=1))

    assert isinstance(failure.value, Refusal)
    assert "Traceback" not in str(failure.value)
    assert time.monotonic() - started < 8


def test_a_document_that_takes_too_long_by_the_clock_is_given_up() -> None:
    started = time.monotonic()

    with pytest.raises(ParseFailed, match="too long"):
        parse_feed(RSS % (b"<a>" * 300_000), limits=ParseLimits(seconds=0.4))

    assert time.monotonic() - started < 3


def test_a_document_that_needs_too_much_memory_is_given_up() -> None:
    little = ParseLimits(memory_bytes=64 << 20)

    assert parse_feed(RSS % ITEM, limits=little).is_feed
    with pytest.raises(ParseFailed):
        parse_feed(b" " * (64 << 20), limits=little)


def test_entities_inside_entities_do_not_grow() -> None:
    layers = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(2, 12))
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a1 "aaaaaaaaaa">' + layers + b"]>" + RSS % b"<ttl>&a11;</ttl>"

    assert len(parse_feed(bomb).title) < 1000


def test_no_file_is_read_for_a_document(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush")
    doctype = f'<!DOCTYPE r [<!ENTITY s SYSTEM "file://{secret}">]>'.encode()

    feed = parse_feed(b'<?xml version="1.0"?>' + doctype + RSS % b"<description>&s;</description>" + ITEM)

    assert "hush" not in repr((feed, feed.entries))
    assert parse_feed(str(secret).encode()).format == ""


def test_the_process_inherits_neither_secrets_nor_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    report = (
        "import json, os, sys; sys.stdin.buffer.read(); "
        "print(json.dumps({'format': json.dumps([dict(os.environ), sorted(os.listdir('/proc/self/fd'))])}))"
    )
    real = subprocess.run

    def run(command: list[str], **named: object) -> subprocess.CompletedProcess[bytes]:
        return real([command[0], "-s", "-c", report], **named)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(subprocess, "run", run)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        os.set_inheritable(listener.fileno(), True)
        environment, descriptors = json.loads(parse_feed(b"").format)

    assert set(environment) <= {"LC_ALL", "LC_CTYPE"}
    # The three pipes, and the one that listing the folder takes.
    assert len(descriptors) == 4


def test_the_process_lowers_its_limits_before_it_reads() -> None:
    code = (
        "import sys, resource, io, os; sys.argv = ['x', '3', str(256 << 20)]\n"
        'sys.stdin = io.TextIOWrapper(io.BytesIO(b\'{"content_type": "", "url": ""}\\n\'))\n'
        "import portal.listening.parse_child.__main__\n"
        "kinds = ('CPU', 'AS', 'CORE', 'FSIZE', 'NOFILE')\n"
        "print([resource.getrlimit(getattr(resource, 'RLIMIT_' + kind))[1] for kind in kinds], file=sys.stderr)"
    )

    limits = child(code).stderr.decode().strip()

    assert limits == str([3, 256 << 20, 0, 0, 16])


def test_a_document_starts_and_ends_in_well_under_a_second() -> None:
    started = time.monotonic()

    parse_feed(RSS % ITEM)

    assert time.monotonic() - started < 2
