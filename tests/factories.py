"""Builders: rows as the tests need them, committed within the test, so that a request sees them."""

from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import inspect, select

from portal.accounts.models import Role, User
from portal.community.models import Circle, CircleMember
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Idea

Row = TypeVar("Row", User, Idea)


def make_user(email: str, name: str = "Someone", role: Role = Role.MEMBER) -> User:
    """A person who can sign in."""
    user = User(email=email, name=name, role=role)
    session().add(user)
    session().commit()
    return user


def make_idea(*, proposed_by: User, owner: User | None = None, **given: Any) -> Idea:
    """A suggestion whose promises have just begun."""
    moment = given.setdefault("created_at", now())
    given.setdefault("title", "A warmer lamp")
    given.setdefault("acknowledge_by", moment + timedelta(days=1))
    given.setdefault("decide_by", moment + timedelta(days=14))
    idea = Idea(proposed_by=proposed_by, owner=owner or make_staff(), **given)
    session().add(idea)
    session().commit()
    return idea


def here(row: Row) -> Row:
    """The row as the session at hand knows it; a request or a job ended the one that it came from."""
    return session().get_one(type(row), inspect(row).identity, populate_existing=True)


def make_staff() -> User:
    """A responder who is there already, or a new one."""
    known = session().scalars(select(User).where(User.role == Role.RESPONDER).limit(1)).first()
    return known or make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)


def make_circle(*people: User, name: str = "The shade circle", **given: Any) -> Circle:
    """A private circle with these people inside, who have confirmed its note."""
    circle = Circle(name=name, **given)
    session().add(circle)
    session().flush()
    for person in people:
        seat = CircleMember(circle_id=circle.id, user_id=person.id, added_by_id=person.id, confirmed_at=now())
        session().add(seat)
    session().commit()
    return circle
