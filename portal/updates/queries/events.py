"""Events of which nobody was told yet: that they are planned, and the thanks after."""

from typing import Any

from sqlalchemy import ColumnElement, literal, select, union

from portal.accounts.models import Role, User
from portal.community.models import Event, Rsvp
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.updates.queries.announced import was_announced
from portal.updates.queries.news import Listener, listeners


def untold_events(*, limit: int = 100) -> list[tuple[int, str]]:
    """Events that were planned and take names, or whose people were thanked, with the word for which."""
    planned = _untold("planned", Event.cancelled_at.is_(None), Event.closes_at > now())
    thanked = _untold("thanked", Event.thanked_at.is_not(None))
    rows = session().execute(union(planned, thanked).order_by("number").limit(limit))
    return [(row.number, row.what) for row in rows]


def listeners_to_event(event: Event) -> list[Listener]:
    """Every member whom it is for and who wants news by mail, but those who asked for a place already."""
    asked = select(Rsvp.user_id).where(Rsvp.event_id == event.id)
    return listeners(select(User.id).where(User.role == Role.MEMBER, User.id.not_in(asked)), event.circle_id)


def listeners_to_thanks(event: Event) -> list[Listener]:
    """Everyone who came."""
    came = select(Rsvp.user_id).where(Rsvp.event_id == event.id, Rsvp.came.is_(True))
    return listeners(came, event.circle_id, without=event.thanked_by_id)


def _untold(what: str, *happened: ColumnElement[bool]) -> Any:
    told = was_announced("event", Event.id, what)
    return select(Event.id.label("number"), literal(what).label("what")).where(*happened, ~told)
