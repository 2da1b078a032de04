"""A circle of testers, a question that is open, and one that was answered with what came of it."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import Ask, AskChoice, Circle
from portal.community.services import choice_of, choose, close_ask, confirm_note, make_circle, put_ask, seat_people
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session

CIRCLE = "Testers of the outdoor lamp"
NOTE = "What you see here is not announced yet.\n\n- Tell nobody before we do\n- Post no pictures\n- Ask us when unsure"
OPEN = "Which shade should come first?"
CLOSED = "How do you clean your shades?"
BACKGROUNDS = {
    OPEN: "Three shades are ready on paper, and we can begin one of them **in spring**. Say which, and why.",
    CLOSED: "The leaflet says “with care”, which helps nobody. Before we print a better one: what do you do at home?",
}


class Record(Protocol):
    """What the year has brought so far."""

    start: datetime

    def user(self, name: str) -> User:
        """Someone by their first name."""

    def at(self, days_ago: float, hours: float = 0) -> datetime:
        """A moment of the year."""


def rooms(record: Record, names: list[str]) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """The events of the circle and the two questions; `names` are members who are here by then."""
    yield record.at(60), lambda: _open_circle(record, names[:4])
    # A question opens and closes with the desk, as somebody at it would have it.
    hours = config.current().hours
    yield (
        hours.next_opening(record.at(53)),
        lambda: _ask(record, CLOSED, ("With a dry brush", "With a damp cloth", "Not at all"), 14),
    )
    for index, name in enumerate(names[:7]):
        yield record.at(49 - index), lambda name=name, index=index: _choose(record, CLOSED, name, index)  # type: ignore[misc]
    yield record.at(33), lambda: _close(record)
    yield (
        hours.next_opening(record.at(9)),
        lambda: _ask(record, OPEN, ("Linen, warm and light", "Glass, heavy and clear", "Paper"), 11),
    )
    for index, name in enumerate(names[1:6]):
        yield record.at(5, index), lambda name=name, index=index: _choose(record, OPEN, name, index)  # type: ignore[misc]


def _open_circle(record: Record, names: list[str]) -> None:
    sam = record.user("Sam")
    circle: Circle = make_circle(
        name=CIRCLE, about="A few of you try the **outdoor lamp** before anyone hears of it.", note=NOTE, by=sam
    )
    people = [record.user(name) for name in names]
    seat_people(circle, [person.email for person in people], by=sam)
    for person in (sam, *people[:-1]):
        confirm_note(circle, by=person)


def _ask(record: Record, question: str, choices: tuple[str, ...], days: int) -> None:
    sam = record.user("Sam")
    put_ask(
        question=question,
        background=BACKGROUNDS[question],
        choices=choices,
        opens_at=now(),
        closes_at=config.current().hours.closing(now() + timedelta(days=days)),
        owner=sam,
        by=sam,
    )


def _choose(record: Record, question: str, name: str, index: int) -> None:
    ask = _found(question)
    choices = list(session().scalars(select(AskChoice.id).where(AskChoice.ask_id == ask.id).order_by(AskChoice.id)))
    choose(ask, choice_of(ask, choices[index % 3 if index % 2 else 0]), by=record.user(name))


def _close(record: Record) -> None:
    close_ask(
        _found(CLOSED),
        heard="Most of you use a dry brush; a damp cloth leaves rings on the linen.",
        will_do="A small brush goes into each box from **June** on, and the leaflet says why.",
        by=record.user("Sam"),
    )


def _found(question: str) -> Ask:
    return session().scalars(select(Ask).where(Ask.question == question)).one()
