"""The tone of a text, from -1 to 1, and the words that made it."""

import re
from collections.abc import Sequence
from functools import lru_cache

from portal.listening.signals.tone import english
from portal.listening.signals.tone.elsewhere import LANGUAGES, PARTS
from portal.listening.signals.tone.lexicon import Lexicon, make_lexicon, unelided, vader_words
from portal.listening.signals.tone.parts import weigh_parts
from portal.listening.signals.tone.signs import find_signs
from portal.listening.signals.tone.weighing import Weights, in_bounds, weigh

__all__ = ["TONE_EDGE", "Weights", "read_tone", "tone_class"]

# From here on a tone is one; nearer to 0 it is neutral.
TONE_EDGE = 0.11
_NOTHING: Weights = ()
# What is in no language that is known is read as English.
_ENGLISH = {"en", None}
_TICKER = re.compile(r"\$[A-Za-z]{1,10}\b")


def read_tone(text: str, words: Sequence[str], lang: str | None) -> tuple[float | None, Weights]:
    """The tone of a text and the words that made it.

    Args:
        text: as it was written.
        words: the same as `plain_words` gives them, one by one.
        lang: two letters; None if it is not known.

    Returns:
        None for a text in a language that has no lexicon here and without emoji: nothing was read.
    """
    signs = find_signs(text)
    lexicon = lexicon_of(lang)
    if lexicon is not None:
        if lang in _ENGLISH and _talks_of_money(text, words):
            lexicon = _market_lexicon()
        if lexicon.elided:
            words = unelided(words, lexicon)
        total, weights = weigh(words, lexicon, shouts=text.count("!"))
    elif lang in PARTS:
        total, weights = weigh_parts(text, lang)
    else:
        total, weights = 0.0, _NOTHING
    if not weights and not signs and (lang is None or (lexicon is None and lang not in PARTS)):
        return None, ()
    total += sum(weight for _sign, weight in signs)
    return in_bounds(total), weights + signs


def tone_class(tone: float | None) -> str:
    """The class of a tone: negative, neutral (also what was not read) or positive."""
    if tone is None or abs(tone) < TONE_EDGE:
        return "neutral"
    return "positive" if tone > 0 else "negative"


@lru_cache(maxsize=64)
def lexicon_of(lang: str | None) -> Lexicon | None:
    """The words of a language; English where it is not known, None where there are none."""
    if lang in _ENGLISH:
        return _english(english.WEIGHTS)
    found = LANGUAGES.get(lang or "")
    if found is None:
        return None
    return make_lexicon(
        found.weights,
        negations=found.negations,
        stronger=found.stronger,
        weaker=found.weaker,
        contrasts=found.contrasts,
        unreal=found.unreal,
        late=found.late,
        elided=found.elided,
    )


@lru_cache(maxsize=1)
def _market_lexicon() -> Lexicon:
    return _english(english.WEIGHTS + english.MARKET_WEIGHTS)


def _english(weights: str) -> Lexicon:
    return make_lexicon(
        weights,
        known=vader_words(),
        negations=english.NEGATIONS,
        stronger=english.STRONGER,
        weaker=english.WEAKER,
        contrasts=english.CONTRASTS,
        unreal=english.UNREAL,
        mocking=english.MOCKING,
        opinions=english.OPINIONS,
    )


def _talks_of_money(text: str, words: Sequence[str]) -> bool:
    return ("$" in text and _TICKER.search(text) is not None) or not english.MARKET_WORDS.isdisjoint(words)
