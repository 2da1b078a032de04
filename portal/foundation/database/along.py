"""Small values that the frame of every page shows, read along in the statement that each request begins with."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.sql.elements import Label

from portal.foundation.database.work import is_reading, notes, read_one

_PREFIX = "along_"
_values: dict[str, Select[Any]] = {}


def add_along(name: str, value: Select[Any]) -> None:
    """Have this value read with each request: one column of at most one row, found by an index."""
    _values[name] = value


def along_columns() -> list[Label[Any]]:
    """The values as columns, for the one statement that each request begins with."""
    return [value.scalar_subquery().label(_PREFIX + name) for name, value in _values.items()]


def note_along(row: dict[str, Any]) -> dict[str, Any]:
    """Remember the values among these columns for this piece of work; what is left are the other columns."""
    found = {name: row.pop(_PREFIX + name) for name in _values if _PREFIX + name in row}
    notes()["along"] = found
    return row


def read_along(*names: str) -> list[Any]:
    """These values as they stood when the request began; whoever writes reads them anew each time."""
    known = notes().get("along", {}) if is_reading() else {}
    if not known.keys() >= set(names):
        note_along(read_one(_asking(tuple(_values)), {}) or {})
        known = notes()["along"]
    return [known[name] for name in names]


@lru_cache(maxsize=4)
def _asking(_names: tuple[str, ...]) -> Select[Any]:
    return select(*along_columns())
