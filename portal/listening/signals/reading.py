"""What a text says beside its words: language, tone, question, suggestion, creation, each with its evidence."""

from html import unescape
from typing import Literal, NamedTuple

from portal.listening.languages import primary_language
from portal.listening.signals.cues import Marks, find_marks
from portal.listening.signals.language import COMMON_LANGUAGES, detect_language
from portal.listening.signals.names import NO_NAMES, Names, without_names
from portal.listening.signals.phrases import CREATION, QUESTION, SUGGESTION
from portal.listening.signals.tone import Weights, read_tone
from portal.listening.signals.words import MAX_READ_CHARS, plain_tokens, without_addressee

# Whoever makes one of these has made something, whatever the words say.
_CREATING_KINDS = frozenset({"video", "article", "tutorial", "build", "photo", "review"})


class Signals(NamedTuple):
    """The signals of one text.

    Attributes:
        lang: two letters, or None.
        lang_source: whether the channel said so or it was detected; None without a language.
        tone: from -1 to 1; None if it was not read, since no list of words covers the language.
        tone_words: the words that made the tone, each with what it added.
        marks: for each of question, suggestion and creation that is found, the words that fired.
    """

    lang: str | None
    lang_source: Literal["channel", "detected"] | None
    tone: float | None
    tone_words: Weights
    is_question: bool
    is_suggestion: bool
    is_creation: bool
    marks: Marks


def language_of(text: str, lang: str | None) -> str | None:
    """The language as the channel gave it, or as it is detected; two letters, or None."""
    return primary_language(lang) or detect_language(text[:MAX_READ_CHARS])


def read(
    text: str,
    *,
    lang: str | None = None,
    kind: str = "post",
    languages: frozenset[str] = COMMON_LANGUAGES,
    names: Names = NO_NAMES,
) -> Signals:
    """Read the signals of a text.

    Args:
        text: plain text; the first 4,000 characters are read.
        lang: the language as the channel gave it, if it did.
        kind: the kind of the mention.
        languages: those that may be detected where the channel gave none.
        names: of brands and products, whose words carry no tone (in languages that part their words).
    """
    text = text[:MAX_READ_CHARS]
    if "&" in text and ";" in text:
        # Many exports carry the signs of web pages as they are written there.
        text = unescape(text)
    given = primary_language(lang)
    tokens = plain_tokens(without_addressee(text))
    words = f" {' '.join(tokens)} "
    known = given or detect_language(text, limited_to=languages, words=words)
    tone, tone_words = read_tone(text, without_names(tokens, names), known)
    marks = find_marks(words, known, tokens)
    if kind in _CREATING_KINDS:
        marks[CREATION] = (kind, *marks.get(CREATION, ()))
    elif kind == "repost":
        # Someone else's words: what they made or asked is not this author's.
        marks = {}
    elif kind == "question":
        marks[QUESTION] = (kind, *marks.get(QUESTION, ()))
    return Signals(
        lang=known,
        lang_source="channel" if given else ("detected" if known else None),
        tone=tone,
        tone_words=tone_words,
        is_question=QUESTION in marks,
        is_suggestion=SUGGESTION in marks,
        is_creation=CREATION in marks,
        marks=marks,
    )
