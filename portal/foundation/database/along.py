"""Small values that the frame of every page shows, read along in the statement that each request begins with."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, literal, select, true

from portal.foundation.database.work import is_reading, notes, read_one

_PREFIX = "along_"
_rows: dict[tuple[str, ...], Select[Any]] = {}


def add_along(row: Select[Any]) -> None:
    """Have this row read with each request, by the names of its columns: at most one, found by an index."""
    _rows[tuple(row.selected_columns.keys())] = row


def read_beside(start: FromClause) -> tuple[FromClause, list[ColumnElement[Any]]]:
    """What a statement reads from, with these rows beside it, and their columns; what is not there has no value."""
    columns: list[ColumnElement[Any]] = []
    for number, row in enumerate(_rows.values()):
        beside = row.subquery(f"{_PREFIX}{number}")
        start = start.outerjoin(beside, true())
        columns += [column.label(_PREFIX + column.key) for column in beside.c]
    return start, columns


def note_along(row: dict[str, Any]) -> dict[str, Any]:
    """Remember the values among these columns for this piece of work; what is left are the other columns."""
    notes()["along"] = {name: row.pop(_PREFIX + name) for names in _rows for name in names if _PREFIX + name in row}
    return row


def read_along(*names: str) -> list[Any]:
    """These values as they stood when the request began; whoever writes reads them anew each time."""
    known = notes().get("along", {}) if is_reading() else {}
    if not known.keys() >= set(names):
        note_along(read_one(_asking(tuple(_rows)), {}) or {})
        known = notes()["along"]
    return [known[name] for name in names]


@lru_cache(maxsize=4)
def _asking(_names: tuple[tuple[str, ...], ...]) -> Select[Any]:
    one = select(literal(1).label("one")).subquery("one")
    start, columns = read_beside(one)
    return select(*columns).select_from(start)
