"""Reading asks and their polls."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select

from portal.accounts.models import User
from portal.community.models import Ask, AskChoice, AskVote, Circle
from portal.community.seats import visible_asks
from portal.foundation.database import session

ASKS_SHOWN = 50


@dataclass(frozen=True)
class PollChoice:
    """One choice, and how many took it; the share is of all who chose, between 0 and 1."""

    id: int
    words: str
    votes: int
    share: float


@dataclass(frozen=True)
class Poll:
    """The poll of an ask as one reader sees it; results show to members once they have chosen or it has ended."""

    choices: tuple[PollChoice, ...]
    total: int
    chosen: int | None
    shows_results: bool


def asks_for(reader: User, *, before: tuple[datetime, int] | None = None) -> list[Ask]:
    """The asks of this reader, those that close last first, one more than a page holds if there are more.

    Args:
        before: when the last of the page before closes, and its number.
    """
    statement = select(Ask).where(visible_asks(reader)).order_by(Ask.closes_at.desc(), Ask.id.desc())
    if before is not None:
        moment, number = before
        statement = statement.where(or_(Ask.closes_at < moment, and_(Ask.closes_at == moment, Ask.id < number)))
    return list(session().scalars(statement.limit(ASKS_SHOWN + 1)))


def asks_in(circle: Circle) -> list[Ask]:
    """What was asked in one circle and has opened, the newest first."""
    opened = select(Ask).where(Ask.circle_id == circle.id, Ask.opened_at.is_not(None))
    return list(session().scalars(opened.order_by(Ask.closes_at.desc(), Ask.id.desc()).limit(ASKS_SHOWN)))


def running_asks(circle: Circle) -> list[Ask]:
    """What takes answers in one circle, oldest first."""
    running = (Ask.circle_id == circle.id, Ask.opened_at.is_not(None), Ask.ended_at.is_(None))
    return list(session().scalars(select(Ask).where(*running).order_by(Ask.id)))


def asks_without_summary(reader: User) -> list[Ask]:
    """Asks that have ended and still owe their people a summary, oldest first."""
    owed = (Ask.ended_at.is_not(None), Ask.closed_at.is_(None))
    return list(
        session().scalars(select(Ask).where(visible_asks(reader), *owed).order_by(Ask.ended_at, Ask.id).limit(10))
    )


def poll_of(ask: Ask, reader: User) -> Poll | None:
    """The poll of an ask, if it has one, in two statements."""
    votes = select(AskVote.choice_id, func.count().label("votes")).group_by(AskVote.choice_id).subquery()
    rows = (
        session()
        .execute(
            select(AskChoice.id, AskChoice.words, func.coalesce(votes.c.votes, 0).label("votes"))
            .outerjoin(votes, votes.c.choice_id == AskChoice.id)
            .where(AskChoice.ask_id == ask.id)
            .order_by(AskChoice.id)
        )
        .all()
    )
    if not rows:
        return None
    total = sum(row.votes for row in rows)
    chosen = session().scalar(select(AskVote.choice_id).where(AskVote.ask_id == ask.id, AskVote.user_id == reader.id))
    choices = tuple(PollChoice(row.id, row.words, row.votes, row.votes / total if total else 0.0) for row in rows)
    return Poll(choices, total, chosen, reader.is_staff or chosen is not None or ask.ended_at is not None)


def asks_to_open(moment: datetime) -> list[int]:
    """Asks whose time to open has come, by id; in a circle that is closed they wait until it is opened again."""
    closed = select(Circle.id).where(Circle.closed_at.is_not(None))
    could = or_(Ask.circle_id.is_(None), Ask.circle_id.not_in(closed))
    due = (Ask.opened_at.is_(None), Ask.opens_at <= moment, could)
    return list(session().scalars(select(Ask.id).where(*due).limit(100)))


def asks_to_end(moment: datetime) -> list[int]:
    """Asks whose time to answer has run out, by id."""
    due = (Ask.opened_at.is_not(None), Ask.ended_at.is_(None), Ask.closes_at <= moment)
    return list(session().scalars(select(Ask.id).where(*due).limit(100)))
