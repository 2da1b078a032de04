"""Whose turn it is to write on SQLite, which has one writer at a time."""

import sqlite3
from time import monotonic, sleep
from typing import Any

# How long a writer waits for its turn, in seconds, before it gives up.
PATIENCE_S = 10.0
# How long it sleeps before it asks again, at first; the longer it has waited, the oftener it asks.
FIRST_PAUSE_S = 0.002
OFTENER = 50
# But never oftener than this, or those who wait take the processor from whoever has the turn.
LAST_PAUSE_S = 0.0005


def begin_writing(driver: Any) -> None:
    """Begin a transaction that writes, as soon as no other does.

    SQLite's own way of waiting asks more and more seldom, up to ten times a second: under many writers those who have
    waited longest are overtaken by whoever comes just then.

    Raises:
        sqlite3.OperationalError: another held the database for longer than `PATIENCE_S`.
    """
    driver.execute("PRAGMA busy_timeout=0")
    try:
        _ask_until_free(driver)
    finally:
        driver.execute(f"PRAGMA busy_timeout={PATIENCE_S * 1000:.0f}")


def _ask_until_free(driver: Any) -> None:
    start = monotonic()
    while True:
        try:
            # A plain BEGIN that writes later fails at once when another writer came first, whatever the busy timeout.
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as problem:
            waited = monotonic() - start
            # The lowest byte is the kind of fault; the others say more about it.
            if (problem.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_BUSY or waited > PATIENCE_S:
                raise
            sleep(max(LAST_PAUSE_S, FIRST_PAUSE_S / (1 + OFTENER * waited)))
        else:
            return
