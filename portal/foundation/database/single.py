"""One statement by itself, handed to the driver in words that were worked out once."""

from collections import namedtuple
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Connection, Engine

_Rows = Sequence[tuple[Any, ...]]


class Single:
    """A statement ready for the driver of one engine.

    SQLAlchemy's own way through costs several times what a small statement does, and every request begins with one.
    """

    def __init__(self, engine: Engine, statement: Any) -> None:
        self._engine, self._statement = engine, statement
        dialect = engine.dialect
        compiled: Any = statement.compile(dialect=dialect)
        given = [name for name, bind in compiled.binds.items() if bind.required]
        # Lists that stand in the statement itself are written out, value by value.
        whole = compiled.construct_expanded_state(dict.fromkeys(given), escape_names=False)
        self._words: str = whole.statement
        self._order: Sequence[str] | None = whole.positiontup
        self._out = {
            name: process
            for name, bind in compiled.binds.items()
            if (process := bind.type.dialect_impl(dialect).bind_processor(dialect))
        } | dict(whole.processors)
        # What stands in the statement itself; the rest is given each time.
        self._fixed = {name: value for name, value in whole.parameters.items() if name not in given}
        columns = list(statement.exported_columns)
        self._names = tuple(column.name for column in columns)
        self._in = tuple(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)

    def one(self, values: dict[str, Any]) -> dict[str, Any] | None:
        """The row by its columns' names, or None, from a connection of its own.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it.
        """
        return self._first(self._alone(values))

    def all(self, values: dict[str, Any]) -> list[Any]:
        """The rows, each with its columns by their names, from a connection of its own.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it.
        """
        return [self._row(*row) for row in self._alone(values)]

    def one_within(self, connection: Connection, values: dict[str, Any]) -> dict[str, Any] | None:
        """What `one` gives, in a transaction that is open on this connection.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it.
        """
        return self._first(self._inside(connection, values))

    def all_within(self, connection: Connection, values: dict[str, Any]) -> list[Any]:
        """What `all` gives, in a transaction that is open on this connection.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it.
        """
        return [self._row(*row) for row in self._inside(connection, values)]

    def _alone(self, values: dict[str, Any]) -> _Rows:
        try:
            connection = self._engine.raw_connection()
            try:
                return self._ask(connection.driver_connection, values)
            finally:
                connection.close()
        except self._engine.dialect.loaded_dbapi.Error:
            with self._engine.connect() as again:
                return self._as_usual(again, values)

    def _inside(self, connection: Connection, values: dict[str, Any]) -> _Rows:
        try:
            return self._ask(connection.connection.driver_connection, values)
        except self._engine.dialect.loaded_dbapi.Error:
            return self._as_usual(connection, values)

    def _as_usual(self, connection: Connection, values: dict[str, Any]) -> _Rows:
        # SQLAlchemy knows what each fault means, and which connections it must give up.
        found = connection.execute(self._statement, values)
        return [tuple(row) for row in found] if self._names else ()

    def _ask(self, driver: Any, values: dict[str, Any]) -> _Rows:
        whole = {**self._fixed, **values}
        given = {name: self._out[name](value) if name in self._out else value for name, value in whole.items()}
        found = driver.execute(self._words, [given[name] for name in self._order] if self._order else given)
        if not self._names:
            return ()
        return [
            tuple(value if process is None else process(value) for process, value in zip(self._in, row, strict=True))
            for row in found.fetchall()
        ]

    def _first(self, rows: _Rows) -> dict[str, Any] | None:
        return dict(zip(self._names, rows[0], strict=True)) if rows else None

    @cached_property
    def _row(self) -> Any:
        return namedtuple("Row", self._names)


@lru_cache(maxsize=256)
def single(engine: Engine, statement: Any) -> Single:
    """The same, worked out once for each engine and statement."""
    return Single(engine, statement)
