"""One batch into SQLite."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from portal.listening.services.storing.store import (
    AUTHOR_COLUMNS,
    MENTION_COLUMNS,
    AuthorKey,
    Known,
    MentionKey,
    Row,
    Store,
    sorted_out,
)


class SqliteStore(Store):
    """SQLite, where a transaction that writes is alone, so that ids can be given out beforehand."""

    def moment(self, value: datetime) -> str:
        """Write UTC wall time, as SQLAlchemy does."""
        if value.tzinfo is not UTC:
            value = value.astimezone(UTC)
        day, time = (value.year, value.month, value.day), (value.hour, value.minute, value.second, value.microsecond)
        return _MOMENT % (day + time)

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
            values.extend([_NOBODY] * (width * (size - len(rows))))
        return sorted_out(self._ask(_sqlite_find(*sizes), values))

    def upsert_authors(self, rows: Sequence[Row]) -> dict[AuthorKey, tuple[int, bool]]:
        """Look for all, then add the new, change those who changed, and count on the rest.

        Three small statements cost less here than one upsert, which writes every column and answers by row.
        """
        if not rows:
            return {}
        values: list[Any] = []
        for place, row in enumerate(rows):
            values += (place, row[0], row[1], row[2])
        size = _size(len(rows))
        found = self._ask(_sqlite_authors(size), values + [_NOBODY] * (4 * (size - len(rows))))
        authors: dict[AuthorKey, tuple[int, bool]] = {}
        same: list[int] = []
        changed: list[Row] = []
        for stored in found:
            row, number = rows[stored[0]], stored[1]
            authors[row[:3]] = (number, stored[2] is not None)
            if row[3:10] == stored[3:10] and stored[10] <= row[10]:
                same.append(number)
            else:
                changed.append((*row[3:], number))
        self._count_on(same)
        if changed:
            self._connection.exec_driver_sql(_SQLITE_CHANGE, changed)
        fresh = [row for row in rows if row[:3] not in authors]
        if fresh:
            first = self._ask("SELECT coalesce(max(id), 0) + 1 FROM author", ())[0][0]
            self._insert("author", _NEW_AUTHOR, [(*row, 0, 1) for row in fresh], first)
            authors.update({row[:3]: (number, False) for number, row in enumerate(fresh, first)})
        return authors

    def _count_on(self, ids: list[int]) -> None:
        if ids:
            size = _size(len(ids))
            self._connection.exec_driver_sql(_sqlite_count_on(size), tuple(ids + [0] * (size - len(ids))))

    def insert_mentions(
        self, rows: Sequence[Row], *, meanwhile: Callable[[], None] | None = None
    ) -> dict[MentionKey, int]:
        """Give out ids after the highest; nobody else can write until we commit."""
        if not rows:
            return {}
        first = self._ask("SELECT coalesce(max(id), 0) + 1 FROM mention", ())[0][0]
        self._insert("mention", MENTION_COLUMNS, rows, first)
        return {row[:3]: number for number, row in enumerate(rows, first)}

    def insert_matches(self, rows: Sequence[Row]) -> None:
        """Write them as they come."""
        self._insert("match", _MATCH, rows)

    def _insert(self, table: str, columns: Mapping[str, str], rows: Sequence[Row], first: int | None = None) -> None:
        """Write rows in statements of many: a table that has triggers costs SQLite a journal for each statement.

        Columns in which no row says anything stay out, and truths go in as numbers: for each value that is neither
        text nor a number the driver looks for something that could turn it into one, which costs as much as storing it.

        Args:
            table: where to.
            columns: their names and types.
            rows: as the columns are.
            first: the id of the first row, from which the others count on; None for a table that has other keys.
        """
        if not rows:
            return
        held: dict[str, Iterable[Any]] = {} if first is None else {"id": range(first, first + len(rows))}
        for (name, kind), values in zip(columns.items(), zip(*rows, strict=True), strict=True):
            if values.count(None) < len(rows):
                held[name] = map(int, values) if kind == "bool" else values
        names, given = tuple(held), tuple(chain.from_iterable(zip(*held.values(), strict=True)))
        begin = 0
        for size in _AT_ONCE:
            count = size * len(names)
            while len(given) - begin >= count:
                self._connection.exec_driver_sql(_sqlite_insert(table, names, size), given[begin : begin + count])
                begin += count


_NEW_AUTHOR = AUTHOR_COLUMNS | {"is_brand": "bool", "revision": "bigint"}
_MATCH = {"mention_id": "bigint", "tracker_id": "int", "terms": "text"}
# Of 31 columns two hundred and fifty rows stay far below the bound values that SQLite takes (32,766).
_AT_ONCE = (250, 50, 10, 1)
# In two thirds of the time that `isoformat` takes.
_MOMENT = "%04d-%02d-%02d %02d:%02d:%02d.%06d"
_SIZES = (0, 10, 100, 1000)
# No channel, id or number is empty.
_NOBODY = ""


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
def _sqlite_authors(size: int) -> str:
    about = ", ".join(f"a.{name}" for name in [*AUTHOR_COLUMNS][3:])
    return (
        f"SELECT k.column1, a.id, a.muted_at, {about} FROM ({_values(4, size)}) k "  # noqa: S608 - as above
        "CROSS JOIN author a ON a.channel = k.column2 AND a.origin_host = k.column3 AND a.handle_key = k.column4"
    )


@lru_cache(maxsize=16)
def _sqlite_count_on(size: int) -> str:
    return f"UPDATE author SET revision = revision + 1 WHERE id IN ({', '.join('?' * size)})"  # noqa: S608


_SQLITE_CHANGE = """
    UPDATE author SET
        handle = ?, external_id = coalesce(?, external_id), name = coalesce(?, name), url = coalesce(?, url),
        followers = coalesce(?, followers), is_bot = is_bot OR ?, is_unlisted = is_unlisted OR ?,
        first_seen_at = min(?, first_seen_at), revision = revision + 1
    WHERE id = ?"""


@lru_cache(maxsize=16)
def _sqlite_insert(table: str, columns: tuple[str, ...], rows: int) -> str:
    values = _values(len(columns), rows)
    return f"INSERT INTO {table} ({', '.join(columns)}) {values} ON CONFLICT DO NOTHING"


def _values(width: int, rows: int) -> str:
    row = f"({', '.join('?' * width)})"
    return f"VALUES {', '.join([row] * rows)}"
