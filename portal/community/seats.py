"""Who is inside which circle: a seat counts once its note is confirmed, until its person leaves."""

from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, and_, or_, select

from portal.accounts.models import User
from portal.accounts.queries import active_managers
from portal.community.models import Ask, Circle, CircleMember, Event
from portal.foundation.database import session

TAKEN = and_(CircleMember.confirmed_at.is_not(None), CircleMember.left_at.is_(None))


def seat_of(user: User, circle_id: int) -> CircleMember | None:
    """The seat of this person in a circle, confirmed or not; None for whoever has none or has left."""
    seat = session().get(CircleMember, (circle_id, user.id))
    return seat if seat is not None and seat.left_at is None else None


def is_inside(user: User, circle_id: int | None) -> bool:
    """Whether what is said there is for this person; everyone's room (None) is for everyone."""
    if circle_id is None:
        return True
    seat = seat_of(user, circle_id)
    return seat is not None and seat.confirmed_at is not None


def circles_inside(user: User) -> Select[Any]:
    """The ids of the circles that this person is inside of, as a query to build on."""
    return select(CircleMember.circle_id).where(CircleMember.user_id == user.id, TAKEN)


def people_inside(circle_id: Any) -> Select[Any]:
    """The ids of the people inside a circle, members and staff, as a query to build on.

    Args:
        circle_id: a number, or the column of a row that stands in a circle.
    """
    return select(CircleMember.user_id).where(CircleMember.circle_id == circle_id, TAKEN)


def visible_asks(user: User) -> ColumnElement[bool]:
    """The condition on `Ask` for every list of this reader: open to them, and for members only once it has opened."""
    theirs = or_(Ask.circle_id.is_(None), Ask.circle_id.in_(circles_inside(user)))
    return theirs if user.is_staff else and_(theirs, Ask.opened_at.is_not(None))


def visible_events(user: User) -> ColumnElement[bool]:
    """The condition on `Event` for every list of this reader: everyone's, and those of their circles."""
    return or_(Event.circle_id.is_(None), Event.circle_id.in_(circles_inside(user)))


def manager_inside(circle_id: Any, *, besides: Any = None) -> Exists:
    """The condition that a manager is inside a circle: somebody who may decide about what is held or reported there.

    Args:
        circle_id: a number, or the column of a row that stands in a circle.
        besides: whoever wrote what is decided about, as a number or a column; nobody decides about their own words.
    """
    seated = people_inside(circle_id).join(User, User.id == CircleMember.user_id)
    return seated.where(CircleMember.user_id.is_distinct_from(besides), active_managers()).exists()


def people_of(circle: Circle) -> Select[Any]:
    """Everyone with a seat, confirmed or not, staff first, then by name."""
    return (
        select(CircleMember)
        .join(User, User.id == CircleMember.user_id)
        .where(CircleMember.circle_id == circle.id, CircleMember.left_at.is_(None))
        .order_by((User.role == "member"), User.name, User.id)
    )
