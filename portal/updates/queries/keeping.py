"""Who keeps a promise and by when: hand-overs and new dates of which nobody was told yet."""

from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import OPEN, Idea, NewDate
from portal.updates.queries.announced import was_announced
from portal.updates.queries.audience import Follower, followers

# What changed before that is no news any more.
NEWS_FOR = timedelta(days=2)


def untold_hand_overs(*, limit: int = 100) -> list[int]:
    """Hand-overs (by their audit row) of what is still open and still with whoever got it, oldest first."""
    return list(session().scalars(_hand_overs(), {"since": now() - NEWS_FOR, "most": limit}))


def untold_new_dates(*, limit: int = 100) -> list[int]:
    """New dates of promises that are still to be kept, oldest first."""
    return list(session().scalars(_new_dates(), {"since": now() - NEWS_FOR, "most": limit}))


@cache
def _hand_overs() -> Select[int]:
    # Made once: the worker asks this every minute.
    return _news(AuditEntry.id, "hand-over").where(
        AuditEntry.at > bindparam("since"),
        AuditEntry.verb == "idea.handed_over",
        AuditEntry.subject_table == Idea.__tablename__,
        Idea.id == AuditEntry.subject_id,
        Idea.owner_id == AuditEntry.after["owner"].as_integer(),
    )


@cache
def _new_dates() -> Select[int]:
    return _news(NewDate.id, "new-date").where(
        NewDate.given_at > bindparam("since"), Idea.id == NewDate.idea_id, Idea.new_date == NewDate.until
    )


def _news(number: Any, key: str) -> Select[int]:
    told = was_announced(key, number)
    open_ones = (Idea.standing.in_(OPEN), Idea.held_at.is_(None), Idea.removed_at.is_(None))
    return select(number).where(~told, *open_ones).order_by(number).limit(bindparam("most"))


def audience_of_hand_over(idea: Idea, *, by_id: int) -> list[Follower]:
    """The author, if they hear of their suggestion by mail."""
    people = followers(select(Idea.id).where(Idea.id == idea.id), without=by_id)
    return [one for one in people if one.user_id == idea.proposed_by_id and one.by_mail]


def audience_of_new_date(given: NewDate) -> list[Follower]:
    """Everyone behind the suggestion who hears of it by mail."""
    people = followers(select(Idea.id).where(Idea.id == given.idea_id), without=given.given_by_id)
    return [one for one in people if one.by_mail]
