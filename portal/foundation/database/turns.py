"""Whose turn it is to write on SQLite, which has one writer at a time."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

# How long a writer waits for its turn, in seconds, before it gives up.
PATIENCE_S = 10.0
# How long whoever is next sleeps before it asks again.
PAUSE_S = 0.0003


def begin_writing(driver: Any) -> None:
    """Begin a transaction that writes, as soon as no other does.

    SQLite's own way of waiting asks more and more seldom, up to ten times a second: under many writers those who have
    waited longest are overtaken by whoever comes just then. Here they stand in a line, threads and processes alike,
    and only the first in it asks.

    Raises:
        sqlite3.OperationalError: another held the database for longer than `PATIENCE_S`.
    """
    start = monotonic()
    driver.execute("PRAGMA busy_timeout=0")
    try:
        with _in_line(driver):
            _ask_until_free(driver, start + PATIENCE_S)
    finally:
        driver.execute(f"PRAGMA busy_timeout={PATIENCE_S * 1000:.0f}")


@contextmanager
def in_turn(driver: Any) -> Iterator[None]:
    """The turn to write, for what SQLite does by itself: none of ours writes until the block ends.

    Raises:
        sqlite3.OperationalError: another held the database for longer than `PATIENCE_S`.
    """
    with _in_line(driver):
        _ask_until_free(driver, monotonic() + PATIENCE_S)
        driver.execute("ROLLBACK")
        yield


def _ask_until_free(driver: Any, until: float) -> None:
    while True:
        try:
            # A plain BEGIN that writes later fails at once when another writer came first, whatever the busy timeout.
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as problem:
            # The lowest byte is the kind of fault; the others say more about it.
            if (problem.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(PAUSE_S)
        else:
            return


@contextmanager
def _in_line(driver: Any) -> Iterator[None]:
    """First in the line: everyone else sleeps until the system wakes them, the longest waiting first.

    Whoever has begun leaves the line at once, so that nobody who is killed while writing keeps others out.
    """
    file = next((path for _number, name, path in driver.execute("PRAGMA database_list") if name == "main"), "")
    if not file:
        # A database in memory has one connection, and nobody to wait for.
        yield
        return
    place = os.open(f"{file}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)
