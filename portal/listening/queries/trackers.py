"""Reading the trackers, and the mentions that they look through."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.foundation import config
from portal.foundation.database import session
from portal.listening.drafts import MentionDraft
from portal.listening.matching import Matcher, Query, QueryError, parse_query
from portal.listening.models import Match, Mention, Tracker, TrackerKind
from portal.listening.signals import language_of, read
from portal.listening.signals.names import Names, names_of

# A tracker's number, its query, and what it listens for.
Asked: TypeAlias = tuple[int, str, TrackerKind]

# Asked with each batch that comes in, so it is built once.
_ACTIVE = select(Tracker.id, Tracker.query, Tracker.kind).where(Tracker.paused_at.is_(None)).order_by(Tracker.id)


def active_matcher() -> Matcher:
    """All trackers that are not paused, ready to look for."""
    return matcher_of(active_trackers())


@lru_cache(maxsize=16)
def matcher_of(asked: tuple[Asked, ...]) -> Matcher:
    """A matcher for these trackers; one whose query cannot be read any more is left out and told of."""
    muted = frozenset(number for number, _query, kind in asked if kind == TrackerKind.MUTED)
    return Matcher(dict(_parsed(asked)), muted=muted, is_question=_asks, language=_language_of)


def active_queries() -> list[Query]:
    """The questions of all trackers that are not paused, but for those that say what to leave out."""
    return [query for _number, query in _parsed(asked for asked in active_trackers() if asked[2] != TrackerKind.MUTED)]


def names_in_use(asked: tuple[Asked, ...] | None = None) -> Names:
    """The names that are listened for, ours and those of rivals, and the company's own: by these trackers or by all."""
    return _names(active_trackers() if asked is None else asked, config.current().COMPANY_NAME)


@lru_cache(maxsize=16)
def _names(asked: tuple[Asked, ...], company: str) -> Names:
    named = (each for each in asked if each[2] in {TrackerKind.BRAND, TrackerKind.RIVAL})
    terms = (term for _number, query in _parsed(named) for term in query.any if term.kind != "url")
    return names_of([company, *(term.text for term in terms)])


def trackers(*, muted: bool = False) -> list[Tracker]:
    """Every tracker, the paused ones last; or, if asked for, the words that are muted."""
    rows = select(Tracker).where((Tracker.kind == TrackerKind.MUTED) == muted)
    return list(session().scalars(rows.order_by(Tracker.paused_at.isnot(None), Tracker.name, Tracker.id)))


def tracker_by_query(query: str) -> Tracker | None:
    """The tracker that asks exactly this."""
    return session().scalars(select(Tracker).where(Tracker.query == query)).one_or_none()


def match_counts() -> dict[int, int]:
    """How many mentions each tracker has found."""
    counted = select(Match.tracker_id, func.count().label("found")).group_by(Match.tracker_id)
    return {row.tracker_id: row.found for row in session().execute(counted)}


def next_unswept_tracker() -> Tracker | None:
    """A tracker whose older mentions are not all looked through yet."""
    unswept = select(Tracker).where(Tracker.swept_at.is_(None), Tracker.paused_at.is_(None)).order_by(Tracker.id)
    return session().scalars(unswept.limit(1)).one_or_none()


def mentions_after(mention_id: int, limit: int) -> list[Mention]:
    """The next mentions by id, with their authors."""
    rows = select(Mention).where(Mention.id > mention_id).options(joinedload(Mention.author))
    return list(session().scalars(rows.order_by(Mention.id).limit(limit)))


def newest_mentions(limit: int) -> list[Mention]:
    """The newest mentions with their authors, newest first."""
    rows = select(Mention).where(Mention.gone_at.is_(None)).options(joinedload(Mention.author))
    return list(session().scalars(rows.order_by(Mention.created_at.desc(), Mention.id.desc()).limit(limit)))


def active_trackers() -> tuple[Asked, ...]:
    """What all trackers ask that are not paused."""
    return tuple((number, query, kind) for number, query, kind in session().execute(_ACTIVE))


def _parsed(asked: Iterable[Asked]) -> Iterator[tuple[int, Query]]:
    for number, query, kind in asked:
        try:
            parsed = parse_query(query)
        except QueryError as problem:
            structlog.get_logger().warning("tracker_unreadable", tracker=number, problem=str(problem))
        else:
            yield number, replace(parsed, asks=kind == TrackerKind.OPPORTUNITY)


def _asks(mention: MentionDraft) -> bool:
    """Whether someone asks for something here; a stored mention was read already, and maybe put right by a person."""
    stored = getattr(mention, "is_question", None)
    if stored is not None:
        return bool(stored)
    words = f"{mention.title}\n{mention.text}" if mention.title else mention.text
    return read(words, lang=mention.lang, kind=mention.kind).is_question


def _language_of(mention: MentionDraft) -> str | None:
    """The language that the channel says, or else the one that the words are read to be in."""
    return language_of(f"{mention.title}\n{mention.text}" if mention.title else mention.text, mention.lang)
