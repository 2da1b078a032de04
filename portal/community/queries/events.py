"""Reading events and who comes to them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import aliased, lazyload

from portal.accounts.models import User
from portal.community.models import REMINDED_BEFORE, Circle, Event, Rsvp
from portal.community.seats import visible_events
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import was_queued

EVENTS_SHOWN = 30
# The kinds of the mails to whoever asked for a place, and to whoever hosts an event.
PLACE_KIND = "event"
HOST_KIND = "event_host"


@dataclass(frozen=True)
class EventCard:
    """One event as one reader sees it.

    Attributes:
        taken: how many have a place.
        waiting: how many wait for one.
        mine: the reader's own place or turn, if they have one.
        ahead: how many wait in front of the reader.
    """

    event: Event
    taken: int
    waiting: int
    mine: Rsvp | None
    ahead: int

    @property
    def free(self) -> int | None:
        """How many places are left; None where there is no limit."""
        return None if self.event.places is None else max(0, self.event.places - self.taken)

    @property
    def has_place(self) -> bool:
        """Whether the reader comes."""
        return self.mine is not None and self.mine.has_place

    @property
    def waits(self) -> bool:
        """Whether the reader waits for a place."""
        return self.mine is not None and self.mine.waits


def events_to_come(reader: User, *, after: tuple[datetime, int] | None = None) -> list[EventCard]:
    """What the reader can come to and has not ended, the next one first, one more than a page holds if there is.

    Args:
        after: when the last of the page before begins, and its number.
    """
    statement = _cards(reader).where(Event.ends_at > now()).order_by(Event.starts_at, Event.id)
    if after is not None:
        moment, number = after
        statement = statement.where(or_(Event.starts_at > moment, and_(Event.starts_at == moment, Event.id > number)))
    return _read(statement.limit(EVENTS_SHOWN + 1))


def events_gone(reader: User, *, before: tuple[datetime, int] | None = None) -> list[EventCard]:
    """What has ended, the latest first, one more than a page holds if there is.

    Args:
        before: when the last of the page before began, and its number.
    """
    statement = _cards(reader).where(Event.ends_at <= now()).order_by(Event.starts_at.desc(), Event.id.desc())
    if before is not None:
        moment, number = before
        statement = statement.where(or_(Event.starts_at < moment, and_(Event.starts_at == moment, Event.id < number)))
    return _read(statement.limit(EVENTS_SHOWN + 1))


def events_in(circle: Circle, reader: User) -> list[EventCard]:
    """The events of one circle to come, the next one first."""
    statement = _cards(reader).where(Event.circle_id == circle.id, Event.ends_at > now())
    return _read(statement.order_by(Event.starts_at, Event.id).limit(EVENTS_SHOWN))


def next_event(reader: User) -> EventCard | None:
    """What comes next for the reader: where they have a place or wait, else what takes names."""
    found = _read(_cards(reader).where(Event.id == next_event_id(reader)))
    return found[0] if found else None


def next_event_id(reader: User) -> ScalarSelect[int]:
    """The id of what comes next, to build on."""
    # Once it has begun, nothing comes next for whoever still waits.
    theirs = select(Rsvp.user_id).where(
        Rsvp.event_id == Event.id, Rsvp.user_id == reader.id, Rsvp.left_at.is_(None),
        Rsvp.given_at.is_not(None) | (Event.starts_at > now()),
    ).correlate(Event).exists()  # fmt: skip
    statement = select(Event.id).where(visible_events(reader), Event.ends_at > now(), Event.cancelled_at.is_(None))
    if not reader.is_staff:
        statement = statement.where(theirs | (Event.closes_at > now())).order_by(theirs.desc())
    return statement.order_by(Event.starts_at, Event.id).limit(1).correlate(None).scalar_subquery()


def card_of(event: Event, reader: User) -> EventCard:
    """One event as this reader sees it."""
    return _read(_cards(reader).where(Event.id == event.id))[0]


def people_of_event(event: Event) -> list[Rsvp]:
    """Everyone with a place or a turn, in the order in which they asked; those with a place first."""
    statement = (
        select(Rsvp)
        .where(Rsvp.event_id == event.id, Rsvp.left_at.is_(None))
        .order_by(Rsvp.given_at.is_(None), Rsvp.turn)
    )
    return list(session().scalars(statement))


def events_to_remind(moment: datetime) -> list[int]:
    """Events that begin within a day and whose people were not reminded yet, by id."""
    due = (
        Event.reminded_at.is_(None),
        Event.cancelled_at.is_(None),
        Event.starts_at > moment,
        Event.starts_at <= moment + REMINDED_BEFORE,
    )
    return list(session().scalars(select(Event.id).where(*due).order_by(Event.id).limit(100)))


def events_waited_for_in_vain(moment: datetime) -> list[int]:
    """Events that began within the last day while somebody still waited, and was not told so, by id."""
    due = (
        Event.starts_at <= moment,
        Event.starts_at > moment - timedelta(days=1),
        Event.cancelled_at.is_(None),
        select(Rsvp.user_id).where(Rsvp.event_id == Event.id, Rsvp.given_at.is_(None), Rsvp.left_at.is_(None)).exists(),
        ~was_queued(PLACE_KIND, "event", Event.id, "in_vain"),
    )
    return list(session().scalars(select(Event.id).where(*due).order_by(Event.id).limit(100)))


def events_just_over(moment: datetime) -> list[int]:
    """Events that ended within the last day, whose people nobody thanked and whose host was not asked to, by id."""
    due = (
        Event.ends_at <= moment,
        Event.ends_at > moment - timedelta(days=1),
        Event.cancelled_at.is_(None),
        Event.thanked_at.is_(None),
        select(Rsvp.user_id).where(Rsvp.event_id == Event.id, Rsvp.given_at.is_not(None)).exists(),
        ~was_queued(HOST_KIND, "event", Event.id, "over"),
    )
    return list(session().scalars(select(Event.id).where(*due).order_by(Event.id).limit(100)))


def counts() -> tuple[ScalarSelect[int], ScalarSelect[int], ScalarSelect[int]]:
    """How many have a place at `Event`, how many wait, and how many of those wait in front of `Rsvp`."""
    other = aliased(Rsvp)
    count = select(func.count()).where(other.event_id == Event.id).correlate(Event, Rsvp)
    waiting = count.where(other.given_at.is_(None), other.left_at.is_(None))
    return (
        count.where(other.given_at.is_not(None)).scalar_subquery(),
        waiting.scalar_subquery(),
        waiting.where(other.turn < Rsvp.turn).scalar_subquery(),
    )


def own_rsvp(reader: User) -> ColumnElement[bool]:
    """The condition that joins `Event` with the reader's own place or turn."""
    return (Rsvp.event_id == Event.id) & (Rsvp.user_id == reader.id) & Rsvp.left_at.is_(None)


def _cards(reader: User) -> Select[*tuple[Any, ...]]:
    taken, waiting, ahead = counts()
    return (
        select(Event, taken, waiting, Rsvp, ahead)
        .outerjoin(Rsvp, own_rsvp(reader))
        # An inner join to its person would drop the events where the reader has none.
        .options(lazyload(Rsvp.user))
        .where(visible_events(reader))
    )


def _read(statement: Select[*tuple[Any, ...]]) -> list[EventCard]:
    return [EventCard(*row) for row in session().execute(statement).unique()]
