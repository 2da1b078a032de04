"""Suggestions that were joined with another or parted from it, and of which nobody was told yet."""

from datetime import timedelta
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Idea, IdeaMerge
from portal.updates.queries.announced import was_announced

# What was joined before that is no news any more.
NEWS_FOR = timedelta(days=7)


def untold_merges(*, limit: int = 100) -> list[int]:
    """The joinings of the last week that still hold, oldest first.

    What is for the company's eyes alone is left out: its author may not read the other one.
    """
    return list(session().scalars(_untold(), {"since": now() - NEWS_FOR, "most": limit}))


@cache
def _untold() -> Select[int]:
    # Made once: the worker asks this every few seconds, and putting it together costs more than asking it.
    source, target = aliased(Idea), aliased(Idea)
    told = was_announced("merge", IdeaMerge.id)
    return (
        select(IdeaMerge.id)
        .join(source, source.id == IdeaMerge.source_id)
        .join(target, target.id == source.merged_into_id)
        .where(IdeaMerge.undone_at.is_(None), IdeaMerge.merged_at > bindparam("since"), ~told)
        .where(target.is_private.is_(False), target.held_at.is_(None), target.removed_at.is_(None))
        .order_by(IdeaMerge.id)
        .limit(bindparam("most"))
    )


def untold_partings(*, limit: int = 100) -> list[int]:
    """The joinings that were told and undone within the last week, where it still stands by itself; oldest first."""
    return list(session().scalars(_parted(), {"since": now() - NEWS_FOR, "most": limit}))


@cache
def _parted() -> Select[int]:
    source = aliased(Idea)
    return (
        select(IdeaMerge.id)
        .join(source, source.id == IdeaMerge.source_id)
        .where(IdeaMerge.undone_at > bindparam("since"), source.merged_into_id.is_(None))
        .where(was_announced("merge", IdeaMerge.id), ~was_announced("parting", IdeaMerge.id))
        .where(source.is_private.is_(False), source.held_at.is_(None), source.removed_at.is_(None))
        .order_by(IdeaMerge.id)
        .limit(bindparam("most"))
    )
