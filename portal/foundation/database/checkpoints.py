"""Bringing what was written on SQLite from its log into its file, so that nobody's commit has to.

What is committed stands in the log (`-wal`) first. Whoever commits when the log has grown long brings it into the
file, and waits for the disk twice, while those behind them wait too. So the worker does it, about once a second and
outside the turn to write, and connections do it by themselves only when the log has become very long (`BACKSTOP` of
`engines.py`): where no worker runs, or somebody reads for long, since what they read must stay where it is until then.

Facts of the log: https://sqlite.org/wal.html and https://sqlite.org/c3ref/wal_checkpoint_v2.html.
"""

import os
import sqlite3
from threading import Event, Thread
from typing import Self

import structlog
from sqlalchemy import Engine

from portal.foundation.database.turns import in_turn

# How often the worker looks whether anything was written, in seconds.
EACH_S = 1.0
# From so many pages on (of 4 KiB) the log is begun anew, at the next moment in which nobody reads from it.
LONG = 2_000
# What is written meanwhile is brought over too, until it is so few pages that writers can wait for them.
FEW = 64
_ROUNDS = 4
# After so many seconds without a change the log gives its room back.
QUIET_S = 10.0

log = structlog.get_logger()


class Checkpoints:
    """A thread that keeps the log of a database short, as long as the block lasts; where there is a log, on SQLite."""

    def __init__(self, engine: Engine) -> None:
        self._file = engine.url.database if engine.dialect.name == "sqlite" else None
        self._over, self._thread = Event(), Thread(target=self._keep, daemon=True, name="checkpoints")
        self._seen: tuple[int, int] | None = None
        self._quiet_s = 0.0

    def __enter__(self) -> Self:
        if self._file and self._file != ":memory:":
            self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _keep(self) -> None:
        driver = sqlite3.connect(self._file or "", isolation_level=None, timeout=0)
        try:
            while not self._over.wait(EACH_S):
                try:
                    self.look(driver)
                except (OSError, sqlite3.Error):
                    # A full disk, say: whoever commits is told of it, and the next look may find it mended.
                    log.exception("checkpoint_failed")
        finally:
            driver.close()

    def look(self, driver: sqlite3.Connection) -> None:
        """Bring over what was written since the last look; give the log's room back when it is quiet."""
        found = self._written()
        if found is None or not found[0]:
            return
        if found == self._seen:
            self._quiet_s += EACH_S
            if self._quiet_s >= QUIET_S:
                shorten(driver)
                self._seen = self._written()
            return
        self._seen, self._quiet_s = found, 0.0
        if bring_over(driver) >= LONG:
            shorten(driver, keeps_room=True)

    def _written(self) -> tuple[int, int] | None:
        """What tells one state of the log from another: its size in bytes, and when it was last written."""
        try:
            found = os.stat(f"{self._file}-wal")
        except FileNotFoundError:
            return None
        return found.st_size, found.st_mtime_ns


def bring_over(driver: sqlite3.Connection) -> int:
    """Write the log's pages into the file while others go on writing; gives how many pages the log has."""
    length = 0
    for _round in range(_ROUNDS):
        _is_busy, pages, _done = driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        grown, length = pages - length, pages
        if grown <= FEW:
            break
    return max(length, 0)


def shorten(driver: sqlite3.Connection, *, keeps_room: bool = False) -> bool:
    """Begin the log anew, in the turn to write; says whether it could, which it cannot while somebody reads from it.

    Args:
        keeps_room: the file stays as large as it is, since it is about to be filled again.
    """
    with in_turn(driver):
        is_busy, _pages, _done = driver.execute(
            f"PRAGMA wal_checkpoint({'RESTART' if keeps_room else 'TRUNCATE'})"
        ).fetchone()
    return not is_busy
