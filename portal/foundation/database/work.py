"""One engine, one session for each piece of work, and single statements beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, Select, TextualSelect, event, inspect, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import (
    ORMExecuteState,
    Session,
    UOWTransaction,
    sessionmaker,
)
from sqlalchemy.orm.attributes import instance_state

from portal.foundation.database.begun import Begun
from portal.foundation.database.engines import connect, for_readers, may_write
from portal.foundation.database.single import Rows, Single, single
from portal.foundation.database.tables import Base

Loaded = TypeVar("Loaded", bound=Base)
# What rows are asked for by.
Asked = Select[Any] | TextualSelect

_ONLY_READS = "a GET request cannot change anything"


class ReadOnly(RuntimeError):
    """A request that must not change anything tried to write."""


class _Work:
    """The piece of work at hand.

    Attributes:
        begun: a transaction that was begun without a session, until one is asked for.
        carried: rows that were read by themselves, by their keys; the session's own from when it opens.
        notes: what was found out and need not be asked again.
    """

    __slots__ = ("begun", "carried", "notes", "session")

    def __init__(self) -> None:
        self.session: Session | None = None
        self.begun: Begun | None = None
        self.carried: dict[Any, Base] = {}
        self.notes: dict[str, Any] = {}


_work: ContextVar[_Work | None] = ContextVar("work", default=None)


class Database:
    """The engine of this process and the factory of its sessions."""

    engine: Engine
    sessions: sessionmaker[Session]
    binding: object
    _bound: Engine | Connection
    _readers: Engine | Connection

    def bind(self, target: str | Engine | Connection) -> None:
        """Use this address, engine or (in tests) open connection from now on."""
        bound = connect(target) if isinstance(target, str) else target
        self.engine, self._bound = bound.engine, bound
        # What was kept for one binding is not asked for under another.
        self.binding = object()
        self._readers = for_readers(bound) if isinstance(bound, Engine) else bound
        self.sessions = sessionmaker(bound, expire_on_commit=False, join_transaction_mode="create_savepoint")

    def shared_address(self) -> str | None:
        """The address under which another process finds the same rows, with its password; None if there is none.

        What is in memory, or in a transaction that a test keeps open, is nobody else's.
        """
        url = self.engine.url
        if not isinstance(self._readers, Engine) or not url.database or url.database == ":memory:":
            return None
        if self.engine.dialect.name == "sqlite":
            url = url.set(database=str(Path(url.database).absolute()))
        return url.render_as_string(hide_password=False)

    def begin(self) -> Begun:
        """A transaction without a session."""
        return Begun(self._bound)

    def read(self, statement: Select[Any], values: dict[str, Any]) -> dict[str, Any] | None:
        """The one row of a statement by itself: one trip to the database, without a session.

        Any later statement of the same request sees what this one saw, or something newer. The statement is one
        that was built once and is asked again and again.
        """
        if isinstance(self._readers, Connection):
            row = self._readers.execute(statement, values).one_or_none()
            return dict(row._mapping) if row else None
        return single(self._readers, statement).one(values)

    def read_all(self, statement: Asked, values: dict[str, Any]) -> list[Any]:
        """The rows of a statement by itself, each with its columns by their names; as `read` does."""
        if isinstance(self._readers, Connection):
            return list(self._readers.execute(statement, values))
        return single(self._readers, statement).all(values)


database = Database()


def is_untouched() -> bool:
    """Whether this piece of work has begun no transaction yet: it changed nothing, and holds up no other writer."""
    work = _work.get()
    return work is None or (work.session is None and work.begun is None)


def is_reading() -> bool:
    """Whether this piece of work may not change anything."""
    return not may_write.get()


def notes() -> dict[str, Any]:
    """What this piece of work has found out and need not ask again."""
    return _at_hand().notes


def _at_hand() -> _Work:
    work = _work.get()
    if work is None:
        _work.set(work := _Work())
    return work


def read_one(statement: Select[Any], values: dict[str, Any]) -> dict[str, Any] | None:
    """The one row of a statement that was built once, by its columns' names; without a session if none is open.

    Whoever has opened one is given what they changed themselves, too. Whoever will write asks before their turn to
    write comes, as under READ COMMITTED: what they found may have changed when it has.
    """
    if is_untouched():
        return database.read(statement, values)
    asked = single(database.engine, statement)
    return asked.first(_within(asked, values))


def read_all(statement: Asked, values: dict[str, Any]) -> list[Any]:
    """The rows of a statement that was built once, each with its columns by their names; as `read_one` does."""
    if is_untouched():
        return database.read_all(statement, values)
    asked = single(database.engine, statement)
    return asked.named(_within(asked, values))


def write_one(statement: Any, values: dict[str, Any]) -> dict[str, Any] | None:
    """Change something by a statement that was built once; gives the one row that it returns, if it does.

    It is part of the transaction. What the session knows or still holds back is left as it is. What gives no row may
    be done as late as the next statement of the transaction, or its end; so it is there that it may fail.

    Raises:
        ReadOnly: this piece of work only reads.
    """
    if is_reading():
        raise ReadOnly(_ONLY_READS)
    asked, work = single(database.engine, statement), _at_hand()
    if work.session is not None:
        return asked.first(asked.inside(work.session.connection(), values))
    if work.begun is None:
        work.begun = database.begin()
    return asked.first(work.begun.run(asked, values))


def _within(asked: Single, values: dict[str, Any]) -> Rows:
    """What the work at hand reads: what its session holds back is written before."""
    work = _at_hand()
    if work.session is None:
        assert work.begun is not None, "whoever is untouched asks alone"
        return work.begun.run(asked, values)
    work.session.flush()
    return asked.inside(work.session.connection(), values)


def carry(model: type[Loaded], columns: dict[str, Any], **related: Base) -> Loaded:
    """A row whose columns were read by themselves, as one that a session has loaded; or the same row, if it is there.

    Args:
        related: what its relationships lead to, by their names.
    """
    work = _at_hand()
    key = model.__mapper__.identity_key_from_primary_key((columns["id"],))
    known = work.carried.get(key) if work.session is None else work.session.identity_map.get(key)
    if known is not None:
        return cast(Loaded, known)
    # Not by the model's own way, which takes each value for a change; what has a key was stored.
    row: Loaded = model.__mapper__.class_manager.new_instance()
    row.__dict__.update(columns, **related)
    instance_state(row).key = key
    # A session alone forgets a row that nobody holds, and would ask for it again.
    work.carried[key] = row
    if work.session is not None:
        work.session.add(row)
    return row


def session() -> Session:
    """The session of the work at hand; it opens on first use and is closed by whoever owns the work."""
    work = _at_hand()
    if work.session is None:
        work.session = work.begun.session() if work.begun else database.sessions()
        work.session.info["writing"] = may_write.get()
        work.session.add_all(work.carried.values())
    return work.session


def begin_work(*, writing: bool) -> None:
    """Start a new piece of work; whatever was left of the last one is rolled back."""
    end_work(commit=False)
    may_write.set(writing)


def end_work(*, commit: bool) -> None:
    """Finish the piece of work as one transaction and close its session."""
    work, is_done = _work.get(), False
    if work is None:
        may_write.set(True)
        return
    try:
        if work.session is not None and commit:
            work.session.commit()
        is_done = commit
    finally:
        if work.session is not None:
            work.session.close()
        _work.set(None)
        may_write.set(True)
        if work.begun is not None:
            work.begun.end(commit=is_done)


@contextmanager
def transaction() -> Iterator[Session]:
    """One transaction for a job or a command: committed at the end, rolled back by any exception."""
    with _apart(writing=True), database.sessions.begin() as fresh:
        _at_hand().session = fresh
        yield fresh


@contextmanager
def looking() -> Iterator[Session]:
    """A look of a job that can change nothing; on SQLite it holds up no writer, and shows all as of one moment.

    Whatever tries to change something inside raises `ReadOnly`.
    """
    with _apart(writing=False), database.sessions() as fresh:
        fresh.info["writing"] = False
        _at_hand().session = fresh
        yield fresh


@contextmanager
def _apart(*, writing: bool) -> Iterator[None]:
    """A piece of work of its own, beside the one at hand."""
    outer, before = _work.set(_Work()), may_write.set(writing)
    try:
        yield
    finally:
        _work.reset(outer)
        may_write.reset(before)


def hold(row: Base) -> None:
    """Make whoever else holds or changes this row wait until this transaction ends, and read it anew.

    What is compared or counted after this stands until it is written. SQLite has one writer at a time anyway.
    """
    mapper = inspect(type(row))
    # Its key alone: a row cannot be held through an outer join.
    key = select(*mapper.primary_key)
    known = zip(mapper.primary_key, mapper.primary_key_from_instance(row), strict=True)
    session().execute(key.where(*(column == value for column, value in known)).with_for_update())
    session().refresh(row)


def insert_into(table: type[Base]) -> Any:
    """An INSERT that knows ON CONFLICT, in the words of the database at hand."""
    return (sqlite if database.engine.dialect.name == "sqlite" else postgresql).insert(table)


@event.listens_for(Session, "before_flush")
def _refuse_flush(current: Session, _context: UOWTransaction, _instances: Any) -> None:
    if not current.info.get("writing", True) and (current.new or current.dirty or current.deleted):
        raise ReadOnly(_ONLY_READS)


@event.listens_for(Session, "do_orm_execute")
def _refuse_statement(state: ORMExecuteState) -> None:
    changes = state.is_insert or state.is_update or state.is_delete
    if changes and not state.session.info.get("writing", True):
        raise ReadOnly(_ONLY_READS)
