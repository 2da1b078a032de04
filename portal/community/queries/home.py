"""What the community has for one member on their first page, in one statement."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload, lazyload

from portal.accounts.models import User
from portal.community.models import Ask, Event, Member, Rsvp
from portal.community.queries.events import EventCard, counts, next_event_id, own_rsvp
from portal.community.seats import visible_asks
from portal.foundation.clock import now
from portal.foundation.database import session


@dataclass(frozen=True)
class AtHome:
    """One's membership, what is asked of one now, what ends first on top, and what event comes next."""

    member: Member | None
    asks: list[Ask]
    next_event: EventCard | None


def at_home(reader: User) -> AtHome:
    """What waits for this person."""
    running = (Ask.opened_at.is_not(None), Ask.ended_at.is_(None), Ask.closes_at > now(), visible_asks(reader))
    taken, waiting, ahead = counts()
    statement = (
        select(Member, Ask, Event, taken, waiting, Rsvp, ahead)
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
        return AtHome(None, [], None)
    member, _ask, event, *figures = rows[0]
    asks = [row[1] for row in rows if row[1] is not None]
    return AtHome(member, asks, EventCard(event, *figures) if event is not None else None)
