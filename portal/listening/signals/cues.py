"""Rules for questions, suggestions and creations: phrases of our own, all found in one pass over a text."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import ahocorasick

from portal.foundation.text import fold
from portal.listening.signals.frames import Node, compile_frames, find_frames, read_frames
from portal.listening.signals.phrases import CREATION, FRAMES, MAKING, PHRASES, UNSPACED, Making

Marks = dict[str, tuple[str, ...]]


def find_marks(words: str, lang: str | None, tokens: Sequence[str] | None = None) -> Marks:
    """The cues that stand in plain words, by what they are a sign of, each once and in order.

    Args:
        words: as `plain_words` gives them.
        lang: two letters; English where it is not known.
        tokens: the words as a list, if that is at hand.
    """
    automaton = _automaton(lang or "en")
    found: list[tuple[int, str, str]] = []
    taken_back: set[tuple[int, str]] = set()
    for end, cues in automaton.iter(words):
        for mark, cue, length, is_sign in cues:
            if is_sign:
                found.append((end - length, mark, cue))
            else:
                taken_back.add((end - length, mark))
    frames = _frames(lang or "en")
    if frames:
        found += _in_frames(words.split() if tokens is None else tokens, frames)
    if not found:
        return {}
    found.sort()
    marks: dict[str, dict[str, None]] = {}
    for place, mark, cue in found:
        if (place, mark) not in taken_back:
            marks.setdefault(mark, {})[cue] = None
    return {mark: _longest(cues) for mark, cues in marks.items()}


def _in_frames(tokens: Sequence[str], graph: Node) -> Iterator[tuple[int, str, str]]:
    for start, end, mark in find_frames(tokens, graph):
        # Where the phrase would begin for the automaton: at the space before its first word.
        place = sum(map(len, tokens[:start])) + start - 1
        yield place, mark, " ".join(tokens[start:end]).strip(". ") or "."


def _longest(cues: Sequence[str] | dict[str, None]) -> tuple[str, ...]:
    """The cues without those that stand within another one."""
    return tuple(cue for cue in cues if not any(f" {cue} " in f" {other} " and cue != other for other in cues))


@lru_cache(maxsize=64)
def _frames(lang: str) -> Node:
    return compile_frames(
        (mark, frame) for mark, frames in FRAMES.get(lang, {}).items() for frame in read_frames(frames)
    )


@lru_cache(maxsize=64)
def _automaton(lang: str) -> Any:
    """The automaton of a language's cues; it holds for each phrase (mark, shown, length, is_sign)."""
    entries: dict[str, list[tuple[str, str, int, bool]]] = {}
    for mark, cue, is_sign in _cues_of(lang):
        # Plain words are folded and have no hyphens; some languages put no spaces between words.
        needle = fold(cue) if lang in UNSPACED else f" {fold(cue).replace('-', ' ')} "
        entries.setdefault(needle, []).append((mark, cue.strip(". ") or cue, len(needle), is_sign))
    automaton = ahocorasick.Automaton()
    for needle, found in entries.items():
        automaton.add_word(needle, found)
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
