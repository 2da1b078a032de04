"""Entries that hold the most of several sets of stems, by the sum of what the sets are worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Float, Integer, Subquery, column, text

from portal.foundation.search.counts import about_how_many
from portal.foundation.search.index import on_sqlite, sought_all

# On PostgreSQL, which finds words in no order, what stands in more entries than this is looked for among the newest.
COMMON = 2_000
NEWEST = 4_000


@dataclass(frozen=True)
class Sought:
    """Sets of stems that are held together, what each set is worth, and how common each stem is.

    Attributes:
        counts: in about how many entries each stem stands.
        total: how many entries there are.
    """

    worths: Mapping[tuple[str, ...], float]
    counts: dict[str, int]
    total: int

    def values(self) -> dict[str, Any]:
        """What the statement of `holding_most` is run with."""
        if on_sqlite():
            named: dict[str, Any] = {}
            for place, (stems, worth) in enumerate(self.worths.items()):
                named |= {f"term_{place}": sought_all(stems), f"worth_{place}": worth}
            return named
        common = {stems for stems in self.worths if self._about(stems) > COMMON}
        rare = [stems for stems in self.worths if stems not in common]
        return self._arrays("rare", rare) | self._arrays("common", sorted(common))

    def _about(self, stems: Sequence[str]) -> float:
        return about_how_many(stems, self.counts, self.total, last_is_prefix=False)

    def _arrays(self, name: str, sets: Sequence[tuple[str, ...]]) -> dict[str, list[Any]]:
        return {name: [sought_all(stems) for stems in sets], f"{name}_worths": [self.worths[stems] for stems in sets]}


def holding_most(sought: Sought, kind: str, each: int, limit: int) -> Subquery:
    """The ids of the entries of a kind that hold the most of what is sought, and their worth, as `id` and `worth`.

    What it asks for is given by `sought.values()` when the statement is run.

    Args:
        each: so many entries, the newest, are looked at for each set.
        limit: so many entries are found.
    """
    return _holding_most(len(sought.worths) if on_sqlite() else None, kind, each, limit)


# Written as text and kept: putting sixteen questions together takes longer than answering them.
@lru_cache(maxsize=128)
def _holding_most(count: int | None, kind: str, each: int, limit: int) -> Subquery:
    if count is None:
        hits = _ON_POSTGRESQL.format(kind=kind)
    else:
        hits = " UNION ALL ".join(_PART.format(place=place, kind=kind) for place in range(count))
    statement = text(
        f"SELECT id, sum(worth) AS worth FROM ({hits}) AS hits "  # noqa: S608 - names of our own
        "GROUP BY id ORDER BY sum(worth) DESC, id DESC LIMIT :most"
    ).bindparams(each=each, most=limit)
    return statement.columns(column("id", Integer), column("worth", Float)).subquery("best")


_PART = (
    "SELECT * FROM (SELECT search_index.rowid AS id, CAST(:worth_{place} AS DOUBLE PRECISION) AS worth "
    "FROM search_index JOIN search_entry ON search_entry.id = search_index.rowid "
    "WHERE search_index MATCH :term_{place} AND search_entry.kind = '{kind}' "
    "ORDER BY search_index.rowid DESC LIMIT :each) AS part_{place}"
)

# One question for all sets: the database would plan sixteen for longer than it answers them. OFFSET 0 keeps it from
# looking through the newest entries for a rare word, or gathering all entries of a common one. The kind stands in the
# words, since the indexes of one kind are only taken for a question that names it.
_ON_POSTGRESQL = f"""
WITH newest AS MATERIALIZED (
    SELECT entry_id, vector FROM search_index WHERE kind = '{{kind}}' ORDER BY entry_id DESC LIMIT {NEWEST}
)
SELECT found.id, asked.worth
FROM unnest(CAST(:rare AS text[]), CAST(:rare_worths AS float8[])) AS asked (sought, worth)
CROSS JOIN LATERAL (
    SELECT id FROM (
        SELECT entry_id AS id FROM search_index
        WHERE vector @@ CAST(asked.sought AS tsquery) AND kind = '{{kind}}' OFFSET 0
    ) AS every ORDER BY id DESC LIMIT :each
) AS found
UNION ALL
SELECT found.id, asked.worth
FROM (
    SELECT CAST(sought AS tsquery) AS sought, worth
    FROM unnest(CAST(:common AS text[]), CAST(:common_worths AS float8[])) AS given (sought, worth) OFFSET 0
) AS asked
CROSS JOIN LATERAL (
    SELECT entry_id AS id FROM newest WHERE vector @@ asked.sought ORDER BY entry_id DESC LIMIT :each
) AS found
"""  # noqa: S608 - a number of our own
