"""The tone of a text, from -1 to 1, and the words that made it: VADER for English, emoji for the rest."""

import math
from functools import lru_cache
from itertools import islice
from typing import Any

import ahocorasick
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
    ":)": 1.8, ":-)": 1.8, ":D": 2.2, ":-D": 2.2, "<3": 2.4, ";)": 1.2, "^^": 1.2, "ㅎㅎ": 1, "ㅋㅋ": 1,
    ":(": -1.8, ":-(": -1.8, ":'(": -2.2, ">:(": -2.4, "ㅠㅠ": -1.4, "ㅜㅜ": -1.4,
}  # fmt: skip
# VADER's own scale: the sum that counts as strong.
_ALPHA = 15
MOST_SIGNS = 20


def read_tone(text: str) -> tuple[float, Weights]:
    """The tone of an English text and the words that made it, by VADER (Hutto and Gilbert 2014)."""
    return _analyzer().weigh(text)


def read_signs(text: str) -> tuple[float | None, Weights]:
    """The tone of the emoji and emoticons alone, for any language; None if there are none."""
    # A smile ends where a word would go on: `:D` is not one in `Re:Ding`, nor `<3` in `<30`.
    found = (
        sign
        for end, sign in _signs().iter_long(text)
        if not (sign[-1].isalnum() and sign.isascii() and text[end + 1 : end + 2].isalnum())
    )
    weights = tuple((sign, float(_SIGNS[sign])) for sign in islice(found, MOST_SIGNS))
    if not weights:
        return None, ()
    total = sum(weight for _sign, weight in weights)
    return round(total / math.sqrt(total * total + _ALPHA), 4), weights


class _Words(list[str]):
    """The words of a text, with what is known of all of them, so that it is found out once."""

    negating: frozenset[int]
    is_idiomatic: bool


class _Parts(SentiText):  # type: ignore[misc]
    """A text in words; the same few thousand tokens come again and again."""

    _strip_punc_if_word = staticmethod(lru_cache(maxsize=32_768)(SentiText._strip_punc_if_word))


class _Analyzer(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """VADER with the same results in less time: what cannot change a text's score is not looked for."""

    def __init__(self) -> None:
        super().__init__()
        self._single_emoji = frozenset(emoji for emoji in self.emojis if len(emoji) == 1)

    def weigh(self, text: str) -> tuple[float, Weights]:
        """The package's compound score, and the words that have a part in it, each with its weight."""
        if not text.isascii():
            text = self._spell_out_emoji(text)
        text = text.strip()
        parts = _Parts(text)
        words: list[str] = parts.words_and_emoticons
        lower = [word.lower() for word in words]
        # Words outside the lexicon have no weight; boosters lend theirs to others.
        places = [place for place, word in enumerate(lower) if word in self.lexicon and word not in BOOSTER_DICT]
        if not places:
            return 0.0, ()
        words = parts.words_and_emoticons = _known(words, lower)
        sentiments: list[float] = [0] * len(words)
        for place in places:
            if lower[place : place + 2] != ["kind", "of"]:
                sentiments[place] = self.sentiment_valence(0, parts, words[place], place, [])[0]
        if "but" in lower:
            sentiments = self._but_check(words, sentiments)
        weights = tuple((words[place], round(sentiments[place], 2)) for place in places if sentiments[place])
        return self.score_valence(sentiments, text)["compound"], weights

    def _spell_out_emoji(self, text: str) -> str:
        """Put its description in place of each emoji, behind a space, as the package does sign by sign."""
        for emoji in self._single_emoji.intersection(text):
            description = self.emojis[emoji]
            text = text.replace(f" {emoji}", f" {description}").replace(emoji, f" {description}")
        return text

    def _negation_check(self, valence: float, words: list[str], start_i: int, i: int) -> float:
        if isinstance(words, _Words) and words.negating.isdisjoint((i - 1, i - 2, i - 3)):
            return valence
        # The package lowers every word of the text each time, and looks at three.
        first = max(0, i - 3)
        return super()._negation_check(valence, words[first : i + 1], start_i, i - first)  # type: ignore[no-any-return]

    def _special_idioms_check(self, valence: float, words: list[str], i: int) -> float:
        if isinstance(words, _Words) and not words.is_idiomatic:
            return valence
        first = max(0, i - 3)
        return super()._special_idioms_check(valence, words[first : i + 3], i - first)  # type: ignore[no-any-return]


def _known(words: list[str], lower: list[str]) -> _Words:
    known = _Words(words)
    known.is_idiomatic = not _IDIOMATIC.isdisjoint(lower)
    known.negating = frozenset(place for place, word in enumerate(lower) if word in _NEGATING or "n't" in word)
    return known


@lru_cache(maxsize=1)
def _signs() -> Any:
    automaton = ahocorasick.Automaton()
    for sign in _SIGNS:
        automaton.add_word(sign, sign)
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=1)
def _analyzer() -> _Analyzer:
    """The analyzer with its lexicon; reading that takes some 15 ms and 3 MB, once a process."""
    return _Analyzer()
