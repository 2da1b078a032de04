"""Engines for SQLite and PostgreSQL with the settings that Heard relies on."""

from contextvars import ContextVar
from functools import lru_cache, partial
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from portal.foundation.database.turns import PATIENCE_S, begin_writing

# Whether the piece of work at hand may change anything.
may_write: ContextVar[bool] = ContextVar("may_write", default=True)

# Starting a second process or compiling a plan takes longer than nearly all that is asked here.
_OPTIONS = "-c timezone=UTC -c max_parallel_workers_per_gather=0 -c jit=off"
# What is asked by itself was built once, and is planned once for whatever it is given: a plan can take as long as it.
_READING = "-c default_transaction_read_only=on -c plan_cache_mode=force_generic_plan"
# After this long without use a connection is asked whether its server is still there.
IDLE_S = 1.0
# Pages, jobs and commands ask more different questions than the 500 whose SQL is kept unasked, and putting one into
# SQL anew costs more than most take to answer.
_STATEMENTS_KEPT = 2000
# From so many pages on (64 MB) whoever commits on SQLite shortens the log; before that the worker has done it.
BACKSTOP = 16_000
# So much of its file SQLite reads where the system keeps it, in bytes; its own limit is the most.
_MOST_MAPPED = 0x7FFF_0000
_mapped = 0


def map_files() -> None:
    """From now on this process reads SQLite's file where the system keeps it, through each connection that it opens.

    Connections share that, and it makes room when others need it; a cache of their own, which each fills anew, would
    have to hold the whole of a large ledger. Since most tools count it to the process, only whoever serves pages does.
    """
    global _mapped
    _mapped = _MOST_MAPPED


def connect(url: str) -> Engine:
    """An engine with the settings that Heard relies on, for SQLite or PostgreSQL."""
    address = make_url(url)
    # A fault is logged with its statement, whose values are people's words and keys.
    always: dict[str, Any] = {"hide_parameters": True, "query_cache_size": _STATEMENTS_KEPT}
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, connect_args={"timeout": PATIENCE_S}, **always)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(address, pool_size=16, max_overflow=16, connect_args={"options": _OPTIONS}, **always)
    event.listen(engine, "checkout", partial(_ask_whether_alive, engine.dialect))
    return engine


@lru_cache(maxsize=4)
def for_readers(engine: Engine) -> Engine:
    """An engine for single statements that only read: on PostgreSQL each is a transaction of its own already."""
    if engine.dialect.name == "sqlite":
        return engine
    readers = create_engine(
        engine.url,
        hide_parameters=True,
        pool_size=16,
        max_overflow=16,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        connect_args={"options": f"{_OPTIONS} {_READING}", "prepare_threshold": 0},
    )
    event.listen(readers, "checkout", partial(_ask_whether_alive, readers.dialect))
    event.listen(engine, "engine_disposed", lambda _engine: readers.dispose())
    return readers


def _ask_whether_alive(dialect: Dialect, driver: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """A connection that lay idle may have lost its server; one that was in use just now is not asked."""
    idle = monotonic() - record.info.get("used_at", 0.0)
    if idle > IDLE_S:
        try:
            dialect.do_ping(driver)
        except Exception as problem:
            raise DisconnectionError from problem
    record.info["used_at"] = monotonic()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "cache_size=-16384",
        f"mmap_size={_mapped}",
        f"wal_autocheckpoint={BACKSTOP}",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Said to the driver itself: every request begins, and the way through the layers costs more than a small query.
    driver: Any = connection.connection.dbapi_connection
    if driver.in_transaction:
        # It has begun without SQLAlchemy, which joins it now.
        return
    if may_write.get():
        begin_writing(driver)
    else:
        driver.execute("BEGIN")
