"""The stream of mentions, newest first: all of it by the mentions' own order, any choice of it by the index."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from portal.foundation.database import session
from portal.listening.models import Author, Match, Mention, StreamDue, Tracker, TrackerKind
from portal.listening.queries.places import (
    HEARD,
    MUTED,
    TOP,
    fact,
    mention_of,
    newest_places,
    place_of,
    second_of,
    word_tokens,
)
from portal.listening.signals.tone import TONE_EDGE, tone_class

# What is drawn of the stream is kept until one of its rows changes; portal/topics.py names the tables.
TOPIC = "stream"
PAGE = 50
MAX_CHANNELS = 60
# How many mentions one page of everything looks through for those that are not muted.
STRETCH = 8_000
# So many of the newest that the index does not know yet are looked through one by one.
WAITING = 1_000
MAX_WORDS = 8

Place = tuple[datetime, int]
_UNSAID = "=u"
_SAYS = ("question", "suggestion", "creation")


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamFilter:
    """What of the stream to show; None means all.

    Attributes:
        says: what was read in it.
        words: whole words, of which every one is held; endings make no difference.
        muted: show only what is muted, instead of everything else.
    """

    channel: str | None = None
    kind: str | None = None
    tracker_id: int | None = None
    tone: Literal["positive", "neutral", "negative"] | None = None
    says: Literal["question", "suggestion", "creation"] | None = None
    lang: str | None = None
    words: str = ""
    author_id: int | None = None
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """One page of mentions, newest first.

    Attributes:
        mentions: with their authors.
        terms: for each mention's id, the trackers that found it, each with its words.
        older_than: the place to go on from, as (time, id); None at the end.
        looked_back_to: where the look ended when it ended before the page was full, and there is more behind it.
        is_sorting: so much came in just now that this choice may lack some of it for a moment.
    """

    mentions: list[Mention]
    terms: dict[int, list[tuple[str, str]]]
    older_than: Place | None
    looked_back_to: datetime | None = None
    is_sorting: bool = False


def mention_stream(wanted: StreamFilter, *, older_than: Place | None = None) -> Stream:
    """A page of the stream; what is muted is left out, or, if asked for, shown alone."""
    tokens = tokens_of(wanted)
    return _everything(older_than) if tokens == [HEARD] else _chosen(wanted, tokens, older_than)


def heard_channels() -> list[str]:
    """Every channel with a mention, found by leaps through the index instead of a walk over the mentions."""
    return list(session().scalars(_HEARD_CHANNELS))


def tokens_of(wanted: StreamFilter) -> list[str]:
    """What a mention's entry in the index holds if it is wanted."""
    facts = (
        ("c", wanted.channel), ("k", wanted.kind), ("r", wanted.tracker_id), ("t", wanted.tone), ("s", wanted.says),
        ("l", wanted.lang), ("a", wanted.author_id),
    )  # fmt: skip
    tokens = [MUTED if wanted.muted else HEARD]
    tokens += [fact(kind, value) for kind, value in facts if value]
    return tokens + sought_words(wanted)


def entry_tokens(mention: Any, *, tracker_ids: list[int], is_muted: bool) -> list[str]:
    """What the index holds of a mention: its facts and its words."""
    facts: list[tuple[str, Any]] = [("c", mention.channel), ("k", mention.kind), ("a", mention.author_id)]
    facts += [("r", tracker_id) for tracker_id in tracker_ids]
    facts += [("s", says) for says in _SAYS if getattr(mention, f"is_{says}")]
    facts += [("t", tone_class(mention.tone))] if mention.tone is not None else []
    facts += [("l", mention.lang)] if mention.lang else []
    return [MUTED if is_muted else HEARD, *(fact(*named) for named in facts), *_said(mention.title, mention.text)]


def sought_words(wanted: StreamFilter) -> list[str]:
    """The stems of the words that are looked for; signs alone stand for something that nobody says."""
    words = wanted.words.split()[:MAX_WORDS]
    return word_tokens(" ".join(words)) or [_UNSAID for _word in words[:1]]


def waiting_ids() -> list[int]:
    """The newest mentions that the index does not know yet as they are now."""
    return list(session().scalars(select(StreamDue.mention_id).order_by(StreamDue.mention_id.desc()).limit(WAITING)))


def waiting_places(wanted: StreamFilter, waiting: list[int], *, before: int = TOP) -> list[int]:
    """The places of those among them that are wanted, newest first."""
    if not waiting:
        return []
    rows = truth_of(wanted).join(Mention.author).where(Mention.id.in_(waiting))
    said_at = rows.with_only_columns(Mention.created_at, Mention.id, Mention.title, Mention.text)
    words = set(sought_words(wanted))
    found = [
        place_of(at, number)
        for at, number, title, said in session().execute(said_at)
        if not words or words.issubset(_said(title, said))
    ]
    return sorted((place for place in found if place < before), reverse=True)


def truth_of(wanted: StreamFilter) -> Select[Any]:
    """The mentions that are wanted as they stand now, whatever the index says; words are not looked at."""
    rows = select(Mention).where(Mention.gone_at.is_(None))
    words_muted = _found_by(Match.tracker_id.in_(select(Tracker.id).where(Tracker.kind == TrackerKind.MUTED)))
    is_muted = or_(Author.muted_at.isnot(None), words_muted)
    rows = rows.where(is_muted if wanted.muted else and_(Author.muted_at.is_(None), ~words_muted))
    for column, value in (
        (Mention.channel, wanted.channel),
        (Mention.kind, wanted.kind),
        (Mention.author_id, wanted.author_id),
        (Mention.lang, wanted.lang),
    ):
        if value:
            rows = rows.where(column == value)
    if wanted.tracker_id:
        rows = rows.where(_found_by(Match.tracker_id == wanted.tracker_id))
    if wanted.says:
        rows = rows.where(getattr(Mention, f"is_{wanted.says}"))
    if wanted.tone:
        rows = rows.where(_TONES[wanted.tone])
    return rows


def _chosen(wanted: StreamFilter, tokens: list[str], older_than: Place | None) -> Stream:
    before = place_of(*older_than) if older_than else TOP
    waiting = waiting_ids()
    limit = PAGE + 1 + len(waiting)
    indexed = newest_places(tokens, before=before, limit=limit)
    known = set(waiting)
    places = [place for place in indexed if mention_of(place) not in known]
    places += waiting_places(wanted, waiting, before=before)
    if len(indexed) == limit:
        # Below the last one the index may hold more that comes before those that wait.
        places = [place for place in places if place >= indexed[-1]]
    places.sort(reverse=True)
    shown = [mention_of(place) for place in places[:PAGE]]
    rows = truth_of(wanted).join(Mention.author).options(contains_eager(Mention.author)).where(Mention.id.in_(shown))
    by_id = {mention.id: mention for mention in session().scalars(rows)}
    mentions = [by_id[number] for number in shown if number in by_id]
    older = (second_of(places[PAGE - 1]), shown[-1]) if len(places) > PAGE else None
    return Stream(mentions, _terms_of(mentions), older, is_sorting=len(waiting) == WAITING)


def _everything(older_than: Place | None) -> Stream:
    within = _before(older_than)
    newest = (Mention.created_at.desc(), Mention.id.desc())
    places = select(Mention.created_at, Mention.id).where(within).order_by(*newest).offset(STRETCH).limit(1)
    last = session().execute(places).first()
    end = (last[0], last[1]) if last else None
    rows = truth_of(StreamFilter()).join(Mention.author).options(contains_eager(Mention.author)).where(within)
    if end:
        rows = rows.where(or_(Mention.created_at > end[0], and_(Mention.created_at == end[0], Mention.id >= end[1])))
    found = list(session().scalars(rows.order_by(*newest).limit(PAGE + 1)))
    shown = found[:PAGE]
    if len(found) > PAGE:
        return Stream(shown, _terms_of(shown), (shown[-1].created_at, shown[-1].id))
    return Stream(shown, _terms_of(shown), end, end[0] if end else None)


def _before(place: Place | None) -> ColumnElement[bool]:
    if place is None:
        return Mention.id > 0
    at, number = place
    return and_(Mention.created_at <= at, or_(Mention.created_at < at, Mention.id < number))


def _found_by(tracker: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Match.mention_id == Mention.id, tracker)


def _said(title: str | None, said: str) -> list[str]:
    return word_tokens(f"{title}\n{said}" if title else said)


def _leaps() -> Select[Any]:
    step = aliased(Mention)
    leap = select(func.min(Mention.channel).label("channel")).cte("leap", recursive=True)
    following = select(select(func.min(step.channel)).where(step.channel > leap.c.channel).scalar_subquery())
    leap = leap.union_all(following.where(leap.c.channel.isnot(None)))
    return select(leap.c.channel).where(leap.c.channel.isnot(None)).limit(MAX_CHANNELS)


_HEARD_CHANNELS = _leaps()
_TONES: dict[str, ColumnElement[bool]] = {
    "positive": Mention.tone >= TONE_EDGE,
    "negative": Mention.tone <= -TONE_EDGE,
    "neutral": and_(Mention.tone > -TONE_EDGE, Mention.tone < TONE_EDGE),
}


def _terms_of(mentions: list[Mention]) -> dict[int, list[tuple[str, str]]]:
    """For each mention the trackers that found it, as (name, words)."""
    found: dict[int, list[tuple[str, str]]] = {}
    if mentions:
        rows = (
            select(Match.mention_id, Tracker.name, Match.terms)
            .join(Tracker, Tracker.id == Match.tracker_id)
            .where(Match.mention_id.in_([mention.id for mention in mentions]))
            .order_by(Match.mention_id, Tracker.name)
        )
        for mention_id, name, terms in session().execute(rows):
            found.setdefault(mention_id, []).append((name, terms))
    return found
