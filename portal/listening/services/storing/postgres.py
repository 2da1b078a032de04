"""One batch into PostgreSQL."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from portal.foundation.database import as_arrays, unnested
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
                as_arrays(keys, _KEY) + as_arrays(addresses, _ADDRESS) + as_arrays([(key,) for key in copies], _COPY),
            )
        )

    def upsert_authors(self, rows: Sequence[Row]) -> dict[AuthorKey, tuple[int, bool]]:
        """Write all rows in one statement."""
        if not rows:
            return {}
        found = self._ask(_POSTGRES_UPSERT, as_arrays(rows, AUTHOR_COLUMNS.values()))
        return {(channel, host, key): (number, muted is not None) for channel, host, key, number, muted in found}

    def insert_mentions(
        self, rows: Sequence[Row], *, meanwhile: Callable[[], None] | None = None
    ) -> dict[MentionKey, int]:
        """Write all rows in one statement; what another writer put there first is not among the answers."""
        if not rows:
            return {}
        values = as_arrays(rows, MENTION_COLUMNS.values())
        if meanwhile is None:
            found = self._ask(_POSTGRES_INSERT, values)
        else:
            # Nobody else uses the connection until the answer is there.
            with ThreadPoolExecutor(1) as waiting:
                asked = waiting.submit(self._ask, _POSTGRES_INSERT, values)
                meanwhile()
                found = asked.result()
        return {(channel, host, key): number for channel, host, key, number in found}

    def insert_matches(self, rows: Sequence[Row]) -> None:
        """Write all rows in one statement."""
        if rows:
            self._connection.exec_driver_sql(_POSTGRES_MATCH, tuple(as_arrays(rows, _MATCH)))


_KEY, _ADDRESS, _COPY = ("text", "text", "text"), ("text", "bigint"), ("bigint",)
_MATCH = ("bigint", "int", "text")
_POSTGRES_FIND = f"""
    SELECT 0, k.place - 1 FROM {unnested(_KEY)} WITH ORDINALITY AS k(channel, host, key, place)
    WHERE (SELECT true FROM mention m WHERE m.channel = k.channel AND m.origin_host = k.host
           AND m.external_id = k.key LIMIT 1)
    UNION ALL
    SELECT 1, k.place - 1 FROM {unnested(_ADDRESS)} WITH ORDINALITY AS k(channel, key, place)
    WHERE (SELECT true FROM mention m WHERE m.url_key = k.key AND m.channel = k.channel LIMIT 1)
    UNION ALL
    SELECT 2, k.place - 1 FROM {unnested(_COPY)} WITH ORDINALITY AS k(key, place)
    WHERE (SELECT true FROM mention m WHERE m.copy_key = k.key LIMIT 1)"""  # noqa: S608 - only names of our own
_ON_KNOWN_AUTHOR = f"""
    ON CONFLICT ({AUTHOR_KEY}) DO UPDATE SET
        handle = excluded.handle,
        external_id = coalesce(excluded.external_id, author.external_id),
        name = coalesce(excluded.name, author.name),
        url = coalesce(excluded.url, author.url),
        followers = coalesce(excluded.followers, author.followers),
        is_bot = author.is_bot OR excluded.is_bot,
        is_unlisted = author.is_unlisted OR excluded.is_unlisted,
        first_seen_at = least(excluded.first_seen_at, author.first_seen_at),
        revision = author.revision + 1
    RETURNING {AUTHOR_KEY}, id, muted_at"""
_POSTGRES_UPSERT = (
    f"INSERT INTO author ({', '.join(AUTHOR_COLUMNS)}, is_brand, revision) "  # noqa: S608 - as above
    f"SELECT *, false, 1 FROM {unnested(AUTHOR_COLUMNS.values())}" + _ON_KNOWN_AUTHOR
)
_POSTGRES_INSERT = (
    f"INSERT INTO mention ({', '.join(MENTION_COLUMNS)}) "  # noqa: S608 - as above
    f"SELECT {', '.join(name if name != 'marks' else 'marks::json' for name in MENTION_COLUMNS)} "
    f"FROM {unnested(MENTION_COLUMNS.values())} AS new({', '.join(MENTION_COLUMNS)}) "
    f"ON CONFLICT ({MENTION_KEY}) DO NOTHING RETURNING {MENTION_KEY}, id"
)
_POSTGRES_MATCH = (
    "INSERT INTO match (mention_id, tracker_id, terms) "  # noqa: S608 - as above
    f"SELECT * FROM {unnested(_MATCH)} ON CONFLICT DO NOTHING"
)
