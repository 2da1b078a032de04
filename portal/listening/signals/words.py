"""A text cut into plain words: what the rules look at, and what tells near-copies."""

import hashlib
import re
from functools import lru_cache

from portal.foundation.text import fold

_ADDRESSES_AND_NAMES = re.compile(r"(?:https?://|www\.)\S+|[@#]\w+")
# A mark that asks nothing: within a quotation after which the sentence goes on, or in an address without its scheme.
_ASKS_NOTHING = re.compile(r"""\?(?=["”»“’']+,?\s+[a-zß-öø-ÿ])|(?<=[\w/])\?(?=[\w%.+-]+=)""")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[.?]")
# Somebody who is spoken to in a chat: "User12 are you there".
_NUMBERED_NAME = re.compile(r"\s*(?:(?:u|user|guest)\d|[a-z]+\d\d)\d*\b[ ,:]+", re.IGNORECASE)
# Signs that part words, and those that end a sentence; the apostrophe stays in its word.
_PLAIN = bytes(
    ord(".") if chr(code) in "!\n" else code if code < 128 and (chr(code).isalnum() or chr(code) in "'.?") else 32
    for code in range(256)
)
_SPACED = bytes(code if code < 128 and chr(code).isalnum() else 32 for code in range(256))

MAX_READ_CHARS = 4_000
COPY_WORDS = 5
COPY_LETTERS = 15
# Half of its sixteen bytes make a key. A copy is made in half the time that a new one takes.
_EMPTY = hashlib.blake2b(digest_size=16)


# What is not ASCII is asked for its key before it is read, a thousand at a time.
@lru_cache(maxsize=2048)
def plain_words(text: str) -> str:
    """The folded words of a text with one space around each; ` . ` begins it and ends each sentence.

    Addresses, names and tags are left out; a question mark stays, before the end that it makes.
    """
    return f" {' '.join(plain_tokens(text))} "


def plain_tokens(text: str) -> list[str]:
    """The same words one by one."""
    text = text[:MAX_READ_CHARS]
    if "?" in text:
        text = _ASKS_NOTHING.sub("", text)
    folded = fold(text)
    if not folded.isascii():
        folded = folded.replace("’", "'").replace("؟", "?")
    if "@" in folded or "#" in folded or "http" in folded or "www." in folded:
        folded = _ADDRESSES_AND_NAMES.sub(" ", folded)
    if folded.isascii():
        # The same words as by the pattern, in a fifth of the time; but for quotes around words.
        spaced = folded.encode().translate(_PLAIN).decode().replace(".", " . ").replace("?", " ? . ")
        if "'" not in spaced or not _has_quotes(f" {spaced} "):
            return [".", *spaced.split(), "."]
    return [".", *_TOKEN.findall(folded.replace("?", "?.").replace("!", ".").replace("\n", ".")), "."]


def without_addressee(text: str) -> str:
    """A text without the numbered name that it begins with, as posts in chats do."""
    return _NUMBERED_NAME.sub("", text, count=1) if _NUMBERED_NAME.match(text) else text


def _has_quotes(spaced: str) -> bool:
    """Whether an apostrophe stands at the edge of a word."""
    return " '" in spaced or "' " in spaced or "''" in spaced


def copy_key(text: str) -> int | None:
    """The same 64-bit number for texts that differ only in case, accents, addresses, names, tags, signs and spacing.

    None for texts of fewer than five words (15 letters, where words have no spaces between them), which many
    people write without copying.
    """
    if text.isascii():
        # The same words as below in a sixth of the time: this is asked of every mention, known or new.
        folded = text[:MAX_READ_CHARS].lower()
        if "@" in folded or "#" in folded or "http" in folded or "www." in folded:
            folded = _ADDRESSES_AND_NAMES.sub(" ", folded)
        tokens = folded.encode().translate(_SPACED, b"'").split()
    else:
        words = plain_words(text).replace("'", "").replace(".", " ").replace("?", " ")
        tokens = words.encode("utf-8", "replace").split()
    if tokens and tokens[0] == b"rt":
        del tokens[0]
    key = b" ".join(tokens)
    if len(tokens) < COPY_WORDS and (key.isascii() or len(key.decode()) < COPY_LETTERS):
        return None
    digest = _EMPTY.copy()
    digest.update(key)
    return int.from_bytes(digest.digest()[:8], "big") - (1 << 63)
