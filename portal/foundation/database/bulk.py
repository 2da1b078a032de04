"""Many values in one statement: lists of ids, and whole rows as PostgreSQL writes arrays."""

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Text, cast, func, literal, select

from portal.foundation.database.work import session


def among(wanted: Any, numbers: Collection[int]) -> ColumnElement[bool]:
    """Whether a column holds one of these numbers, which are one bound value, however many they are.

    A thousand values of their own cost more to write into a statement than the database takes to answer it.
    """
    if session().connection().dialect.name == "postgresql":
        # As rows: a plan that is kept for any list would compare each row of the table with each number.
        rows = select(func.unnest(cast(literal(f"{{{','.join(map(str, numbers))}}}", Text), ARRAY(BigInteger))))
    else:
        rows = select(func.json_each(json.dumps(list(numbers))).table_valued("value").c.value)
    is_among: ColumnElement[bool] = wanted.in_(rows)
    return is_among


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
    return [f"{{{','.join(_items(values, kind))}}}" for values, kind in zip(columns, types, strict=False)]


def _items(values: Sequence[Any], kind: str) -> list[str]:
    if values.count(None) == len(values):
        return ["NULL"] * len(values)
    if kind in {"text", "json"}:
        return ["NULL" if value is None else _quoted(value) for value in values]
    return ["NULL" if value is None else str(value) for value in values]


def _quoted(value: str) -> str:
    if "\\" in value or '"' in value:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'
