"""Tone where words have no spaces between them or an ending on each: parts of words, the longest at each place."""

from functools import lru_cache
from typing import Any

import ahocorasick

from portal.foundation.text import fold
from portal.listening.signals.tone.elsewhere import PARTS
from portal.listening.signals.tone.weighing import Weights

_MOST_SHOWN = 20


def weigh_parts(text: str, lang: str) -> tuple[float, Weights]:
    """The sum of what the parts of a text weigh, and each with its weight; later ones count a little more."""
    folded = fold(text)
    found = [(end, part, weight) for end, (part, weight) in _parts(lang).iter_long(folded) if weight]
    # What people end with is what they came to say.
    total = sum(weight * (0.85 + 0.3 * end / max(len(folded), 1)) for end, _part, weight in found)
    return total, tuple((part, weight) for _end, part, weight in found[:_MOST_SHOWN])


@lru_cache(maxsize=8)
def _parts(lang: str) -> Any:
    automaton = ahocorasick.Automaton()
    weight = 0.0
    for line in PARTS[lang].strip().splitlines():
        head, colon, words = line.partition(": ")
        weight = float(head) if colon else weight
        for part in (words if colon else head).split(" / "):
            automaton.add_word(fold(part.strip()), (part.strip(), weight))
    automaton.make_automaton()
    return automaton
