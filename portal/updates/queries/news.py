"""What of the community has not been told yet, and who is to hear of it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, func, literal, select, union

from portal.accounts.models import Role, User
from portal.community.models import Ask, AskVote
from portal.community.seats import people_inside
from portal.consent.queries import objected_addresses
from portal.foundation.database import session
from portal.ledger.models import Comment, Idea, Vote
from portal.updates.models import Preference
from portal.updates.queries.announced import was_announced
from portal.updates.tokens import NEWS, REPORTS

# What is wanted as a whole or not, by the kind of its mails.
BY_MAIL = {NEWS: Preference.news_by_mail, REPORTS: Preference.reports_by_mail}


@dataclass(frozen=True)
class Listener:
    """One person to tell by mail, and the zone in which they read times (None: the company's)."""

    user_id: int
    email: str
    name: str
    time_zone: str | None


def untold_asks(*, limit: int = 100) -> list[tuple[int, str]]:
    """Asks that opened or were closed, with the word for which, that nobody was told of; oldest first."""
    rows = session().execute(_untold_asks(), {"most": limit})
    return [(row.number, row.what) for row in rows]


@cache
def _untold_asks() -> CompoundSelect[Any]:
    # Made once: the worker asks this every few seconds.
    opened = _untold("opened", Ask.opened_at.is_not(None), Ask.ended_at.is_(None))
    closed = _untold("closed", Ask.closed_at.is_not(None))
    return union(opened, closed).order_by("number").limit(bindparam("most"))


def _untold(what: str, *happened: ColumnElement[bool]) -> Any:
    told = was_announced("ask", Ask.id, what)
    return select(Ask.id.label("number"), literal(what).label("what")).where(*happened, ~told)


def listeners_to_opening(ask: Ask) -> list[Listener]:
    """Every member to whom the ask is put and who wants news by mail."""
    return listeners(select(User.id).where(User.role == Role.MEMBER), ask.circle_id)


def listeners_to_summary(ask: Ask) -> list[Listener]:
    """Everyone who took part: suggested, chose in the poll, voted or spoke beside a suggestion there."""
    ideas = select(Idea.id).where(Idea.ask_id == ask.id, Idea.removed_at.is_(None))
    took_part = union(
        select(Idea.proposed_by_id).where(Idea.ask_id == ask.id),
        select(AskVote.user_id).where(AskVote.ask_id == ask.id),
        select(Vote.user_id).where(Vote.idea_id.in_(ideas)),
        select(Comment.author_id).where(Comment.idea_id.in_(ideas), Comment.author_id.is_not(None)),
    ).subquery()
    return listeners(select(took_part.c[0]), ask.circle_id, without=ask.closed_by_id)


def wants_news(user: User, *, of: str = NEWS) -> bool:
    """Whether this person wants news of the community by mail, or of what they reported; yes without a word."""
    return session().scalar(select(BY_MAIL[of]).where(Preference.user_id == user.id)) is not False


def listeners(who: Select[Any], circle_id: int | None, *, without: int | None = None) -> list[Listener]:
    """Those of these users who want news by mail, inside the circle if it is one's, but whoever tells it."""
    statement = (
        select(User.id, User.email, User.name, User.time_zone)
        .outerjoin(Preference, Preference.user_id == User.id)
        .where(User.id.in_(who), User.suspended_at.is_(None), func.coalesce(Preference.news_by_mail, True))
        .order_by(User.id)
    )
    if circle_id is not None:
        statement = statement.where(User.id.in_(people_inside(circle_id)))
    if without is not None:
        statement = statement.where(User.id != without)
    found = [Listener(*row) for row in session().execute(statement)]
    silent = objected_addresses({one.email for one in found})
    return [one for one in found if one.email not in silent]
