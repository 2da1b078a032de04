"""A text cut into plain words: what the rules look at, and what tells near-copies."""

import hashlib
import re

from portal.foundation.text import fold

_ADDRESSES_AND_NAMES = re.compile(r"(?:https?://|www\.)\S+|[@#]\w+")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[.?]")
_COPIED_PARTS = re.compile(r"(?:https?://|www\.)\S+|@\w+")
_COPY_WORD = re.compile(r"\w+")

MAX_READ_CHARS = 4_000
COPY_WORDS = 5
COPY_LETTERS = 15


def plain_words(text: str) -> str:
    """The folded words of a text with one space around each; ` . ` begins it and ends each sentence.

    Addresses, names and tags are left out; a question mark stays.
    """
    folded = fold(text[:MAX_READ_CHARS]).replace("’", "'").replace("؟", "?").replace("!", ".").replace("\n", " . ")
    if "@" in folded or "#" in folded or "http" in folded or "www." in folded:
        folded = _ADDRESSES_AND_NAMES.sub(" ", folded)
    return f" . {' '.join(_TOKEN.findall(folded))} . "


def copy_key(text: str) -> str | None:
    """The same key for texts that differ only in case, accents, addresses, names and spacing.

    None for texts of fewer than five words (15 letters, where words have no spaces between them), which many
    people write without copying.
    """
    folded = fold(text)
    if "@" in folded or "http" in folded or "www." in folded:
        folded = _COPIED_PARTS.sub(" ", folded)
    words = _COPY_WORD.findall(folded)
    if words[:1] == ["rt"]:
        words = words[1:]
    key = " ".join(words)
    if len(words) < COPY_WORDS and (key.isascii() or len(key) < COPY_LETTERS):
        return None
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
