"""One engine, one session for each piece of work, and single statements beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from time import monotonic
from typing import Any, TypeVar, cast

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    create_engine,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import (
    ORMExecuteState,
    Session,
    UOWTransaction,
    make_transient_to_detached,
    sessionmaker,
)
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.pool import ConnectionPoolEntry

from portal.foundation.database.single import single
from portal.foundation.database.tables import Base
from portal.foundation.database.turns import PATIENCE_S, begin_writing

_writing: ContextVar[bool] = ContextVar("writing", default=True)
_session: ContextVar[Session | None] = ContextVar("session", default=None)
# Rows that a request read before its session opened, which then become the session's own.
_carried: ContextVar[tuple["Base", ...]] = ContextVar("carried", default=())
_notes: ContextVar[dict[str, Any] | None] = ContextVar("notes", default=None)


# Starting a second process or compiling a plan takes longer than nearly all that is asked here.
_OPTIONS = "-c timezone=UTC -c max_parallel_workers_per_gather=0 -c jit=off"
# After this long without use a connection is asked whether its server is still there.
IDLE_S = 1.0
# Pages, jobs and commands ask more different questions than the 500 whose SQL is kept unasked, and putting one into
# SQL anew costs more than most take to answer.
_STATEMENTS_KEPT = 2000


Loaded = TypeVar("Loaded", bound=Base)


class ReadOnly(RuntimeError):
    """A request that must not change anything tried to write."""


class Database:
    """The engine of this process and the factory of its sessions."""

    engine: Engine
    sessions: sessionmaker[Session]
    binding: object
    _readers: Engine | Connection

    def bind(self, target: str | Engine | Connection) -> None:
        """Use this address, engine or (in tests) open connection from now on."""
        bound = connect(target) if isinstance(target, str) else target
        self.engine = bound.engine
        # What was kept for one binding is not asked for under another.
        self.binding = object()
        self._readers = _for_readers(bound) if isinstance(bound, Engine) else bound
        self.sessions = sessionmaker(bound, expire_on_commit=False, join_transaction_mode="create_savepoint")

    def read(self, statement: Select[Any], values: dict[str, Any]) -> dict[str, Any] | None:
        """The one row of a statement by itself: one trip to the database, without a session.

        Any later statement of the same request sees what this one saw, or something newer. The statement is one
        that was built once and is asked again and again.
        """
        if isinstance(self._readers, Connection):
            row = self._readers.execute(statement, values).one_or_none()
            return dict(row._mapping) if row else None
        return single(self._readers, statement).one(values)


database = Database()


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
    return create_engine(
        address, pool_size=16, max_overflow=16, pool_pre_ping=True, connect_args={"options": _OPTIONS}, **always
    )


@lru_cache(maxsize=4)
def _for_readers(engine: Engine) -> Engine:
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
        connect_args={"options": f"{_OPTIONS} -c default_transaction_read_only=on", "prepare_threshold": 0},
    )
    event.listen(readers, "checkout", _ask_whether_alive)
    event.listen(engine, "engine_disposed", lambda _engine: readers.dispose())
    return readers


def _ask_whether_alive(driver: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """A connection that lay idle may have lost its server; one that was in use just now is not asked."""
    idle = monotonic() - record.info.get("used_at", 0.0)
    if idle > IDLE_S:
        try:
            driver.execute("SELECT 1")
        except Exception as problem:
            raise DisconnectionError from problem
    record.info["used_at"] = monotonic()


def is_untouched() -> bool:
    """Whether this piece of work only reads, and has not opened its session yet."""
    return _session.get() is None and not _writing.get()


def is_reading() -> bool:
    """Whether this piece of work may not change anything."""
    return not _writing.get()


def notes() -> dict[str, Any]:
    """What this piece of work has found out and need not ask again."""
    found = _notes.get()
    if found is None:
        _notes.set(found := {})
    return found


def read_one(statement: Select[Any], values: dict[str, Any]) -> dict[str, Any] | None:
    """The one row of a statement that was built once, by its columns' names; without a session if none is open.

    A piece of work that writes asks inside its transaction, whatever it changed before.
    """
    if is_untouched():
        return database.read(statement, values)
    current = session()
    current.flush()
    return single(database.engine, statement).one_within(current.connection(), values)


def carry(model: type[Loaded], columns: dict[str, Any], **related: Base) -> Loaded:
    """A row whose columns were read by themselves, as one that a session has loaded; or the same row, if it is there.

    Args:
        related: what its relationships lead to, by their names.
    """
    # Not by the model's own way, which takes each value for a change.
    row: Loaded = model.__mapper__.class_manager.new_instance()
    row.__dict__.update(columns, **related)
    make_transient_to_detached(row)
    key, current = instance_state(row).key, _session.get()
    there = current.identity_map.values() if current is not None else _carried.get()
    for known in there:
        if instance_state(known).key == key:
            return cast(Loaded, known)
    if current is not None:
        current.add(row)
    else:
        _carried.set((*_carried.get(), row))
    return row


def session() -> Session:
    """The session of the work at hand; it opens on first use and is closed by whoever owns the work."""
    current = _session.get()
    if current is None:
        current = database.sessions()
        current.info["writing"] = _writing.get()
        current.add_all(_carried.get())
        _session.set(current)
    return current


def begin_work(*, writing: bool) -> None:
    """Start a new piece of work; whatever was left of the last one is rolled back."""
    end_work(commit=False)
    _writing.set(writing)


def end_work(*, commit: bool) -> None:
    """Finish the piece of work as one transaction and close its session."""
    current = _session.get()
    try:
        if current is not None and commit:
            current.commit()
    finally:
        if current is not None:
            current.close()
        _session.set(None)
        _carried.set(())
        _notes.set(None)
        _writing.set(True)


@contextmanager
def transaction() -> Iterator[Session]:
    """One transaction for a job or a command: committed at the end, rolled back by any exception."""
    outer = _session.set(None)
    writing = _writing.set(True)
    noted = _notes.set(None)
    try:
        with database.sessions.begin() as fresh:
            fresh.info["writing"] = True
            _session.set(fresh)
            yield fresh
    finally:
        _session.reset(outer)
        _writing.reset(writing)
        _notes.reset(noted)


def insert_into(table: type[Base]) -> Any:
    """An INSERT that knows ON CONFLICT, in the words of the database at hand."""
    return (sqlite if database.engine.dialect.name == "sqlite" else postgresql).insert(table)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "cache_size=-32768",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # Said to the driver itself: every request begins, and the way through the layers costs more than a small query.
    driver: Any = connection.connection.dbapi_connection
    if _writing.get():
        begin_writing(driver)
    else:
        driver.execute("BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_flush(current: Session, _context: UOWTransaction, _instances: Any) -> None:
    if not current.info.get("writing", True) and (current.new or current.dirty or current.deleted):
        raise ReadOnly("a GET request cannot change anything")


@event.listens_for(Session, "do_orm_execute")
def _refuse_statement(state: ORMExecuteState) -> None:
    changes = state.is_insert or state.is_update or state.is_delete
    if changes and not state.session.info.get("writing", True):
        raise ReadOnly("a GET request cannot change anything")
