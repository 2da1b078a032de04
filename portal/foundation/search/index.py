"""Finding words: texts folded and stemmed in Python, kept in one table, and read by FTS5 or by a tsvector.

What a database must know of a row is its stems alone, so that both find the same. A row that changed is due by a
trigger of the database; whoever changed it reads it again in the same transaction, and the worker takes what was left.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Index,
    Integer,
    Select,
    String,
    Text,
    bindparam,
    cast,
    column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, database, session
from portal.foundation.search.asked import Asked, Run
from portal.foundation.search.words import grams_of, stems

# Made by the database itself: FTS5 (whose hidden column has the table's name) or a table with a tsvector.
_index: Any = table("search_index", column("search_index"), column("rowid"), column("entry_id"), column("vector"))


class SearchEntry(Base):
    """The stems of one row that can be found.

    `kind` and `subject_id` name the row, `group_id` what it belongs to; `title` counts for more than `body`.
    `grams` holds the three-letter pieces of the title, for words that nobody has written like this before.
    """

    __tablename__ = "search_entry"
    __table_args__ = (Index("uq_search_entry_subject", "kind", "subject_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[int]
    group_id: Mapped[int | None] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    grams: Mapped[str] = mapped_column(Text)


class SearchDue(Base):
    """A row that changed since its stems were written; put here by triggers, taken by `take_due`."""

    __tablename__ = "search_due"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)


def matches(term: str, *, in_title: bool = False, is_prefix: bool = False) -> Select[Any]:
    """The ids of the entries that hold one stem, or a word beginning so.

    Args:
        term: one stem as `stems` gives it; letters and digits only.
    """
    return _matching(_quoted(term, in_title, is_prefix))


def newest_given(*, before: bool) -> Any:
    """The newest `window` entries that hold what `sought` says when this is run, as a table with the column `id`.

    `above` is a number that they all are above: on PostgreSQL, which finds words in no order, whoever knows about
    how many there are keeps it from looking at all of them. The values stand in the words of the statement, since
    the right way to find a common word is not that for a rare one.

    Args:
        before: only those before the number `before`.
    """
    number = entry_number()
    found = _matching(bindparam("sought", type_=String, literal_execute=True))
    found = found.where(number > bindparam("above", type_=Integer, literal_execute=True))
    if before:
        found = found.where(number < bindparam("before", type_=Integer, literal_execute=True))
    window = bindparam("window", type_=Integer, literal_execute=True)
    return found.order_by(number.desc()).limit(window).cte("found").prefix_with("MATERIALIZED")


def matches_all(terms: Sequence[str], *, last_is_prefix: bool = False) -> Select[Any]:
    """The ids of the entries that hold every one of these stems."""
    return _matching(sought_all(terms, last_is_prefix=last_is_prefix))


def sought_all(terms: Sequence[str], *, last_is_prefix: bool = False) -> str:
    """What the database is asked for, so that every one of these stems is held."""
    parts = [
        _quoted(term, False, last_is_prefix and place == len(terms) - 1 and len(term) > 1)
        for place, term in enumerate(terms)
    ]
    return (" AND " if on_sqlite() else " & ").join(parts)


def sought(asked: Asked) -> str:
    """What the database is asked for, so that all is held that is looked for and nothing that is left out.

    Args:
        asked: something that is to be held, and what is not.
    """
    both, either, without = (" AND ", " OR ", " NOT ") if on_sqlite() else (" & ", " | ", " & !")
    *first, last = asked.held
    held = [*map(_run, first), _quoted(last[0], False, True) if asked.is_open and len(last[0]) > 1 else _run(last)]
    query = both.join(held)
    return f"({query}){without}({either.join(map(_run, asked.left_out))})" if asked.left_out else query


def _run(run: Run) -> str:
    """Stems one after another, in the title or in the text; not the end of one and the beginning of the other."""
    if len(run) == 1:
        return _quoted(run[0], False, False)
    if on_sqlite():
        return f'"{" ".join(run)}"'
    title, body = (" <-> ".join(f"'{stem}':{weight}" for stem in run) for weight in "AB")
    return f"({title} | {body})"


def _matching(query: str | BindParameter[str]) -> Select[Any]:
    if on_sqlite():
        holds = _index.c.search_index.op("MATCH", is_comparison=True)(query)
    else:
        holds = _index.c.vector.op("@@", is_comparison=True)(cast(query, TSQUERY))
    return select(entry_number().label("id")).where(holds)


def entry_number() -> ColumnElement[int]:
    """The entry's id as the index knows it, for joining and for paging by key."""
    number: ColumnElement[int] = _index.c.rowid if on_sqlite() else _index.c.entry_id
    return number


def _quoted(term: str, in_title: bool, is_prefix: bool) -> str:
    clean = term.replace("'", "").replace('"', "").replace("\\", "")
    if on_sqlite():
        return f'{"title : " if in_title else ""}"{clean}"{" *" if is_prefix else ""}'
    marks = ("*" if is_prefix else "") + ("A" if in_title else "")
    return f"'{clean}'" + (f":{marks}" if marks else "")


def on_sqlite() -> bool:
    """Which of the two indexes is asked; part of the key of every statement that is kept."""
    return database.engine.dialect.name == "sqlite"


def write_entry(kind: str, subject_id: int, *, group_id: int | None, title: str, body: str, pieces: bool) -> None:
    """Write the stems of a row anew; `pieces` keeps its title's three-letter pieces too."""
    known = session().scalar(
        select(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.subject_id == subject_id)
    )  # fmt: skip
    entry = known or SearchEntry(kind=kind, subject_id=subject_id)
    entry.group_id, entry.title, entry.body = group_id, " ".join(stems(title)), " ".join(stems(body))
    entry.grams = grams_of(title) if pieces else ""
    session().add(entry)


def remove_entry(kind: str, subject_id: int) -> None:
    """Forget the stems of a row that is gone."""
    known = session().scalar(
        select(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.subject_id == subject_id)
    )  # fmt: skip
    if known is not None:
        session().delete(known)


def take_due(limit: int) -> list[tuple[str, int]]:
    """Take rows that changed: each is handed to one taker, and is due again if its transaction fails."""
    current = session()
    due = list(current.scalars(select(SearchDue).limit(limit).with_for_update(skip_locked=True)))
    for row in due:
        current.delete(row)
    current.flush()
    return [(row.kind, row.subject_id) for row in due]
