"""How common words are: counted, or read from the database's own statistics, and remembered for a while."""

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import column, text

from portal.foundation.database import database, read_all
from portal.foundation.database.revisions import add_topic, keep_found, stamp
from portal.foundation.database.store import Store
from portal.foundation.search.index import on_sqlite, sought_all

# Raised by every change of an entry. Whoever types on asks for mostly the same words: how many entries hold them, and
# which, is kept until then.
TOPIC = "words"
add_topic(TOPIC)
kept = Store(entries=4_000, size=8 * 1024 * 1024)


class _Known:
    """How common the common words are, remembered by this process for a while.

    Attributes:
        total: how many entries there were when it began.
    """

    def __init__(self) -> None:
        self.of: Any = None
        self.until = 0.0
        self.total = 0
        self.counts: dict[str, int] = {}


# By the kind of the entries; None for all of them.
_known: defaultdict[str | None, _Known] = defaultdict(_Known)
# Whoever asks for words that nobody asked for yet waits until they are counted: so they are forgotten seldom, or when
# there is a twentieth more that may hold them, and more than a few.
_REMEMBER = 3_600.0
_GROWN, _FEW = 1.05, 100
# Rarer words are counted after each change: that is quick, and a new one must be found at once.
_COMMON = 50
_REMEMBER_WORDS = 50_000


def how_common(terms: Iterable[str], kind: str | None = None, each: int = 0) -> tuple[dict[str, int], int]:
    """In about how many entries each stem stands, and how many entries there are, in one statement at most.

    What the database's statistics or this process knows to be common is not counted again for an hour, unless many
    entries have come since.

    Args:
        kind: only entries of this kind are counted, one that has an index of its own.
        each: so many entries of the kind, the newest that hold it, are kept for each stem that is counted, where
            `holding_most` finds them by the same number.
    """
    wanted = set(terms)
    known, here = _known[kind], database.binding
    if known.of is not here or time.monotonic() > known.until or len(known.counts) > _REMEMBER_WORDS:
        known.of, known.until = here, time.monotonic() + _REMEMBER
        known.total, known.counts = 0, {} if on_sqlite() else _statistics(kind)
    counts = {term: known.counts[term] for term in wanted if term in known.counts}
    here = stamp(TOPIC)
    asked = list(wanted.difference(counts))
    total: int | None = None
    if here is not None:
        *found, total = kept.find_each([(kind, term) for term in (*asked, None)], here)
        counts |= {term: count for term, count in zip(asked, found, strict=True) if count is not None}
    missing = sorted(wanted.difference(counts))
    if missing or total is None:
        counted, newest, total = _count(missing, kind, each)
        known.counts |= {term: count for term, count in counted.items() if count >= _COMMON}
        if here is not None:
            kept.put_each({(kind, term): count for term, count in (*counted.items(), (None, total))}, here)
            keep_found([TOPIC], newest, store=kept, among=(kind, each))
        counts |= counted
    known.total = known.total or total
    if total > known.total * _GROWN + _FEW:
        known.of = None
    return counts, total


def about_how_many(terms: Sequence[str], counts: dict[str, int], total: int, *, last_is_prefix: bool) -> float:
    """How many entries hold all of these stems, if words fell together by chance; for choosing a way to find them."""
    share = 1.0
    for place, term in enumerate(terms):
        count = counts.get(term, 0)
        if last_is_prefix and place == len(terms) - 1:
            count = max(count, sum(known for word, known in _known[None].counts.items() if word.startswith(term)))
        share *= min(count / max(total, 1), 1.0)
    return share * total


def forget_counts() -> None:
    """Count anew at the next question; for tests and after a large import."""
    _known.clear()


# What so many hold is counted no further: how close together the newest of them stand says how many there are.
COUNTED = 500


# Written as text and kept: the kind stands in the words, since each has an index of its own.
@lru_cache(maxsize=8)
def _on_sqlite(kind: str | None) -> Any:
    index, newest = (f"search_index_{kind}", "group_concat(id)") if kind else ("search_index", "NULL")
    return text(
        "SELECT given.key AS term, (SELECT json_array(CASE WHEN count(*) < :counted THEN count(*) "  # noqa: S608 - our own words
        f"ELSE count(*) * every.id / (every.id - min(id) + 1) END, {newest}) FROM (SELECT rowid AS id FROM {index} "
        f"WHERE {index} MATCH given.value ORDER BY rowid DESC LIMIT :counted)) AS told "
        "FROM json_each(:terms) AS given, (SELECT max(id) AS id FROM search_entry) AS every "
        f"UNION ALL SELECT NULL, json_array(({_total(kind)}), NULL)"
    ).columns(column("term"), column("told"))


@lru_cache(maxsize=8)
def _on_postgresql(kind: str | None) -> Any:
    only = f" AND kind = '{kind}'" if kind else ""
    newest = r"(array_agg(entry_id ORDER BY entry_id DESC))[1\:CAST(:each AS int)]" if kind else "NULL::int[]"
    return text(
        "SELECT asked.term, found.doc, found.newest FROM unnest(CAST(:terms AS text[]), CAST(:sought AS text[])) "  # noqa: S608 - our own words
        f"AS asked (term, sought), LATERAL (SELECT count(*) AS doc, {newest} AS newest FROM search_index "
        f"WHERE vector @@ CAST(asked.sought AS tsquery){only}) AS found "
        f"UNION ALL SELECT NULL, ({_total(kind)}), NULL"
    ).columns(column("term"), column("doc"), column("newest"))


@lru_cache(maxsize=8)
def _statistics_of(kind: str | None) -> Any:
    return text(
        "SELECT most_common_elems::text::text[] AS words, most_common_elem_freqs AS shares, "  # noqa: S608 - our own words
        f"({_total(kind)}) AS total FROM pg_stats "
        "WHERE schemaname = current_schema() AND tablename = 'search_index' AND attname = 'vector'"
    ).columns(column("words"), column("shares"), column("total"))


def _total(kind: str | None) -> str:
    if kind is None:
        return "SELECT max(id) FROM search_entry"
    return f"SELECT max(subject_id) FROM search_entry WHERE kind = '{kind}'"  # noqa: S608 - our own words


def _count(
    terms: list[str], kind: str | None, each: int
) -> tuple[dict[str, int], dict[tuple[str, ...], tuple[int, ...]], int]:
    """How many entries hold each, the newest that do, and how many entries there are."""
    sought = {term: sought_all([term]) for term in terms}
    found: dict[str | None, tuple[int, Iterable[int]]]
    if on_sqlite():
        rows = read_all(_on_sqlite(kind), {"terms": json.dumps(sought), "counted": COUNTED})
        told = ((row.term, *json.loads(row.told)) for row in rows)
        found = {term: (doc, map(int, ids.split(",", each)[:each]) if ids else ()) for term, doc, ids in told}
    else:
        given = {"terms": terms, "sought": list(sought.values()), "each": each}
        found = {row.term: (row.doc, row.newest or ()) for row in read_all(_on_postgresql(kind), given)}
    total = found.pop(None)[0] or 0
    return {term: found[term][0] for term in terms}, {(term,): tuple(found[term][1]) for term in terms if kind}, total


def _statistics(kind: str | None) -> dict[str, int]:
    row = next(iter(read_all(_statistics_of(kind), {})), None)
    if row is None or row.words is None:
        return {}
    # The last three shares are bounds, not words.
    return {word: int(share * (row.total or 0)) for word, share in zip(row.words, row.shares, strict=False)}
