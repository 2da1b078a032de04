"""What counts as a reason, in whatever script it is written."""

import re
import unicodedata
from collections.abc import Iterable

# Scripts that put no space between words: there each mark counts for a word.
_WIDE = (
    r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_WORDS = re.compile(rf"[{_WIDE}]|[^\W\d_{_WIDE}]+")
# An address, and a line that quotes somebody, give no reason.
_NOT_ONES_OWN = re.compile(r"(?i)\b(?:https?://|www\.)\S+|^[ \t]*>.*$", re.MULTILINE)
REASON_WORDS = 4
REASON_MARKS = 20


def own_words(message: str, starts: Iterable[str]) -> str:
    """What is left of a message without the words that the company begins such answers with."""
    rest = " ".join(message.split())
    for start in sorted((" ".join(words.split()) for words in starts), key=len, reverse=True):
        rest = rest.replace(start, " ")
    return rest


def gives_a_reason(message: str) -> bool:
    """Whether an explanation says something: at least a full sentence, not "No.", "Not planned" or an address.

    The same word again counts once, and neither do digits and signs, nor letters that stand by themselves.
    """
    plain = unicodedata.normalize("NFC", _NOT_ONES_OWN.sub(" ", message))
    # Where a vowel is a mark on a letter, it must not cut the word in two.
    bare = "".join(mark for mark in plain if unicodedata.category(mark)[0] != "M")
    words = _WORDS.findall(bare)
    counted = {word.casefold() for word in words if len(word) > 1 or re.match(rf"[{_WIDE}]", word)}
    return len(counted) >= REASON_WORDS and len(" ".join(words)) + len(plain) - len(bare) >= REASON_MARKS
