"""A statement that a server of PostgreSQL knows by a name, asked for without a cursor."""

from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus

_number = count(1)


class Prepared:
    """One statement; each connection is told it before it is first asked for there.

    A cursor takes four times as long for a row: it reads the words anew, and looks whether it has seen them before.
    """

    def __init__(self, words: str, names: list[str]) -> None:
        """Take a statement with its values by name, as `%(name)s`; some may not stand in it."""
        self._names = [name for name in names if f"%({name})s" in words]
        # Each stands in it as text, which the server reads as what the statement says it is.
        self._formats = [PyFormat.TEXT] * len(self._names)
        self._words = (words % {name: f"${place}" for place, name in enumerate(self._names, 1)}).encode()
        self._name = f"heard_{next(_number)}".encode()
        self._known: WeakKeyDictionary[psycopg.Connection[Any], Any] = WeakKeyDictionary()

    def ask(self, driver: psycopg.Connection[Any], values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The rows for these values, from a connection that nobody else uses meanwhile.

        Raises:
            psycopg.Error: the server refused, or is gone.
        """
        known = self._known.get(driver) or self._prepare(driver)
        given = known.dump_sequence([values[name] for name in self._names], self._formats)
        found = driver.pgconn.exec_prepared(self._name, given)
        if found.status != ExecStatus.TUPLES_OK:
            raise psycopg.OperationalError(found.get_error_message())
        known.set_pgresult(found)
        rows: list[tuple[Any, ...]] = known.load_rows(0, found.ntuples, tuple)
        return rows

    def _prepare(self, driver: psycopg.Connection[Any]) -> Any:
        told = driver.pgconn.prepare(self._name, self._words)
        if told.status != ExecStatus.COMMAND_OK:
            raise psycopg.OperationalError(told.get_error_message())
        known = self._known[driver] = Transformer(driver)
        return known
