"""What the community has for one member on their first page, in one statement."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, lazyload

from portal.accounts.models import User
from portal.community.models import Ask, Circle, CircleMember, Event, Member, Rsvp
from portal.community.queries.events import EventCard, counts, next_event_id, own_rsvp
from portal.community.seats import visible_asks
from portal.foundation.clock import now
from portal.foundation.database import session


@dataclass(frozen=True)
class AtHome:
    """One's membership, what is asked of one now, what ends first on top, and what event comes next.

    Attributes:
        circle_id: a circle that waits for one to confirm its note.
    """

    member: Member | None
    asks: list[Ask]
    next_event: EventCard | None
    circle_id: int | None


def at_home(reader: User) -> AtHome:
    """What waits for this person."""
    running = (Ask.opened_at.is_not(None), Ask.ended_at.is_(None), Ask.closes_at > now(), visible_asks(reader))
    taken, waiting, ahead = counts()
    door = (
        select(func.max(CircleMember.circle_id))
        .join(Circle, Circle.id == CircleMember.circle_id)
        .where(CircleMember.user_id == User.id, CircleMember.confirmed_at.is_(None), CircleMember.left_at.is_(None))
        .where(Circle.closed_at.is_(None))
        .correlate(User)
        .scalar_subquery()
    )
    statement = (
        select(door, Member, Ask, Event, taken, waiting, Rsvp, ahead)
        .select_from(User)
        .outerjoin(Member, Member.user_id == User.id)
        .outerjoin(Ask, and_(*running))
        .outerjoin(Event, Event.id == next_event_id(reader))
        .outerjoin(Rsvp, own_rsvp(reader))
        # An inner join to its person would drop the row of whoever is asked nothing.
        .options(
            joinedload(Member.user, innerjoin=False),
            joinedload(Ask.owner, innerjoin=False),
            joinedload(Event.host, innerjoin=False),
            lazyload(Rsvp.user),
        )
        .where(User.id == reader.id)
        .order_by(Ask.closes_at, Ask.id)
        .limit(10)
    )
    rows: list[Any] = list(session().execute(statement).unique())
    if not rows:
        return AtHome(None, [], None, None)
    circle_id, member, _ask, event, *figures = rows[0]
    asks = [row[2] for row in rows if row[2] is not None]
    return AtHome(member, asks, EventCard(event, *figures) if event is not None else None, circle_id)
