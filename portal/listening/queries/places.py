"""The stream's index: for each mention the words and the facts it can be found by, in the order of time.

A *place* is one whole number, the second of a mention and then its id, so that places are in the order of the stream.
The index holds a text of *tokens* under each place: stems, and facts that begin with `=`. SQLite's FTS5 walks the lists
of several tokens down from any place and stops when a page is full. PostgreSQL's GIN knows no order, so there the
newest few thousand are looked through first, and what is rarer than that is asked for month by month.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.search import on_sqlite, stems
from portal.foundation.search.words import READ_CHARS

HEARD, MUTED = "=h", "=x"
# Ids of 31 bits leave room for the seconds until the year 2106 and for years before 1970.
ID_BITS = 31
_ID_MASK = (1 << ID_BITS) - 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
TOP = (1 << 63) - 1
BOTTOM = -(1 << 63)

# PostgreSQL: so many of the newest are looked through before the index is asked, and so many months one by one.
WALK = 4_000
MONTHS = 36


def place_of(at: datetime, number: int) -> int:
    """Where a mention stands in the stream."""
    return ((at - _EPOCH) // _SECOND << ID_BITS) | number


def mention_of(place: int) -> int:
    """The id of the mention at a place."""
    return place & _ID_MASK


def second_of(place: int) -> datetime:
    """The second of the mention at a place."""
    return _EPOCH + (place >> ID_BITS) * _SECOND


def word_tokens(said: str) -> list[str]:
    """The stems of a text of any length, each once."""
    parts = (said[start : start + READ_CHARS] for start in range(0, len(said), READ_CHARS))
    return list(dict.fromkeys(stem for part in parts for stem in stems(part)))


def fact(kind: str, value: object) -> str:
    """A token for one fact, such as the channel; `kind` is one letter."""
    return f"={kind}{''.join(sign for sign in str(value).lower() if sign.isalnum())}"


def month_token(at: datetime) -> str:
    """The token of the month in which a mention stands."""
    return f"=y{at:%Y%m}"


def newest_places(tokens: Sequence[str], *, before: int = TOP, since: int = BOTTOM, limit: int) -> list[int]:
    """The newest places that hold every one of these tokens, newest first.

    Args:
        tokens: at least one.
        before: only places below this one.
        since: only places from this one on.
    """
    if on_sqlite():
        asked = {"sought": _fts(tokens), "before": before, "since": since, "limit": limit}
        return list(session().execute(_FTS, asked).scalars())
    given = {"sought": _tsquery(tokens), "before": before, "since": since, "limit": limit, "walk": WALK}
    rows = session().execute(_WALK, given).all()
    found = [place for place, holds in rows if holds]
    reached = next((place for place, holds in rows if not holds), None)
    if reached is None:
        return found
    queries, uppers = _by_month(_tsquery(tokens), reached, since)
    given = {"queries": queries, "uppers": uppers, "since": since, "limit": limit - len(found)}
    return found + list(session().execute(_MONTHLY, given).scalars())


def next_places(tokens: Sequence[str], *, after: int, limit: int) -> list[int]:
    """The places next above one that hold every one of these tokens, oldest first."""
    if on_sqlite():
        return list(session().execute(_FTS_UP, {"sought": _fts(tokens), "after": after, "limit": limit}).scalars())
    given = {"sought": _tsquery(tokens), "after": after, "limit": limit, "walk": WALK}
    rows = session().execute(_WALK_UP, given).all()
    found = [place for place, holds in rows if holds]
    reached = next((place for place, holds in rows if not holds), None)
    if reached is None:
        return found
    queries, lowers = _by_month_up(_tsquery(tokens), reached)
    given = {"queries": queries, "lowers": lowers, "limit": limit - len(found)}
    return found + list(session().execute(_MONTHLY_UP, given).scalars())


def write_places(entries: Sequence[tuple[int, str | None]]) -> None:
    """Put entries under their places, in the place of what stood there; None takes one out."""
    entries = sorted(entries)
    places = [place for place, _words in entries]
    full = [(place, words) for place, words in entries if words is not None]
    connection = session().connection()
    if on_sqlite():
        # FTS5 gathers what comes in rising order; all goes before anything comes.
        connection.exec_driver_sql("DELETE FROM stream_index WHERE rowid = ?", [(place,) for place in places])
        if full:
            connection.exec_driver_sql("INSERT INTO stream_index (rowid, words) VALUES (?, ?)", full)
        return
    gone = [place for place, words in entries if words is None]
    if gone:
        connection.exec_driver_sql("DELETE FROM stream_index WHERE place = ANY(%s)", (gone,))
    if full:
        connection.exec_driver_sql(
            "INSERT INTO stream_index (place, vector) "
            "SELECT place, array_to_tsvector(string_to_array(words, ' ')) "
            "FROM unnest(%s::bigint[], %s::text[]) AS new (place, words) "
            "ON CONFLICT (place) DO UPDATE SET vector = excluded.vector",
            ([place for place, _words in full], [words for _place, words in full]),
        )


def settle() -> None:
    """Put what was written into the index proper, so that no search reads it one by one; after some batches."""
    if not on_sqlite():
        session().execute(text("SELECT gin_clean_pending_list('stream_index_vector')"))


def _fts(tokens: Sequence[str]) -> str:
    return " AND ".join(f'"{token}"' for token in tokens)


def _tsquery(tokens: Sequence[str]) -> str:
    return " & ".join(f"'{token}'" for token in tokens)


def _by_month(sought: str, reached: int, since: int) -> tuple[list[str], list[int]]:
    """What to ask for month after month, from where the walk ended, and below which place each."""
    month = second_of(reached).replace(day=1, hour=0, minute=0, second=0)
    queries, uppers = [], []
    upper = reached
    for _step in range(MONTHS):
        queries.append(f"{sought} & '{month_token(month)}'")
        uppers.append(upper)
        upper = place_of(month, 0)
        if upper <= since:
            return queries, uppers
        month = (month - timedelta(days=1)).replace(day=1)
    return [*queries, sought], [*uppers, upper]


def _by_month_up(sought: str, reached: int) -> tuple[list[str], list[int]]:
    """What to ask for month after month, from where the walk ended up to today, and above which place each."""
    month, end = second_of(reached).replace(day=1, hour=0, minute=0, second=0), now()
    queries, lowers = [], []
    lower = reached
    for _step in range(MONTHS):
        if month > end:
            break
        queries.append(f"{sought} & '{month_token(month)}'")
        lowers.append(lower)
        month = (month + timedelta(days=31)).replace(day=1)
        lower = place_of(month, 0) - 1
    return [*queries, sought], [*lowers, lower]


_FTS = text(
    "SELECT rowid FROM stream_index WHERE stream_index MATCH :sought AND rowid < :before AND rowid >= :since "
    "ORDER BY rowid DESC LIMIT :limit"
)
_FTS_UP = text(
    "SELECT rowid FROM stream_index WHERE stream_index MATCH :sought AND rowid > :after ORDER BY rowid LIMIT :limit"
)
# Beside what was found, where the walk ended if it ended before there was enough.
_WALK = text(
    "WITH held AS MATERIALIZED ("
    "SELECT place FROM (SELECT place, vector FROM stream_index WHERE place < :before AND place >= :since "
    "ORDER BY place DESC LIMIT :walk) AS walked WHERE vector @@ CAST(:sought AS tsquery) "
    "ORDER BY place DESC LIMIT :limit) "
    "SELECT place, true FROM held UNION ALL (SELECT place, false FROM stream_index "
    "WHERE (SELECT count(*) FROM held) < :limit AND place < :before AND place >= :since "
    "ORDER BY place DESC OFFSET :walk - 1 LIMIT 1)"
)
# Adding nothing to the place keeps the planner from walking over the places beside or instead of asking the index.
_MONTHLY = text(
    "SELECT found.place FROM unnest(CAST(:queries AS text[]), CAST(:uppers AS bigint[])) WITH ORDINALITY "
    "AS asked (sought, upper, number) CROSS JOIN LATERAL ("
    "SELECT place FROM stream_index WHERE vector @@ CAST(asked.sought AS tsquery) "
    "AND place + 0 < asked.upper AND place + 0 >= :since ORDER BY place + 0 DESC LIMIT :limit) AS found LIMIT :limit"
)
_WALK_UP = text(
    "WITH held AS MATERIALIZED ("
    "SELECT place FROM (SELECT place, vector FROM stream_index WHERE place > :after "
    "ORDER BY place LIMIT :walk) AS walked WHERE vector @@ CAST(:sought AS tsquery) "
    "ORDER BY place LIMIT :limit) "
    "SELECT place, true FROM held UNION ALL (SELECT place, false FROM stream_index "
    "WHERE (SELECT count(*) FROM held) < :limit AND place > :after "
    "ORDER BY place OFFSET :walk - 1 LIMIT 1)"
)
_MONTHLY_UP = text(
    "SELECT found.place FROM unnest(CAST(:queries AS text[]), CAST(:lowers AS bigint[])) WITH ORDINALITY "
    "AS asked (sought, lower, number) CROSS JOIN LATERAL ("
    "SELECT place FROM stream_index WHERE vector @@ CAST(asked.sought AS tsquery) "
    "AND place + 0 > asked.lower ORDER BY place + 0 LIMIT :limit) AS found LIMIT :limit"
)
