"""An excerpt of a text in which what was looked for is marked."""

from collections import deque
from collections.abc import Callable, Iterator
from functools import lru_cache

from portal.foundation.search.asked import Asked, Run
from portal.foundation.search.words import WORD, stems


def marked(source: str, asked: Asked, *, length: int = 240) -> list[tuple[str, bool]]:
    """An excerpt around the first words that were looked for, in pieces: text, and whether it was looked for."""
    found: list[tuple[int, int]] = []
    start, end = 0, len(source)
    for first, last in _places(source, asked):
        if first > end:
            break
        if not found:
            start = _beginning(source, first, length)
            end = min(start + length, len(source))
        found.append((first, last))
    end = min(start + length, len(source))
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = start
    for first, last in found:
        if at <= first and last <= end:
            pieces += [(source[at:first], False), (source[first:last], True)]
            at = last
    rest = source[at:end] if end == len(source) else source[at:end].rsplit(" ", 1)[0] + "…"
    return [piece for piece in (*pieces, (rest, False)) if piece[0]]


def _places(source: str, asked: Asked) -> Iterator[tuple[int, int]]:
    """From where to where the text holds a word or a run of words that was looked for, in order."""
    runs = [run for run in asked.held if len(run) > 1]
    read = _reader(asked)
    passed: deque[tuple[str, int]] = deque(maxlen=max(map(len, runs), default=1))
    for word in WORD.finditer(source):
        own, is_wanted = read(word.group())
        if is_wanted:
            yield word.span()
        for stem in own if runs else ():
            passed.append((stem, word.start()))
            tail = tuple(each for each, _ in passed)
            for run in runs:
                if tail[-len(run) :] == run:
                    yield passed[-len(run)][1], word.end()


def _beginning(source: str, first: int, length: int) -> int:
    """Where an excerpt begins, so that its first marked word stands in its first third."""
    if first < length * 2 // 3:
        return 0
    space = source.rfind(" ", 0, first - length // 3)
    return space + 1 if space >= 0 else first


@lru_cache(maxsize=64)
def _reader(asked: Asked) -> Callable[[str], tuple[Run, bool]]:
    """A word's stems, and whether it is looked for by itself; each different word is read once."""
    wanted = {run[0] for run in asked.held if len(run) == 1}
    # As the index is asked: one letter begins no word.
    begun = asked.held[-1][0] if asked.is_open and len(asked.held[-1][0]) > 1 else None
    # A stem begins like its word: most words are ruled out by their first letter.
    firsts = {letter for stem in asked.stems for letter in (stem[0], stem[0].upper())}

    @lru_cache(maxsize=1024)
    def read(word: str) -> tuple[Run, bool]:
        if word[0].isascii() and word[0] not in firsts:
            return ("",), False
        own = tuple(stems(word))
        return own, any(stem in wanted or (begun and stem.startswith(begun)) for stem in own)

    return read
