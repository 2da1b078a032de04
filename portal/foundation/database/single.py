"""One statement by itself, handed to the driver in words that were worked out once."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Select


class Single:
    """A statement that asks for at most one row, ready for the driver of one engine.

    SQLAlchemy's own way through costs several times what a small statement does, and every request begins with one.
    """

    def __init__(self, engine: Engine, statement: Select[Any]) -> None:
        self._engine, self._statement = engine, statement
        dialect = engine.dialect
        compiled: Any = statement.compile(dialect=dialect)
        self._words = str(compiled)
        self._order: list[str] | None = compiled.positiontup
        self._out = {
            name: process
            for name, bind in compiled.binds.items()
            if (process := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        # What stands in the statement itself; the rest is given each time.
        self._fixed = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
        self._names = tuple(column.name for column in statement.selected_columns)
        self._in = tuple(
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in statement.selected_columns
        )

    def one(self, values: dict[str, Any]) -> dict[str, Any] | None:
        """The row by its columns' names, or None.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it.
        """
        try:
            connection = self._engine.raw_connection()
            try:
                row = self._ask(connection.driver_connection, values)
            finally:
                connection.close()
        except self._engine.dialect.loaded_dbapi.Error:
            with self._engine.connect() as again:
                return self._as_usual(again, values)
        return self._named(row)

    def one_within(self, connection: Connection, values: dict[str, Any]) -> dict[str, Any] | None:
        """The same in a transaction that is open on this connection.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it.
        """
        try:
            row = self._ask(connection.connection.driver_connection, values)
        except self._engine.dialect.loaded_dbapi.Error:
            return self._as_usual(connection, values)
        return self._named(row)

    def _as_usual(self, connection: Connection, values: dict[str, Any]) -> dict[str, Any] | None:
        # SQLAlchemy knows what each fault means, and which connections it must give up.
        found = connection.execute(self._statement, values).one_or_none()
        return dict(found._mapping) if found else None

    def _ask(self, driver: Any, values: dict[str, Any]) -> Any:
        whole = {**self._fixed, **values}
        given = {name: self._out[name](value) if name in self._out else value for name, value in whole.items()}
        found = driver.execute(self._words, [given[name] for name in self._order] if self._order else given)
        return next(iter(found.fetchall()), None)

    def _named(self, row: Any) -> dict[str, Any] | None:
        if row is None:
            return None
        return {
            name: process(value) if process is not None else value
            for name, process, value in zip(self._names, self._in, row, strict=True)
        }


@lru_cache(maxsize=32)
def single(engine: Engine, statement: Select[Any]) -> Single:
    """The same, worked out once for each engine and statement."""
    return Single(engine, statement)
