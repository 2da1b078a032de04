"""The language of a text: by its script, by its small words, and only then by the model of py3langid."""

import re
from copy import copy
from functools import lru_cache
from typing import Any

from portal.listening.signals.words import plain_words

MAX_READ_CHARS = 300
MIN_LETTERS = 20
# Of shorter texts the language is told where there is next to no doubt.
_FEWEST_LETTERS = 12
_NO_DOUBT = 0.95
MIN_CONFIDENCE = 0.6

# What the model may answer unless it is told otherwise. It knows 140, and for short texts picks rare ones.
COMMON_LANGUAGES = frozenset({
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi",
    "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk",
    "sl", "sr", "sv", "ta", "th", "tl", "tr", "uk", "ur", "vi", "zh",
})  # fmt: skip

# One language, or as good as one, writes in each of these; kana before Han, for Japanese has both.
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
)
_LETTERS = re.compile(r"[^\W\d_]")

# The commonest small words of the six largest languages on our channels, folded; those of two are left out.
_SMALL_WORDS = {
    "en": "the and you for that with this have are was not but they what your from will just can about would there "
    "been their when which how has were our i'm it's don't my of to is it we in on be at so an if or by i got get",
    "de": "und der die das ist nicht ich sie mit ein eine auf den dem von zu fur auch wie aber wenn noch nur wird "
    "sind haben hat kann bei nach oder mir wir uns euch im",
    "fr": "les des une est pas vous nous pour dans qui sur avec ce mais il elle sont cette tout etre fait plus ou du "
    "au aux je et c'est j'ai ne votre",
    "es": "el los las una para por con pero como muy todo esta este ya del al lo yo tu su hay cuando donde "
    "porque tambien y que nos mi",
    "pt": "nao uma para com voce muito isso ele ela sao tem foi ja ate pelo pela dos das na no em "
    "ao eu meu minha voces um os",
    "nl": "het een niet maar voor naar ook wel nog zijn heb heeft ik ze wij jullie dat dit deze op als bij hoe "
    "geen iemand zou moet",
}
_NOISE = re.compile(r"(?:https?://|www\.)\S+|[@#$]\w+")
# For each small word the languages that have it.
_SMALL: dict[str, list[str]] = {}
for _lang, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _SMALL.setdefault(_word, []).append(_lang)


def detect_language(
    text: str, *, limited_to: frozenset[str] = COMMON_LANGUAGES, words: str | None = None
) -> str | None:
    """The language of a text as a two-letter code; None if it is too short or not clear.

    Args:
        text: the text; its beginning is read, without addresses, names and tags.
        limited_to: the only answers allowed.
        words: the text as `plain_words` gives it, if that is at hand.
    """
    start = text[: MAX_READ_CHARS * 2]
    found = _by_script(start) or _by_small_words(plain_words(start) if words is None else words)
    return found if found in limited_to else _by_model(start, limited_to)


def _by_script(words: str) -> str | None:
    if words.isascii():
        return None
    letters = len(_LETTERS.findall(words))
    for lang, script in _SCRIPTS:
        # A foreign name stands in many texts; a third of the letters is more than a name.
        if len(script.findall(words)) * 3 > letters > 0:
            return lang
    return None


def _by_small_words(words: str) -> str | None:
    counts = dict.fromkeys(_SMALL_WORDS, 0)
    for langs in filter(None, map(_SMALL.get, set(words[: MAX_READ_CHARS * 2].split(" ")))):
        for lang in langs:
            counts[lang] += 1
    likeliest = max(counts, key=counts.__getitem__)
    most = counts.pop(likeliest)
    return likeliest if most >= 2 and most >= 3 * max(counts.values()) else None


def _by_model(start: str, limited_to: frozenset[str]) -> str | None:
    words = _NOISE.sub(" ", start)[:MAX_READ_CHARS]
    letters = len(_LETTERS.findall(words))
    if letters < _FEWEST_LETTERS:
        return None
    lang, confidence = _model(limited_to).classify(words)
    return str(lang) if confidence >= (MIN_CONFIDENCE if letters >= MIN_LETTERS else _NO_DOUBT) else None


@lru_cache(maxsize=1)
def _whole_model() -> Any:
    """The model for all languages; loading it takes a second and some 90 MB, so it waits until it is asked."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=8)
def _model(limited_to: frozenset[str]) -> Any:
    whole = _whole_model()
    limited = copy(whole)
    limited.set_languages(sorted(limited_to.intersection(whole.labels)))
    return limited
