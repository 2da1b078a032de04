"""Statements that a server of PostgreSQL knows by a name, asked for without a cursor, alone or several together."""

from collections.abc import Sequence
from itertools import count
from select import POLLIN, POLLOUT, poll
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus

_Rows = list[tuple[Any, ...]]

_number = count(1)
_WENT_WELL = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


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

    def ask(self, driver: psycopg.Connection[Any], values: dict[str, Any]) -> _Rows:
        """The rows for these values, from a connection that nobody else uses meanwhile.

        Raises:
            psycopg.Error: the server refused, or is gone.
        """
        found = driver.pgconn.exec_prepared(self._name, self.given(driver, values))
        if found.status != ExecStatus.TUPLES_OK:
            raise psycopg.OperationalError(found.get_error_message())
        return self.rows(driver, found)

    def given(self, driver: psycopg.Connection[Any], values: dict[str, Any]) -> Any:
        """The values as they are sent there; from now on the server knows the statement."""
        known = self._known.get(driver) or self._prepare(driver)
        return known.dump_sequence([values[name] for name in self._names], self._formats)

    def send(self, driver: psycopg.Connection[Any], given: Any) -> None:
        """Ask for it among others, without waiting."""
        driver.pgconn.send_query_prepared(self._name, given)

    def rows(self, driver: psycopg.Connection[Any], found: Any) -> _Rows:
        """What the server gave."""
        known = self._known[driver]
        known.set_pgresult(found)
        return known.load_rows(0, found.ntuples, tuple)  # type: ignore[no-any-return]

    def _prepare(self, driver: psycopg.Connection[Any]) -> Any:
        told = driver.pgconn.prepare(self._name, self._words)
        if told.status != ExecStatus.COMMAND_OK:
            raise psycopg.OperationalError(told.get_error_message())
        known = self._known[driver] = Transformer(driver)
        return known


def ask_together(driver: psycopg.Connection[Any], asked: Sequence[tuple[Prepared, dict[str, Any]]]) -> _Rows:
    """The rows of the last of these statements, all sent in one trip; what follows one that fails is not done.

    Each trip wakes the server and then us, which on a busy machine takes longer than a small statement.

    Raises:
        psycopg.Error: the server refused one of them, or is gone.
    """
    given = [prepared.given(driver, values) for prepared, values in asked]
    server = driver.pgconn
    server.enter_pipeline_mode()
    for (prepared, _values), words in zip(asked, given, strict=True):
        prepared.send(driver, words)
    server.pipeline_sync()
    found = _results(server)
    server.exit_pipeline_mode()
    for result in found:
        if result.status not in _WENT_WELL:
            raise psycopg.errors.error_from_result(result)
    return asked[-1][0].rows(driver, found[-1])


def _results(server: Any) -> list[Any]:
    """What came back, up to the end of the trip."""
    waiting, found = poll(), list[Any]()
    waiting.register(server.socket, POLLIN | POLLOUT)
    while server.flush():
        waiting.poll()
        server.consume_input()
    waiting.modify(server.socket, POLLIN)
    while True:
        while server.is_busy():
            waiting.poll()
            server.consume_input()
        result = server.get_result()
        if result is not None and result.status == ExecStatus.PIPELINE_SYNC:
            return found
        if result is not None:
            found.append(result)
        elif server.status:
            raise psycopg.OperationalError("the server is gone")
