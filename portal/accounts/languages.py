"""The languages in which people may read and write here, and which of several versions somebody is shown."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from babel import Locale

# Two-letter codes (ISO 639-1), in the order in which they are offered.
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "da", "cs", "ja")
# More than so many of a browser's wishes are not looked at.
WISHES = 3


@lru_cache(maxsize=64)
def language_name(code: str) -> str:
    """A language by its own name, such as `Deutsch`; the code itself for one that is not offered."""
    if code not in LANGUAGES:
        return code
    name = Locale(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]


def wishes(tags: Sequence[str]) -> tuple[str, ...]:
    """The languages among these tags (`de-AT`, `en`) that are offered, the most wanted first, each once."""
    codes = dict.fromkeys(tag.replace("_", "-").partition("-")[0].lower() for tag in tags)
    return tuple(code for code in codes if code in LANGUAGES)[:WISHES]


def nearest(wanted: Sequence[str], given: Collection[str], *, otherwise: str) -> str:
    """The first language that is wanted and given, else this one."""
    return next((code for code in wanted if code in given), otherwise)


def words_for(
    wanted: Sequence[str], message: str, language: str | None, others: Mapping[str, str] | None
) -> tuple[str, str | None]:
    """The version of a text that suits a reader best, with its language where that is known.

    Args:
        wanted: the reader's languages, the most wanted first.
        message: the text as it was first written, in `language`.
        others: the same text in other languages, by code.
    """
    if not others:
        return message, language
    code = nearest(wanted, {language or "", *others}, otherwise=language or "")
    return (message, language) if code == (language or "") else (others[code], code)
