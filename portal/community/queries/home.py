"""What the community has for one member on their first page, in one statement."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload, lazyload

from portal.accounts.models import User
from portal.community.models import Ask, Circle, CircleMember, Event, Member, Rsvp, Thanks
from portal.community.queries.events import EventCard, counts, next_event_id, own_rsvp
from portal.community.seats import visible_asks
from portal.foundation.clock import now
from portal.foundation.database import session

# So long a word of thanks is a moment of its own.
_FRESH = timedelta(days=14)


@dataclass(frozen=True)
class AtHome:
    """One's membership, what is asked of one now, what ends first on top, and what event comes next.

    Attributes:
        circle_id: a circle that waits for one to confirm its note.
        thanks: the newest, for two weeks.
    """

    member: Member | None
    asks: list[Ask]
    next_event: EventCard | None
    circle_id: int | None
    thanks: Thanks | None


def circle_to_enter(reader: User) -> int | None:
    """The id of an open circle where this person has a place and has not confirmed its note as it reads now."""
    found: int | None = session().scalar(_door(reader.id))
    return found


def _door(person: Any) -> Select[*tuple[Any, ...]]:
    waits = (CircleMember.user_id == person, CircleMember.confirmed_at.is_(None), CircleMember.left_at.is_(None))
    circles = select(func.max(CircleMember.circle_id)).join(Circle, Circle.id == CircleMember.circle_id)
    return circles.where(*waits, Circle.closed_at.is_(None))


def at_home(reader: User) -> AtHome:
    """What waits for this person."""
    running = (Ask.opened_at.is_not(None), Ask.ended_at.is_(None), Ask.closes_at > now(), visible_asks(reader))
    taken, waiting, ahead = counts()
    door = _door(User.id).correlate(User).scalar_subquery()
    newest = (
        select(func.max(Thanks.id))
        .where(Thanks.member_id == Member.id, Thanks.created_at > now() - _FRESH)
        .correlate(Member)
        .scalar_subquery()
    )
    statement = (
        select(door, Member, Ask, Thanks, Event, taken, waiting, Rsvp, ahead)
        .select_from(User)
        .outerjoin(Member, Member.user_id == User.id)
        .outerjoin(Ask, and_(*running))
        .outerjoin(Thanks, Thanks.id == newest)
        .outerjoin(Event, Event.id == next_event_id(reader))
        .outerjoin(Rsvp, own_rsvp(reader))
        # An inner join to its person would drop the row of whoever is asked nothing.
        .options(
            joinedload(Member.user, innerjoin=False),
            joinedload(Ask.owner, innerjoin=False),
            joinedload(Event.host, innerjoin=False),
            joinedload(Thanks.by, innerjoin=False),
            lazyload(Thanks.member),
            lazyload(Rsvp.user),
        )
        .where(User.id == reader.id)
        .order_by(Ask.closes_at, Ask.id)
        .limit(10)
    )
    rows: list[Any] = list(session().execute(statement).unique())
    if not rows:
        return AtHome(None, [], None, None, None)
    circle_id, member, _ask, thanks, event, *figures = rows[0]
    asks = [row[2] for row in rows if row[2] is not None]
    return AtHome(member, asks, EventCard(event, *figures) if event is not None else None, circle_id, thanks)
