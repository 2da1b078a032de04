"""Parsing of strangers' bytes, at arm's length: in a process of its own that may use little and know nothing."""

import base64
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _

_ROOT = Path(__file__).resolve().parents[2]
_MOST_HERE = 256 << 10
_here: ContextVar[bool] = ContextVar("here", default=False)


class ParseFailed(Refusal):
    """The bytes could not be read within the limits; the message says so without showing them."""


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """What one document may cost: CPU seconds, seconds by the clock, bytes of address space."""

    cpu_seconds: int = 8
    seconds: float = 15.0
    memory_bytes: int = 512 << 20


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a document says.

    Attributes:
        format: rss20, atom10, json, …; html for a page; empty for neither.
        ttl_minutes, skip_hours: how often, and in which hours (UTC), the feed asks to be read.
        entries: at most 500 plain dicts, the raw items of the feeds connector.
        links: the feeds that a page names, in its order.
        hub, topic: where its news can be subscribed to, and under which address.
        next: where the feed goes on with older entries, as it stands there.
    """

    format: str
    title: str = ""
    link: str = ""
    language: str = ""
    author: str = ""
    author_url: str = ""
    author_avatar: str = ""
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    entries: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    links: tuple[FeedLink, ...] = ()
    hub: str = ""
    topic: str = ""
    next: str = ""

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """From what the parsing process wrote."""
        return cls(
            format=document["format"],
            title=document.get("title", ""),
            link=document.get("link", ""),
            language=document.get("language", ""),
            author=document.get("author", ""),
            author_url=document.get("author_url", ""),
            author_avatar=document.get("author_avatar", ""),
            ttl_minutes=document.get("ttl_minutes"),
            skip_hours=tuple(document.get("skip_hours", ())),
            entries=tuple(document.get("entries", ())),
            links=tuple(FeedLink(link["url"], link["title"]) for link in document.get("links", ())),
            hub=document.get("hub", ""),
            topic=document.get("topic", ""),
            next=document.get("next", ""),
        )

    @property
    def is_feed(self) -> bool:
        """Whether the document is a feed, be it an empty one."""
        return self.format not in {"", "html"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """What a page says in microformats, and what it points at.

    Attributes:
        items, rels: as the microformats2 parsing rules say (https://microformats.org/wiki/microformats2-parsing).
        addresses: everything the page links to or shows, absolute, each once.
    """

    title: str = ""
    items: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    rels: Mapping[str, Any] = field(default_factory=dict, repr=False)
    addresses: tuple[str, ...] = field(default=(), repr=False)


def parse_page(body: bytes, *, content_type: str = "", url: str = "", limits: ParseLimits | None = None) -> ParsedPage:
    """Read the microformats of a page; arguments and errors as for `parse_feed`."""
    about = {"kind": "page", "content_type": content_type, "url": url}
    return _page_of(_ask_child(about, body, limits or ParseLimits()))


def _page_of(document: Mapping[str, Any]) -> ParsedPage:
    try:
        return ParsedPage(
            title=document["title"],
            items=tuple(document["items"]),
            rels=document["rels"],
            addresses=tuple(document["addresses"]),
        )
    except (KeyError, TypeError) as problem:
        raise ParseFailed(_("The page could not be read.")) from problem


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """A picture as it is kept: WebP, at most 480 dots long."""

    content: bytes = field(repr=False)
    width: int
    height: int


def draw_small(body: bytes, *, limits: ParseLimits | None = None) -> SmallPicture:
    """Draw a picture anew, small; JPEG, PNG, WebP and the first frame of a GIF.

    Raises:
        ParseFailed: it is none of these, broken, has too many dots, or took too long.
    """
    about = {"kind": "picture", "content_type": "", "url": ""}
    document = _ask_child(about, body, limits or ParseLimits())
    try:
        content = base64.b64decode(document["content"], validate=True)
        return SmallPicture(content, int(document["width"]), int(document["height"]))
    except (KeyError, TypeError, ValueError) as problem:
        raise ParseFailed(_("The picture could not be read.")) from problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMail:
    """What a mail says: headers as written, and its parts as (plain or html, words)."""

    subject: str = ""
    sender: str = ""
    date: str = ""
    parts: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def parse_mail(body: bytes, *, limits: ParseLimits | None = None) -> ParsedMail:
    """Take a mail (RFC 5322) apart; errors as for `parse_feed`."""
    document = _ask_child({"kind": "mail", "content_type": "", "url": ""}, body, limits or ParseLimits())
    try:
        parts = tuple((str(part["kind"]), str(part["content"])) for part in document["parts"])
        return ParsedMail(subject=document["subject"], sender=document["sender"], date=document["date"], parts=parts)
    except (KeyError, TypeError) as problem:
        raise ParseFailed(_("The mail could not be read.")) from problem


def parse_feed(body: bytes, *, content_type: str = "", url: str = "", limits: ParseLimits | None = None) -> ParsedFeed:
    """Read a feed, or the feed links of a page; costs about an eighth of a second for the new process.

    Args:
        body: the bytes as they were fetched.
        content_type: the Content-Type header, for its charset.
        url: where they came from, for relative links.
        limits: what the process may use.

    Raises:
        ParseFailed: it took too long, needed too much, or broke the parser.
    """
    about = {"kind": "feed", "content_type": content_type, "url": url}
    document = _ask_child(about, body, limits or ParseLimits())
    try:
        return ParsedFeed.from_document(document)
    except (KeyError, TypeError) as problem:
        raise ParseFailed(_("The feed could not be read.")) from problem


@contextmanager
def parse_here() -> Iterator[None]:
    """Let small documents be read in this process, a hundred times as fast: for files an operator chose to measure.

    The time limit holds, by a timer of the main thread; the memory limit does not, so large ones still go out.
    """
    token = _here.set(True)
    try:
        yield
    finally:
        _here.reset(token)


def _read_here(about: Mapping[str, str], body: bytes, limits: ParseLimits) -> Any:
    # Loaded only when asked for, since the portal itself never parses a stranger's bytes.
    from portal.listening.parse_child.documents import read_document
    from portal.listening.parse_child.mails import read_mail
    from portal.listening.parse_child.pages import read_page
    from portal.listening.parse_child.pictures import draw_small

    read = {"page": read_page, "picture": draw_small, "mail": read_mail}.get(about["kind"], read_document)

    def stop(_number: int, _frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limits.cpu_seconds)
    try:
        return read(body, content_type=about["content_type"], url=about["url"])
    except Exception as problem:
        raise ParseFailed(_("The document could not be read: it is broken, or needs more than it should.")) from problem
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ask_child(about: Mapping[str, str], body: bytes, limits: ParseLimits) -> Any:
    if _here.get() and len(body) <= _MOST_HERE and threading.current_thread() is threading.main_thread():
        return _read_here(about, body, limits)
    command = [sys.executable, "-s", "-m", "portal.listening.parse_child"]
    command += [str(limits.cpu_seconds), str(limits.memory_bytes)]
    try:
        # Every argument is ours. The environment is empty and no descriptor but the three pipes goes along.
        child = subprocess.run(  # noqa: S603
            command,
            input=json.dumps(about).encode() + b"\n" + body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"LC_ALL": "C.UTF-8"},
            timeout=limits.seconds,
            check=False,
            close_fds=True,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as problem:
        raise ParseFailed(_("Reading the document took too long, so it was given up.")) from problem
    if child.returncode != 0:
        raise ParseFailed(_("The document could not be read: it is broken, or needs more than it should."))
    try:
        return json.loads(child.stdout)
    except ValueError as problem:
        raise ParseFailed(_("The document could not be read.")) from problem
