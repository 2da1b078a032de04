"""One batch into PostgreSQL."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import repeat
from typing import Any

from portal.listening.services.storing.store import (
    AUTHOR_COLUMNS,
    AUTHOR_KEY,
    MENTION_COLUMNS,
    MENTION_KEY,
    AuthorKey,
    Known,
    MentionKey,
    Row,
    Store,
    sorted_out,
)


class PostgresStore(Store):
    """PostgreSQL, which takes whole columns as arrays and says what went in beside other writers."""

    def moment(self, value: datetime) -> str:
        """Write UTC, which sorts as the time does."""
        if value.tzinfo is not UTC:
            value = value.astimezone(UTC)
        return value.isoformat(timespec="microseconds")

    def find_known(
        self, keys: Sequence[MentionKey], addresses: Sequence[tuple[str, int]], copies: Sequence[int]
    ) -> Known:
        """Look each value up by its index; a join could be planned as a walk through the whole table."""
        return sorted_out(
            self._ask(
                _POSTGRES_FIND,
                _arrays(keys, _KEY) + _arrays(addresses, _ADDRESS) + _arrays([(key,) for key in copies], _COPY),
            )
        )

    def upsert_authors(self, rows: Sequence[Row]) -> dict[AuthorKey, tuple[int, bool]]:
        """Write all rows in one statement."""
        if not rows:
            return {}
        found = self._ask(_POSTGRES_UPSERT, _arrays(rows, AUTHOR_COLUMNS.values()))
        return {(channel, host, key): (number, muted is not None) for channel, host, key, number, muted in found}

    def insert_mentions(self, rows: Sequence[Row]) -> dict[MentionKey, int]:
        """Write all rows in one statement; what another writer put there first is not among the answers."""
        if not rows:
            return {}
        found = self._ask(_POSTGRES_INSERT, _arrays(rows, MENTION_COLUMNS.values()))
        return {(channel, host, key): number for channel, host, key, number in found}

    def insert_matches(self, rows: Sequence[Row]) -> None:
        """Write all rows in one statement."""
        if rows:
            self._connection.exec_driver_sql(_POSTGRES_MATCH, tuple(_arrays(rows, _MATCH)))


_KEY, _ADDRESS, _COPY = ("text", "text", "text"), ("text", "bigint"), ("bigint",)
_MATCH = ("bigint", "int", "text")


def _unnest(types: Iterable[str]) -> str:
    return f"unnest({', '.join(f'%s::{kind}[]' for kind in types)})"


_POSTGRES_FIND = f"""
    SELECT 0, k.place - 1 FROM {_unnest(_KEY)} WITH ORDINALITY AS k(channel, host, key, place)
    WHERE (SELECT true FROM mention m WHERE m.channel = k.channel AND m.origin_host = k.host
           AND m.external_id = k.key LIMIT 1)
    UNION ALL
    SELECT 1, k.place - 1 FROM {_unnest(_ADDRESS)} WITH ORDINALITY AS k(channel, key, place)
    WHERE (SELECT true FROM mention m WHERE m.url_key = k.key AND m.channel = k.channel LIMIT 1)
    UNION ALL
    SELECT 2, k.place - 1 FROM {_unnest(_COPY)} WITH ORDINALITY AS k(key, place)
    WHERE (SELECT true FROM mention m WHERE m.copy_key = k.key LIMIT 1)"""  # noqa: S608 - only names of our own
_ON_KNOWN_AUTHOR = f"""
    ON CONFLICT ({AUTHOR_KEY}) DO UPDATE SET
        handle = excluded.handle,
        external_id = coalesce(excluded.external_id, author.external_id),
        name = coalesce(excluded.name, author.name),
        url = coalesce(excluded.url, author.url),
        followers = coalesce(excluded.followers, author.followers),
        is_bot = author.is_bot OR excluded.is_bot,
        first_seen_at = least(excluded.first_seen_at, author.first_seen_at),
        revision = author.revision + 1
    RETURNING {AUTHOR_KEY}, id, muted_at"""
_POSTGRES_UPSERT = (
    f"INSERT INTO author ({', '.join(AUTHOR_COLUMNS)}, is_brand, revision) "  # noqa: S608 - as above
    f"SELECT *, false, 1 FROM {_unnest(AUTHOR_COLUMNS.values())}" + _ON_KNOWN_AUTHOR
)
_POSTGRES_INSERT = (
    f"INSERT INTO mention ({', '.join(MENTION_COLUMNS)}) "  # noqa: S608 - as above
    f"SELECT {', '.join(name if name != 'marks' else 'marks::json' for name in MENTION_COLUMNS)} "
    f"FROM {_unnest(MENTION_COLUMNS.values())} AS new({', '.join(MENTION_COLUMNS)}) "
    f"ON CONFLICT ({MENTION_KEY}) DO NOTHING RETURNING {MENTION_KEY}, id"
)
_POSTGRES_MATCH = (
    "INSERT INTO match (mention_id, tracker_id, terms) "  # noqa: S608 - as above
    f"SELECT * FROM {_unnest(_MATCH)} ON CONFLICT DO NOTHING"
)


def _arrays(rows: Sequence[Row], types: Iterable[str]) -> list[str]:
    """The rows by column, each as PostgreSQL writes an array.

    The driver would write lists item by item, each through its own classes; in a take-in that cost as much as the
    statements themselves. Format: the array input of PostgreSQL's manual, 8.15.6.
    """
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else repeat(())
    return [f"{{{','.join(_items(column, kind))}}}" for column, kind in zip(columns, types, strict=False)]


def _items(column: Sequence[Any], kind: str) -> list[str]:
    if column.count(None) == len(column):
        return ["NULL"] * len(column)
    if kind == "text":
        return ["NULL" if value is None else _quoted(value) for value in column]
    return ["NULL" if value is None else str(value) for value in column]


def _quoted(value: str) -> str:
    if "\\" in value or '"' in value:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'
