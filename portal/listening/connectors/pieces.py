"""Pieces of strangers' JSON, made safe: ids, counts, moments, addresses, words out of markup; all pure."""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from portal.listening.drafts import MAX_TEXT_CHARS, MAX_TITLE_CHARS, MediaDraft, clean_line, clean_text
from portal.listening.parse_child.words import links_in, plain_text

MAX_URL_CHARS = 2000
MAX_NAME_CHARS = 200
MAX_MEDIA = 10
MAX_LINKS = 20
_MEDIA_KINDS = {"image", "video", "audio", "gif", "link"}
# Spaces, controls, and halves of pairs, which stand for no letter.
_NOT_IN_ADDRESSES = re.compile("[\x00-\x20\x7f-\x9f\ud800-\udfff]")


def piece(holder: Any, *path: str | int) -> Any:
    """What lies at a path of keys and places; None where any step of it is missing or has another shape."""
    for step in path:
        if isinstance(step, int):
            holder = holder[step] if isinstance(holder, list) and -len(holder) <= step < len(holder) else None
        else:
            holder = holder.get(step) if isinstance(holder, Mapping) else None
    return holder


def pieces(holder: Any, *path: str | int) -> list[Any]:
    """The list at a path; empty where there is none."""
    found = piece(holder, *path)
    return found if isinstance(found, list) else []


def find_items(document: Any, is_item: Callable[[Mapping[str, Any]], bool], depth: int = 12) -> list[Mapping[str, Any]]:
    """Every object in a document that is an item, in order, whatever the envelope; none is looked for inside one."""
    if isinstance(document, Mapping):
        if is_item(document):
            return [document]
        within: Iterable[Any] = document.values()
    elif isinstance(document, list):
        within = document
    else:
        return []
    return [item for inner in within for item in find_items(inner, is_item, depth - 1)] if depth else []


def id_of(value: Any) -> str:
    """An id as a string, whether the wire sends a number or a string; empty for anything else."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return str(value)
    return clean_line(value, 1000) or "" if isinstance(value, str) else ""


def count_of(value: Any) -> int | None:
    """A count of 0 or more, whether number or digits; None when the channel does not say."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63 else None


def moment_of(value: Any) -> datetime | None:
    """A time in aware UTC from ISO 8601, or from seconds or milliseconds since 1970; None for anything else.

    A time without a zone is taken as UTC, as every channel that leaves it out documents.
    """
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{9,13}(\.\d+)?", value.strip()):
            value = float(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            moment = datetime.fromtimestamp(value / 1000 if value > 10**11 else value, UTC)
        elif isinstance(value, str):
            moment = datetime.fromisoformat(value.strip())
        else:
            return None
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if 1970 <= moment.year <= 9000 else None


def address_of(value: Any) -> str | None:
    """The address if it is one that a page may link to, else None."""
    if not isinstance(value, str):
        return None
    value = value.strip()
    is_plain = len(value) <= MAX_URL_CHARS and not _NOT_IN_ADDRESSES.search(value)
    return value if is_plain and host_of(value) else None


def joined(root: str, value: Any) -> str | None:
    """An address that may be said by its difference from another one, without its fragment; None if it is none."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        return address_of(urldefrag(urljoin(root, value.strip()))[0])
    except ValueError:
        return None


def host_of(value: Any) -> str:
    """The host of a web address in lower case; empty for anything else."""
    try:
        parts = urlsplit(value.strip()) if isinstance(value, str) else None
        host = (parts.hostname or "") if parts else ""
    except ValueError:
        return ""
    return host.lower()[:253] if parts and parts.scheme.lower() in {"http", "https"} else ""


def links_of(*found: Any) -> str | None:
    """Addresses, each once, with blanks between them; of markup those that it links to. None where there are none."""
    addresses: dict[str, None] = {}
    for value in found:
        said = links_in(value) if isinstance(value, str) and "<" in value else [value]
        addresses |= dict.fromkeys(address for address in map(address_of, said) if address)
    return " ".join(islice(addresses, MAX_LINKS)) or None


def words_of(markup: Any) -> str:
    """The plain words of HTML, cut to what a mention keeps."""
    return clean_text(plain_text(markup), MAX_TEXT_CHARS) if isinstance(markup, str) else ""


def text_of(value: Any) -> str:
    """Plain text, cut to what a mention keeps."""
    return clean_text(value, MAX_TEXT_CHARS) if isinstance(value, str) else ""


def unescaped(value: Any) -> str | None:
    """A title that the channel sends with HTML entities in it, decoded once."""
    return clean_line(html.unescape(value), MAX_TITLE_CHARS) if isinstance(value, str) else None


def title_of(value: Any) -> str | None:
    """A title in one line, or None."""
    return clean_line(value, MAX_TITLE_CHARS) if isinstance(value, str) else None


def name_of(value: Any) -> str | None:
    """A person's name or handle in one line, or None."""
    return clean_line(value, MAX_NAME_CHARS) if isinstance(value, str) else None


def media_of(found: Iterable[tuple[str, Any, Any] | tuple[str, Any, Any, Any]]) -> tuple[MediaDraft, ...]:
    """At most ten media from (kind, address, words beside it, and a small still if there is one), each address once."""
    media: dict[str, MediaDraft] = {}
    for kind, value, alt, *small in found:
        url = address_of(value)
        if url and len(media) < MAX_MEDIA:
            kind = kind if kind in _MEDIA_KINDS else "link"
            still = address_of(small[0]) if small else None
            media.setdefault(url, MediaDraft(kind=kind, url=url, thumb_url=still or None, alt=title_of(alt)))
    return tuple(media.values())
