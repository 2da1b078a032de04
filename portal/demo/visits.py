"""A visit that was and a call that is to come; what a few members make, and thanks to one of them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.community.models import Event, Member, MemberLink
from portal.community.services import mark_came, plan_event, show_thanks, take_place, thank, thank_people
from portal.demo.rooms import Record
from portal.foundation import config
from portal.foundation.database import session

VISIT = "A day in the weaving room"
CALL = "Which switch? An hour with Rosa"
WORDS = {
    VISIT: "We show you how a shade gets its rib, and you show us what you do with it.\n\n- Bring one that went wrong\n- There is soup at noon",
    CALL: "Three switches lie on Rosa's desk. She turns each of them a hundred times while you listen, and you tell her which one stays.",
}
MADE = {
    "Maya": ("https://films.example.org/maya The first ten minutes", "https://patterns.example.org/linen Linen shades"),
    "Tomasz": ("https://prints.example.org/tomasz Files to print",),
    "Aiko": ("https://folds.example.org/aiko One sheet, no glue",),
}


def visits(record: Record, names: list[str]) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """The events around them; `names` are members who are here by then."""
    first, then = _hour(record.at(43), 9), _hour(record.start + timedelta(days=6), 16)
    yield record.at(75), lambda: _plan(record, VISIT, first, hours=7, places=8)
    for index, name in enumerate(names[:7]):
        yield record.at(74 - index), lambda name=name: _come(record, VISIT, name)  # type: ignore[misc]
    yield record.at(38), lambda: _thank(record, names[:6])
    yield record.at(9), lambda: _plan(record, CALL, then, hours=1, places=4)
    for index, name in enumerate(names[:6]):
        yield record.at(8, 5 * index), lambda name=name: _come(record, CALL, name)  # type: ignore[misc]
    yield record.at(37), lambda: _show_what_they_make(record)


def _hour(moment: datetime, hour: int) -> datetime:
    """This hour of the day, or of the next one on which the company works."""
    settings = config.current()
    local = settings.hours.next_opening(moment).astimezone(settings.zone)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)


def _plan(record: Record, title: str, starts_at: datetime, *, hours: int, places: int) -> None:
    is_call = title == CALL
    host = record.user("Rosa" if is_call else "Sam")
    plan_event(
        title=title,
        about=WORDS[title],
        place="" if is_call else "Lumen & Loom, Hafenstraße 7, Hamburg",
        link="https://calls.example.com/which-switch" if is_call else "",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=hours),
        time_zone=config.current().TIME_ZONE,
        places=places,
        host=host,
        by=host,
    )


def _come(record: Record, title: str, name: str) -> None:
    take_place(_event(title), by=record.user(name))


def _thank(record: Record, names: list[str]) -> None:
    sam, event = record.user("Sam"), _event(VISIT)
    mark_came(event, [record.user(name).id for name in names], by=sam)
    thank_people(
        event,
        words="You asked why the rib is glued and not sewn, and nobody here had an answer. We are trying the thread now.",
        by=sam,
    )


def _show_what_they_make(record: Record) -> None:
    for name, lines in MADE.items():
        member = session().scalars(select(Member).where(Member.user_id == record.user(name).id)).one()
        for place, line in enumerate(lines, start=1):
            url, _space, label = line.partition(" ")
            session().add(MemberLink(member_id=member.id, place=place, url=url, label=label))
    maya = session().scalars(select(Member).where(Member.user_id == record.user("Maya").id)).one()
    words = "Your film on the first ten minutes runs in our break room. The rib is sewn because of you."
    show_thanks(thank(maya, words=words, by=record.user("Sam")), is_shown=True, by=maya.user)


def _event(title: str) -> Event:
    return session().scalars(select(Event).where(Event.title == title)).one()
