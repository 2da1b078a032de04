"""Emoji and emoticons, which mean the same in every language."""

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
    ":'(": -2.2, ">:(": -2.4, "ㅠㅠ": -1.4, "ㅜㅜ": -1.4, ":]": 1.6, "=)": 1.8, "=D": 2.2, "=]": 1.6, ":P": 0.8,
    ":p": 0.8, ":-P": 0.8, ";-)": 1.2, ";D": 1.6, "xD": 1.6, "XD": 1.6, ":*": 2, ":-*": 2, ":')": 1.8, "=(": -1.8,
    ":[": -1.6, ":/": -1.2, ":-/": -1.2, "=/": -1.2, ":|": -0.7, ":-|": -0.7, ":'-(": -2.2, "</3": -2.4,
    "D:": -1.6, "-_-": -1.4, "T_T": -1.6, ">_<": -1, "^_^": 1.8, "★★★★★": 3, "★★★★☆": 2, "★★★★": 2, "★★★☆☆": -0.5,
    "★★☆☆☆": -2, "★☆☆☆☆": -3, "⭐⭐⭐⭐⭐": 3, "⭐⭐⭐⭐": 2, "😹": 1.4, "😸": 1.6, "😺": 1.6, "🤝": 1.2, "🫡": 1,
    "🎊": 2, "🌈": 1.2, "☀": 0.8, "💐": 1.6, "🌹": 1.4, "🥂": 1.6, "🍻": 1.4, "🏅": 1.6, "🥇": 1.8, "👑": 1.6,
    "💝": 2.6, "💞": 2.6, "💟": 2.4, "🤎": 2.2, "🖤": 1.8, "🤍": 2.2, "😚": 2.2, "😙": 2, "😗": 1.4, "🤪": 1,
    "😜": 1.2, "😛": 1.2, "😝": 1.2, "😬": -0.8, "😧": -1.4, "😦": -1.2, "😮‍💨": -0.8, "😳": -0.4, "🥺": -0.6,
    "😷": -0.8, "🤒": -1.2, "🤧": -1, "😶": -0.4, "🫤": -1, "🫠": -0.8, "👿": -2.4, "😈": -0.4, "🤥": -1.8,
    "🤨": -1, "🧐": -0.2, "☠": -1, "🚩": -1.6, "⛔": -1.4, "🛑": -1, "⚠": -1, "🥴": -0.8,
}  # fmt: skip
MOST_SIGNS = 20
# One of these stands in every emoticon of the list, and in few other texts.
_HINTS = (":", "=", ";", "<", "^", "_", "xD", "XD")


def find_signs(text: str) -> tuple[tuple[str, float], ...]:
    """The emoji and emoticons of a text with their weights, the first twenty."""
    if text.isascii() and not any(hint in text for hint in _HINTS):
        return ()
    # A smile ends where a word would go on: `:D` is not one in `Re:Ding`, nor `<3` in `<30`.
    found = (
        sign for end, sign in _signs().iter_long(text) if not (sign.isascii() and _stands_in_a_word(sign, text, end))
    )
    return tuple((sign, float(_SIGNS[sign])) for sign in islice(found, MOST_SIGNS))


def _stands_in_a_word(sign: str, text: str, end: int) -> bool:
    """Whether letters go on where an emoticon ends in one or begins with one, or an address goes on behind it."""
    following, before = text[end + 1 : end + 2], text[end - len(sign) : end - len(sign) + 1]
    if sign[-1].isalnum() and following.isalnum():
        return True
    if sign[0].isalpha() and before.isalnum() and end >= len(sign):
        return True
    return sign[-1] == "/" and (following == "/" or following.isalnum())


@lru_cache(maxsize=1)
def _signs() -> Any:
    automaton = ahocorasick.Automaton()
    for sign in _SIGNS:
        automaton.add_word(sign, sign)
    automaton.make_automaton()
    return automaton
