"""RSS and Atom in all their kinds, read by feedparser."""

import calendar
import codecs
import contextlib
import html
import io
import re
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import feedparser
from feedparser.mixin import _FeedParserMixin

from portal.listening.parse_child.dates import read_date
from portal.listening.parse_child.words import (
    MAX_ENTRIES,
    as_count,
    as_moment,
    as_text,
    entry,
    joined,
    links_in,
    plain_text,
)

_SKIP_HOURS = re.compile(rb"<skipHours[^>]*>(.{0,4000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(rb"<hour[^>]*>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DELETED = re.compile(rb"<(?:[\w-]+:)?deleted-entry\s[^<>]{0,2000}?\bref=[\"']([^\"'<>]{1,2000})[\"']")
_MAIL_ADDRESS = re.compile(r"[^\s@(<]+@[^\s@)>]+")
# Runs of signs by number: some write an emoji as the two halves that JavaScript counts it as.
_NUMBERED = re.compile(rb"(?:&#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,10});)+")
_NUMBER = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));")
_ENDINGS = {
    "image": {"jpg", "jpeg", "png", "gif", "webp", "avif"},
    "audio": {"mp3", "m4a", "ogg", "oga", "opus", "flac", "wav"},
    "video": {"mp4", "m4v", "webm", "mov"},
}
_DECLARED = re.compile(rb"\s{0,20}<\?xml[^<>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})")
_UTF8 = "application/xml; charset=utf-8"
# The longer marks come first: UTF-32 begins like UTF-16.
_MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]


def _nine(said: str) -> Any:
    """A date in the shape that feedparser wants."""
    found = read_date(said)
    return found.utctimetuple() if found else None


# It is asked first, for feedparser reads some of these wrongly: it passes by the hour of `2026-11-20 10:00:00 UTC`.
feedparser.registerDateHandler(_nine)
# An id is a name, and stays what it is wherever the feed is found; of `/2026/1` alone is it sure to be an address.
_FeedParserMixin.can_be_relative_uri.discard("id")


def read_xml_feed(body: bytes, *, content_type: str, url: str) -> dict[str, Any]:
    """The feed; `format` is empty if there is none in these bytes."""
    body, content_type = _settle_charset(body, content_type)
    body = _NUMBERED.sub(_whole_signs, body)
    # A plain string could be opened as a file or an address, so feedparser gets a stream. Its own cleaning of
    # HTML is off: it is slow, and only words are taken.
    parsed = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type, "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    feed = parsed["feed"]
    name, address = _author(feed)
    return {
        "format": parsed.get("version") or ("rss" if parsed["entries"] else ""),
        "title": _words(feed, "title"),
        "link": as_text(feed.get("link")),
        "language": as_text(feed.get("language")),
        "ttl_minutes": as_count(as_text(feed.get("ttl")).strip()),
        "skip_hours": _skip_hours(body),
        "author": name,
        "author_url": joined(url, address),
        "hub": _linked(feed, "hub"),
        "topic": _linked(feed, "self"),
        # RFC 5005: the page after this one, or the archive of what was in the feed before.
        "next": _linked(feed, "next") or _linked(feed, "prev-archive"),
        "entries": [*_tombstones(body), *(_read_entry(found, url) for found in parsed["entries"])][:MAX_ENTRIES],
    }


def _settle_charset(body: bytes, content_type: str) -> tuple[bytes, str]:
    """Let the bytes speak before the header: a byte order mark, or text that is UTF-8 beyond ASCII, is no accident."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body.decode(charset, "replace").encode("utf-8"), _UTF8
    if not body.isascii():
        with contextlib.suppress(UnicodeDecodeError):
            body.decode("utf-8")
            return body, _UTF8
    declared = _DECLARED.match(body)
    if declared and "iso-8859-1" in content_type.lower():
        # What servers say of every file they know nothing of; the feed knows itself.
        return body, content_type.partition(";")[0]
    return body, content_type


def _whole_signs(run: re.Match[bytes]) -> bytes:
    """The same signs, with halves put together and without what is no sign: feedparser gives up on either."""
    numbers = [int(hexed, 16) if hexed else int(plain) for hexed, plain in _NUMBER.findall(run[0])]
    kept: list[int] = []
    for number in numbers:
        if 0xDC00 <= number <= 0xDFFF and kept and 0xD800 <= kept[-1] <= 0xDBFF:
            kept[-1] = 0x10000 + ((kept[-1] - 0xD800) << 10) + (number - 0xDC00)
        elif 0x20 <= number <= 0x10FFFF or number in {9, 10, 13}:
            kept.append(number)
    if kept == numbers and not any(0xD800 <= number <= 0xDFFF for number in kept):
        return run[0]
    return b"".join(b"&#%d;" % number for number in kept if not 0xD800 <= number <= 0xDFFF)


def _linked(feed: Any, rel: str) -> str:
    found = [link for link in feed.get("links") or [] if isinstance(link, dict) and link.get("rel") == rel]
    return as_text(found[0].get("href")) if found else ""


def _read_entry(found: Any, root: str) -> dict[str, Any]:
    name, address = _author(found)
    said, page = as_text(found.get("id")), _link(found)
    return entry(
        id=joined(root, said) if said.startswith("/") else said,
        link=joined(root, page) if page.startswith("/") else page,
        title=_words(found, "title"),
        text=_body(found),
        author=name,
        author_url=address,
        published=_moment(found, "published_parsed") or _moment(found, "created_parsed"),
        updated=_moment(found, "updated_parsed"),
        language=_language(found),
        replies=as_count(as_text(found.get("slash_comments")).strip()),
        views=as_count(_part(found, "media_statistics").get("views")),
        likes=as_count(_part(found, "media_starrating").get("count")),
        channel_id=as_text(found.get("yt_channelid")),
        media=_media(found),
        links=_links(found),
    )


def _link(found: Any) -> str:
    """The entry's page; neither what counts clicks on the way to it, nor the words within another kind of link."""
    links = [link for link in found.get("links") or [] if isinstance(link, dict)]
    alternates = [as_text(link.get("href")) for link in links if link.get("rel") == "alternate"]
    page = as_text(found.get("link"))
    if alternates and page not in alternates:
        page = alternates[0] or page
    return as_text(found.get("feedburner_origlink")) or page


def _part(holder: Any, key: str) -> dict[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _words(holder: Any, key: str) -> str:
    """A text construct as plain words; feedparser tells apart those that hold markup."""
    kind = as_text(_part(holder, f"{key}_detail").get("type"))
    text = as_text(holder.get(key))
    return text if kind == "text/plain" else plain_text(text)


def _body(found: Any) -> str:
    texts = [_words(found, "summary")]
    for content in found.get("content") or []:
        text = as_text(content.get("value"))
        texts.append(text if content.get("type") == "text/plain" else plain_text(text))
    return max(texts, key=len)


def _links(found: Any) -> list[str]:
    """What its words lead to; feedparser has made none of it whole, so each is read beside the entry's own page."""
    texts = [as_text(found.get("summary")), *(as_text(content.get("value")) for content in found.get("content") or [])]
    return [joined(_link(found), address) for address in dict.fromkeys(chain.from_iterable(map(links_in, texts)))][:50]


def _author(holder: Any) -> tuple[str, str]:
    """Name and page of the first author; a mail address beside the name, or in its place, stays with its owner."""
    named = [one for one in holder.get("authors") or [] if isinstance(one, dict) and one.get("name")]
    first = named[0] if len(named) > 1 else _part(holder, "author_detail")
    # feedparser parts the two as well, but leaves the end of an address whose last label is long.
    said = as_text(first.get("name") if len(named) > 1 else holder.get("author"))
    name = plain_text(_MAIL_ADDRESS.sub(" ", said))
    return name.strip("()<>[]\"' "), as_text(first.get("href"))


def _language(found: Any) -> str:
    if as_text(found.get("language")):
        return as_text(found["language"])
    for content in found.get("content") or []:
        if as_text(content.get("language")):
            return as_text(content["language"])
    return as_text(_part(found, "title_detail").get("language"))


def _media(found: Any) -> list[dict[str, str]]:
    media = [
        {"kind": "image", "url": as_text(picture.get("url"))}
        for picture in found.get("media_thumbnail") or []
        if isinstance(picture, dict)
    ]
    # The picture of an episode (https://podcasters.apple.com/support/823-podcast-requirements).
    picture = as_text(_part(found, "image").get("href"))
    media += [{"kind": "image", "url": picture}] if picture else []
    for attached in [*(found.get("media_content") or []), *(found.get("enclosures") or [])]:
        url = as_text(attached.get("href")) or as_text(attached.get("url"))
        kind = as_text(attached.get("medium")) or as_text(attached.get("type")).partition("/")[0]
        media.append({"kind": kind or _kind_of(url), "url": url})
    return media[:50]


def _kind_of(url: str) -> str:
    """What an address without a type ends in."""
    ending = url.partition("?")[0].rpartition(".")[2].lower()
    return next((kind for kind, endings in _ENDINGS.items() if ending in endings), "")


def _moment(found: Any, key: str) -> str | None:
    # The plain dict is asked, since feedparser's own lends `published` to those that look for `updated`.
    value = dict.get(found, key)
    try:
        return as_moment(datetime.fromtimestamp(calendar.timegm(value), UTC)) if value else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _tombstones(body: bytes) -> list[dict[str, Any]]:
    """Entries that an Atom feed says are deleted (RFC 6721), as YouTube does; feedparser passes them by."""
    if b"http://purl.org/atompub/tombstones/1.0" not in body:
        return []
    names = (html.unescape(found[1].decode("utf-8", "replace")).strip() for found in _DELETED.finditer(body))
    return [entry(id=name, gone=True) for name in names if name]


def _skip_hours(body: bytes) -> list[int]:
    """Hours in UTC in which the feed asks not to be read (RSS 2.0); feedparser keeps only the last."""
    block = _SKIP_HOURS.search(body)
    hours = {int(hour) % 24 for hour in _HOUR.findall(block[1])} if block else set()
    return sorted(hours)
