"""Emoji and emoticons, which mean the same in every language."""

import re
from functools import lru_cache
from itertools import islice
from typing import Any

import ahocorasick

# Faces, hands and hearts that mean the same in every language, with VADER's scale of -4 to 4.
_SIGNS = {
    "😀": 2, "😁": 2, "😃": 2, "😄": 2, "😊": 2.2, "😍": 3, "🥰": 3, "😘": 2.5, "🤩": 2.8, "😎": 1.8, "🥳": 2.4,
    "😂": 1.2, "🤣": 1.2, "🙂": 1, "😉": 1, "🤗": 2, "😇": 1.8, "🙌": 2.2, "👏": 2, "👍": 2, "💪": 1.6, "🔥": 1.6,
    "🎉": 2.2, "✨": 1.2, "🌟": 1.8, "💯": 2, "❤": 2.8, "💙": 2.6, "💚": 2.6, "💛": 2.6, "💜": 2.6, "🧡": 2.6,
    "💖": 2.8, "💕": 2.6, "😻": 2.6, "♥": 2.6, "🏆": 1.8, "🚀": 2, "📈": 1.8, "🐂": 1.4, "💎": 1.6, "🤑": 1.6,
    "😋": 2, "🤤": 2, "😆": 1.6, "😅": 0.4, "🤟": 1.6, "👌": 1.8, "✅": 1.2, "🥹": 1.4, "🫶": 2.6, "🙏": 1,
    "🩷": 2.6, "💗": 2.6, "💓": 2.6, "💘": 2.6, "😌": 1.2, "☺": 2, "😏": 0.4, "⭐": 1.4, "📉": -1.8, "🐻": -1,
    "🤡": -2.2, "🗑": -2, "😑": -1.4, "😐": -1, "🥱": -1.4, "😪": -1.4, "😓": -1.4, "😰": -1.6, "😨": -1.4,
    "😥": -1.4, "😿": -2, "🙃": -1, "❌": -1.2, "🚫": -1, "😵": -1, "💀": -0.6, "🤕": -1.4, "😾": -1.8, "😞": -2,
    "😔": -1.8, "😢": -2, "😭": -1.4, "😠": -2.4, "😡": -3, "🤬": -3.2, "😤": -1.6, "😒": -1.8, "🙄": -1.6,
    "😩": -1.8, "😫": -1.8, "😖": -1.8, "😣": -1.6, "😟": -1.6, "🙁": -1.4, "☹": -1.8, "😱": -1, "🤮": -3,
    "🤢": -2.4, "👎": -2.2, "💔": -2.6, "💩": -2, "🖕": -3.2, "😕": -1.2, "🤦": -1.6, ":)": 1.8, ":-)": 1.8,
    ":D": 2.2, ":-D": 2.2, "<3": 2.4, ";)": 1.2, "^^": 1.2, "ㅎㅎ": 1, "ㅋㅋ": 1, ":(": -1.8, ":-(": -1.8,
    ":'(": -2.2, ">:(": -2.4, "ㅠㅠ": -1.4, "ㅜㅜ": -1.4,
}  # fmt: skip
MOST_SIGNS = 20
# How every emoticon of the list begins, or goes on after its first sign; addresses are full of colons.
_EMOTICON = re.compile(r":[-()D']|;\)|<3|\^\^")


def find_signs(text: str) -> tuple[tuple[str, float], ...]:
    """The emoji and emoticons of a text with their weights, the first twenty."""
    if text.isascii() and _EMOTICON.search(text) is None:
        return ()
    # A smile ends where a word would go on: `:D` is not one in `Re:Ding`, nor `<3` in `<30`.
    found = (
        sign
        for end, sign in _signs().iter_long(text)
        if not (sign[-1].isalnum() and sign.isascii() and text[end + 1 : end + 2].isalnum())
    )
    return tuple((sign, float(_SIGNS[sign])) for sign in islice(found, MOST_SIGNS))


@lru_cache(maxsize=1)
def _signs() -> Any:
    automaton = ahocorasick.Automaton()
    for sign in _SIGNS:
        automaton.add_word(sign, sign)
    automaton.make_automaton()
    return automaton
