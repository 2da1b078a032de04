"""The words of a text: folded, stemmed, in three-letter pieces, and marked where they were found."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import local

import Stemmer

from portal.foundation.text import fold

# More of a text is not looked at.
READ_CHARS = 8_000
LONGEST_WORD = 40
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
# Letters and digits; of the scripts that put no space between words, one mark at a time.
_SOLID = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_SOLID}]+|(?:(?![{_SOLID}])[^\W_])+")
_IS_SOLID = re.compile(rf"[{_SOLID}]")
_own = local()


def stems(source: str) -> list[str]:
    """The words of a text in order, folded and without their endings; addresses are left out."""
    folded = _ADDRESS.sub(" ", fold(source[:READ_CHARS]))
    found: list[str] = []
    for word in _WORD.findall(folded):
        if _IS_SOLID.match(word):
            found += [word[at : at + 2] for at in range(max(len(word) - 1, 1))]
        else:
            found.append(_stem(word[:LONGEST_WORD]))
    return found


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    # A stemmer holds a buffer of its own, so each thread has one.
    if not hasattr(_own, "stemmer"):
        _own.stemmer = Stemmer.Stemmer("english")
    return str(_own.stemmer.stemWord(word)) or word


def grams(word: str) -> list[str]:
    """The three-letter pieces of a word with its ends, marked so that no word looks like one."""
    edged = f"0{word}0" if len(word) > 2 else ""
    return [f"0{edged[at : at + 3]}" for at in range(len(edged) - 2)]


def grams_of(source: str) -> str:
    """The pieces of all words of a title."""
    return " ".join(piece for word in dict.fromkeys(stems(source)) for piece in grams(word))


def marked(source: str, terms: Sequence[str], *, length: int = 240) -> list[tuple[str, bool]]:
    """An excerpt around the first word that was looked for, in pieces: text, and whether it is such a word.

    Args:
        terms: stems; the last one may be the beginning of a word.
    """
    is_wanted = _wanted(tuple(terms))
    found: list[tuple[int, int]] = []
    start, end = 0, len(source)
    for word in _WORD.finditer(source):
        first, last = word.span()
        if last > end:
            break
        if is_wanted(word.group()):
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


def _beginning(source: str, first: int, length: int) -> int:
    """Where an excerpt begins, so that its first marked word stands in its first third."""
    if first < length * 2 // 3:
        return 0
    space = source.rfind(" ", 0, first - length // 3)
    return space + 1 if space >= 0 else first


@lru_cache(maxsize=64)
def _wanted(terms: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a word is one of those looked for; each different word is taken to its stems once."""
    wanted, begun = set(terms), terms[-1:]
    # A stem begins like its word: most words are ruled out by their first letter.
    firsts = {letter for term in terms for letter in (term[0], term[0].upper())}

    @lru_cache(maxsize=1024)
    def is_wanted(word: str) -> bool:
        if word[0].isascii() and word[0] not in firsts:
            return False
        own = stems(word)
        return any(stem in wanted or stem.startswith(begun) for stem in own)

    return is_wanted
