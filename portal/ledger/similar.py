"""How like two suggestions are: rare words in common, the title before the rest, and titles that nearly agree.

The sum over shared words is BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) with the
title weighted above the body; the agreement of the titles is rapidfuzz's token set ratio, and its ratio of their
letters. Pure: no database here.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz import fuzz, process

from portal.foundation.search import stems

# Saturation and length, as the literature has them.
K1 = 1.2
B = 0.75
TITLE_WEIGHT = 3
# What a word of the title asks for, beside one of the body.
TITLE_ASKS = 2.0
# How often a word of the body is heard at most.
BODY_TIMES = 3
FUZZY_SHARE = 0.3
LETTERS_SHARE = 0.2
# Of what a text with all of the words would come to, those words that say the most, something must come together to be
# shown while someone types; the agreement of the titles counts for so much of it.
LEAST = 0.38
MOST_TELLING = 16
# And so much of what the one comes to that has the most in common.
BESIDE_BEST = 0.5
TITLES_COUNT = 0.2
WORDS_SHOWN = 4
# Of the words in common those are named that say so much, beside the one that says the most.
TELLING_SHARE = 0.25
# Words that two suggestions on nothing alike have in common: alone they show nothing, and are not named. Among few
# suggestions they are rare as well, so they ask for less by themselves.
LITTLE = 0.4
SAY_LITTLE = frozenset(
    stems(
        "a an the and or but if when while than that this these those there here it its i me my mine we us our you "
        "your he she they them their is are was were be been being am do does did has have had can could will would "
        "should may might must of in on at by for from with to into onto up out off over as so not no nor too very "
        "just also only even still again then now ever never always one ones all any some every each more most much "
        "many other what which who how why where please thanks thank like want wish would get got make made let nice "
        "good great"
    )
)
# From this likeness on (0 to 100) two spellings are one word.
NEARLY = 80
# Two titles on nothing alike have about so much of their letters in common (0 to 1); above that, from so much of the
# rest on they are one title spelt in two ways.
CHANCE = 0.5
ONE_TITLE = 0.7
# So many words are looked for in each of the others, those that say the most.
COMPARED = 64


class Words(NamedTuple):
    """The stems of one suggestion in one text, with a space on each side of a stem.

    They are kept in the database like this, and mostly compared once: to look for a dozen stems in a text takes less
    than to take it apart. A stem that is said twice in a row counts once.

    Attributes:
        id: its number, or its name in a file.
        title: the stems of the title.
        text: those of the title and then all others.
        length: how many stems that are, those of the title as often as they count.
    """

    id: int | str
    title: str
    text: str
    length: int

    @classmethod
    def of(cls, name: int | str, title: str, body: str) -> "Words":
        """The same from the stems of title and body, with a space between any two."""
        title, body = f" {title} " if title else " ", f"{body} " if body else ""
        return cls(name, title, title + body, TITLE_WEIGHT * (title.count(" ") - 1) + body.count(" "))

    @property
    def body(self) -> str:
        """The stems beside those of the title."""
        return self.text[len(self.title) :]

    def asks(self) -> dict[str, float]:
        """How much each word counts when this is what is looked for."""
        asked = {word: math.sqrt(min(times, BODY_TIMES)) for word, times in Counter(self.body.split()).items()}
        for word in self.title.split():
            asked[word] = asked.get(word, 0.0) + TITLE_ASKS
        return {word: much * LITTLE if word in SAY_LITTLE else much for word, much in asked.items()}


@dataclass(frozen=True)
class Likeness:
    """One suggestion that is like another: how much (0 to about 1.5), and the words that say so, rarest first."""

    id: int | str
    score: float
    shared: tuple[str, ...]


def rarity(in_how_many: int, of_how_many: int) -> float:
    """What a word is worth: the rarer, the more (inverse document frequency, never below 0)."""
    return math.log(1 + (max(of_how_many - in_how_many, 0) + 0.5) / (in_how_many + 0.5))


@dataclass(frozen=True)
class _Compared:
    """One known suggestion beside what is asked: what the words in common come to, and how far the titles agree."""

    words: Words
    shared: dict[str, float]
    points: float
    titles: float
    letters: float

    def score(self, best: float) -> float:
        """The likeness, where `best` is what the most alike comes to."""
        return round(self.points / best + FUZZY_SHARE * self.titles + LETTERS_SHARE * self.letters, 6)


def rank(asked: Words, known: Iterable[Words], worth: Callable[[str], float]) -> list[Likeness]:
    """The known suggestions from the most to the least like; ties by the id, so that an order is for good.

    Args:
        worth: the rarity of a stem.
    """
    others = [words for words in known if words.id != asked.id]
    asked = spelt_as_known(asked, others)
    values = _values(asked, worth)
    return [_likeness(one, score, values) for one, score in _compared(asked, others, values)]


def near(asked: Words, known: Iterable[Words], worth: Callable[[str], float], limit: int = 5) -> list[Likeness]:
    """Only those like enough to be shown: something rare in common, or a title that nearly agrees."""
    others = list(known)
    asked = spelt_as_known(asked, others)
    values = _values(asked, worth)
    most = _most(nlargest(MOST_TELLING, values.values()))
    compared = _compared(asked, others, values, close=3 * limit)
    best = max((one.points for one, _ in compared), default=0.0)
    shown: list[Likeness] = []
    for one, score in compared:
        if SAY_LITTLE.issuperset(one.shared) and one.letters < ONE_TITLE:
            continue
        is_enough = one.points >= BESIDE_BEST * best and one.points / most + TITLES_COUNT * one.titles >= LEAST
        if is_enough or one.letters >= ONE_TITLE:
            shown.append(_likeness(one, score, values))
        if len(shown) == limit:
            break
    return shown


def _compared(
    asked: Words, others: Sequence[Words], values: dict[str, float], close: int | None = None
) -> list[tuple[_Compared, float]]:
    """Everything known beside what is asked, with its score, the best first.

    Args:
        close: only the titles of so many, those with the most in common, are held against each other.
    """
    if not others or not values:
        return []
    average = sum(words.length for words in others) / len(others) or 1.0
    most = _most(values.values())
    needles = [(f" {word} ", word, value) for word, value in values.items()]
    sums = [(*_points(needles, words, average), words) for words in others]
    best = max(max(points for points, _, _ in sums), most * 0.25)
    if close is not None and len(sums) > close:
        sums = nlargest(close, sums, key=itemgetter(0))
    found = [
        _Compared(words, shared, points, _agreement(asked, words), _in_letters(asked, words))
        for points, shared, words in sums
    ]
    scored = [(one, one.score(best)) for one in found]
    return sorted(scored, key=lambda pair: (-pair[1], str(pair[0].words.id)))


def _most(values: Iterable[float]) -> float:
    """What a text of usual length that holds all of these words once comes to."""
    return sum(values) * (K1 + 1) / 2 or 1.0


def _likeness(one: _Compared, score: float, values: dict[str, float]) -> Likeness:
    return Likeness(one.words.id, score, _words_shared(values, one.shared))


def spelt_as_known(asked: Words, known: Iterable[Words]) -> Words:
    """The same words with those of the title that nobody else wrote spelt like the nearest one that somebody did."""
    others, title = list(known), asked.title.split()
    own = [word for word in title if word not in SAY_LITTLE]
    strange = [word for word in own if not any(f" {word} " in words.text for words in others)]
    if not strange:
        return asked
    titles = sorted({word for words in others for word in words.title.split()})
    spelt = {}
    for word in strange:
        found = process.extractOne(word, titles, scorer=fuzz.ratio, score_cutoff=NEARLY)
        if found:
            spelt[word] = found[0]
    return Words.of(asked.id, " ".join(spelt.get(word, word) for word in title), asked.body.strip())


def _values(asked: Words, worth: Callable[[str], float]) -> dict[str, float]:
    values = {word: part * worth(word) for word, part in asked.asks().items()}
    return values if len(values) <= COMPARED else dict(nlargest(COMPARED, values.items(), key=itemgetter(1)))


def _points(needles: Sequence[tuple[str, str, float]], words: Words, average: float) -> tuple[float, dict[str, float]]:
    """What the words in common come to, with how much each of them counts there; `average` is the usual length."""
    text, norm = words.text, K1 * (1 - B + B * words.length / average)
    points, shared = 0.0, {}
    for needle, word, value in needles:
        if needle in text:
            weight = text.count(needle) + (TITLE_WEIGHT - 1) * words.title.count(needle)
            points += value * weight * (K1 + 1) / (weight + norm)
            shared[word] = float(weight)
    return points, shared


def _agreement(asked: Words, words: Words) -> float:
    return fuzz.token_set_ratio(asked.title, words.title) / 100


def _in_letters(asked: Words, words: Words) -> float:
    if asked.title.isspace():
        return 0.0
    return max(0.0, fuzz.ratio(asked.title, words.title) / 100 - CHANCE) / (1 - CHANCE)


def _words_shared(values: dict[str, float], shared: Mapping[str, float]) -> tuple[str, ...]:
    telling = [word for word in shared if word not in SAY_LITTLE] or shared
    told = sorted(telling, key=lambda word: (-values[word], word))[:WORDS_SHOWN]
    return tuple(word for word in told if values[word] >= TELLING_SHARE * values[told[0]])


def worth_in(corpus: Sequence[Words]) -> Callable[[str], float]:
    """The rarity of words in a set that is all in memory."""
    counts: Counter[str] = Counter()
    for words in corpus:
        counts.update({*words.text.split()})
    return lambda word: rarity(counts[word], len(corpus))
