"""Weighing the words of a text: negation and its reach, stronger and weaker words, contrast, mockery, questions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from portal.foundation.text import fold

Weights = tuple[tuple[str, float], ...]

# Sums are brought into -1 … 1 as in VADER (Hutto and Gilbert 2014).
_ALPHA = 15
_REACH = 3
_MOST_SHOWN = 20
_LEAST_SHOWN = 0.05
# Blame from which praise beside it is doubted.
_HEAVY = 1.4
_EDGES = {".", "?"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language's words weigh.

    Attributes:
        single: the weight of each word; phrases: for a first and a second word the rest of each phrase from
            the second on, and its weight.
        negations, stronger, weaker, contrasts, unreal, mocking: words that change others.
        starts: the first words of all that weighs something; changers: the words that change one after them.
    """

    single: dict[str, float]
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], float]]]]
    negations: frozenset[str] = frozenset()
    stronger: frozenset[str] = frozenset()
    weaker: frozenset[str] = frozenset()
    contrasts: frozenset[str] = frozenset()
    unreal: frozenset[str] = frozenset()
    mocking: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    changers: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Find:
    place: int
    words: str
    weight: float


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
) -> Lexicon:
    """A lexicon from lines of `weight: words and phrases`, over another one's single words."""
    single = dict(known or {})
    phrases: dict[str, dict[str, list[tuple[tuple[str, ...], float]]]] = {}
    weight = 0.0
    for line in weights.strip().splitlines():
        head, colon, rest = line.partition(": ")
        if colon and head.strip().lstrip("-").replace(".", "", 1).isdigit():
            weight, line = float(head), rest
        for entry in filter(None, (each.strip() for each in line.split(" / "))):
            first, *others = fold(entry).split()
            if others:
                phrases.setdefault(first, {}).setdefault(others[0], []).append((tuple(others), weight))
            else:
                single[first] = weight
    for by_second in phrases.values():
        for found in by_second.values():
            found.sort(key=_longest_first)
    return Lexicon(
        single={word: value for word, value in single.items() if value},
        phrases=phrases,
        negations=_set(negations),
        stronger=_set(stronger),
        weaker=_set(weaker),
        contrasts=_set(contrasts),
        unreal=_set(unreal),
        mocking=frozenset(
            " ".join(fold(each).split()) for line in mocking.splitlines() for each in line.split(" / ") if each.strip()
        ),
        starts=frozenset(phrases) | {word for word, value in single.items() if value},
        changers=_set(" ".join((negations, stronger, weaker, unreal))),
    )


def weigh(tokens: Sequence[str], lexicon: Lexicon, *, shouts: int = 0) -> tuple[float, Weights]:
    """The sum of what the words of a text weigh, and each with its weight.

    Args:
        tokens: plain words, with `.` and `?` where sentences end.
        lexicon: of the language.
        shouts: how many exclamation marks there are.
    """
    finds = _find(tokens, lexicon)
    if not finds:
        return 0.0, ()
    has_contrast = not lexicon.contrasts.isdisjoint(tokens)
    # Most words have none before them that changes what they weigh.
    may_shorten = "n't " in " ".join(tokens)
    for each in finds:
        place = each.place
        if may_shorten or not lexicon.changers.isdisjoint(tokens[place - _REACH if place > _REACH else 0 : place]):
            each.weight = _in_place(each, tokens, lexicon)
    if has_contrast or "?" in tokens:
        _turn(finds, tokens, lexicon)
    if not has_contrast:
        _mock(finds, lexicon)
    total = 0.0
    shown = []
    for each in finds:
        weight = each.weight
        total += weight
        if abs(weight) >= _LEAST_SHOWN:
            shown.append((each.words, round(weight, 2)))
    total *= 1 + 0.08 * min(shouts, 3)
    return total, tuple(shown[:_MOST_SHOWN])


def in_bounds(total: float) -> float:
    """A sum as a tone between -1 and 1."""
    return round(total / math.sqrt(total * total + _ALPHA), 4)


def _find(tokens: Sequence[str], lexicon: Lexicon) -> list[_Find]:
    found = []
    single, phrases, starts = lexicon.single, lexicon.phrases, lexicon.starts
    past, last = 0, len(tokens) - 1
    for place, token in enumerate(tokens):
        if token not in starts or place < past:
            continue
        following = phrases.get(token)
        if following is not None and place < last:
            for rest, weight in following.get(tokens[place + 1], ()):
                end = place + 1 + len(rest)
                if len(rest) == 1 or tuple(tokens[place + 1 : end]) == rest:
                    if weight:
                        found.append(_Find(place, " ".join((token, *rest)), weight))
                    past = end
                    break
        if place >= past and token in single:
            found.append(_Find(place, token, single[token]))
    return found


def _in_place(found: _Find, tokens: Sequence[str], lexicon: Lexicon) -> float:
    """What a word weighs after the few words in front of it."""
    weight = found.weight
    factor = 1.0
    negated = False
    first = max(0, found.place - _REACH)
    for place in range(found.place - 1, first - 1, -1):
        word = tokens[place]
        if word in _EDGES or word in lexicon.contrasts:
            break
        if word in lexicon.negations or word.endswith("n't"):
            if not (word == "not" and tokens[place + 1] in {"only", "just"}):
                negated = True
        elif place == found.place - 1 and word in lexicon.stronger:
            factor = 1.3
        elif place >= found.place - 2 and word in lexicon.weaker:
            factor = 0.7
        elif weight > 0 and word in lexicon.unreal:
            factor *= 0.2
    if negated:
        # "Not good" is nearly bad; "not bad" is far from good, and "never an issue" is mild praise.
        factor *= -0.75 if weight > 0 else -0.35
    return weight * factor


def _turn(finds: list[_Find], tokens: Sequence[str], lexicon: Lexicon) -> None:
    """What follows a "but" counts more than what went before it in the sentence; a question counts less."""
    sentences = _sentences(tokens)
    for start, end, is_question in sentences:
        inside = [each for each in finds if start <= each.place < end]
        if not inside:
            continue
        turns = [place for place in range(start + 1, end) if tokens[place] in lexicon.contrasts]
        if turns:
            for each in inside:
                each.weight *= 0.5 if each.place < turns[-1] else 1.3
        if is_question:
            for each in inside:
                each.weight *= 0.35 if each.weight > 0 else 0.7


def _sentences(tokens: Sequence[str]) -> list[tuple[int, int, bool]]:
    found = []
    start = 0
    for place, word in enumerate(tokens):
        if word in _EDGES:
            if place > start:
                found.append((start, place, word == "?"))
            start = place + 1
    if start < len(tokens):
        found.append((start, len(tokens), False))
    return found


def _mock(finds: list[_Find], lexicon: Lexicon) -> None:
    """Thanks and easy praise beside heavy blame are mockery, or manners: they do not count in favour."""
    blame = -sum([each.weight for each in finds if each.weight < 0])
    if blame < _HEAVY:
        return
    praise = [each for each in finds if each.weight > 0]
    if not 0 < len(praise) <= 2 or not all(each.words in lexicon.mocking for each in praise):
        return
    if sum(each.weight for each in praise) < 2.2 * blame:
        for each in praise:
            each.weight *= -0.2


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
