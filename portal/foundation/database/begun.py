"""A transaction that begins without a session: what is two statements needs none, and it costs as much as they do."""

from typing import Any

from sqlalchemy import Connection, Engine, Transaction
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.foundation.database.lines import lines
from portal.foundation.database.prepared import Prepared, ask_together
from portal.foundation.database.single import Rows, Single
from portal.foundation.database.turns import begin_writing

_BEGIN, _COMMIT = Prepared("BEGIN", []), Prepared("COMMIT", [])


class Begun:
    """A transaction on a connection of its own, or in tests a part of the one that is open.

    On PostgreSQL what gives no rows waits for what does, or for the end, and they take one trip together.
    """

    def __init__(self, bound: Engine | Connection) -> None:
        """Begin it.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it.
        """
        self._engine = bound.engine
        self._is_sqlite = self._engine.dialect.name == "sqlite"
        self._line = lines(bound).take() if isinstance(bound, Engine) else None
        self._driver: Any = self._line.driver_connection if self._line is not None else None
        self._connection = bound if isinstance(bound, Connection) else None
        self._part: Transaction | None = self._connection.begin_nested() if self._connection is not None else None
        self._waiting: list[tuple[Prepared, dict[str, Any]]] = []
        if self._line is not None:
            self._begin()

    def run(self, statement: Single, values: dict[str, Any]) -> Rows:
        """The rows that a statement gives.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it; for what gives no rows it may come later.
        """
        if self._connection is not None:
            return statement.inside(self._connection, values)
        try:
            if statement.prepared is None:
                return statement.ask(self._driver, values)
            self._waiting.append((statement.prepared, statement.given(values)))
            return statement.read(self._send()) if statement.has_rows else ()
        except self._engine.dialect.loaded_dbapi.Error as problem:
            raise self._known(problem) from problem

    def session(self) -> Session:
        """A session that works in it; what it commits stands when this ends.

        Raises:
            DBAPIError: what waited for it was refused.
        """
        if self._connection is None:
            try:
                self._send()
            except self._engine.dialect.loaded_dbapi.Error as problem:
                raise self._known(problem) from problem
            self._connection = Connection(self._engine, self._line)
            self._part = self._connection.begin()
        return Session(self._connection, expire_on_commit=False, join_transaction_mode="rollback_only")

    def end(self, *, commit: bool) -> None:
        """Commit it or take it back; either way it is over.

        Raises:
            DBAPIError: as SQLAlchemy would have raised it; nothing is committed.
        """
        if self._part is None:
            self._end_alone(commit=commit)
            return
        try:
            if self._part.is_active:
                self._part.commit() if commit else self._part.rollback()
        finally:
            if self._line is not None and self._connection is not None:
                self._connection.close()

    def _begin(self) -> None:
        if not self._is_sqlite:
            self._waiting.append((_BEGIN, {}))
            return
        try:
            begin_writing(self._driver)
        except self._engine.dialect.loaded_dbapi.Error as problem:
            self._give_up()
            raise self._known(problem) from problem

    def _send(self) -> Rows:
        asked, self._waiting = self._waiting, []
        return ask_together(self._driver, asked) if asked else ()

    def _end_alone(self, *, commit: bool) -> None:
        try:
            if commit and not self._is_sqlite:
                self._waiting.append((_COMMIT, {}))
                self._send()
            elif commit:
                self._driver.commit()
            else:
                self._driver.rollback()
        except self._engine.dialect.loaded_dbapi.Error as problem:
            self._give_up()
            # What cannot be taken back any more is gone with its connection.
            if commit:
                raise self._known(problem) from problem
            return
        if self._line is not None:
            lines(self._engine).give(self._line)

    def _give_up(self) -> None:
        # The pool takes back what was done, and leaves what cannot be mended.
        if self._line is not None:
            self._line.close()

    def _known(self, problem: Exception) -> Exception:
        """A fault of the driver as SQLAlchemy names it; without the values, which are people's words and keys."""
        dialect = self._engine.dialect
        return DBAPIError.instance(
            None, None, problem, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
        )  # type: ignore[return-value]
