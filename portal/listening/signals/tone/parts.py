"""Tone where words have no spaces between them or an ending on each: parts of words, the longest at each place."""

import re
from functools import lru_cache
from typing import Any

import ahocorasick

from portal.foundation.text import fold
from portal.listening.signals.tone.elsewhere import NEGATED, PARTS
from portal.listening.signals.tone.weighing import Weights

_MOST_SHOWN = 20
# A part that says "not" itself is not turned round by another.
_DENYING = re.compile("않|못|없|안|ない|なく|な$|ません|不|没|沒")
# So many characters before a part may hold what turns it round.
_REACH = 6


def weigh_parts(text: str, lang: str) -> tuple[float, Weights]:
    """The sum of what the parts of a text weigh, and each with its weight; later ones count a little more."""
    folded = fold(text)
    behind, before = _negations(lang)
    found = []
    total = 0.0
    for end, (part, weight) in _parts(lang).iter_long(folded):
        if not weight:
            continue
        start = end + 1 - len(fold(part))
        is_denied = behind.match(folded, end + 1) or before.search(folded, max(0, start - _REACH), start)
        if is_denied and not _DENYING.search(part):
            # As with words: "not good" is nearly bad, "no problem" only a little good.
            weight *= -0.75 if weight > 0 else -0.35
        # What people end with is what they came to say.
        total += weight * (0.85 + 0.3 * end / max(len(folded), 1))
        found.append((part, round(weight, 2)))
    return total, tuple(found[:_MOST_SHOWN])


@lru_cache(maxsize=8)
def _negations(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    behind, before = NEGATED[lang]
    return re.compile(fold(behind)), re.compile(fold(before))


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
