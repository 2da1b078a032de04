"""One batch into PostgreSQL."""

from collections.abc import Iterable, Sequence
from datetime import datetime
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

    def moment(self, value: datetime) -> datetime:
        """Leave it as it is."""
        return value

    def find_known(
        self, keys: Sequence[MentionKey], addresses: Sequence[tuple[str, int]], copies: Sequence[int]
    ) -> Known:
        """Look each value up by its index; a join could be planned as a walk through the whole table."""
        return sorted_out(self._ask(_POSTGRES_FIND, [*_columns(keys, 3), *_columns(addresses, 2), list(copies)]))

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


def _columns(rows: Sequence[Row], width: int) -> list[list[Any]]:
    """The rows by column, as arrays are given to PostgreSQL."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
