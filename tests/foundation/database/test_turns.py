"""Writers on SQLite wait for one another: each in its turn, for so long, and only for one another."""

import fcntl
import sqlite3
from threading import Event, Thread
from time import sleep

import pytest

from portal.foundation.database import turns


@pytest.fixture
def file(tmp_path):
    """The address of a database with one table, which anyone may open."""
    path = tmp_path / "turns.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE said (word TEXT)")
    made.close()
    return path


def test_a_writer_waits_until_the_other_is_done(file):
    first = sqlite3.connect(file, isolation_level=None)
    turns.begin_writing(first)
    asked, seen = Event(), []

    def write():
        second = sqlite3.connect(file, isolation_level=None)
        asked.set()
        turns.begin_writing(second)
        seen.extend(second.execute("SELECT word FROM said").fetchall())
        # What else has to wait, waits in SQLite's own way.
        seen.extend(second.execute("PRAGMA busy_timeout").fetchall())
        second.execute("ROLLBACK")
        second.close()

    other = Thread(target=write)
    other.start()
    asked.wait()
    first.execute("INSERT INTO said VALUES ('first')")
    first.execute("COMMIT")
    other.join()
    first.close()

    assert seen == [("first",), (10_000,)]


def test_whoever_came_first_writes_first(file):
    first = sqlite3.connect(file, isolation_level=None)
    turns.begin_writing(first)
    begun, order = {}, []

    def write(name):
        driver = sqlite3.connect(file, isolation_level=None)
        begun[name].set()
        turns.begin_writing(driver)
        order.append(name)
        driver.execute("ROLLBACK")
        driver.close()

    def is_first_in_line():
        with open(f"{file}-turn", "a") as place:
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    writers = {name: Thread(target=write, args=[name]) for name in ("second", "third")}
    for name, writer in writers.items():
        begun[name] = Event()
        writer.start()
        begun[name].wait()
        # Until this writer stands in line, so that the next one comes after it.
        while not is_first_in_line():
            sleep(0)
    first.execute("ROLLBACK")
    for writer in writers.values():
        writer.join()
    first.close()

    assert order == ["second", "third"]


def test_a_database_in_memory_has_no_line():
    driver = sqlite3.connect(":memory:", isolation_level=None)
    turns.begin_writing(driver)

    assert driver.in_transaction
    driver.close()


def test_a_writer_gives_up_when_its_patience_is_at_an_end(file, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_S", 0.02)
    first, second = (sqlite3.connect(file, isolation_level=None) for _ in range(2))
    turns.begin_writing(first)

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        turns.begin_writing(second)

    first.close()
    second.close()


def test_another_fault_is_not_waited_for(file):
    driver = sqlite3.connect(file, isolation_level=None)
    turns.begin_writing(driver)

    with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
        turns.begin_writing(driver)

    driver.close()
