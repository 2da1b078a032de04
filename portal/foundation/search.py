"""Finding words: texts folded and stemmed in Python, kept in one table, and read by FTS5 or by a tsvector.

What a database must know of a row is its stems alone, so that both find the same. A row that changed is due by a
trigger of the database; whoever changed it reads it again in the same transaction, and the worker takes what was left.
"""

import re
import time
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import local
from typing import Any

import Stemmer
from sqlalchemy import ColumnElement, Index, Select, String, Text, bindparam, cast, column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.database import Base, database, session
from portal.foundation.text import fold

# More of a text is not looked at.
READ_CHARS = 8_000
LONGEST_WORD = 40
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
# Letters and digits; of the scripts that put no space between words, one mark at a time.
_SOLID = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_SOLID}]+|(?:(?![{_SOLID}])[^\W_])+")
_IS_SOLID = re.compile(rf"[{_SOLID}]")
_own = local()
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


def stems(source: str) -> list[str]:
    """The words of a text in order, folded and without their endings; addresses are left out."""
    folded = _ADDRESS.sub(" ", fold(source[:READ_CHARS]))
    found: list[str] = []
    for word in _WORD.findall(folded):
        if _IS_SOLID.match(word):
            found += [word[at : at + 2] for at in range(max(len(word) - 1, 1))]
        else:
            found.append(_stem(word[:LONGEST_WORD]))
    return found


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    # A stemmer holds a buffer of its own, so each thread has one.
    if not hasattr(_own, "stemmer"):
        _own.stemmer = Stemmer.Stemmer("english")
    return str(_own.stemmer.stemWord(word)) or word


def grams(word: str) -> list[str]:
    """The three-letter pieces of a word with its ends, marked so that no word looks like one."""
    edged = f"0{word}0" if len(word) > 2 else ""
    return [f"0{edged[at : at + 3]}" for at in range(len(edged) - 2)]


def grams_of(source: str) -> str:
    """The pieces of all words of a title."""
    return " ".join(piece for word in dict.fromkeys(stems(source)) for piece in grams(word))


def matches(term: str, *, in_title: bool = False, is_prefix: bool = False) -> Select[Any]:
    """The ids of the entries that hold one stem, or a word beginning so.

    Args:
        term: one stem as `stems` gives it; letters and digits only.
    """
    return _matching(_quoted(term, in_title, is_prefix))


def matches_all(terms: Sequence[str], *, last_is_prefix: bool = False) -> Select[Any]:
    """The ids of the entries that hold every one of these stems."""
    parts = [
        _quoted(term, False, last_is_prefix and place == len(terms) - 1 and len(term) > 1)
        for place, term in enumerate(terms)
    ]
    return _matching((" AND " if _is_sqlite() else " & ").join(parts))


def _matching(query: str) -> Select[Any]:
    if _is_sqlite():
        holds = _index.c.search_index.op("MATCH", is_comparison=True)(query)
    else:
        holds = _index.c.vector.op("@@", is_comparison=True)(cast(query, TSQUERY))
    return select(entry_number().label("id")).where(holds)


def entry_number() -> ColumnElement[int]:
    """The entry's id as the index knows it, for joining and for paging by key."""
    number: ColumnElement[int] = _index.c.rowid if _is_sqlite() else _index.c.entry_id
    return number


def _quoted(term: str, in_title: bool, is_prefix: bool) -> str:
    clean = term.replace("'", "").replace('"', "").replace("\\", "")
    if _is_sqlite():
        return f'{"title : " if in_title else ""}"{clean}"{" *" if is_prefix else ""}'
    marks = ("*" if is_prefix else "") + ("A" if in_title else "")
    return f"'{clean}'" + (f":{marks}" if marks else "")


def _is_sqlite() -> bool:
    return database.engine.dialect.name == "sqlite"


def marked(source: str, terms: Sequence[str], *, length: int = 240) -> list[tuple[str, bool]]:
    """An excerpt around the first word that was looked for, in pieces: text, and whether it is such a word.

    Args:
        terms: stems; the last one may be the beginning of a word.
    """
    wanted = set(terms)
    found = [word.span() for word in _WORD.finditer(source) if _is_wanted(word.group(), wanted, terms[-1:])]
    start = _beginning(source, found[0][0] if found else 0, length)
    end = min(start + length, len(source))
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for first, last in found:
        if at <= first and last <= end:
            pieces += [(source[at:first], False), (source[first:last], True)]
            at = last
    rest = source[at:end] if end == len(source) else source[at:end].rsplit(" ", 1)[0] + "…"
    return [piece for piece in (*pieces, (rest, False)) if piece[0]]


def _beginning(source: str, first: int, length: int) -> int:
    """Where an excerpt begins, so that its first marked word stands in its first third."""
    if first < length * 2 // 3:
        return 0
    space = source.rfind(" ", 0, first - length // 3)
    return space + 1 if space >= 0 else first


def _is_wanted(word: str, wanted: set[str], begun: Sequence[str]) -> bool:
    own = stems(word)
    return bool(wanted.intersection(own)) or any(stem.startswith(begin) for stem in own for begin in begun)


class _Known:
    """How common the common words are, remembered by this process for a while."""

    def __init__(self) -> None:
        self.of: Any = None
        self.until = 0.0
        self.counts: dict[str, int] = {}


_known = _Known()
_REMEMBER = 300.0
# Rarer words are counted each time: that is quick, and a new one must be found at once.
_COMMON = 50
_REMEMBER_WORDS = 50_000


def how_common(terms: Iterable[str]) -> tuple[dict[str, int], int]:
    """In about how many entries each stem stands, and how many entries there are.

    SQLite counts; PostgreSQL knows the common ones from its own statistics, and takes the rest as rare.
    """
    wanted = set(terms)
    total = session().scalar(select(SearchEntry.id).order_by(SearchEntry.id.desc()).limit(1)) or 0
    here = str(database.engine.url)
    if _known.of != here or time.monotonic() > _known.until or len(_known.counts) > _REMEMBER_WORDS:
        _known.of, _known.until = here, time.monotonic() + _REMEMBER
        _known.counts = {} if _is_sqlite() else _statistics(total)
    if not _is_sqlite():
        return {term: _known.counts.get(term, 1) for term in wanted}, total
    counts = {term: _known.counts[term] for term in wanted if term in _known.counts}
    counted = _count(wanted - counts.keys())
    _known.counts |= {term: count for term, count in counted.items() if count >= _COMMON}
    return counts | counted, total


def _count(terms: set[str]) -> dict[str, int]:
    if not terms:
        return {}
    statement = text("SELECT term, doc FROM search_words WHERE term IN :terms")
    rows = session().execute(statement.bindparams(bindparam("terms", sorted(terms), expanding=True)))
    return dict.fromkeys(terms, 0) | {row.term: row.doc for row in rows}


def forget_counts() -> None:
    """Count anew at the next question; for tests and after a large import."""
    _known.of = None


def _statistics(total: int) -> dict[str, int]:
    row = session().execute(
        text(
            "SELECT most_common_elems::text::text[] AS words, most_common_elem_freqs AS shares FROM pg_stats "
            "WHERE schemaname = current_schema() AND tablename = 'search_index' AND attname = 'vector'"
        )
    ).one_or_none()  # fmt: skip
    if row is None or row.words is None:
        return {}
    # The last three shares are bounds, not words.
    return {word: int(share * total) for word, share in zip(row.words, row.shares, strict=False)}


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
