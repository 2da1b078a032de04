"""Reading what channels sent, and what is due to be looked for again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Health, Mention, Push, PushStatus, Source


def source_by_token(token: str) -> Source | None:
    """The source that is reached under this token."""
    return session().scalars(select(Source).where(Source.push_token == token)).one_or_none()


def next_waiting_push() -> Push | None:
    """The push that has waited longest, of those that are due and nobody is reading."""
    due = select(Push).where(Push.status == PushStatus.WAITING, Push.due_at <= now())
    return session().scalars(due.order_by(Push.due_at, Push.id).limit(1)).first()


def is_crowded(source_id: int, prefix: str, *, since: datetime, most: int) -> bool:
    """Whether as many events of a source that begin with these words came since a moment."""
    came = select(Push.id).where(
        Push.source_id == source_id, Push.event_id.startswith(prefix, autoescape=True), Push.received_at >= since
    )
    return len(session().scalars(came.limit(most)).all()) >= most


def mentions_to_recheck(
    connector: str, checked_before: datetime, missed_before: datetime, limit: int, besides: Collection[int] = ()
) -> list[Mention]:
    """Mentions of one source of a channel that were not looked for since, or were missing once a while ago.

    A paused source is asked for nothing new, but what it brought is still looked up.
    """
    able = [Health.GOOD, Health.NEW, Health.PAUSED]
    listening = select(Source.id).where(Source.connector == connector, Source.health.in_(able))
    listening = listening.where(Source.id.not_in(besides))
    for source_id in session().scalars(listening.order_by(Source.id)):
        found = _due_of(source_id, checked_before, missed_before, limit)
        if found:
            return found
    return []


def _due_of(source_id: int, checked_before: datetime, missed_before: datetime, limit: int) -> list[Mention]:
    """Three short walks along an index each; one condition for all of them would read every mention of the source."""
    standing = select(Mention).where(Mention.source_id == source_id, Mention.gone_at.is_(None)).limit(limit)
    missed = standing.where(Mention.missed_at < missed_before, Mention.checked_at < missed_before)
    found = list(session().scalars(missed.order_by(Mention.missed_at)))
    if found:
        return found
    # The oldest that were never looked for come first by their ids.
    never = session().scalars(standing.where(Mention.checked_at.is_(None)).order_by(Mention.id))
    found = [mention for mention in never if mention.first_seen_at < checked_before]
    if found:
        return found
    checked = standing.where(Mention.checked_at < checked_before)
    return list(session().scalars(checked.order_by(Mention.checked_at, Mention.id)))
