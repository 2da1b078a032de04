"""The words of one language and what they weigh, and how a text's words are brought to theirs."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick

from portal.foundation.text import fold

# What a word does to others: it changes one after it, turns a sentence, says whose opinion it is, asks. And what
# stands in a word that was drawn out.
CHANGES, TURNS, OPINES, ASKS, DRAWN_OUT = 1, 2, 4, 8, 16

_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language's words weigh.

    Attributes:
        automaton: finds what weighs something or changes it in plain words; it holds for each word, phrase and
            beginning of a word how long it is, what it weighs, None if nothing by itself, and what it does to others.
        known: the words that it holds and those that begin a phrase.
        negations, stronger, weaker, contrasts, unreal, mocking: words that change others.
        opinions: after a "not" before one of these, what follows them is meant.
        late: what the "not" follows, instead of going before it.
        elided: little words that lose their end before another and are left out.
    """

    automaton: Any
    known: frozenset[str]
    negations: frozenset[str]
    stronger: frozenset[str]
    weaker: frozenset[str]
    contrasts: frozenset[str]
    unreal: frozenset[str]
    mocking: frozenset[str]
    opinions: frozenset[str]
    late: frozenset[str]
    elided: frozenset[str]


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
    known_weights = {f" {word} ": weight for word, weight in (known or {}).items()}
    found = _weights(weights, known_weights)
    does = _does(
        {
            CHANGES: _set(" ".join((negations, stronger, weaker, unreal))),
            TURNS: _set(contrasts),
            OPINES: _set(opinions),
            ASKS: {"?"},
        }
    )
    starts = frozenset(words.split()[0] for words in {*found, *does} if words.endswith(" "))
    letters = {letter for word in starts for letter in word if letter.isalpha()}
    return Lexicon(
        automaton=_automaton(found, does | {letter * 3: DRAWN_OUT for letter in letters}),
        known=starts,
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
    )


def _weights(weights: str, found: dict[str, float]) -> dict[str, float]:
    """What words, phrases and beginnings of words weigh; each as it stands in plain words."""
    weight = 0.0
    for line in weights.strip().splitlines():
        head, colon, rest = line.partition(": ")
        if colon and head.strip().lstrip("-").replace(".", "", 1).isdigit():
            weight, line = float(head), rest
        for words in filter(None, (each.strip() for each in line.split(" / "))):
            plain = " ".join(fold(words).split())
            if " " in plain:
                found.setdefault(f" {plain} ", weight)
            else:
                found[f" {plain[:-1]}" if plain.endswith("-") else f" {plain} "] = weight
    # A phrase without weight keeps its words from weighing anything; a word without one is just none.
    return {words: weight for words, weight in found.items() if weight or len(words.split(" ")) != 3}


def _does(deeds: dict[int, Set[str]]) -> dict[str, int]:
    words = {word for doers in deeds.values() for word in doers}
    return {f" {word} ": sum(deed for deed, doers in deeds.items() if word in doers) for word in words}


def _automaton(weights: dict[str, float], does: dict[str, int]) -> Any:
    automaton = ahocorasick.Automaton()
    for words in {*weights, *does}:
        automaton.add_word(words, (len(words), weights.get(words), does.get(words, 0)))
    automaton.make_automaton()
    return automaton


def shortened(tokens: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The words with those that were drawn out as the lexicon has them: "sooo" as "so", "goooood" as "good"."""
    return [_shortened(token, lexicon) if _DRAWN_OUT.search(token) else token for token in tokens]


def unelided(tokens: Sequence[str], lexicon: Lexicon) -> Sequence[str]:
    """The words without the little ones that are joined to them: "l'attente" as "attente"."""
    parts = (token.partition("'") for token in tokens)
    return [second if second and first in lexicon.elided else f"{first}{sign}{second}" for first, sign, second in parts]


def _shortened(token: str, lexicon: Lexicon) -> str:
    found = (token, _DRAWN_OUT.sub(r"\1\1", token), _DRAWN_OUT.sub(r"\1", token))
    return next((each for each in found if each in lexicon.known), token)


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


@lru_cache(maxsize=1)
def vader_words() -> dict[str, float]:
    """The single words of VADER's lexicon (MIT licence) with their weights; emoticons are read apart."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    words = SentimentIntensityAnalyzer().lexicon
    return {word: weight for word, weight in words.items() if word.replace("'", "").isalpha()}
