"""The stream of mentions, newest first, read so that no filter costs more than a walk over a bounded stretch."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Author, Match, Mention, Tracker, TrackerKind
from portal.listening.signals.tone import TONE_EDGE

PAGE = 50
MAX_CHANNELS = 60
DAYS = 30
# How many mentions one page looks through for those that are wanted: a rare one may need several pages.
STRETCH = 8_000
# Reading every word costs more than reading a column.
STRETCH_FOR_WORDS = 4_000
# A tracker that found no more than this is read from what it found.
FEW = 8_000
# Half an hour, in seconds: the days of any zone are made of these.
_SLOT = 1_800


Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamFilter:
    """What of the stream to show; None means all.

    Attributes:
        says: what was read in it.
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
    """

    mentions: list[Mention]
    terms: dict[int, list[tuple[str, str]]]
    older_than: Place | None
    looked_back_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """How many mentions came on each day, oldest first, in the reader's zone."""

    first: date
    counts: list[int]


def mention_stream(wanted: StreamFilter, *, older_than: Place | None = None) -> Stream:
    """A page of the stream; what is muted is left out, or, if asked for, shown alone."""
    driven = _is_few(wanted.tracker_id) if wanted.tracker_id else False
    end = None if driven else _end_of_stretch(wanted, older_than)
    rows = _wanted(wanted, _before(older_than))
    if end:
        rows = rows.where(or_(Mention.created_at > end[0], and_(Mention.created_at == end[0], Mention.id >= end[1])))
    found = list(session().scalars(rows.order_by(Mention.created_at.desc(), Mention.id.desc()).limit(PAGE + 1)))
    shown = found[:PAGE]
    if len(found) > PAGE:
        return Stream(shown, _terms_of(shown), (shown[-1].created_at, shown[-1].id))
    return Stream(shown, _terms_of(shown), end, end[0] if end else None)


def heard_days(wanted: StreamFilter, zone: ZoneInfo) -> Days:
    """The last thirty days of what is wanted, or the last few of them where there is too much to count."""
    today = now().astimezone(zone).date()
    since = datetime.combine(today - timedelta(days=DAYS - 1), datetime.min.time(), zone)
    newest = _wanted(wanted, Mention.created_at >= since).with_only_columns(Mention.created_at)
    counted = newest.order_by(Mention.created_at.desc()).limit(STRETCH).subquery()
    slot = _slot_of(counted.c.created_at)
    per_slot = session().execute(select(slot, func.count()).group_by(slot)).all()
    counts: Counter[date] = Counter()
    for number, count in per_slot:
        counts[datetime.fromtimestamp(int(number) * _SLOT, UTC).astimezone(zone).date()] += count
    first = since.date()
    if sum(counts.values()) >= STRETCH:
        # The oldest day that was reached is not whole.
        first = min(min(counts) + timedelta(days=1), today)
    return Days(first, [counts[first + timedelta(days=step)] for step in range((today - first).days + 1)])


def heard_channels() -> list[str]:
    """Every channel with a mention, found by leaps through the index instead of a walk over the mentions."""
    step = aliased(Mention)
    leap = select(func.min(Mention.channel).label("channel")).cte("leap", recursive=True)
    following = select(select(func.min(step.channel)).where(step.channel > leap.c.channel).scalar_subquery())
    leap = leap.union_all(following.where(leap.c.channel.isnot(None)))
    found = select(leap.c.channel).where(leap.c.channel.isnot(None)).limit(MAX_CHANNELS)
    return list(session().scalars(found))


def _is_few(tracker_id: int) -> bool:
    found = select(Match.mention_id).where(Match.tracker_id == tracker_id).limit(FEW + 1).subquery()
    return (session().scalar(select(func.count()).select_from(found)) or 0) <= FEW


def _end_of_stretch(wanted: StreamFilter, older_than: Place | None) -> Place | None:
    """The last mention that this page looks at; None when it looks at all that are left."""
    rows = select(Mention.created_at, Mention.id).where(_before(older_than))
    # These two have an index of their own that ends in the time.
    if wanted.author_id:
        rows = rows.where(Mention.author_id == wanted.author_id)
    elif wanted.channel:
        rows = rows.where(Mention.channel == wanted.channel)
    stretch = STRETCH_FOR_WORDS if wanted.words else STRETCH
    end = session().execute(rows.order_by(Mention.created_at.desc(), Mention.id.desc()).offset(stretch).limit(1))
    found = end.first()
    return (found[0], found[1]) if found else None


def _before(place: Place | None) -> ColumnElement[bool]:
    if place is None:
        return Mention.id > 0
    at, number = place
    return and_(Mention.created_at <= at, or_(Mention.created_at < at, Mention.id < number))


def _wanted(wanted: StreamFilter, within: ColumnElement[bool]) -> Select[Any]:
    rows = select(Mention).join(Mention.author).options(contains_eager(Mention.author))
    rows = rows.where(within, Mention.gone_at.is_(None))
    mute = aliased(Match)
    words_muted = exists().where(
        mute.mention_id == Mention.id,
        mute.tracker_id.in_(select(Tracker.id).where(Tracker.kind == TrackerKind.MUTED)),
    )
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
        rows = rows.join(Match, Match.mention_id == Mention.id).where(Match.tracker_id == wanted.tracker_id)
    if wanted.says:
        flags = {"question": Mention.is_question, "suggestion": Mention.is_suggestion, "creation": Mention.is_creation}
        rows = rows.where(flags[wanted.says])
    if wanted.tone:
        rows = rows.where(_TONES[wanted.tone])
    for word in wanted.words.split()[:8]:
        rows = rows.where(
            or_(Mention.text.icontains(word, autoescape=True), Mention.title.icontains(word, autoescape=True))
        )
    return rows


_TONES: dict[str, ColumnElement[bool]] = {
    "positive": Mention.tone >= TONE_EDGE,
    "negative": Mention.tone <= -TONE_EDGE,
    "neutral": and_(Mention.tone > -TONE_EDGE, Mention.tone < TONE_EDGE),
}


def _slot_of(moment: ColumnElement[datetime]) -> ColumnElement[Any]:
    """The number of half hours since 1970."""
    if session().get_bind().dialect.name == "sqlite":
        return func.unixepoch(moment) / _SLOT
    return func.floor(func.extract("epoch", moment) / _SLOT)


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
