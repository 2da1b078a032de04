"""The names of languages: whatever a channel calls one, its primary BCP-47 subtag."""

import re
from functools import lru_cache

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
# What X and others write where a post has no language, or none that they know.
_NO_LANGUAGE = {"und", "qme", "qht", "qam", "qct", "qst", "qqq", "art", "zxx", "mis", "mul"}
_RENAMED = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro", "nb": "no", "nn": "no"}
_NAMES = {
    "arabic": "ar", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
    "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he", "hindi": "hi",
    "hungarian": "hu", "indonesian": "id", "italian": "it", "japanese": "ja", "korean": "ko",
    "norwegian": "no", "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru",
    "spanish": "es", "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip


@lru_cache(maxsize=1024)
def primary_language(tag: str | None) -> str | None:
    """`en` for `en-US`, `EN_us` and `English`; None where it names no language."""
    words = (tag or "").strip().lower()
    if words in _NAMES:
        return _NAMES[words]
    match = _TAG.fullmatch(words)
    if not match or match[1] in _NO_LANGUAGE:
        return None
    return _RENAMED.get(match[1], match[1])
