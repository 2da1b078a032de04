"""Rules for questions, suggestions and creations: phrases of our own, all found in one pass over a text."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import ahocorasick

from portal.foundation.text import fold
from portal.listening.signals.frames import compile_frames, read_frames, whole_frames
from portal.listening.signals.phrases import CREATION, FRAMES, MAKING, PHRASES, UNSPACED, Making

Marks = dict[str, tuple[str, ...]]
# What a phrase is a sign of, the phrase as it is shown, its length, and whether it is one or takes one back.
_Cue: TypeAlias = tuple[str, str, int, bool]
# Where a phrase begins, what it is a sign of, the phrase as it is shown, and where it ends.
_Found: TypeAlias = tuple[int, str, str, int]


def find_marks(words: str, lang: str | None, tokens: Sequence[str] | None = None) -> Marks:
    """The cues that stand in plain words, by what they are a sign of, each once and in order.

    Args:
        words: as `plain_words` gives them.
        lang: two letters; English where it is not known.
        tokens: the words as a list, if that is at hand.
    """
    found: list[_Found] = []
    taken_back: list[_Found] = []
    for end, (cues, node, begun) in _automaton(lang or "en").iter(words):
        for mark, cue, length, is_sign in cues:
            (found if is_sign else taken_back).append((end - length, mark, cue, end))
        if node is not None:
            tokens = words.split() if tokens is None else tokens
            start = words.count(" ", 0, end - begun + 1)
            for mark, past in whole_frames(tokens, start, node).items():
                cue = " ".join(tokens[start:past])
                found.append((end - begun, mark, cue.strip(". ") or ".", end - begun + len(cue) + 2))
    if not found:
        return {}
    found.sort()
    marks: dict[str, dict[str, None]] = {}
    for sign in found:
        if not taken_back or not any(_takes_back(each, sign) for each in taken_back):
            marks.setdefault(sign[1], {})[sign[2]] = None
    return {mark: _longest(cues) for mark, cues in marks.items()}


def _takes_back(found: _Found, sign: _Found) -> bool:
    """Whether a phrase says that a sign is none: one that begins where it does, or stands within it."""
    start, mark, _cue, end = found
    return mark == sign[1] and (sign[0] == start or (start < sign[0] and sign[3] <= end))


def _longest(cues: Sequence[str] | dict[str, None]) -> tuple[str, ...]:
    """The cues without those that stand within another one."""
    if len(cues) == 1:
        return tuple(cues)
    return tuple(cue for cue in cues if not any(f" {cue} " in f" {other} " and cue != other for other in cues))


@lru_cache(maxsize=64)
def _automaton(lang: str) -> Any:
    """The automaton of a language's cues; for each phrase it holds them, and where a frame that begins so goes on."""
    cues: dict[str, list[_Cue]] = {}
    for mark, cue, is_sign in _cues_of(lang):
        # Plain words are folded and have no hyphens; some languages put no spaces between words.
        needle = fold(cue) if lang in UNSPACED else f" {fold(cue).replace('-', ' ')} "
        cues.setdefault(needle, []).append((mark, cue.strip(". ") or cue, len(needle), is_sign))
    frames = compile_frames(
        (mark, frame) for mark, frames in FRAMES.get(lang, {}).items() for frame in read_frames(frames)
    )
    nodes = {f" {first} {second} ": node for (first, second), node in frames.items()}
    automaton = ahocorasick.Automaton()
    for needle in {*cues, *nodes}:
        automaton.add_word(needle, (cues.get(needle, ()), nodes.get(needle), len(needle)))
    automaton.make_automaton()
    return automaton


def _cues_of(lang: str) -> Iterator[tuple[str, str, bool]]:
    """Each phrase of a language: what it is a sign of, its words, and whether it is one or takes one back."""
    for mark, cues in PHRASES.get(lang, PHRASES[""]).items():
        signs, _not, taken_back = cues.partition("NOT ")
        for cue in _phrases(signs):
            yield mark, cue, True
        for cue in _phrases(taken_back):
            yield mark, cue, False
    if lang in MAKING:
        yield from _making(MAKING[lang])


def _making(making: Making) -> Iterator[tuple[str, str, bool]]:
    for maker in _phrases(making.makers):
        for verb in _phrases(making.verbs):
            for thing in _phrases(making.things):
                yield CREATION, f"{maker} {verb} {thing}", True
        for deed in _phrases(making.other_deeds):
            yield CREATION, f"{maker} {deed}", False


def _phrases(cues: str) -> list[str]:
    return [" ".join(cue.split()) for line in cues.splitlines() for cue in line.split(" / ") if cue.strip()]
