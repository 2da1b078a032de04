"""The statements that store one batch, in the driver's own words: their number does not grow with the batch."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection

from portal.foundation.database import ReadOnly, session

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
    "keep_until": "timestamptz",
}  # fmt: skip
AUTHOR_COLUMNS = {
    "channel": "text", "origin_host": "text", "handle_key": "text", "handle": "text", "external_id": "text",
    "name": "text", "url": "text", "followers": "bigint", "is_bot": "bool", "first_seen_at": "timestamptz",
}  # fmt: skip
_MENTION_KEY = "channel, origin_host, external_id"
_AUTHOR_KEY = "channel, origin_host, handle_key"
# SQLite 3.40 computes `IS NOT NULL` wrongly in RETURNING, so the bare column is asked for.
_ON_KNOWN_AUTHOR = f"""
    ON CONFLICT ({_AUTHOR_KEY}) DO UPDATE SET
        handle = excluded.handle,
        external_id = coalesce(excluded.external_id, author.external_id),
        name = coalesce(excluded.name, author.name),
        url = coalesce(excluded.url, author.url),
        followers = coalesce(excluded.followers, author.followers),
        is_bot = author.is_bot OR excluded.is_bot,
        first_seen_at = %(earlier)s(excluded.first_seen_at, author.first_seen_at),
        revision = author.revision + 1
    RETURNING {_AUTHOR_KEY}, id, muted_at"""


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
    def insert_mentions(self, rows: Sequence[Row]) -> dict[MentionKey, int]:
        """Add mentions; gives the ids of those that were new."""

    @abstractmethod
    def insert_matches(self, rows: Sequence[Row]) -> None:
        """Add (mention id, tracker id, words), leaving what stands there already."""

    def _ask(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return list(self._connection.exec_driver_sql(statement, tuple(values)).all())


def open_store() -> Store:
    """The store of the transaction at hand.

    Raises:
        ReadOnly: this work must not change anything.
    """
    current = session()
    if not current.info.get("writing", True):
        raise ReadOnly("a GET request cannot change anything")
    # What the session still holds has to stand before statements that it does not see.
    current.flush()
    connection = current.connection()
    return SqliteStore(connection) if connection.dialect.name == "sqlite" else PostgresStore(connection)


class SqliteStore(Store):
    """SQLite, where a transaction that writes is alone, so that ids can be given out beforehand."""

    def moment(self, value: datetime) -> str:
        """Write UTC wall time, as SQLAlchemy does."""
        if value.tzinfo is not UTC:
            value = value.astimezone(UTC)
        return value.isoformat(" ", "microseconds")[:26]

    def find_known(
        self, keys: Sequence[MentionKey], addresses: Sequence[tuple[str, int]], copies: Sequence[int]
    ) -> Known:
        """Join lists of bound values; they are filled up to a few sizes, for which SQLite keeps its plans."""
        sizes = _size(len(keys)), _size(len(addresses)), _size(len(copies))
        values: list[Any] = []
        for number, (rows, size) in enumerate(zip((keys, addresses, [(key,) for key in copies]), sizes, strict=True)):
            width = (4, 3, 2)[number]
            for place, row in enumerate(rows):
                values.append(place)
                values.extend(row)
            values.extend([None] * (width * (size - len(rows))))
        return _sorted_out(self._ask(_sqlite_find(*sizes), values))

    def upsert_authors(self, rows: Sequence[Row]) -> dict[AuthorKey, tuple[int, bool]]:
        """Write all rows in one statement."""
        if not rows:
            return {}
        size = _size(len(rows))
        values = [value for row in rows for value in row] + [None] * (len(AUTHOR_COLUMNS) * (size - len(rows)))
        found = self._ask(_sqlite_upsert(size), values)
        return {(channel, host, key): (number, muted is not None) for channel, host, key, number, muted in found}

    def insert_mentions(self, rows: Sequence[Row]) -> dict[MentionKey, int]:
        """Give out ids after the highest; nobody else can write until we commit."""
        if not rows:
            return {}
        first = self._ask("SELECT coalesce(max(id), 0) + 1 FROM mention", ())[0][0]
        self._connection.exec_driver_sql(_SQLITE_INSERT, [(number, *row) for number, row in enumerate(rows, first)])
        return {row[:3]: number for number, row in enumerate(rows, first)}

    def insert_matches(self, rows: Sequence[Row]) -> None:
        """Write the rows one after the other, in one call of the driver."""
        if rows:
            sql = "INSERT INTO match (mention_id, tracker_id, terms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            self._connection.exec_driver_sql(sql, list(rows))


_SQLITE_INSERT = (
    f"INSERT INTO mention (id, {', '.join(MENTION_COLUMNS)}) "  # noqa: S608 - only names of our own
    f"VALUES (?, {', '.join('?' * len(MENTION_COLUMNS))})"
)
_SIZES = (0, 10, 100, 1000)


def _size(count: int) -> int:
    return next((size for size in _SIZES if size >= count), count)


@lru_cache(maxsize=128)
def _sqlite_find(keys: int, addresses: int, copies: int) -> str:
    # CROSS JOIN keeps SQLite from walking through the mentions and looking each up in our list.
    parts = [
        f"""SELECT 0, k.column1 FROM ({_values(4, keys)}) k CROSS JOIN mention m
            ON m.channel = k.column2 AND m.origin_host = k.column3 AND m.external_id = k.column4""",  # noqa: S608 - no value is written into it
        f"""SELECT 1, k.column1 FROM ({_values(3, addresses)}) k CROSS JOIN mention m
            ON m.url_key = k.column3 AND m.channel = k.column2""",  # noqa: S608
        f"""SELECT 2, k.column1 FROM ({_values(2, copies)}) k
            WHERE EXISTS (SELECT 1 FROM mention m WHERE m.copy_key = k.column2)""",  # noqa: S608
    ]
    wanted = [part for part, size in zip(parts, (keys, addresses, copies), strict=True) if size]
    return " UNION ALL ".join(wanted) or "SELECT 0, 0 WHERE 0"


@lru_cache(maxsize=16)
def _sqlite_upsert(size: int) -> str:
    columns = ", ".join(AUTHOR_COLUMNS)
    return (
        f"INSERT INTO author ({columns}, is_brand, revision) SELECT *, 0, 1 "  # noqa: S608 - as above
        f"FROM ({_values(len(AUTHOR_COLUMNS), size)}) WHERE column1 IS NOT NULL" + _ON_KNOWN_AUTHOR % {"earlier": "min"}
    )


def _values(width: int, rows: int) -> str:
    row = f"({', '.join('?' * width)})"
    return f"VALUES {', '.join([row] * rows)}"


class PostgresStore(Store):
    """PostgreSQL, which takes whole columns as arrays and says what went in beside other writers."""

    def moment(self, value: datetime) -> datetime:
        """Leave it as it is."""
        return value

    def find_known(
        self, keys: Sequence[MentionKey], addresses: Sequence[tuple[str, int]], copies: Sequence[int]
    ) -> Known:
        """Look each value up by its index; a join could be planned as a walk through the whole table."""
        return _sorted_out(self._ask(_POSTGRES_FIND, [*_columns(keys, 3), *_columns(addresses, 2), list(copies)]))

    def upsert_authors(self, rows: Sequence[Row]) -> dict[AuthorKey, tuple[int, bool]]:
        """Write all rows in one statement."""
        if not rows:
            return {}
        found = self._ask(_POSTGRES_UPSERT, _columns(rows, len(AUTHOR_COLUMNS)))
        return {(channel, host, key): (number, muted is not None) for channel, host, key, number, muted in found}

    def insert_mentions(self, rows: Sequence[Row]) -> dict[MentionKey, int]:
        """Write all rows in one statement; what another writer put there first is not among the answers."""
        if not rows:
            return {}
        found = self._ask(_POSTGRES_INSERT, _columns(rows, len(MENTION_COLUMNS)))
        return {(channel, host, key): number for channel, host, key, number in found}

    def insert_matches(self, rows: Sequence[Row]) -> None:
        """Write all rows in one statement."""
        if rows:
            sql = (
                "INSERT INTO match (mention_id, tracker_id, terms) "
                "SELECT * FROM unnest(%s::bigint[], %s::int[], %s::text[]) ON CONFLICT DO NOTHING"
            )
            self._connection.exec_driver_sql(sql, tuple(_columns(rows, 3)))


def _unnest(types: Iterable[str]) -> str:
    return f"unnest({', '.join(f'%s::{kind}[]' for kind in types)})"


_POSTGRES_FIND = f"""
    SELECT 0, k.place - 1 FROM {_unnest(["text"] * 3)} WITH ORDINALITY AS k(channel, host, key, place)
    WHERE (SELECT true FROM mention m WHERE m.channel = k.channel AND m.origin_host = k.host
           AND m.external_id = k.key LIMIT 1)
    UNION ALL
    SELECT 1, k.place - 1 FROM {_unnest(["text", "bigint"])} WITH ORDINALITY AS k(channel, key, place)
    WHERE (SELECT true FROM mention m WHERE m.url_key = k.key AND m.channel = k.channel LIMIT 1)
    UNION ALL
    SELECT 2, k.place - 1 FROM {_unnest(["bigint"])} WITH ORDINALITY AS k(key, place)
    WHERE (SELECT true FROM mention m WHERE m.copy_key = k.key LIMIT 1)"""  # noqa: S608 - only names of our own
_POSTGRES_UPSERT = (
    f"INSERT INTO author ({', '.join(AUTHOR_COLUMNS)}, is_brand, revision) "  # noqa: S608 - as above
    f"SELECT *, false, 1 FROM {_unnest(AUTHOR_COLUMNS.values())}" + _ON_KNOWN_AUTHOR % {"earlier": "least"}
)
_POSTGRES_INSERT = (
    f"INSERT INTO mention ({', '.join(MENTION_COLUMNS)}) "  # noqa: S608 - as above
    f"SELECT {', '.join(name if name != 'marks' else 'marks::json' for name in MENTION_COLUMNS)} "
    f"FROM {_unnest(MENTION_COLUMNS.values())} AS new({', '.join(MENTION_COLUMNS)}) "
    f"ON CONFLICT ({_MENTION_KEY}) DO NOTHING RETURNING {_MENTION_KEY}, id"
)


def _columns(rows: Sequence[Row], width: int) -> list[list[Any]]:
    """The rows by column, as arrays are given to PostgreSQL."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def _sorted_out(found: Iterable[Any]) -> Known:
    places: tuple[set[int], set[int], set[int]] = (set(), set(), set())
    for which, place in found:
        places[which].add(place)
    return Known(*places)
