"""Values out of an answer beyond `pieces`: ids and times that must be there, entities, stars, hidden authors."""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from portal.listening.connectors.contract import Contract
from portal.listening.connectors.pieces import (
    MAX_NAME_CHARS,
    MAX_URL_CHARS,
    address_of,
    count_of,
    id_of,
    moment_of,
    name_of,
    piece,
    words_of,
)
from portal.listening.drafts import MAX_TEXT_CHARS, AuthorDraft, clean_text
from portal.listening.languages import primary_language

MAX_ID_CHARS = 255
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_TAG = re.compile(r"</?[a-zA-Z!]")


def mapping(raw: object, *path: str) -> Mapping[str, Any]:
    """The object at a path, or an empty one."""
    found = piece(raw, *path)
    return found if isinstance(found, Mapping) else {}


def objects(raw: object, *path: str) -> list[Mapping[str, Any]]:
    """The objects of a list at a path; a single object counts as a list of one, anything else is left out."""
    found = piece(raw, *path)
    if isinstance(found, Mapping):
        return [found]
    return [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []


def first_filled(*values: Any) -> Any:
    """The first value that is neither missing nor empty."""
    return next((value for value in values if value not in (None, "", [], {})), None)


def identifier(value: object) -> str | None:
    """An id as text; None for none, and for one too long to be one."""
    text = id_of(value)
    return text if text and len(text) <= MAX_ID_CHARS else None


def need_id(value: object, what: str) -> str:
    """The id of an item.

    Raises:
        Contract: there is none.
    """
    found = identifier(value)
    if found is None:
        raise Contract(f"A {what} arrived without an id.")
    return found


def count(value: object) -> int | None:
    """A count from 0 up, where a score below nothing is nothing; None where the channel does not say."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
        return 0
    return count_of(value)


def stars(value: object) -> float | None:
    """A rating from 1 to 5; None for anything else."""
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else 0.0
    except (ValueError, OverflowError):
        return None
    return number if 1 <= number <= 5 else None


def moment(value: object) -> datetime | None:
    """A moment in UTC: ISO 8601, Unix time, RFC 822, or `Tue Oct 31 22:10:47 +0000 2017`; None before 1990."""
    if isinstance(value, str) and value[:1].isalpha() and len(value) < 60:
        value = _named_day(value)
    elif isinstance(value, str) and value.endswith(" GMT"):
        value = value.removesuffix(" GMT") + "+00:00"
    found = value if isinstance(value, datetime) else moment_of(value)
    return found if found and found >= _EARLIEST else None


def need_moment(value: object, what: str) -> datetime:
    """When an item was made.

    Raises:
        Contract: it does not say, or not so that it can be read.
    """
    found = moment(value)
    if found is None:
        raise Contract(f"A {what} arrived without its time.")
    return found


def _named_day(words: str) -> datetime | None:
    pieces = words.split()
    if len(pieces) == 6 and pieces[5].isdigit():
        weekday, month, day, clock, zone, year = pieces
        words = f"{weekday}, {day} {month} {year} {clock} {zone}"
    try:
        found = parsedate_to_datetime(words)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError, IndexError, TypeError):
        return None


def decoded(value: object, limit: int = MAX_TEXT_CHARS) -> str:
    """Plain text in which the channel has written entities (`&amp;`), decoded once."""
    return clean_text(html.unescape(value[: limit * 8]), limit) if isinstance(value, str) else ""


def worded(value: object) -> str:
    """The words of an HTML fragment; text without a tag keeps its line breaks."""
    return words_of(value) if isinstance(value, str) and _TAG.search(value) else decoded(value)


def language(value: object) -> str | None:
    """The primary language of a tag; None for anything else."""
    return primary_language(value) if isinstance(value, str) else None


def web_address(value: object) -> str | None:
    """An address that a page may link to; `//host/…` counts as https, marks that could end an attribute are refused."""
    if not isinstance(value, str) or len(value) > MAX_URL_CHARS or any(mark in value for mark in '\\<>"'):
        return None
    return address_of(f"https:{value}" if value.startswith("//") else value)


def named_author(channel: str, handle: object, *, fallback: str, **more: Any) -> AuthorDraft:
    """The author by handle; a hidden one gets a handle of this one item, so that no two people are taken for one.

    Args:
        channel: the channel's key.
        handle: the name that the channel tells its people apart by.
        fallback: the item's id.
        more: the other parts of the author.
    """
    known = name_of(handle)
    if known is None:
        return AuthorDraft(channel=channel, handle=f"hidden-{fallback}"[:MAX_NAME_CHARS])
    return AuthorDraft(channel=channel, handle=known, **more)


def walk(payload: object, *, depth: int = 12) -> Iterator[Mapping[str, Any]]:
    """Every object in an answer, outer ones first."""
    if isinstance(payload, Mapping):
        yield payload
        payload = list(payload.values())
    if isinstance(payload, list) and depth:
        for entry in payload:
            yield from walk(entry, depth=depth - 1)


def in_path(value: str) -> str:
    """What staff filled in, as one piece of a path: nothing in it can end the piece or leave it."""
    return quote(value, safe="")
