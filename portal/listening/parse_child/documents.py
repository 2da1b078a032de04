"""One stranger's document in, one plain dict out: a feed with its entries, or a page with its feed links."""

import re
from html.parser import HTMLParser
from typing import Any

from portal.listening.parse_child.json_feed import read_json_feed
from portal.listening.parse_child.words import joined
from portal.listening.parse_child.xml_feed import read_xml_feed

_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"}
_HEAD_BYTES = 512 << 10
_MAX_LINKS = 10


def read_document(body: bytes, *, content_type: str, url: str) -> dict[str, Any]:
    """Read a feed of any format; where it is none, look for the feeds that an HTML page names.

    `format` in the answer is feedparser's name (rss20, atom10, …), json, html, or empty for none of these.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return read_json_feed(body, url) or {"format": ""}
    # A page is not handed to feedparser, which would take minutes of guessing to find nothing in it.
    if not _looks_like_html(body):
        feed = read_xml_feed(body, content_type=content_type, url=url)
        if feed["format"]:
            return feed
    return _read_page(body, content_type, url)


def _looks_like_html(body: bytes) -> bool:
    start = re.sub(rb"<\?xml.*?\?>|<!--.*?-->", b"", body[:4096], flags=re.DOTALL).lstrip(b"\xef\xbb\xbf \t\r\n")
    return start[:14].lower().startswith((b"<!doctype html", b"<html"))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = ""
        self.title = ""
        self.found: list[dict[str, str]] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self._in_title = tag == "title" and not self.title
        if tag == "base":
            self.root = self.root or named.get("href", "")
        is_feed = named.get("type", "").partition(";")[0].strip().lower() in _FEED_TYPES
        if tag in {"link", "a"} and is_feed and "alternate" in named.get("rel", "").lower().split():
            self.found.append({"url": named.get("href", ""), "title": named.get("title", "")})

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data


def _read_page(body: bytes, content_type: str, url: str) -> dict[str, Any]:
    charset = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    try:
        text = body[:_HEAD_BYTES].decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:
        text = body[:_HEAD_BYTES].decode("utf-8", "replace")
    page = _Links()
    page.feed(text)
    if not page.found and not _looks_like_html(body) and "html" not in content_type.lower():
        return {"format": ""}
    root = joined(url, page.root) or url
    links = [{"url": joined(root, link["url"]), "title": link["title"]} for link in page.found[:_MAX_LINKS]]
    return {"format": "html", "title": " ".join(page.title.split())[:500], "links": [a for a in links if a["url"]]}
