"""Words out of markup: plain text of HTML, and the shape in which entries leave the parsing process."""

import html
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import nh3

# What stands between two words on the page; every other tag may stand inside one.
_BREAKS = {
    "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
    "td", "th", "tr", "ul",
}  # fmt: skip
_SILENT = {"noscript", "script", "style", "svg", "template", "title"}
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(
    r"<a\s(?:[^<>]{0,500}?\s)?href\s*=\s*(?:[\"']([^\"'<>]{1,2000})[\"']|([^\s\"'<>]{1,2000}))", re.IGNORECASE
)
MAX_ENTRIES = 500
# More than a mention keeps, so that shortening it to whole words stays the caller's choice.
MAX_CHARS = 30_000


def plain_text(markup: str) -> str:
    """The words of an HTML fragment, with a line break where the page has one; entities are decoded once."""
    # Half of a pair, which JSON can carry, stands for no letter.
    markup = " ".join(markup[: MAX_CHARS * 8].encode("utf-8", "replace").decode().split())
    # nh3 reads like a browser and writes clean markup, in which every `<` that is left opens one of our tags.
    clean = nh3.clean(markup, tags=_BREAKS, clean_content_tags=_SILENT, attributes={}, link_rel=None)
    lines = (" ".join(line.split()) for line in html.unescape(_TAG.sub("\n", clean)).split("\n"))
    return "\n".join(line for line in lines if line)[:MAX_CHARS]


def links_in(markup: str) -> list[str]:
    """What the links of an HTML fragment lead to, as it stands there."""
    return [html.unescape(found[1] or found[2]) for found in _LINK.finditer(markup[: MAX_CHARS * 8])]


def as_text(value: object) -> str:
    """A string, whatever was there."""
    return value[: MAX_CHARS * 8] if isinstance(value, str) else ""


def joined(root: str, address: object) -> str:
    """An address as seen from another one; empty where there is none."""
    said = as_text(address).strip()
    try:
        return urljoin(root, said) if said else ""
    except ValueError:
        return ""


def as_count(value: object) -> int | None:
    """A count that is 0 or more, or None when there is none."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15 else None


def as_moment(value: datetime | None) -> str | None:
    """ISO 8601 in UTC; None for moments before the web and ones that cannot be."""
    if value is None:
        return None
    try:
        value = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return value.isoformat() if 1990 <= value.year <= 9000 else None


def entry(**parts: Any) -> dict[str, Any]:
    """An entry with every part there is, so that readers need not ask which are."""
    empty: dict[str, Any] = {
        "id": "", "link": "", "title": "", "text": "", "author": "", "author_url": "", "author_avatar": "",
        "published": None, "updated": None, "language": "", "replies": None, "views": None, "likes": None,
        "channel_id": "", "media": [], "links": [], "gone": False,
    }  # fmt: skip
    return empty | parts
