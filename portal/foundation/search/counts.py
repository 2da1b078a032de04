"""How common words are: counted, or read from the database's own statistics, and remembered for a while."""

import json
import time
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import column, text

from portal.foundation.database import database, read_all
from portal.foundation.database.revisions import add_topic, stamp
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


_known = _Known()
# Whoever asks for words that nobody asked for yet waits until they are counted: so they are forgotten seldom, or when
# there is a twentieth more that may hold them, and more than a few.
_REMEMBER = 3_600.0
_GROWN, _FEW = 1.05, 100
# Rarer words are counted after each change: that is quick, and a new one must be found at once.
_COMMON = 50
_REMEMBER_WORDS = 50_000


def how_common(terms: Iterable[str]) -> tuple[dict[str, int], int]:
    """In about how many entries each stem stands, and how many entries there are, in one statement at most.

    What the database's statistics or this process knows to be common is not counted again for an hour, unless many
    entries have come since.
    """
    wanted = set(terms)
    here = database.binding
    if _known.of is not here or time.monotonic() > _known.until or len(_known.counts) > _REMEMBER_WORDS:
        _known.of, _known.until = here, time.monotonic() + _REMEMBER
        _known.total, _known.counts = 0, {} if on_sqlite() else _statistics()
    counts = {term: _known.counts[term] for term in wanted if term in _known.counts}
    here = stamp(TOPIC)
    asked = list(wanted.difference(counts))
    total: int | None = None
    if here is not None:
        *found, total = kept.find_each([*asked, None], here)
        counts |= {term: count for term, count in zip(asked, found, strict=True) if count is not None}
    missing = sorted(wanted.difference(counts))
    if missing or total is None:
        counted, total = _count(missing)
        _known.counts |= {term: count for term, count in counted.items() if count >= _COMMON}
        if here is not None:
            kept.put_each({**counted, None: total}, here)
        counts |= counted
    _known.total = _known.total or total
    if total > _known.total * _GROWN + _FEW:
        forget_counts()
    return counts, total


def about_how_many(terms: Sequence[str], counts: dict[str, int], total: int, *, last_is_prefix: bool) -> float:
    """How many entries hold all of these stems, if words fell together by chance; for choosing a way to find them."""
    share = 1.0
    for place, term in enumerate(terms):
        count = counts.get(term, 0)
        if last_is_prefix and place == len(terms) - 1:
            count = max(count, sum(known for word, known in _known.counts.items() if word.startswith(term)))
        share *= min(count / max(total, 1), 1.0)
    return share * total


def forget_counts() -> None:
    """Count anew at the next question; for tests and after a large import."""
    _known.of = None


_TOTAL = "UNION ALL SELECT NULL, max(id) FROM search_entry"
# What so many hold is counted no further: how close together the newest of them stand says how many there are.
COUNTED = 500
_ON_SQLITE = text(
    "SELECT given.key AS term, (SELECT CASE WHEN count(*) < :counted THEN count(*) "  # noqa: S608 - our own words
    "ELSE count(*) * every.id / (every.id - min(id) + 1) END FROM (SELECT rowid AS id FROM search_index "
    "WHERE search_index MATCH given.value ORDER BY rowid DESC LIMIT :counted)) AS doc "
    f"FROM json_each(:terms) AS given, (SELECT max(id) AS id FROM search_entry) AS every {_TOTAL}"
).columns(column("term"), column("doc"))
_ON_POSTGRESQL = text(
    "SELECT term, (SELECT count(*) FROM search_index WHERE vector @@ CAST(sought AS tsquery)) AS doc "  # noqa: S608 - our own words
    f"FROM unnest(CAST(:terms AS text[]), CAST(:sought AS text[])) AS asked (term, sought) {_TOTAL}"
).columns(column("term"), column("doc"))
_STATISTICS = text(
    "SELECT most_common_elems::text::text[] AS words, most_common_elem_freqs AS shares, "
    "(SELECT max(id) FROM search_entry) AS total FROM pg_stats "
    "WHERE schemaname = current_schema() AND tablename = 'search_index' AND attname = 'vector'"
).columns(column("words"), column("shares"), column("total"))


def _count(terms: list[str]) -> tuple[dict[str, int], int]:
    if on_sqlite():
        sought = {term: sought_all([term]) for term in terms}
        rows = read_all(_ON_SQLITE, {"terms": json.dumps(sought), "counted": COUNTED})
    else:
        rows = read_all(_ON_POSTGRESQL, {"terms": terms, "sought": [sought_all([term]) for term in terms]})
    found = {row.term: row.doc for row in rows}
    total: int = found.pop(None) or 0
    return dict.fromkeys(terms, 0) | found, total


def _statistics() -> dict[str, int]:
    row = next(iter(read_all(_STATISTICS, {})), None)
    if row is None or row.words is None:
        return {}
    # The last three shares are bounds, not words.
    return {word: int(share * (row.total or 0)) for word, share in zip(row.words, row.shares, strict=False)}
