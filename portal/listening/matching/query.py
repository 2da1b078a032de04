"""The query language of trackers, read into terms and filters; errors point at the character.

lamp "desk light" #lumen @lumen url:lumen.example/shop   any of these (so does any:(…))
all:(…)  none:(…)                                        each of these, not one of these
lang:  from:  not_from:  channel:  min_followers:        one value, or a list in brackets
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from portal.foundation.errors import Refusal
from portal.foundation.text import fold
from portal.foundation.text import gettext as _
from portal.listening.languages import primary_language

MAX_QUERY_CHARS = 4_000
MAX_TERMS = 200
MAX_TERM_CHARS = 100

_LISTS = ("any", "all", "none")
_FILTERS = ("lang", "from", "not_from", "channel", "min_followers")
_NAME = re.compile(r"([A-Za-z_]+):")
_WORD = re.compile(r'[^\s()"]+')
_BLANK = re.compile(r"\s*")
_HOST = re.compile(r"(?:[a-z]+://)?(?:www\.)?((?:[\w-]+\.)+[\w-]+(?:/\S*)?)")
_OPERATORS = {"AND", "OR", "NOT"}
_CHANNEL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class QueryError(Refusal):
    """The query cannot be read; `position` is the place of the character that is wrong, from 0."""

    def __init__(self, position: int, sentence: str) -> None:
        super().__init__(sentence)
        self.position = position
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Term:
    """Something to look for.

    Attributes:
        kind: a literal stands as written, between the edges of words; a phrase is tokens in a row.
        text: what to look for, folded; the tokens of a phrase with one space between them.
        shown: as it was written.
    """

    kind: Literal["literal", "phrase", "url"]
    text: str
    shown: str


@dataclass(frozen=True, slots=True)
class Query:
    """A tracker's question. Each part that is not empty must hold; `asks` wants someone who asks, too."""

    any: tuple[Term, ...] = ()
    all: tuple[Term, ...] = ()
    none: tuple[Term, ...] = ()
    languages: frozenset[str] = frozenset()
    from_handles: frozenset[str] = frozenset()
    not_from_handles: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    min_followers: int = 0
    asks: bool = False


def parse_query(words: str) -> Query:
    """Read a tracker's query.

    Raises:
        QueryError: it cannot be read, or would find everything.
    """
    if len(words) > MAX_QUERY_CHARS:
        raise QueryError(MAX_QUERY_CHARS, _("The query is longer than %(limit)s characters.", limit=MAX_QUERY_CHARS))
    return _Parser(words).parse()


@dataclass(slots=True)
class _Parser:
    words: str
    place: int = 0
    terms: dict[str, list[Term]] = field(default_factory=lambda: {name: [] for name in _LISTS})
    filters: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in _FILTERS})

    def parse(self) -> Query:
        while self._more():
            self._read_part()
        if not (self.terms["any"] or self.terms["all"] or self.filters["from"] or self.filters["channel"]):
            raise QueryError(0, _("The query needs at least one word to look for."))
        terms = {name: tuple(dict.fromkeys(found)) for name, found in self.terms.items()}
        return Query(
            any=terms["any"],
            all=terms["all"],
            none=terms["none"],
            languages=frozenset(self.filters["lang"]),
            from_handles=frozenset(self.filters["from"]),
            not_from_handles=frozenset(self.filters["not_from"]),
            channels=frozenset(self.filters["channel"]),
            min_followers=max((int(number) for number in self.filters["min_followers"]), default=0),
        )

    def _more(self) -> bool:
        blank = _BLANK.match(self.words, self.place)
        self.place = blank.end() if blank else self.place
        return self.place < len(self.words)

    def _read_part(self) -> None:
        name = _NAME.match(self.words, self.place)
        key = name[1].lower() if name else ""
        if not name or key == "url":
            self._add("any", self._term())
        elif key in self.terms:
            self.place = name.end()
            self._each(lambda: self._add(key, self._term()))
        elif key in self.filters:
            self.place = name.end()
            self._each(lambda: self.filters[key].add(self._value(key)))
        elif self.words.startswith("//", name.end()):
            raise QueryError(self.place, _("Write url: in front of a web address."))
        else:
            raise QueryError(
                self.place,
                _(
                    "“%(name)s:” is not known. Known are: %(known)s. Put words with a colon in quotes.",
                    name=name[1],
                    known=", ".join((*_LISTS, "url", *_FILTERS)),
                ),
            )

    def _each(self, read: Callable[[], None]) -> None:
        """Read one thing, or the things in a pair of brackets."""
        opening = self.place
        if not self._more():
            raise QueryError(opening, _("Something is missing after the colon."))
        if self.words[self.place] != "(":
            read()
            return
        opening = self.place
        self.place += 1
        count = 0
        while self._more() and self.words[self.place] != ")":
            read()
            count += 1
        if self.place >= len(self.words):
            raise QueryError(opening, _("This bracket is never closed."))
        if not count:
            raise QueryError(opening, _("There is nothing in these brackets."))
        self.place += 1

    def _add(self, name: str, term: Term) -> None:
        self.terms[name].append(term)
        if sum(map(len, self.terms.values())) > MAX_TERMS:
            raise QueryError(self.place, _("The query has more than %(limit)s words.", limit=MAX_TERMS))

    def _term(self) -> Term:
        start = self.place
        if self.words[start] == '"':
            return _phrase(self._quoted(), start)
        name = _NAME.match(self.words, start)
        if name and name[1].lower() == "url":
            self.place = name.end()
            return _url(self._word(), start)
        if name:
            raise QueryError(start, _("“%(name)s:” cannot stand inside brackets.", name=name[1]))
        return _literal(self._word(), start)

    def _quoted(self) -> str:
        end = self.words.find('"', self.place + 1)
        if end < 0:
            raise QueryError(self.place, _("This quote is never closed."))
        quoted = self.words[self.place + 1 : end]
        self.place = end + 1
        return quoted

    def _word(self) -> str:
        word = _WORD.match(self.words, self.place)
        if not word:
            raise QueryError(self.place, _("A word was expected here."))
        self.place = word.end()
        return word[0]

    def _value(self, name: str) -> str:
        start = self.place
        value = self._quoted() if self.words[start] == '"' else self._word()
        clean = _clean_value(name, value)
        if not clean:
            raise QueryError(start, _("“%(value)s” cannot stand after “%(name)s:”.", value=value, name=name))
        return clean


def _clean_value(name: str, value: str) -> str | None:
    if name == "lang":
        return primary_language(value)
    if name == "channel":
        key = value.lower()
        return key if _CHANNEL.fullmatch(key) else None
    if name == "min_followers":
        return value if value.isascii() and value.isdigit() and len(value) < 16 else None
    return fold(value.strip().lstrip("@")) or None


def _phrase(words: str, position: int) -> Term:
    folded = fold(words)
    tokens = re.findall(r"\w+", folded)
    if len(tokens) < 2:
        return _literal(words.strip(), position, quoted=True)
    _check_length(words, position)
    return Term("phrase", " ".join(tokens), f'"{words}"')


def _literal(word: str, position: int, *, quoted: bool = False) -> Term:
    _check_length(word, position)
    if not quoted:
        if word in _OPERATORS:
            raise QueryError(
                position,
                _("Leave “%(word)s” out: words are joined by “or”; use all:(…) and none:(…).", word=word),
            )
        if word.startswith("-") and len(word) > 1:
            raise QueryError(position, _("Write none:(%(word)s) to leave a word out.", word=word[1:]))
        if "*" in word:
            raise QueryError(position + word.index("*"), _("There is no “*”: write each form of the word."))
    text = fold(word)
    if not text.strip("@#"):
        raise QueryError(position, _("A word is missing here."))
    return Term("literal", text, word)


def _url(word: str, position: int) -> Term:
    _check_length(word, position)
    match = _HOST.fullmatch(fold(word))
    if not match:
        raise QueryError(position, _("“%(word)s” is not a web address such as example.org/shop.", word=word))
    return Term("url", match[1].rstrip("/"), f"url:{word}")


def _check_length(word: str, position: int) -> None:
    if len(word) > MAX_TERM_CHARS:
        raise QueryError(position, _("This is longer than %(limit)s characters.", limit=MAX_TERM_CHARS))
