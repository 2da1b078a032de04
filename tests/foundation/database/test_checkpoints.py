"""The log of SQLite is brought into the file beside everyone's work, and gives its room back."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import Engine
from structlog.testing import capture_logs

from portal.foundation.database import checkpoints, connect
from portal.foundation.database.checkpoints import LONG, QUIET_S, Checkpoints
from portal.foundation.database.engines import BACKSTOP

PAGE = 4096


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database as the portal opens it, with an empty table."""
    made = connect(f"sqlite:///{tmp_path / 'log.sqlite3'}")
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE said (word BLOB)")
    yield made
    made.dispose()


@pytest.fixture
def driver(engine: Engine) -> Iterator[sqlite3.Connection]:
    """The connection of whoever looks."""
    made = sqlite3.connect(engine.url.database or "", isolation_level=None, timeout=0)
    yield made
    made.close()


def write(engine: Engine, pages: int) -> None:
    """One more row, of so many pages."""
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO said VALUES (zeroblob(?))", (PAGE * pages,))


def log_of(engine: Engine) -> int:
    """How large the log is, in bytes."""
    return Path(f"{engine.url.database}-wal").stat().st_size


def size_of(engine: Engine) -> int:
    return Path(engine.url.database or "").stat().st_size


def test_whoever_commits_leaves_the_log_to_the_worker_until_it_is_very_long(engine: Engine) -> None:
    write(engine, LONG)
    assert size_of(engine) < PAGE * LONG

    write(engine, BACKSTOP)
    assert size_of(engine) > PAGE * LONG


def test_what_was_written_is_brought_over_and_the_next_writer_begins_the_log_anew(
    engine: Engine, driver: sqlite3.Connection
) -> None:
    looking = Checkpoints(engine)
    write(engine, LONG)
    before = log_of(engine)

    looking.look(driver)
    assert size_of(engine) > PAGE * LONG

    write(engine, LONG - 100)
    assert log_of(engine) == before


def test_whoever_reads_keeps_what_they_saw_and_writers_go_on_meanwhile(
    engine: Engine, driver: sqlite3.Connection
) -> None:
    looking = Checkpoints(engine)
    write(engine, 1)
    reader = sqlite3.connect(engine.url.database or "", isolation_level=None)
    reader.execute("BEGIN")
    seen = reader.execute("SELECT sum(length(word)) FROM said").fetchone()
    for _time in range(3):
        write(engine, LONG)
        looking.look(driver)

    assert reader.execute("SELECT sum(length(word)) FROM said").fetchone() == seen
    assert size_of(engine) < PAGE * LONG
    reader.close()
    write(engine, LONG)
    looking.look(driver)

    assert size_of(engine) > PAGE * LONG


def test_the_log_gives_its_room_back_when_it_is_quiet(engine: Engine, driver: sqlite3.Connection) -> None:
    looking = Checkpoints(engine)
    write(engine, 10)
    for _second in range(int(QUIET_S)):
        looking.look(driver)
        assert log_of(engine) > 0

    looking.look(driver)

    assert log_of(engine) == 0
    # What is empty is looked at no more; what is written then is seen again.
    looking.look(driver)
    write(engine, 20)
    looking.look(driver)
    assert size_of(engine) > 20 * PAGE


def test_it_goes_on_by_itself_and_past_a_fault(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "EACH_S", 0.01)
    look, failed = Checkpoints.look, []

    def look_badly_first(self: Checkpoints, driver: Any) -> None:
        if not failed:
            failed.append(1)
            raise sqlite3.OperationalError("database or disk is full")
        look(self, driver)

    monkeypatch.setattr(Checkpoints, "look", look_badly_first)
    write(engine, 50)
    deadline = monotonic() + 10

    with capture_logs() as logs, Checkpoints(engine):
        while size_of(engine) < 50 * PAGE:
            assert monotonic() < deadline

    assert [entry["event"] for entry in logs] == ["checkpoint_failed"]


def test_where_there_is_no_log_nobody_looks() -> None:
    with Checkpoints(connect("sqlite://")), Checkpoints(connect("postgresql://nobody@127.0.0.1:1/none")):
        looking = [thread.name for thread in threading.enumerate() if thread.name == "checkpoints"]

    assert looking == []
