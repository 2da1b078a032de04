"""The words of a text: folded, stemmed, and in three-letter pieces."""

import re
from collections.abc import Iterable
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
# Each word as it stands in a text.
WORD = re.compile(rf"[{_SOLID}]+|(?:(?![{_SOLID}])[^\W_])+")
_IS_SOLID = re.compile(rf"[{_SOLID}]")
_own = local()


def stems(source: str) -> list[str]:
    """The words of a text in order, folded and without their endings; addresses are left out."""
    folded = _ADDRESS.sub(" ", fold(source[:READ_CHARS]))
    found: list[str] = []
    for word in WORD.findall(folded):
        if _IS_SOLID.match(word):
            found += [word[at : at + 2] for at in range(max(len(word) - 1, 1))]
        else:
            found.append(_stem(word[:LONGEST_WORD]))
    return found


def as_written(wanted: Iterable[str], source: str) -> dict[str, str]:
    """These stems, each with the first word of a text that has it; what stands in no word is left out."""
    missing, found = set(wanted), dict[str, str]()
    for word in WORD.finditer(source[:READ_CHARS]):
        if not missing:
            break
        for stem in missing.intersection(stems(word.group())):
            found[stem] = word.group()
            missing.discard(stem)
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
