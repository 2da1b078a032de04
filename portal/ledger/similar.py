"""How like two suggestions are: rare words in common, the title before the rest, and titles that nearly agree.

The sum over shared words is BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) with the
title weighted above the body; the agreement of the titles is rapidfuzz's token set ratio. Pure: no database here.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nlargest
from operator import itemgetter

from rapidfuzz import fuzz, process

# Saturation and length, as the literature has them.
K1 = 1.2
B = 0.75
TITLE_WEIGHT = 3.0
# What a word of the title asks for, beside one of the body.
TITLE_ASKS = 2.0
# How often a word of the body is heard at most.
BODY_TIMES = 3
FUZZY_SHARE = 0.3
PIECES_SHARE = 0.2
# Below this nothing is shown while someone types.
LEAST = 0.3
WORDS_SHOWN = 4
# From this likeness on (0 to 100) two spellings are one word.
NEARLY = 80


@dataclass(frozen=True)
class Words:
    """The stems of one suggestion; `id` is its number or its name in a file."""

    id: int | str
    title: tuple[str, ...]
    body: tuple[str, ...]

    @cached_property
    def weights(self) -> Counter[str]:
        """How much each word counts here."""
        counted: Counter[str] = Counter()
        for word in self.title:
            counted[word] += TITLE_WEIGHT  # type: ignore[assignment]
        counted.update(self.body)
        return counted

    @cached_property
    def length(self) -> float:
        """The length that the weights make."""
        return TITLE_WEIGHT * len(self.title) + len(self.body)

    @cached_property
    def asks(self) -> dict[str, float]:
        """How much each word counts when this is what is looked for."""
        asked = {word: math.sqrt(min(times, BODY_TIMES)) for word, times in Counter(self.body).items()}
        for word in self.title:
            asked[word] = asked.get(word, 0.0) + TITLE_ASKS
        return asked

    @cached_property
    def pieces(self) -> frozenset[str]:
        """The three-letter pieces of the title."""
        line = f" {' '.join(self.title)} "
        return frozenset(line[at : at + 3] for at in range(len(line) - 2))


@dataclass(frozen=True)
class Likeness:
    """One suggestion that is like another: how much (0 to about 1.5), and the words that say so, rarest first."""

    id: int | str
    score: float
    shared: tuple[str, ...]


def rarity(in_how_many: int, of_how_many: int) -> float:
    """What a word is worth: the rarer, the more (inverse document frequency, never below 0)."""
    return math.log(1 + (max(of_how_many - in_how_many, 0) + 0.5) / (in_how_many + 0.5))


def rank(
    asked: Words, known: Iterable[Words], worth: Callable[[str], float], close: int | None = None
) -> list[Likeness]:
    """The known suggestions from the most to the least like; ties by the id, so that an order is for good.

    Args:
        worth: the rarity of a stem.
        close: only the titles of so many, those with the most in common, are held against each other.
    """
    others = [words for words in known if words.id != asked.id]
    if not others or not asked.asks:
        return []
    asked = spelt_as_known(asked, others)
    average = sum(words.length for words in others) / len(others) or 1.0
    values = _values(asked, worth)
    # The most that a text of usual length with all of these words could reach.
    most = sum(values.values()) * (K1 + 1) / 2 or 1.0
    sums = [(_shared_words(values, words, average), words) for words in others]
    best = max(max(points for points, _ in sums), most * 0.25)
    if close is not None and len(sums) > close:
        sums = nlargest(close, sums, key=itemgetter(0))
    title = " ".join(asked.title)
    found = [
        Likeness(
            words.id,
            round(points / best + FUZZY_SHARE * _agreement(title, words) + PIECES_SHARE * _overlap(asked, words), 6),
            _words_shared(values, words),
        )
        for points, words in sums
    ]
    return sorted(found, key=lambda one: (-one.score, str(one.id)))


def near(asked: Words, known: Iterable[Words], worth: Callable[[str], float], limit: int = 5) -> list[Likeness]:
    """Only those like enough to be shown: something rare in common, or a title that nearly agrees."""
    by_id = {words.id: words for words in known}
    asked = spelt_as_known(asked, by_id.values())
    values = _values(asked, worth)
    total = sum(values.values()) or 1.0
    shown = []
    for one in rank(asked, by_id.values(), worth, close=6 * limit)[: 4 * limit]:
        words = by_id[one.id]
        covered = sum(value for word, value in values.items() if word in words.weights) / total
        titles = _agreement(" ".join(asked.title), words)
        if covered >= LEAST or (covered >= LEAST / 2 and titles >= 0.6) or _overlap(asked, words) >= 0.5:
            shown.append(one)
    return shown[:limit]


def spelt_as_known(asked: Words, known: Iterable[Words]) -> Words:
    """The same words with those of the title that nobody else wrote spelt like the nearest one that somebody did."""
    others = list(known)
    heard = set().union(*(words.weights for words in others))
    strange = [word for word in asked.title if word not in heard]
    if not strange:
        return asked
    titles = sorted({word for words in others for word in words.title})
    spelt = {}
    for word in strange:
        found = process.extractOne(word, titles, scorer=fuzz.ratio, score_cutoff=NEARLY)
        if found:
            spelt[word] = found[0]
    return replace(asked, title=tuple(spelt.get(word, word) for word in asked.title)) if spelt else asked


def _values(asked: Words, worth: Callable[[str], float]) -> dict[str, float]:
    return {word: part * worth(word) for word, part in asked.asks.items()}


def _shared_words(values: dict[str, float], words: Words, average: float) -> float:
    norm = K1 * (1 - B + B * words.length / average)
    weights = words.weights
    both = values.keys() & weights.keys()
    return math.fsum(values[word] * weights[word] * (K1 + 1) / (weights[word] + norm) for word in both)


def _agreement(title: str, words: Words) -> float:
    return fuzz.token_set_ratio(title, " ".join(words.title)) / 100


def _overlap(asked: Words, words: Words) -> float:
    either = asked.pieces | words.pieces
    return len(asked.pieces & words.pieces) / len(either) if either else 0.0


def _words_shared(values: dict[str, float], words: Words) -> tuple[str, ...]:
    both = values.keys() & words.weights.keys()
    return tuple(sorted(both, key=lambda word: (-values[word], word))[:WORDS_SHOWN])


def worth_in(corpus: Sequence[Words]) -> Callable[[str], float]:
    """The rarity of words in a set that is all in memory."""
    counts: Counter[str] = Counter()
    for words in corpus:
        counts.update(words.weights.keys())
    return lambda word: rarity(counts[word], len(corpus))
