"""Rows made into drafts of mentions, one at a time; what cannot be one comes back with the reason."""

import hashlib
import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from portal.foundation.text import gettext as _
from portal.listening.drafts import (
    MAX_TEXT_CHARS,
    MAX_TITLE_CHARS,
    AuthorDraft,
    MentionDraft,
    clean_line,
    clean_text,
)
from portal.listening.files.layout import Layout, LayoutRefused, cell_getter
from portal.listening.files.row import Cells, Row, Unreadable
from portal.listening.files.times import BadTime, DayOrder, TimeReader, day_order
from portal.listening.files.values import (
    BadValue,
    is_set,
    read_address,
    read_channel,
    read_count,
    read_id,
    read_kind,
    read_rating,
)
from portal.listening.languages import primary_language

MAX_NAME_CHARS = 200

_Getter: TypeAlias = Callable[[Cells], object]
_Read: TypeAlias = Callable[[object], Any]
_Wanted = TypeVar("_Wanted")
# The interfaces of these channels hand out plain text with HTML entities in it.
_ENTITY_CHANNELS = {"x", "youtube", "stackexchange", "stocktwits"}
# What exports call a platform may be the device; of reviews it says in which shop they stand.
_SHOP_OF_DEVICE = {"ios": "app-store", "iphone": "app-store", "ipad": "app-store", "android": "google-play"}
_AUTHORS_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that is no mention, and why."""

    line: int
    reason: str


class RowReader:
    """Turns rows into drafts. Rows may come in any order; nothing of one row touches the next."""

    def __init__(
        self,
        layout: Layout,
        *,
        zone: ZoneInfo | None = None,
        day_order: DayOrder | None = None,
        now: datetime,
    ) -> None:
        """Prepare to read.

        Args:
            layout: which column is which.
            zone: where times without a zone were written; None asks when one is met.
            day_order: how 04/05/2021 is meant; None asks when one is met.
            now: the present moment; times more than a day ahead of it are refused.
        """
        self._times = TimeReader(zone=zone, day_order=day_order, now=now)
        getters = _getters(layout)
        self._get_channel, self._get_handle, self._get_created_at = (
            getters[name] for name in ("channel", "author_handle", "created_at")
        )
        self._get_id, self._get_text, self._get_url, self._get_kind = (
            getters.get(name, _nothing) for name in ("external_id", "text", "url", "kind")
        )
        self._shops = _SHOP_OF_DEVICE if "rating" in layout.mapping else {}
        self._kind_flags = _chosen(getters, {"is_repost": "repost", "is_quote": "quote", "is_reply": "reply"})
        self._optional = _chosen(getters, {**_OPTIONAL, "edited_at": ("edited_at", self._edited_at)})
        self._about_author = _chosen(getters, _ABOUT_AUTHOR)
        self._authors: dict[tuple[object, ...], AuthorDraft] = {}

    def read(self, line: int, cells: Cells | Unreadable) -> MentionDraft | RowProblem:
        """The draft of one row, or why there is none.

        Raises:
            TimeQuestion: a person has to say in which zone or order the times were written.
        """
        if isinstance(cells, Unreadable):
            return RowProblem(line, cells.reason)
        try:
            return self._draft(cells)
        except (BadValue, BadTime) as problem:
            return RowProblem(line, str(problem))

    def _draft(self, cells: Cells) -> MentionDraft:
        channel = read_channel(_words(self._get_channel(cells)))
        channel = self._shops.get(channel, channel)
        author = self._author(channel, cells)
        created_at = self._created_at(cells)
        text = clean_text(self._get_text(cells), MAX_TEXT_CHARS)
        if "&" in text and channel in _ENTITY_CHANNELS:
            text = clean_text(html.unescape(text), MAX_TEXT_CHARS)
        url = read_address(self._get_url(cells))
        more = {name: read(getter(cells)) for getter, (name, read) in self._optional}
        if not (text or url or more.get("title")):
            raise BadValue(_("there is neither a text nor a web address"))
        return MentionDraft(
            channel=channel,
            external_id=read_id(self._get_id(cells)) or _made_up_id(author, created_at, text, url),
            kind=self._kind(cells, more, text),
            text=text,
            url=url,
            created_at=created_at,
            author=author,
            **more,
        )

    def _author(self, channel: str, cells: Cells) -> AuthorDraft:
        key = (channel, self._get_handle(cells), *[getter(cells) for getter, _read in self._about_author])
        try:
            return self._authors[key]
        except KeyError:
            # Seen for the first time: made and kept below.
            pass
        except TypeError:
            # A list or object from JSON cannot be a key.
            return self._new_author(key)
        if len(self._authors) >= _AUTHORS_KEPT:
            self._authors.clear()
        author = self._authors[key] = self._new_author(key)
        return author

    def _new_author(self, key: tuple[Any, ...]) -> AuthorDraft:
        channel, handle, *values = key
        wanted = (what for _getter, what in self._about_author)
        about = {name: read(value) for (name, read), value in zip(wanted, values, strict=True)}
        return AuthorDraft(channel=channel, handle=_handle(handle) or _missing(_("there is no author")), **about)

    def _created_at(self, cells: Cells) -> datetime:
        value = self._get_created_at(cells)
        if value is None or value == "":
            _missing(_("there is no time"))
        return self._times.read(value)

    def _edited_at(self, value: object) -> datetime | None:
        try:
            return self._times.read(value) if value else None
        except BadTime:
            # The mention stands without it.
            return None

    def _kind(self, cells: Cells, more: dict[str, Any], text: str) -> str:
        named = self._get_kind(cells)
        if named:
            kind = read_kind(_words(named))
            if kind:
                return kind
        for getter, flagged in self._kind_flags:
            if is_set(getter(cells)):
                return flagged
        if text.startswith("RT @"):
            return "repost"
        if more.get("parent_id"):
            return "reply"
        return "post" if more.get("rating") is None else "review"


def prepare(
    layout: Layout,
    rows: Iterable[Row],
    *,
    zone: ZoneInfo | None = None,
    order: DayOrder | None = None,
    now: datetime,
) -> RowReader:
    """A reader that was tried on the first rows, so that questions come before the first mention goes in.

    The order of day and month is taken from these rows where they show it and `order` does not say.

    Raises:
        TimeQuestion: a person has to say in which zone or order the times were written.
        LayoutRefused: what was taken for the channel names devices.
    """
    tried = [(line, cells) for line, cells in rows if not isinstance(cells, Unreadable)]
    _refuse_devices(layout, tried)
    get_time = _getters(layout)["created_at"]
    order = order or day_order(get_time(cells) for _line, cells in tried)
    reader = RowReader(layout, zone=zone, day_order=order, now=now)
    for line, cells in tried:
        reader.read(line, cells)
    return reader


def _refuse_devices(layout: Layout, tried: list[tuple[int, Cells]]) -> None:
    column = layout.mapping.get("channel")
    if column is None or "rating" in layout.mapping:
        return
    get_channel = cell_getter(column, layout.columns)
    for _line, cells in tried:
        said = _words(get_channel(cells)).strip()
        if said.lower() in _SHOP_OF_DEVICE:
            raise LayoutRefused(
                _(
                    "The column “%(column)s” names devices, such as “%(device)s”, and no channels. Name another one "
                    "with --map channel=COLUMN, or give one channel for all rows with --set channel=NAME.",
                    column=column,
                    device=said,
                )
            )


def _getters(layout: Layout) -> dict[str, _Getter]:
    getters = {ours: cell_getter(theirs, layout.columns) for ours, theirs in layout.mapping.items()}
    return getters | {ours: _always(value) for ours, value in layout.constants.items()}


def _chosen(getters: Mapping[str, _Getter], wanted: Mapping[str, _Wanted]) -> list[tuple[_Getter, _Wanted]]:
    """The wanted columns that the layout has: how to get each, and what was wanted of it."""
    return [(getters[ours], what) for ours, what in wanted.items() if ours in getters]


def _always(value: str) -> _Getter:
    return lambda _cells: value


def _nothing(_cells: Cells) -> None:
    return None


def _words(value: object) -> str:
    return value if isinstance(value, str) else ("" if value is None else str(value))


def _handle(value: object) -> str | None:
    handle = clean_line(value, MAX_NAME_CHARS)
    return (handle.lstrip("@") or None) if handle else None


def _missing(reason: str) -> NoReturn:
    raise BadValue(reason)


def _made_up_id(author: AuthorDraft, created_at: datetime, text: str, url: str | None) -> str:
    """An id for a mention whose channel gave none: the same row has the same one in every import."""
    parts = "\0".join((author.channel, author.handle, created_at.isoformat(), text, url or ""))
    return hashlib.sha256(parts.encode()).hexdigest()[:40]


def _language(value: object) -> str | None:
    return primary_language(value) if isinstance(value, str) else None


# Our column, the field of the draft that it fills, and how its cells are read.
_OPTIONAL: dict[str, tuple[str, _Read]] = {
    "title": ("title", lambda value: clean_line(value, MAX_TITLE_CHARS)),
    "lang": ("lang", _language),
    "origin_host": ("origin_host", lambda value: clean_line(value, MAX_NAME_CHARS)),
    "uri": ("uri", read_id),
    "parent_id": ("parent_id", read_id),
    "parent_author": ("parent_author", _handle),
    "thread_id": ("thread_id", read_id),
    "likes": ("likes", read_count),
    "replies": ("replies", read_count),
    "shares": ("shares", read_count),
    "views": ("views", read_count),
    "rating": ("rating", read_rating),
}
_ABOUT_AUTHOR: dict[str, tuple[str, _Read]] = {
    "author_id": ("external_id", read_id),
    "author_name": ("name", lambda value: clean_line(value, MAX_NAME_CHARS)),
    "author_url": ("url", read_address),
    "author_avatar": ("avatar_url", read_address),
    "author_followers": ("followers", read_count),
    "is_bot": ("is_bot", is_set),
}
