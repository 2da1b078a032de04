"""The statements that store one batch, in the driver's own words: their number does not grow with the batch."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection

from portal.foundation.database import raised_once

MentionKey: TypeAlias = tuple[str, str, str]
AuthorKey: TypeAlias = tuple[str, str, str]
Row: TypeAlias = tuple[Any, ...]

MENTION_COLUMNS = {
    "channel": "text", "origin_host": "text", "external_id": "text", "author_id": "bigint", "kind": "text",
    "title": "text", "text": "text", "url": "text", "created_at": "timestamptz", "first_seen_at": "timestamptz",
    "lang": "text", "likes": "bigint", "replies": "bigint", "shares": "bigint", "views": "bigint",
    "rating": "float8", "parent_id": "text", "parent_author": "text", "thread_id": "text", "url_key": "bigint",
    "copy_key": "bigint", "is_copy": "bool", "tone": "float8", "is_question": "bool", "is_suggestion": "bool",
    "is_creation": "bool", "marks": "text", "source_id": "bigint", "import_id": "bigint",
    "keep_until": "timestamptz", "links": "text",
}  # fmt: skip
AUTHOR_COLUMNS = {
    "channel": "text", "origin_host": "text", "handle_key": "text", "handle": "text", "external_id": "text",
    "name": "text", "url": "text", "followers": "bigint", "is_bot": "bool", "is_unlisted": "bool",
    "first_seen_at": "timestamptz",
}  # fmt: skip
MENTION_KEY = "channel, origin_host, external_id"
AUTHOR_KEY = "channel, origin_host, handle_key"


@dataclass(frozen=True, slots=True)
class Known:
    """What of a batch stands in the database already, by its place in the lists that were asked about."""

    keys: set[int]
    addresses: set[int]
    copies: set[int]


class Store(ABC):
    """One batch's way into the tables, within the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def as_batch(self) -> AbstractContextManager[None]:
        """A block in which what is written tells the shared parts of pages once that it changed."""
        return raised_once(self._connection, "author", "mention", "match", "stream_due")

    @abstractmethod
    def moment(self, value: datetime) -> Any:
        """A time as this driver writes it."""

    @abstractmethod
    def find_known(
        self, keys: Sequence[MentionKey], addresses: Sequence[tuple[str, int]], copies: Sequence[int]
    ) -> Known:
        """Ask about mentions by key, articles by channel and address key, and texts by copy key, at once."""

    @abstractmethod
    def upsert_authors(self, rows: Sequence[Row]) -> dict[AuthorKey, tuple[int, bool]]:
        """Add authors or what is new about them; gives each one's id and whether they are muted."""

    @abstractmethod
    def insert_mentions(
        self, rows: Sequence[Row], *, meanwhile: Callable[[], None] | None = None
    ) -> dict[MentionKey, int]:
        """Add mentions; gives the ids of those that were new.

        Args:
            rows: as the columns are.
            meanwhile: is called while another process writes them, if one does.
        """

    @abstractmethod
    def insert_matches(self, rows: Sequence[Row]) -> None:
        """Add (mention id, tracker id, words), leaving what stands there already."""

    def _ask(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self._connection.exec_driver_sql(statement, tuple(values)) as result:
            # The driver's own tuples: rows that know their columns would cost as much as the statement.
            return list(result.cursor.fetchall()) if result.cursor else []


def sorted_out(found: Iterable[Any]) -> Known:
    places: tuple[set[int], set[int], set[int]] = (set(), set(), set())
    for which, place in found:
        places[which].add(place)
    return Known(*places)
