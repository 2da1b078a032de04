"""Entries that hold the most of several stems, looked for alone or together, by the sum of what the stems are worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import column, text

from portal.foundation.database import read_all
from portal.foundation.database.revisions import keep_each
from portal.foundation.search.counts import TOPIC, about_how_many, kept
from portal.foundation.search.index import on_sqlite, sought_all

# On PostgreSQL, which finds words in no order, what stands in more entries than this is looked for among the newest; so
# few are taken, since each is unpacked to look into it, and what is so common says little.
COMMON = 500
NEWEST = 4_000
FEW = 12
_Stems = tuple[str, ...]


@dataclass(frozen=True)
class Sought:
    """Sets of stems that are held together, what each stem is worth, and how common it is.

    Attributes:
        counts: in about how many entries each stem stands.
        total: how many entries there are.
    """

    sets: Sequence[_Stems]
    worths: Mapping[str, float]
    counts: dict[str, int]
    total: int

    def about(self, stems: _Stems) -> float:
        """In about how many entries all of these stand."""
        return about_how_many(stems, self.counts, self.total, last_is_prefix=False)


def holding_most(sought: Sought, kind: str, each: int, limit: int) -> list[int]:
    """The ids of the entries of a kind that hold what is worth the most, the best first.

    Args:
        each: so many entries, the newest, are looked at for each set.
        limit: so many entries are found.
    """
    marks = {stem: 1 << place for place, stem in enumerate(sought.worths)}
    # What each entry is known to hold: a stem counts once, however many of the sets it stands in.
    held: dict[int, int] = {}
    for stems, numbers in _newest_holding(sought, kind, each).items():
        mark = sum(marks[stem] for stem in stems)
        for number in numbers:
            held[number] = held.get(number, 0) | mark
    points = {
        mark: sum(worth for stem, worth in sought.worths.items() if mark & marks[stem]) for mark in set(held.values())
    }
    # Of those with as many points the newest come first.
    return sorted(sorted(held, reverse=True), key=lambda number: points[held[number]], reverse=True)[:limit]


def _newest_holding(sought: Sought, kind: str, each: int) -> dict[_Stems, tuple[int, ...]]:
    """The newest entries that hold each of the sets; those that are not known are asked for together."""

    def ask(sets: Sequence[_Stems]) -> dict[_Stems, tuple[int, ...]]:
        if on_sqlite():
            return _asked_on_sqlite(sets, kind, each)
        return _asked_on_postgresql(sought, sets, kind, each)

    return keep_each([TOPIC], sought.sets, ask, store=kept, among=(kind, each))


def _asked_on_sqlite(sets: Sequence[_Stems], kind: str, each: int) -> dict[_Stems, tuple[int, ...]]:
    terms = {f"term_{place}": sought_all(stems) for place, stems in enumerate(sets)}
    row = read_all(_on_sqlite(len(sets), kind), {**terms, "each": each})[0]
    return {stems: tuple(map(int, found.split(","))) if found else () for stems, found in zip(sets, row, strict=True)}


def _asked_on_postgresql(sought: Sought, sets: Sequence[_Stems], kind: str, each: int) -> dict[_Stems, tuple[int, ...]]:
    words = {stems: sought_all(stems) for stems in sets}
    common = [words[stems] for stems in sets if sought.about(stems) > COMMON]
    rare = [words[stems] for stems in sets if words[stems] not in common]
    rows = read_all(_on_postgresql(kind), {"rare": rare, "common": common, "each": each, "few": min(each, FEW)})
    found = {row.sought: tuple(row.numbers) for row in rows}
    return {stems: found[asked] for stems, asked in words.items()}


# Written as text and kept: putting sixteen questions together takes longer than answering them.
@lru_cache(maxsize=128)
def _on_sqlite(count: int, kind: str) -> Any:
    parts = ", ".join(_PART.format(place=place, kind=kind) for place in range(count))
    return text(f"SELECT {parts}").columns(*(column(f"part_{place}") for place in range(count)))


@lru_cache(maxsize=8)
def _on_postgresql(kind: str) -> Any:
    return text(_BOTH.format(kind=kind)).columns(column("sought"), column("numbers"))


# All in one row: for each row of its own the driver would let go of the interpreter, and wait for it among threads.
_PART = (
    "(SELECT group_concat(id) FROM (SELECT rowid AS id FROM search_index_{kind} "
    "WHERE search_index_{kind} MATCH :term_{place} ORDER BY rowid DESC LIMIT :each)) AS part_{place}"
)

# One question for all sets: the database would plan sixteen for longer than it answers them. OFFSET 0 keeps it from
# looking through the newest entries for a rare word, or gathering all entries of a common one. The kind stands in the
# words, since the indexes of one kind are only taken for a question that names it.
_BOTH = f"""
SELECT asked.sought, ARRAY(
    SELECT id FROM (
        SELECT entry_id AS id FROM search_index
        WHERE vector @@ CAST(asked.sought AS tsquery) AND kind = '{{kind}}' OFFSET 0
    ) AS every ORDER BY id DESC LIMIT :each
) AS numbers
FROM unnest(CAST(:rare AS text[])) AS asked (sought)
UNION ALL
SELECT asked.sought, ARRAY(
    SELECT entry_id FROM (
        SELECT entry_id, vector FROM search_index WHERE kind = '{{kind}}' ORDER BY entry_id DESC LIMIT {NEWEST}
    ) AS newest WHERE vector @@ asked.query ORDER BY entry_id DESC LIMIT :few
)
FROM (
    SELECT sought, CAST(sought AS tsquery) AS query FROM unnest(CAST(:common AS text[])) AS given (sought) OFFSET 0
) AS asked
"""  # noqa: S608 - a number of our own
