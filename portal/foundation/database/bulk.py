"""Many values in one statement: lists of ids, and whole rows as PostgreSQL writes arrays."""

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Text, bindparam, cast, func, literal, select, text

from portal.foundation.database.tables import Base
from portal.foundation.database.work import database, session


def among(wanted: Any, numbers: Collection[int]) -> ColumnElement[bool]:
    """Whether a column holds one of these numbers, which are one bound value, however many they are.

    A thousand values of their own cost more to write into a statement than the database takes to answer it.
    """
    return _among(wanted, literal(as_one(numbers), Text))


def among_given(wanted: Any, name: str) -> ColumnElement[bool]:
    """The same for a statement that is built once: `as_one` of the numbers is given under this name each time."""
    return _among(wanted, bindparam(name, type_=Text()))


def as_one(numbers: Collection[int]) -> str:
    """Numbers as the one value that a list of them is given as."""
    return f"{{{','.join(map(str, numbers))}}}" if _is_postgresql() else json.dumps(list(numbers))


def _among(wanted: Any, given: ColumnElement[str]) -> ColumnElement[bool]:
    if _is_postgresql():
        # As rows: a plan that is kept for any list would compare each row of the table with each number.
        rows = select(func.unnest(cast(given, ARRAY(BigInteger))))
    else:
        rows = select(func.json_each(given).table_valued("value").c.value)
    is_among: ColumnElement[bool] = wanted.in_(rows)
    return is_among


def count_anew(*tables: type[Base]) -> None:
    """Let PostgreSQL know now how much stands in these tables; for whoever has just filled them.

    By itself it counts within a minute. Until then it takes a new table for one in which all rows are alike, and reads
    whole tables for every thousand rows that it is asked for. SQLite plans by its indexes alone.
    """
    if _is_postgresql():
        session().execute(text(f"ANALYZE {', '.join(table.__tablename__ for table in tables)}"))


def _is_postgresql() -> bool:
    return database.engine.dialect.name == "postgresql"


def unnested(types: Iterable[str]) -> str:
    """The rows of a statement whose values are the columns that `as_arrays` gives, of these types."""
    return f"unnest({', '.join(f'%s::{kind}[]' for kind in types)})"


def as_arrays(rows: Sequence[Sequence[Any]], types: Iterable[str]) -> list[str]:
    """Rows by column, each as PostgreSQL writes an array; times have to be text already.

    The driver would write lists item by item, each through its own classes; in a take-in that cost as much as the
    statements themselves. Format: the array input of PostgreSQL's manual, 8.15.6.

    Args:
        rows: all of one width.
        types: of each column; `text` and `json` are quoted.
    """
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else repeat(())
    return [f"{{{_items(values, kind)}}}" for values, kind in zip(columns, types, strict=False)]


def _items(values: Sequence[Any], kind: str) -> str:
    missing = values.count(None)
    if missing == len(values):
        return ",".join(["NULL"] * missing)
    if kind not in {"text", "json"}:
        return ",".join(["NULL" if value is None else str(value) for value in values] if missing else map(str, values))
    if not missing:
        # A column at once; no text that PostgreSQL takes holds the sign in between.
        whole = _BETWEEN.join(values)
        if whole.count(_BETWEEN) == len(values) - 1:
            return f'"{_escaped(whole).replace(_BETWEEN, _NEXT)}"'
    return ",".join(["NULL" if value is None else f'"{_escaped(value)}"' for value in values])


_BETWEEN, _NEXT = "\0", '","'


def _escaped(words: str) -> str:
    if "\\" in words or '"' in words:
        return words.replace("\\", "\\\\").replace('"', '\\"')
    return words
