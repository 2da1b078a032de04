"""The words of one language and what they weigh, and how a text's words are brought to theirs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from portal.foundation.text import fold

DRAWN_OUT = re.compile(r"([^\W\d_])\1\1+")


# One of each is made and kept, so it is known by itself: what was found in it is remembered (`weighing`).
@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """What one language's words weigh.

    Attributes:
        single: the weight of each word; phrases: for a first and a second word the rest of each phrase from
            the second on, and its weight.
        stems: beginnings of words, each with what a word weighs that begins so; shortest, longest: how long they are.
        negations, stronger, weaker, contrasts, unreal, mocking: words that change others.
        opinions: after a "not" before one of these, what follows them is meant.
        late: what the "not" follows, instead of going before it.
        elided: little words that lose their end before another and are left out.
        starts: the first words of all that weighs something; changers: the words that change one after them.
    """

    single: dict[str, float]
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], float]]]]
    stems: dict[str, float]
    shortest: int
    longest: int
    negations: frozenset[str] = frozenset()
    stronger: frozenset[str] = frozenset()
    weaker: frozenset[str] = frozenset()
    contrasts: frozenset[str] = frozenset()
    unreal: frozenset[str] = frozenset()
    mocking: frozenset[str] = frozenset()
    opinions: frozenset[str] = frozenset()
    late: frozenset[str] = frozenset()
    elided: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    changers: frozenset[str] = frozenset()


def make_lexicon(
    weights: str,
    *,
    known: dict[str, float] | None = None,
    negations: str = "",
    stronger: str = "",
    weaker: str = "",
    contrasts: str = "",
    unreal: str = "",
    mocking: str = "",
    opinions: str = "",
    late: str = "",
    elided: str = "",
) -> Lexicon:
    """A lexicon from lines of `weight: words and phrases`, over another one's single words; `word-` is a stem."""
    single = dict(known or {})
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], float]]]] = {}
    stems: dict[str, float] = {}
    weight = 0.0
    for line in weights.strip().splitlines():
        head, colon, rest = line.partition(": ")
        if colon and head.strip().lstrip("-").replace(".", "", 1).isdigit():
            weight, line = float(head), rest
        for entry in filter(None, (each.strip() for each in line.split(" / "))):
            first, *others = fold(entry).split()
            if first.endswith("-") and not others:
                stems[first[:-1]] = weight
            elif others:
                phrases.setdefault(first, {}).setdefault(others[0], []).append((tuple(others), weight))
            else:
                single[first] = weight
    for by_second in phrases.values():
        for found in by_second.values():
            found.sort(key=_longest_first)
    return Lexicon(
        single={word: value for word, value in single.items() if value},
        phrases=phrases,
        stems=stems,
        shortest=min(map(len, stems), default=0),
        longest=max(map(len, stems), default=0),
        negations=_set(negations),
        stronger=_set(stronger),
        weaker=_set(weaker),
        contrasts=_set(contrasts),
        unreal=_set(unreal),
        mocking=frozenset(
            " ".join(fold(each).split()) for line in mocking.splitlines() for each in line.split(" / ") if each.strip()
        ),
        opinions=_set(opinions),
        late=_set(late),
        elided=_set(elided),
        starts=frozenset(phrases) | {word for word, value in single.items() if value},
        changers=_set(" ".join((negations, stronger, weaker, unreal))),
    )


def shortened(tokens: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The words with those that were drawn out as the lexicon has them: "sooo" as "so", "goooood" as "good"."""
    return [_shortened(token, lexicon) if DRAWN_OUT.search(token) else token for token in tokens]


def unelided(tokens: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The words without the little ones that are joined to them: "l'attente" as "attente"."""
    parts = (token.partition("'") for token in tokens)
    return [second if second and first in lexicon.elided else f"{first}{sign}{second}" for first, sign, second in parts]


def _shortened(token: str, lexicon: Lexicon) -> str:
    found = (token, DRAWN_OUT.sub(r"\1\1", token), DRAWN_OUT.sub(r"\1", token))
    return next((each for each in found if each in lexicon.starts or each in lexicon.changers), token)


def _longest_first(entry: tuple[tuple[str, ...], float]) -> int:
    return -len(entry[0])


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


@lru_cache(maxsize=1)
def vader_words() -> dict[str, float]:
    """The single words of VADER's lexicon (MIT licence) with their weights; emoticons are read apart."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    words = SentimentIntensityAnalyzer().lexicon
    return {word: weight for word, weight in words.items() if word.replace("'", "").isalpha()}
