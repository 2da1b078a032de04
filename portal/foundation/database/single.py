"""One statement by itself, handed to the driver in words that were worked out once."""

from collections import namedtuple
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Connection, Engine

from portal.foundation.database.lines import lines
from portal.foundation.database.prepared import Prepared

Rows = Sequence[tuple[Any, ...]]


class Single:
    """A statement ready for the driver of one engine.

    SQLAlchemy's own way through costs several times what a small statement does, and every request begins with one.
    """

    def __init__(self, engine: Engine, statement: Any) -> None:
        self._engine, self._statement, self._lines = engine, statement, lines(engine)
        dialect = engine.dialect
        compiled: Any = statement.compile(dialect=dialect)
        given = [name for name, bind in compiled.binds.items() if bind.required]
        # Lists that stand in the statement itself are written out, value by value.
        whole = compiled.construct_expanded_state(dict.fromkeys(given), escape_names=False)
        self._words: str = whole.statement
        self._order: Sequence[str] | None = whole.positiontup
        out = {
            name: process
            for name, bind in compiled.binds.items()
            if (process := bind.type.dialect_impl(dialect).bind_processor(dialect))
        } | dict(whole.processors)
        # What stands in the statement itself; the rest is given each time.
        self._fixed = {
            name: out[name](value) if name in out else value
            for name, value in whole.parameters.items()
            if name not in given
        }
        self._out = [(name, out[name]) for name in given if name in out]
        is_postgresql = dialect.name == "postgresql"
        self.prepared = Prepared(self._words, [*self._fixed, *given]) if is_postgresql else None
        columns = list(statement.exported_columns)
        self._names = tuple(column.name for column in columns)
        read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._in = [(place, process) for place, process in enumerate(read) if process is not None]

    def one(self, values: dict[str, Any]) -> dict[str, Any] | None:
        """The row by its columns' names, or None, from a connection of its own.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it.
        """
        return self.first(self._alone(values))

    def all(self, values: dict[str, Any]) -> list[Any]:
        """The rows, each with its columns by their names, from a connection of its own.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it.
        """
        return self.named(self._alone(values))

    def inside(self, connection: Connection, values: dict[str, Any]) -> Rows:
        """The rows, in a transaction that is open on this connection.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it.
        """
        try:
            return self.ask(connection.connection.driver_connection, values)
        except self._engine.dialect.loaded_dbapi.Error:
            return self._as_usual(connection, values)

    def ask(self, driver: Any, values: dict[str, Any]) -> Rows:
        """The rows, from the driver itself.

        Raises:
            Error: of the driver.
        """
        given = self.given(values)
        found = driver.execute(self._words, [given[name] for name in self._order] if self._order else given)
        return self.read(found.fetchall()) if self._names else ()

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        """All values as the driver takes them."""
        given = {**self._fixed, **values}
        for name, process in self._out:
            given[name] = process(given[name])
        return given

    def read(self, found: Rows) -> Rows:
        """The rows as they are read, of those that the driver gave."""
        if not self._in:
            return found
        rows = [list(row) for row in found]
        for row in rows:
            for place, process in self._in:
                row[place] = process(row[place])
        return [tuple(row) for row in rows]

    def first(self, rows: Rows) -> dict[str, Any] | None:
        """The first of these rows by its columns' names, or None."""
        return dict(zip(self._names, rows[0], strict=True)) if rows else None

    def named(self, rows: Rows) -> list[Any]:
        """The rows, each with its columns by their names."""
        return [self._row(*row) for row in rows]

    @property
    def has_rows(self) -> bool:
        """Whether it gives any rows at all."""
        return bool(self._names)

    def _alone(self, values: dict[str, Any]) -> Rows:
        try:
            line = self._lines.take()
            try:
                found = self._ask_alone(line.driver_connection, values)
            except BaseException:
                line.close()
                raise
            self._lines.give(line)
            return found
        except self._engine.dialect.loaded_dbapi.Error:
            with self._engine.connect() as again:
                return self._as_usual(again, values)

    def _as_usual(self, connection: Connection, values: dict[str, Any]) -> Rows:
        # SQLAlchemy knows what each fault means, and which connections it must give up.
        found = connection.execute(self._statement, values)
        return [tuple(row) for row in found] if self._names else ()

    def _ask_alone(self, driver: Any, values: dict[str, Any]) -> Rows:
        if self.prepared is None or not self._names:
            return self.ask(driver, values)
        return self.read(self.prepared.ask(driver, self.given(values)))

    @cached_property
    def _row(self) -> Any:
        return namedtuple("Row", self._names)


@lru_cache(maxsize=256)
def single(engine: Engine, statement: Any) -> Single:
    """The same, worked out once for each engine and statement."""
    return Single(engine, statement)
