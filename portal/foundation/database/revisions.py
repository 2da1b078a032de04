"""A number for each topic that the database raises with every change, and what was worked out under it.

A part of a page is worked out once and shown to many. It is never stale, because it is kept under the
*revision* of its topic, and the database itself raises that number: a trigger on each table of the topic adds one
in the transaction of the change, whoever makes it and however. Three things make this right.

1. **Same number, same rows.** The number is raised only, and by at least one in each transaction that changes a
   table of the topic. It becomes visible with the change, at commit. Of two readers who see the same number the
   later one therefore sees no change that the earlier one did not. A rolled-back change takes its number back
   with it, so a number that only a writer has seen may come again for other rows: whoever writes keeps nothing
   and is shown nothing that was kept.
2. **The number is read first**, in an earlier or the same snapshot as the rows. What is kept under a number may be
   newer than it, never older; and whoever reads the newer rows by right reads the newer number too.
3. **Whoever may see differently asks differently.** A kept part is a function of its arguments alone. While it is
   worked out nobody is the reader (`access.visitor` refuses), so what somebody may see can only come in as an
   argument, and every argument is part of the key.

Two writers never wait for each other's number. SQLite has one writer at a time. On PostgreSQL a topic is the sum
of several rows, and a transaction raises one that no other holds (SKIP LOCKED), or adds one if all are held; so
there are at most as many as ever wrote at the same time, none is waited for, and none can be part of a deadlock.
The sum over committed rows only rises, which is all that point 1 needs. Under a stricter isolation than READ
COMMITTED a writer could fail on a number; the portal uses none.

A database that is put back from a backup must not be put under a running process: numbers would come again.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, TypeVar

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    Table,
    cast,
    func,
    literal_column,
    select,
)

from portal.foundation.database.store import Store
from portal.foundation.database.tables import Base
from portal.foundation.database.work import database, is_reading, notes, read_one

Made = TypeVar("Made")
Key = TypeVar("Key", bound=Hashable)

revision = Table(
    "revision",
    Base.metadata,
    Column("topic", String(24), primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("value", BigInteger, nullable=False),
)

store = Store(entries=4_000, size=32 * 1024 * 1024)
_topics: set[str] = set()
_sharing: ContextVar[bool] = ContextVar("sharing", default=False)


class NotForSharing(RuntimeError):
    """A part of a page that others will be shown too asked who reads it."""


def is_sharing() -> bool:
    """Whether something is being worked out that others will be shown too."""
    return _sharing.get()


def kept(topic: str) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Work something out once for each set of arguments, until any row of the topic changes.

    The function reads only tables of the topic, and its arguments (hashable) say all that it depends on: what is
    asked for, and what the reader may see. They come from the address and from the reader, never from rows that
    were read before the call. The result is shared, so it is never changed: a string, a number, a frozen row.
    """
    add_topic(topic)

    def decorate(work: Callable[..., Made]) -> Callable[..., Made]:
        @wraps(work)
        def shared(*given: Any, **named: Any) -> Made:
            return keep(topic, (work, given, tuple(named.items())), lambda: work(*given, **named))

        return shared

    return decorate


def keep(topic: str, key: Hashable, make: Callable[[], Made], *, moment: Hashable = None) -> Made:
    """What was made under this key at this revision and moment, or what is made now."""
    current = stamp(topic)
    # Whatever becomes of the store: one piece of work that only reads works nothing out twice.
    here = notes().setdefault("made", {})
    if current is not None:
        found: Made | None = store.find(key, (current, moment))
        if found is None:
            found = here.get(key)
        if found is not None:
            return found
    before = _sharing.set(True)
    try:
        made = make()
    finally:
        _sharing.reset(before)
    if current is not None:
        store.put(key, (current, moment), made)
        here[key] = made
    return made


def keep_each(
    topics: Sequence[str],
    keys: Iterable[Key],
    make: Callable[[list[Key]], Mapping[Key, Made]],
    *,
    store: Store,
    among: Hashable = None,
) -> dict[Key, Made]:
    """What was made for each of these keys until a row of any of the topics changed; all others are made together.

    Args:
        make: gives something for each of the keys that it is asked for, never None.
        store: where nothing else is kept.
        among: what all of them depend on besides, such as what the reader may see.
    """
    here = tuple(map(stamp, topics))
    asked = list(keys)
    keeps = None not in here
    known = store.find_each([(among, key) for key in asked], here) if keeps else [None] * len(asked)
    found: dict[Key, Made] = {key: one for key, one in zip(asked, known, strict=True) if one is not None}
    missing = [key for key in asked if key not in found]
    if missing:
        before = _sharing.set(True)
        try:
            made = make(missing)
        finally:
            _sharing.reset(before)
        new = {key: made[key] for key in missing}
        found |= new
        if keeps:
            store.put_each({(among, key): one for key, one in new.items()}, here)
    return found


def keep_found(topics: Sequence[str], found: Mapping[Any, Any], *, store: Store, among: Hashable = None) -> None:
    """Keep what was found by the way for those who ask `keep_each` for it, with the same topics, store and `among`."""
    here = tuple(map(stamp, topics))
    if None not in here:
        store.put_each({(among, key): one for key, one in found.items()}, here)


def stamp(topic: str) -> Hashable | None:
    """What stays the same until a row of the topic changes; None where nothing may be kept, such as for a writer."""
    number = _revision_of(topic) if is_reading() else None
    return None if number is None else (database.binding, number)


def add_topic(topic: str) -> None:
    """Have the revision of this topic read with each request."""
    _topics.add(topic)


def topics() -> tuple[str, ...]:
    """Every topic that something is kept under."""
    return tuple(sorted(_topics))


def revisions(of: Sequence[str]) -> Subquery:
    """One row with the revisions of these topics, for the one statement that each request begins with."""
    return select(*(_sum_of(topic).label(f"revision_{topic}") for topic in of)).subquery("revisions")


def note_revisions(row: dict[str, Any]) -> dict[str, Any]:
    """Remember the revisions among these columns for this piece of work; what is left are the other columns."""
    known = notes().setdefault("revisions", {})
    for name in [name for name in row if name.startswith("revision_")]:
        known[name.removeprefix("revision_")] = row.pop(name)
    return row


def _revision_of(topic: str) -> int | None:
    """The revision that this piece of work goes by; None if the topic is not watched yet."""
    known = notes().setdefault("revisions", {})
    if topic not in known:
        # A session that is open has a snapshot already, and its rows must not be older than the number.
        row = read_one(_asking(topic), {})
        known[topic] = row["number"] if row else None
    number: int | None = known[topic]
    return number


@lru_cache(maxsize=32)
def _asking(topic: str) -> Select[Any]:
    return select(_sum_of(topic).label("number"))


def _sum_of(topic: str) -> ColumnElement[int]:
    # Written out: one statement for each topic, which the database can plan once.
    named = revision.c.topic == literal_column(f"'{topic}'", String)
    return cast(func.sum(revision.c.value).filter(named), BigInteger)
