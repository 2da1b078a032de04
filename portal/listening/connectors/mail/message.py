"""A mail of an alert service taken apart: one entry for each page that it tells of; pure."""

import html
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import nh3

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract
from portal.listening.connectors.feed_entries import unwrapped
from portal.listening.connectors.pieces import host_of, title_of
from portal.listening.parsing import ParsedMail

MAX_ENTRIES = 100
_LEAST_TITLE_CHARS = 12
_HEAD_BYTES = 64 << 10
_MESSAGE_ID = re.compile(rb"^message-id:\s*(<[^<>\s]{1,998}>)", re.IGNORECASE | re.MULTILINE)
_BLOCKS = {"a", "br", "div", "li", "p", "td", "tr"}
_PART = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>|<[^<>]*>', re.DOTALL)
_ADDRESS = re.compile(r"<?(https?://[^\s<>\"]+)>?")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
# What such mails link to for themselves: switching off, sharing, "see more".
_SERVICE = re.compile(
    r"unsubscrib|opt-?out|preferences|/alerts(?:/|\?|$)|/settings|/share\b|mailto:|support\.google|accounts\.google|"
    r"facebook\.com/sharer|twitter\.com/(?:share|intent)|x\.com/(?:share|intent)|plus\.google",
    re.IGNORECASE,
)
_RULE = re.compile(r"^[=\-_*]{3,}|^\W*$")


def entries_of(mail: ParsedMail, now: datetime) -> list[dict[str, Any]]:
    """The pages an alert tells of, each as address, title and snippet, with the mail's own subject and date.

    The mail may be forwarded inline or as an attachment; whatever part of it names pages is read, HTML first.

    Raises:
        Contract: it is no mail, or names no page.
    """
    if not (mail.sender or mail.subject):
        raise Contract("What arrived is no mail.")
    said = values.moment(mail.date)
    about = {"subject": title_of(mail.subject) or "", "date": (min(said, now) if said else now).isoformat()}
    for kind, find in (("html", _in_html), ("plain", _in_text)):
        for content in (content for named, content in mail.parts if named == kind):
            found = list(_once(find(content)))
            if found:
                return [{**entry, **about} for entry in found]
    raise Contract("The mail names no page.")


def message_id(body: bytes) -> bytes | None:
    """The Message-ID of a mail, by which a second delivery of it is known; looked for without parsing the rest."""
    head = re.split(rb"\r?\n\r?\n", body[:_HEAD_BYTES], maxsplit=1)[0]
    found = _MESSAGE_ID.search(head)
    return found[1] if found else None


def _in_html(markup: str) -> Iterator[dict[str, str]]:
    """Every link with a title of its own, and the words between it and the next one."""
    clean = nh3.clean(
        " ".join(markup.split()),
        tags=_BLOCKS,
        clean_content_tags={"script", "style", "title"},
        attributes={"a": {"href"}},
        link_rel=None,
        url_schemes={"http", "https"},
    )
    entry: dict[str, str] | None = None
    end = 0
    for match in _PART.finditer(clean):
        if entry is not None:
            entry["snippet"] += html.unescape(clean[end : match.start()]) + "\n"
        end = match.end()
        if not match[1]:
            continue
        address, title = _page(html.unescape(match[1])), _line(match[2])
        if address is None:
            continue
        if entry and entry["url"] == address:
            # The picture, the headline and the source of one entry often link to the same page.
            entry["title"] = (
                max(entry["title"], title, key=len) if len(entry["title"]) < _LEAST_TITLE_CHARS else entry["title"]
            )
            continue
        if entry:
            yield entry
        entry = {"url": address, "title": title, "snippet": ""}
    if entry:
        entry["snippet"] += html.unescape(clean[end:])
        yield entry


def _in_text(text: str) -> Iterator[dict[str, str]]:
    """Every address, with the lines above it up to a gap: the title, then the rest."""
    above: list[str] = []
    for line in _QUOTE.sub("", text.replace("\r\n", "\n")).split("\n"):
        found = _ADDRESS.search(line)
        if found is None:
            above = [] if _RULE.match(line) else [*above, line.strip()]
            continue
        address = _page(found[1])
        here = line[: found.start()].strip(" <([")
        lines = [*above, here] if here else above
        if address and lines:
            yield {"url": address, "title": lines[0], "snippet": "\n".join(lines[1:])}
        above = []


def _once(entries: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    seen: set[str] = set()
    for entry in entries:
        title = " ".join(entry["title"].split())
        if entry["url"] in seen or len(title) < _LEAST_TITLE_CHARS or len(seen) >= MAX_ENTRIES:
            continue
        seen.add(entry["url"])
        yield {**entry, "title": title, "snippet": _tidy(entry["snippet"])}


def _tidy(snippet: str) -> str:
    lines = (" ".join(line.split()) for line in snippet.split("\n"))
    return "\n".join(line for line in lines if line)[:2000]


def _line(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", markup)).split())


def _page(address: str) -> str | None:
    """The page itself, out of the wrapping of the service; None for what the mail links to for itself."""
    page = values.web_address(unwrapped(address))
    if page is None or _SERVICE.search(page):
        return None
    host = host_of(page).removeprefix("www.")
    is_home = urlsplit(page).path in {"", "/"} and not urlsplit(page).query
    return None if is_home or host.startswith("google.") else page
