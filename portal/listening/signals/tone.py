"""The tone of a text, from -1 to 1, and the words that made it: VADER for English, emoji for the rest."""

import math
import re
from functools import lru_cache
from typing import Any

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
    SentiText,
)

Weights = tuple[tuple[str, float], ...]

# The words to which VADER's check for negation reacts, beside everything with "n't" in it.
_NEGATING = frozenset({*NEGATE, "so", "this", "without"})
# Every idiom and booster of several words has one of these in it.
_IDIOMATIC = frozenset(
    word for phrase in (*SPECIAL_CASES, *BOOSTER_DICT) if " " in phrase for word in phrase.split()
) - {"the", "of", "to", "for"}

# Faces, hands and hearts that mean the same in every language, with VADER's scale of -4 to 4.
_SIGNS = {
    "😀": 2, "😁": 2, "😃": 2, "😄": 2, "😊": 2.2, "😍": 3, "🥰": 3, "😘": 2.5, "🤩": 2.8, "😎": 1.8, "🥳": 2.4,
    "😂": 1.2, "🤣": 1.2, "🙂": 1, "😉": 1, "🤗": 2, "😇": 1.8, "🙌": 2.2, "👏": 2, "👍": 2, "💪": 1.6, "🔥": 1.6,
    "🎉": 2.2, "✨": 1.2, "🌟": 1.8, "💯": 2, "❤": 2.8, "💙": 2.6, "💚": 2.6, "💛": 2.6, "💜": 2.6, "🧡": 2.6,
    "💖": 2.8, "💕": 2.6, "😻": 2.6, "♥": 2.6, "🏆": 1.8,
    "😞": -2, "😔": -1.8, "😢": -2, "😭": -1.4, "😠": -2.4, "😡": -3, "🤬": -3.2, "😤": -1.6, "😒": -1.8, "🙄": -1.6,
    "😩": -1.8, "😫": -1.8, "😖": -1.8, "😣": -1.6, "😟": -1.6, "🙁": -1.4, "☹": -1.8, "😱": -1, "🤮": -3,
    "🤢": -2.4, "👎": -2.2, "💔": -2.6, "💩": -2, "🖕": -3.2, "😕": -1.2, "🤦": -1.6,
    ":)": 1.8, ":-)": 1.8, ":d": 2.2, ":-d": 2.2, "<3": 2.4, ";)": 1.2, "^^": 1.2, "ㅎㅎ": 1, "ㅋㅋ": 1,
    ":(": -1.8, ":-(": -1.8, ":'(": -2.2, ">:(": -2.4, "ㅠㅠ": -1.4, "ㅜㅜ": -1.4,
}  # fmt: skip
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)), re.IGNORECASE)
# VADER's own scale: the sum that counts as strong.
_ALPHA = 15


def read_tone(text: str) -> tuple[float, Weights]:
    """The tone of an English text and the words that made it, by VADER (Hutto and Gilbert 2014)."""
    scores = _analyzer().polarity_scores(text)
    return scores["compound"], scores["weights"]


def read_signs(text: str) -> tuple[float | None, Weights]:
    """The tone of the emoji and emoticons alone, for any language; None if there are none."""
    weights = tuple((sign, float(_SIGNS[sign.lower()])) for sign in _SIGN.findall(text)[:20])
    if not weights:
        return None, ()
    total = sum(weight for _sign, weight in weights)
    return round(total / math.sqrt(total * total + _ALPHA), 4), weights


class _Words(list[str]):
    """The words of a text, with what is known of all of them, so that it is found out once."""

    is_negating: bool
    is_idiomatic: bool
    has_but: bool


class _Weighed(list[float]):
    """The weight of each word, and which word it is of."""

    weights: Weights


class _Analyzer(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """VADER with the same results in less time: what cannot change a text's score is not looked for.

    The scores carry one more key, `weights`: the words that count, each with what it adds.
    """

    def __init__(self) -> None:
        super().__init__()
        self._emoji = frozenset(emoji for emoji in self.emojis if len(emoji) == 1)

    def polarity_scores(self, text: str) -> dict[str, Any]:
        # The package spells out emoji by walking over every character.
        if not text.isascii() and not self._emoji.isdisjoint(text):
            return super().polarity_scores(text)  # type: ignore[no-any-return]
        text = text.strip()
        parts = SentiText(text)
        words: list[str] = parts.words_and_emoticons
        lower = [word.lower() for word in words]
        sentiments: list[float] = [0] * len(words)
        # Words outside the lexicon have no weight; boosters lend theirs to others.
        weighty = [place for place, word in enumerate(lower) if word in self.lexicon and word not in BOOSTER_DICT]
        if weighty:
            words = parts.words_and_emoticons = _known(words, lower, text)
        for place in weighty:
            if lower[place : place + 2] != ["kind", "of"]:
                sentiments[place] = self.sentiment_valence(0, parts, words[place], place, [])[0]
        return self.score_valence(self._but_check(words, sentiments), text)

    def score_valence(self, sentiments: list[float], text: str) -> dict[str, Any]:
        scores: dict[str, Any] = super().score_valence(sentiments, text)
        scores["weights"] = sentiments.weights if isinstance(sentiments, _Weighed) else ()
        return scores

    def _but_check(self, words: list[str], sentiments: list[float]) -> _Weighed:
        if not isinstance(words, _Words) or words.has_but:
            sentiments = super()._but_check(words, sentiments)
        weighed = _Weighed(sentiments)
        weighed.weights = tuple((word, round(weight, 2)) for word, weight in zip(words, weighed, strict=True) if weight)
        return weighed

    def _negation_check(self, valence: float, words: list[str], start_i: int, i: int) -> float:
        if isinstance(words, _Words) and not words.is_negating:
            return valence
        # The package lowers every word of the text each time, and looks at three.
        first = max(0, i - 3)
        return super()._negation_check(valence, words[first : i + 1], start_i, i - first)  # type: ignore[no-any-return]

    def _special_idioms_check(self, valence: float, words: list[str], i: int) -> float:
        if isinstance(words, _Words) and not words.is_idiomatic:
            return valence
        first = max(0, i - 3)
        return super()._special_idioms_check(valence, words[first : i + 3], i - first)  # type: ignore[no-any-return]


def _known(words: list[str], lower: list[str], text: str) -> _Words:
    known = _Words(words)
    known.is_idiomatic = not _IDIOMATIC.isdisjoint(lower)
    known.is_negating = not _NEGATING.isdisjoint(lower) or "n't" in text.lower()
    known.has_but = "but" in lower
    return known


@lru_cache(maxsize=1)
def _analyzer() -> _Analyzer:
    """The analyzer with its lexicon; reading that takes some 15 ms and 3 MB, once a process."""
    return _Analyzer()
