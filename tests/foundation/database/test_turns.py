"""Writers on SQLite wait for one another: each in its turn, for so long, and only for one another."""

import sqlite3
from threading import Event, Thread

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
