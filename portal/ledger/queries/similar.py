"""Suggestions like the one that someone is writing, and what was answered to them."""

from collections.abc import Callable
from functools import cache, lru_cache
from itertools import combinations
from typing import Any, NamedTuple, cast

from sqlalchemy import Select, bindparam, case, select

from portal.accounts.models import User
from portal.community.models import Circle
from portal.foundation.database import among_given, as_one, database, read_all
from portal.foundation.database.revisions import keep_each
from portal.foundation.database.store import Store
from portal.foundation.search import WORDS, SearchEntry, Sought, as_written, grams, holding_most, how_common, stems
from portal.foundation.text import markdown_excerpt
from portal.ledger.models import Idea, Standing, Vote
from portal.ledger.queries.voices import in_short
from portal.ledger.similar import Words, near, rarity
from portal.ledger.visibility import COUNTS, TOPIC, Reach, reach_of, visible_ideas

# So many words are asked for, those that say the most, and so many suggestions are read for each, the newest.
ASKED_WORDS = 8
ASKED_PIECES = 4
# What stands in more suggestions than this is not looked for: it would bring the newest that hold it, before older ones
# that have more in common. Of a few words there is nothing else to look for.
EACH = 60
FEW_WORDS = 2
PAIRED_WORDS = 4
# Among fewer suggestions than this nobody knows yet how rare a word is: one that two of three hold may be.
LEARNT = 400
# A word in more of the suggestions than this says nothing, if more than a few hold it.
COMMON_SHARE = 0.2
A_FEW = 50
# So many are looked at closely; of those with a few words in common fewer beside what is shown, since little more can
# be told of them.
CLOSE = 24
CLOSE_EACH = 2
READ = 4_000


class SimilarIdea(NamedTuple):
    """One suggestion like the one being written.

    Attributes:
        words: how it begins; empty where an answer is shown instead.
        circle: the name of the circle that it stands in; empty in everyone's room.
        shared: the words that say so, as they were typed.
    """

    id: int
    title: str
    words: str
    said_by: str
    proposed_by_id: int
    standing: Standing
    votes: int
    has_voted: bool
    answer: str
    answered_by: str
    circle: str
    shared: tuple[str, ...] = ()


def similar_ideas(title: str, body: str, reader: User, *, limit: int = 5, but: int | None = None) -> list[SimilarIdea]:
    """The suggestions most like these words that the reader may see, at most `limit`, the nearest first.

    Args:
        but: the number of a suggestion that is left out.
    """
    named = stems(title)
    asked = Words.of("asked", " ".join(named), " ".join(stems(body[:READ])))
    asks = asked.asks()
    if not asks:
        return []
    counts, total = how_common(asks, "idea", EACH)
    # Only for a word that hardly anyone wrote are its pieces looked for.
    strange = {piece for word in named if counts.get(word, 0) <= 1 for piece in grams(word)}
    if strange:
        counts |= how_common(strange, "idea", EACH)[0]

    @cache
    def worth(word: str) -> float:
        return rarity(counts.get(word, 0), max(total, LEARNT))

    sought = _sought(named, asks, counts, total, worth)
    best = holding_most(sought, "idea", EACH, min(CLOSE, limit + CLOSE_EACH * len(asks)))
    if not best:
        return []
    reach = reach_of(reader)
    found = keep_each([COUNTS, WORDS], best, lambda entries: _words_of(entries, reach), store=_seen, among=reach)
    known = [words for words in map(found.__getitem__, best) if words and words.id != but]
    like = near(asked, known, worth, limit)
    numbers = [int(one.id) for one in like]
    rows = keep_each([TOPIC], numbers, lambda missing: _read(missing, reader.id), store=_shown, among=reader.id)
    typed = as_written({word for one in like for word in one.shared}, f"{title}\n{body[:READ]}")
    return [
        idea._replace(shared=tuple(typed.get(word, word) for word in one.shared))
        for one in like
        for idea in rows[int(one.id)]
    ]


# Whoever types on is mostly shown the same suggestions, out of the same ones.
_seen = Store(entries=2_000, size=16 * 1024 * 1024)
_shown = Store(entries=2_000, size=8 * 1024 * 1024)


def _words_of(entries: list[int], reach: Reach) -> dict[int, Words | tuple[()]]:
    """The stems of the suggestion with each of these entries; none where it is not to be seen."""
    rows = read_all(_candidates(reach, database.engine.dialect.name), {"entries": as_one(entries)})
    found = {row.entry: Words.of(row.id, row.title, row.body) for row in rows}
    return {entry: found.get(entry, ()) for entry in entries}


def _read(numbers: list[int], reader_id: int) -> dict[int, tuple[SimilarIdea, ...]]:
    asked_for = {"numbers": as_one(numbers), "reader": reader_id}
    found = {row.id: (_idea(row),) for row in read_all(_rows(database.engine.dialect.name), asked_for)}
    return {number: found.get(number, ()) for number in numbers}


def _sought(
    title: list[str], asks: dict[str, float], counts: dict[str, int], total: int, worth: Callable[[str], float]
) -> Sought:
    """The stems to look for, alone or together, with their worth.

    The rare ones are looked for alone, and those that say the most by twos, so that an old suggestion in common words
    is found among many; where nobody wrote a word, its pieces are.
    """
    telling = {word: part * worth(word) for word, part in asks.items() if counts.get(word)}
    rare = {word: value for word, value in telling.items() if counts[word] <= max(COMMON_SHARE * total, A_FEW)}
    best = dict(sorted((rare or telling).items(), key=lambda item: -item[1])[:ASKED_WORDS])
    # Of two words that are both found wherever they stand, those that hold both are among them.
    pairs = [pair for pair in combinations(list(best)[:PAIRED_WORDS], 2) if max(map(counts.__getitem__, pair)) > EACH]
    whole = Sought([*combinations(best, 1), *pairs], best, counts, total)
    sets = [stems for stems in whole.sets if len(best) <= FEW_WORDS or whole.about(stems) <= EACH]
    unknown = [word for word in title if counts.get(word, 0) <= 1]
    pieces = {piece for word in unknown for piece in grams(word) if counts.get(piece)}
    few = sorted(pieces, key=lambda piece: (counts[piece], piece))[:ASKED_PIECES]
    worths = best | {piece: worth(piece) / 3 for piece in few}
    return Sought([*sets, *((piece,) for piece in few)], worths, counts, total)


# Statements are put together once, since that takes longer than running them.
@lru_cache(maxsize=512)
def _candidates(reach: Reach, _kind: str) -> Select[Any]:
    """The stems of the suggestions with these entries that are to be seen."""
    statement = (
        select(Idea.id, SearchEntry.id.label("entry"), SearchEntry.title, SearchEntry.body)
        .join(Idea, Idea.id == SearchEntry.subject_id)
        .where(among_given(SearchEntry.id, "entries"), visible_ideas(reach))
    )
    return cast(Select[Any], statement)


@lru_cache(maxsize=2)
def _rows(_kind: str) -> Select[Any]:
    mine = (
        select(Vote.user_id)
        .where(Vote.idea_id == Idea.id, Vote.user_id == bindparam("reader"))
        .correlate(Idea)
        .exists()
    )
    circle = select(Circle.name).where(Circle.id == Idea.circle_id).correlate(Idea).scalar_subquery()
    besides = circle.label("circle"), Idea.proposed_by_id, case((mine, 1), else_=0).label("has_voted")
    return in_short(*besides).where(among_given(Idea.id, "numbers"))


def _idea(row: Any) -> SimilarIdea:
    return SimilarIdea(
        id=row.id,
        title=row.title,
        words="" if row.answer else markdown_excerpt(row.body, 140),
        said_by=row.author,
        proposed_by_id=row.proposed_by_id,
        standing=row.standing,
        votes=row.votes,
        has_voted=bool(row.has_voted),
        answer=markdown_excerpt(row.answer or "", 320),
        answered_by=row.answerer or "",
        circle=row.circle or "",
    )
