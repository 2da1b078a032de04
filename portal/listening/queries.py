"""Reading what was heard: the stream, the trackers, the sources, the imports."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import structlog
from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.matching import Matcher, Query, QueryError, parse_query
from portal.listening.models import (
    Author,
    Health,
    ImportStatus,
    Match,
    Mention,
    MentionImport,
    Source,
    Tracker,
)

PAGE = 50
MAX_CHANNELS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamFilter:
    """What of the stream to show; None means all."""

    channel: str | None = None
    kind: str | None = None
    tracker_id: int | None = None
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
    """

    mentions: list[Mention]
    terms: dict[int, list[tuple[str, str]]]
    older_than: tuple[datetime, int] | None


def active_matcher() -> Matcher:
    """All trackers that are not paused, ready to look for."""
    rows = session().execute(select(Tracker.id, Tracker.query).where(Tracker.paused_at.is_(None)).order_by(Tracker.id))
    return matcher_of(tuple((number, query) for number, query in rows))


@lru_cache(maxsize=16)
def matcher_of(queries: tuple[tuple[int, str], ...]) -> Matcher:
    """A matcher for these trackers; one whose query cannot be read any more is left out and told of."""
    return Matcher(dict(parsed_queries(queries)))


@lru_cache(maxsize=16)
def parsed_queries(queries: tuple[tuple[int, str], ...]) -> tuple[tuple[int, Query], ...]:
    """These trackers' queries, read; one that cannot be read any more is left out and told of."""
    parsed = []
    for number, query in queries:
        try:
            parsed.append((number, parse_query(query)))
        except QueryError as problem:
            structlog.get_logger().warning("tracker_unreadable", tracker=number, problem=str(problem))
    return tuple(parsed)


def active_queries() -> list[Query]:
    """The questions of all trackers that are not paused."""
    rows = session().execute(select(Tracker.id, Tracker.query).where(Tracker.paused_at.is_(None)).order_by(Tracker.id))
    return [query for _number, query in parsed_queries(tuple((number, query) for number, query in rows))]


def trackers() -> list[Tracker]:
    """Every tracker, the paused ones last."""
    return list(session().scalars(select(Tracker).order_by(Tracker.paused_at.isnot(None), Tracker.name, Tracker.id)))


def tracker_by_query(query: str) -> Tracker | None:
    """The tracker that asks exactly this."""
    return session().scalars(select(Tracker).where(Tracker.query == query)).one_or_none()


def match_counts() -> dict[int, int]:
    """How many mentions each tracker has found."""
    counted = select(Match.tracker_id, func.count().label("found")).group_by(Match.tracker_id)
    return {row.tracker_id: row.found for row in session().execute(counted)}


def mention_stream(wanted: StreamFilter, *, older_than: tuple[datetime, int] | None = None) -> Stream:
    """A page of the stream; muted authors are left out, or, if asked for, shown alone."""
    rows = select(Mention).join(Mention.author).options(contains_eager(Mention.author))
    rows = rows.where(Author.muted_at.isnot(None) if wanted.muted else Author.muted_at.is_(None))
    rows = _narrowed(rows, wanted)
    if older_than:
        at, number = older_than
        rows = rows.where(or_(Mention.created_at < at, and_(Mention.created_at == at, Mention.id < number)))
    found = list(session().scalars(rows.order_by(Mention.created_at.desc(), Mention.id.desc()).limit(PAGE + 1)))
    shown = found[:PAGE]
    more = (shown[-1].created_at, shown[-1].id) if len(found) > PAGE else None
    return Stream(shown, terms_of([mention.id for mention in shown]), more)


def _narrowed(rows: Select[Mention], wanted: StreamFilter) -> Select[Mention]:
    if wanted.channel:
        rows = rows.where(Mention.channel == wanted.channel)
    if wanted.kind:
        rows = rows.where(Mention.kind == wanted.kind)
    if wanted.author_id:
        rows = rows.where(Mention.author_id == wanted.author_id)
    if wanted.tracker_id:
        rows = rows.join(Match, Match.mention_id == Mention.id).where(Match.tracker_id == wanted.tracker_id)
    for word in wanted.words.split()[:8]:
        rows = rows.where(
            or_(Mention.text.icontains(word, autoescape=True), Mention.title.icontains(word, autoescape=True))
        )
    return rows


def terms_of(mention_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """For each mention the trackers that found it, as (name, words)."""
    found: dict[int, list[tuple[str, str]]] = {}
    if mention_ids:
        rows = (
            select(Match.mention_id, Tracker.name, Match.terms)
            .join(Tracker, Tracker.id == Match.tracker_id)
            .where(Match.mention_id.in_(mention_ids))
            .order_by(Match.mention_id, Tracker.name)
        )
        for mention_id, name, terms in session().execute(rows):
            found.setdefault(mention_id, []).append((name, terms))
    return found


def heard_channels() -> list[str]:
    """Every channel with a mention, found by leaps through the index instead of a walk over the mentions."""
    step = aliased(Mention)
    leap = select(func.min(Mention.channel).label("channel")).cte("leap", recursive=True)
    following = select(select(func.min(step.channel)).where(step.channel > leap.c.channel).scalar_subquery())
    leap = leap.union_all(following.where(leap.c.channel.isnot(None)))
    found = select(leap.c.channel).where(leap.c.channel.isnot(None)).limit(MAX_CHANNELS)
    return list(session().scalars(found))


def sources() -> list[Source]:
    """Every source by name."""
    return list(session().scalars(select(Source).order_by(Source.name, Source.id)))


def sources_of(connector: str) -> list[Source]:
    """The sources of one channel."""
    return list(session().scalars(select(Source).where(Source.connector == connector).order_by(Source.id)))


def next_due_source() -> Source | None:
    """The source that has waited longest, of those that are due and nobody is fetching."""
    moment = now()
    due = (
        select(Source)
        .where(
            Source.health.in_([Health.NEW, Health.GOOD, Health.FAILING]),
            Source.next_due_at <= moment,
            or_(Source.lease_until.is_(None), Source.lease_until < moment),
        )
        .order_by(Source.next_due_at, Source.id)
        .limit(1)
    )
    return session().scalars(due).one_or_none()


def imports() -> list[MentionImport]:
    """The newest imports."""
    return list(session().scalars(select(MentionImport).order_by(MentionImport.id.desc()).limit(PAGE)))


def import_by_key(key: str) -> MentionImport | None:
    """The import of this file read in this way."""
    return session().scalars(select(MentionImport).where(MentionImport.key == key)).one_or_none()


def next_waiting_import() -> MentionImport | None:
    """The uploaded file that has waited longest, or one whose reader went away."""
    waiting = (
        select(MentionImport)
        .where(
            MentionImport.status.in_([ImportStatus.WAITING, ImportStatus.RUNNING]),
            MentionImport.created_by_id.isnot(None),
            or_(MentionImport.lease_until.is_(None), MentionImport.lease_until < now()),
        )
        .order_by(MentionImport.id)
        .limit(1)
    )
    return session().scalars(waiting).one_or_none()


def forgotten_uploads(before: datetime) -> list[MentionImport]:
    """Uploads that were sent before a moment and never read to their end; their files are still kept."""
    waiting = select(MentionImport).where(
        MentionImport.status.in_([ImportStatus.DRAFT, ImportStatus.FAILED]),
        MentionImport.created_by_id.isnot(None),
        MentionImport.finished_at.is_(None),
        MentionImport.created_at < before,
    )
    return list(session().scalars(waiting.order_by(MentionImport.id).limit(PAGE)))


def next_unswept_tracker() -> Tracker | None:
    """A tracker whose older mentions are not all looked through yet."""
    unswept = select(Tracker).where(Tracker.swept_at.is_(None), Tracker.paused_at.is_(None)).order_by(Tracker.id)
    return session().scalars(unswept.limit(1)).one_or_none()


def mentions_after(mention_id: int, limit: int) -> list[Mention]:
    """The next mentions by id, with their authors."""
    rows = select(Mention).where(Mention.id > mention_id).options(joinedload(Mention.author))
    return list(session().scalars(rows.order_by(Mention.id).limit(limit)))
