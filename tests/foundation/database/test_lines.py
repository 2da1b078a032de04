"""Connections for single statements: kept while they are in use, asked after a rest, gone with their engine."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, literal, literal_column, select
from sqlalchemy.exc import DBAPIError

from portal.foundation.database import database, engines
from portal.foundation.database.engines import for_readers
from portal.foundation.database.lines import lines


def test_a_connection_is_one_readers_at_a_time_and_outlives_neither_a_rest_nor_its_engine(committing_db, monkeypatch):
    readers = for_readers(database.engine)
    known = lines(readers)
    asked = select(func.pg_backend_pid() if committing_db == "postgresql" else literal(1).label("number"))
    together = Barrier(3)

    def read(_reader):
        line = known.take()
        together.wait(10)
        known.give(line)
        return line.driver_connection

    with ThreadPoolExecutor(3) as pool:
        first, second, third = pool.map(read, range(3))
    assert len({first, second, third}) == 3

    # Whichever lies idle is the next one's, and brings back what it is asked although its server left meanwhile.
    line = known.take()
    assert line.driver_connection in {first, second, third}
    known.give(line)
    if committing_db == "postgresql":
        with database.engine.connect() as other:
            for driver in (first, second, third):
                other.scalar(select(func.pg_terminate_backend(driver.info.backend_pid)))
    monkeypatch.setattr(engines, "IDLE_S", 0.0)
    assert database.read(asked, {})

    monkeypatch.setattr(engines, "IDLE_S", 60.0)
    before = known.take()
    driver = before.driver_connection
    known.give(before)
    database.engine.dispose()
    with_whom = known.take()
    assert with_whom.driver_connection is not driver
    with_whom.close()


def test_after_a_fault_a_connection_goes_back_to_the_pool(committing_db):
    known = lines(for_readers(database.engine))
    line = known.take()
    known.give(line)
    with pytest.raises(DBAPIError):
        database.read(select(literal_column("nowhere").label("x")), {})
    after = known.take()
    assert after is not line
    after.close()
