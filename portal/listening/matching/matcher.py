"""All trackers against one mention in one pass over its text."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import ahocorasick

from portal.foundation.text import fold
from portal.listening.drafts import MentionDraft
from portal.listening.languages import primary_language
from portal.listening.matching.query import Query, Term

# Scripts written without spaces, and Korean, whose particles join the noun: an edge of a word is anywhere.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


# The language of a mention, and whether it asks.
AsRead: TypeAlias = tuple[str | None, bool]


@dataclass(frozen=True, slots=True, eq=False)
class _Needle:
    """What the automaton looks for, and what must hold around it.

    Attributes:
        length: characters of the needle.
        front: whether its first character must begin a word.
        back: whether its last character must end a word.
        pattern: the whole of a phrase or address, of which the needle is only a part.
        terms: numbers of the terms that are found by it.
        is_address: whether it is looked for in the mention's addresses as well.
    """

    length: int
    front: bool
    back: bool
    pattern: re.Pattern[str] | None
    terms: frozenset[int]
    is_address: bool

    def stands_in(self, text: str, end: int) -> bool:
        """Whether what was found in a text, up to this place, is what was looked for."""
        if self.pattern:
            return self.pattern.search(text) is not None
        if self.front and joined(text, end - self.length):
            return False
        return not (self.back and joined(text, end))


@dataclass(frozen=True, slots=True)
class _Tracker:
    id: int
    query: Query
    any: frozenset[int]
    all: frozenset[int]
    none: frozenset[int]
    shown: dict[int, str]
    is_filtered: bool


class Matcher:
    """Finds, for each mention, the trackers that want it; build one and keep it, for building costs more.

    Words are compared folded (case, accents, width), and match at the edges of words only.
    """

    def __init__(
        self,
        queries: Mapping[int, Query],
        *,
        muted: frozenset[int] = frozenset(),
        is_question: Callable[[MentionDraft], bool] | None = None,
        language: Callable[[MentionDraft], str | None] | None = None,
    ) -> None:
        """Make it ready.

        Args:
            queries: by the number of their tracker.
            muted: numbers of those that say what nobody wants.
            is_question: tells for queries that want someone who asks; it is called only where the words stand.
            language: tells for queries that want a language what one is written in; called only where the words stand.
        """
        self.muted = muted
        self._is_question = is_question
        self._language = language or _language_said
        numbers: dict[tuple[str, str], int] = {}
        self._trackers = [_tracker(key, query, numbers) for key, query in queries.items()]
        self._wanted_by: dict[int, list[_Tracker]] = {}
        for tracker in self._trackers:
            for number in tracker.any | tracker.all:
                self._wanted_by.setdefault(number, []).append(tracker)
        # Nothing in their text brings these up, so they are asked about every mention.
        self._wordless = [tracker for tracker in self._trackers if not tracker.any and not tracker.all]
        self._has_urls = any(kind == "url" for kind, _text in numbers)
        self._handles = {
            text[1:]: frozenset({number}) for (_kind, text), number in numbers.items() if text.startswith("@")
        }
        self._automaton = _automaton(numbers)

    def __len__(self) -> int:
        """How many trackers want something."""
        return len(self._trackers) - len(self.muted)

    def wants(self, found: Mapping[int, list[str]]) -> bool:
        """Whether what was found makes a mention wanted: some tracker asks for it, and no words in it are muted."""
        return bool(found) and self.muted.isdisjoint(found)

    def match(self, draft: MentionDraft, read: AsRead | None = None) -> dict[int, list[str]]:
        """The trackers that want a mention, each with the words that were found, as they were written.

        Args:
            draft: the mention; its title, text, addresses and the author it answers are looked at.
            read: its language and whether it asks, where that was read already.
        """
        hits = self._find(draft)
        if not hits and not self._wordless:
            return {}
        found: dict[int, list[str]] = {}
        order = hits if len(hits) == 1 else sorted(hits)
        for tracker in self._candidates(hits):
            # A candidate without words that must all stand there is one because one of its words does.
            if tracker.all and not (tracker.all <= hits and (not tracker.any or tracker.any & hits)):
                continue
            if tracker.none and not tracker.none.isdisjoint(hits):
                continue
            if tracker.is_filtered and not self._passes(tracker.query, draft, read):
                continue
            shown = tracker.shown
            found[tracker.id] = [shown[number] for number in order if number in shown]
        return found

    def _passes(self, query: Query, draft: MentionDraft, read: AsRead | None) -> bool:
        """Whether a mention stands by the filters; what the channel does not say does not pass."""
        if query.channels and draft.channel not in query.channels:
            return False
        if query.min_followers and (draft.author.followers or 0) < query.min_followers:
            return False
        if query.from_handles or query.not_from_handles:
            handle = fold(draft.author.handle)
            if handle in query.not_from_handles or (query.from_handles and handle not in query.from_handles):
                return False
        if query.languages and (read[0] if read else self._language(draft)) not in query.languages:
            return False
        if not query.asks or self._is_question is None:
            return True
        return read[1] if read else self._is_question(draft)

    def _find(self, draft: MentionDraft) -> set[int]:
        """The numbers of all terms that stand in a mention."""
        hits: set[int] = set()
        if self._automaton is None:
            return hits
        # A blank at both ends spares the question whether there is a neighbour.
        text = f" {fold(f'{draft.title} {draft.text}' if draft.title else draft.text)} "
        whole: set[_Needle] = set()
        for end, (length, terms, needles) in self._automaton.iter(text):
            # Most words stand between two blanks, which needs no second look.
            if terms is not None and text[end + 1] == " " == text[end - length]:
                hits |= terms
            else:
                _look_closely(needles, text, end, hits, whole)
        # What an address holds is no word that was said: only terms that ask for addresses are looked for there.
        addresses = "".join(f"{fold(said)} " for said in (draft.url, draft.links) if said) if self._has_urls else ""
        if addresses:
            found = (needles for _end, (_length, _terms, needles) in self._automaton.iter(addresses))
            whole.update(needle for needles in found for needle in needles if needle.is_address)
        # A pattern is searched in the whole text, so once is enough, however often its needle stands there.
        for needle in whole:
            if needle.stands_in(text + addresses if needle.is_address else text, 0):
                hits |= needle.terms
        if self._handles and draft.parent_author:
            hits |= self._handles.get(fold(draft.parent_author), frozenset())
        return hits

    def _candidates(self, hits: set[int]) -> Iterable[_Tracker]:
        if len(hits) == 1:
            (number,) = hits
            found = self._wanted_by.get(number, ())
            return [*found, *self._wordless] if self._wordless else found
        wanted = {tracker.id: tracker for number in hits for tracker in self._wanted_by.get(number, ())}
        return [*wanted.values(), *self._wordless]


def _language_said(draft: MentionDraft) -> str | None:
    return primary_language(draft.lang)


def _look_closely(needles: Iterable[_Needle], text: str, end: int, hits: set[int], whole: set[_Needle]) -> None:
    """Sort what was found at a place: terms that stand there, and those to be searched in the whole text."""
    for needle in needles:
        if needle.pattern is not None:
            whole.add(needle)
        elif needle.stands_in(text, end):
            hits |= needle.terms


def joined(text: str, place: int) -> bool:
    """Whether the characters at a place and behind it belong to one word."""
    first, second = text[place], text[place + 1]
    if first == " " or second == " ":
        return False
    return (
        (first.isalnum() or first == "_")
        and (second.isalnum() or second == "_" or second in "@#")
        and not (not first.isascii() and _UNSPACED.match(first))
        and not (not second.isascii() and _UNSPACED.match(second))
    )


def _tracker(key: int, query: Query, numbers: dict[tuple[str, str], int]) -> _Tracker:
    def number(term: Term) -> int:
        return numbers.setdefault((term.kind, term.text), len(numbers))

    return _Tracker(
        id=key,
        query=query,
        any=frozenset(map(number, query.any)),
        all=frozenset(map(number, query.all)),
        none=frozenset(map(number, query.none)),
        shown={number(term): term.shown for term in (*query.any, *query.all)},
        is_filtered=bool(
            query.channels
            or query.languages
            or query.min_followers
            or query.from_handles
            or query.not_from_handles
            or query.asks
        ),
    )


def _automaton(numbers: Mapping[tuple[str, str], int]) -> ahocorasick.Automaton | None:
    needles: dict[str, list[_Needle]] = {}
    for (kind, text), number in numbers.items():
        found, pattern = text, None
        if kind == "phrase":
            tokens = text.split(" ")
            # The longest token is the rarest; the phrase around it is looked at only where it stands.
            found = max(tokens, key=len)
            # That nothing stands before the first token is asked behind it: a pattern that begins with plain letters
            # is found several times faster.
            first, *others = map(re.escape, tokens)
            pattern = re.compile(r"[^\w]+".join([rf"{first}(?<!\w{first})", *others]) + r"(?!\w)")
        elif kind == "url":
            pattern = re.compile(rf"(?<![\w./@-])(?:https?://)?(?:[\w-]+\.)*{re.escape(text)}(?![\w-])(?!\.\w)")
        needles.setdefault(found, []).append(
            _Needle(
                length=len(found),
                front=kind == "literal" and (_is_word(found[0]) or found[0] in "@#"),
                back=kind == "literal" and _is_word(found[-1]),
                pattern=pattern,
                terms=frozenset({number}),
                is_address=kind == "url",
            )
        )
    if not needles:
        return None
    automaton = ahocorasick.Automaton()
    for found, standing in needles.items():
        # Where a word alone is meant, its terms stand beside it; so no needle is looked at for most of what is found.
        alone = standing[0].terms if len(standing) == 1 and standing[0].pattern is None else None
        automaton.add_word(found, (len(found), alone, tuple(standing)))
    automaton.make_automaton()
    return automaton


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
