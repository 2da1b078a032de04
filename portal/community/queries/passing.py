"""What is looked after by nobody any more, and who could look after it."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select

from portal.accounts.models import Role, User
from portal.accounts.queries import active_staff
from portal.community.models import Ask, Circle, CircleMember, Event
from portal.community.seats import people_inside
from portal.foundation.clock import now
from portal.foundation.database import session

# Who asks and hosts is most often a manager.
_RANK = case({Role.MANAGER: 0, Role.ADMIN: 1}, value=User.role, else_=2)


def lost_asks(*, limit: int) -> list[Ask]:
    """Questions that are not closed and whose owner left the staff, or the circle, oldest first."""
    return list(session().scalars(_lost_asks().limit(limit)))


def lost_events(*, limit: int) -> list[Event]:
    """Events to come whose host left the staff, or the circle, oldest first."""
    return list(session().scalars(_lost_events().limit(limit)))


def is_lost(thing: Ask | Event) -> bool:
    """Whether it still is one of these."""
    lost = _lost_asks() if isinstance(thing, Ask) else _lost_events()
    return session().scalar(select(lost.where(type(thing).id == thing.id).exists())) is True


def lost_circles(*, limit: int) -> list[Circle]:
    """Circles where whoever answers left the staff, oldest first."""
    owned = select(Circle).join(User, User.id == Circle.owner_id).where(~active_staff())
    return list(session().scalars(owned.order_by(Circle.id).limit(limit)))


def who_could(circle_id: int | None) -> User | None:
    """Who of the staff could look after something there: inside, managers first, whoever was here first."""
    people = select(User).where(active_staff())
    if circle_id is not None:
        people = people.where(User.id.in_(people_inside(circle_id)))
    return session().scalars(people.order_by(_RANK, User.id).limit(1)).one_or_none()


def _lost_asks() -> Select[Any]:
    return _lost(Ask, Ask.owner_id, Ask.closed_at.is_(None))


def _lost_events() -> Select[Any]:
    return _lost(Event, Event.host_id, and_(Event.cancelled_at.is_(None), Event.ends_at > now()))


def _lost(kind: Any, holder: Any, runs: ColumnElement[bool]) -> Select[Any]:
    inside = people_inside(kind.circle_id)
    is_inside = inside.where(CircleMember.user_id == holder)
    # Somebody must be there to take it, so that what stays is not looked at again and again.
    other = inside.join(User, User.id == CircleMember.user_id).where(active_staff())
    is_lost = or_(~active_staff(), and_(kind.circle_id.is_not(None), ~is_inside.exists()))
    could = or_(kind.circle_id.is_(None), other.correlate(kind).exists())
    return select(kind).join(User, User.id == holder).where(runs, is_lost, could).order_by(kind.id)
