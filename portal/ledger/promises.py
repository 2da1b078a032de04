"""The two promises of every suggestion, in the company's own hours."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Protocol

from sqlalchemy import func, select

from portal.foundation import config
from portal.foundation.clock import BusinessHours, now
from portal.foundation.database import session, shared_alias
from portal.foundation.database.along import add_along, read_along
from portal.foundation.text import deadline
from portal.foundation.text import gettext as _
from portal.ledger.models import Standing, Terms

# The company's own hours as far as staff set them; the header of every page says them.
_HOURS = ("business_hours", "closed_days", "holidays")
_known = shared_alias(Terms)
# More than one row would be no value: two managers may be the first at once.
_first = select(func.min(_known.id)).where(_known.circle_id.is_(None)).scalar_subquery()
add_along(select(*(getattr(Terms, column) for column in _HOURS)).where(Terms.id == _first))


@dataclass(frozen=True, eq=False)
class OpeningHours:
    """When the company answers: in the words that were typed, and as a calendar to count by."""

    words: str
    calendar: BusinessHours

    @property
    def spoken(self) -> str:
        """The words as a sentence has them: `Mon–Fri 09:00–12:30, 13:30–17:00`."""
        return re.sub(r"\s*([,;])\s*", r"\1 ", self.words.replace("-", "–")).strip(" ;")


def opening_hours() -> OpeningHours:
    """The hours in force, as staff set them or else as the settings say; the same object until they change."""
    return _opening_hours(config.current(), *read_along(*_HOURS))


@lru_cache(maxsize=16)
def _opening_hours(
    settings: config.Settings, hours: str | None, closed_days: str | None, holidays: str | None
) -> OpeningHours:
    given = {"BUSINESS_HOURS": hours, "CLOSED_DAYS": closed_days, "HOLIDAYS": holidays}
    changes = {name: value for name, value in given.items() if value is not None}
    asked = settings.model_copy(update=changes) if changes else settings
    return OpeningHours(asked.BUSINESS_HOURS, asked.hours)


@dataclass(frozen=True)
class Promise:
    """What the company promises for one place, and the hours in which it counts."""

    hours: BusinessHours
    acknowledge_hours: int
    decide_days: int

    def acknowledge_by(self, suggested_at: datetime) -> datetime:
        """Until when a suggestion must have a first word: working hours counted from when it came."""
        return self.hours.add(suggested_at, timedelta(hours=self.acknowledge_hours))

    def decide_by(self, suggested_at: datetime) -> datetime:
        """Until when it must end in an action or an explanation: calendar days, then the next working moment."""
        # Days of the company's calendar, so that the hour stays the same when the clock changes.
        there = suggested_at.astimezone(self.hours.zone) + timedelta(days=self.decide_days)
        return self._next_working(there.astimezone(UTC))

    def after_pause(self, due: datetime, asked_at: datetime, until: datetime) -> datetime:
        """The same promise when the clock stood still from the question until the reply: as many days later."""
        return self._next_working(due + (until - asked_at))

    def working_minutes(self, spans: Iterable[tuple[datetime, datetime]]) -> int:
        """Working time within these spans, in whole minutes."""
        total = sum((self.hours.between(start, end) for start, end in spans), timedelta())
        return int(total.total_seconds() // 60)

    def _next_working(self, moment: datetime) -> datetime:
        return moment if self.hours.is_open(moment) else self.hours.next_opening(moment)


def promise_for(circle_id: int | None = None) -> Promise:
    """What is promised now in a circle, or in everyone's room: its own terms, else the company's, else the settings."""
    known: dict[int | None, Promise] = session().info.setdefault("promises", {})
    if circle_id not in known:
        rows = session().scalars(select(Terms).where((Terms.circle_id == circle_id) | Terms.circle_id.is_(None)))
        found = {row.circle_id: row for row in rows}
        known[circle_id] = promise_of(found.get(None), found.get(circle_id) if circle_id else None)
    return known[circle_id]


def forget_promises() -> None:
    """Read the terms anew, since they were changed in this piece of work."""
    session().info.pop("promises", None)


def promise_of(company: Terms | None, circle: Terms | None = None) -> Promise:
    """The promise of these terms over the settings; what is empty comes from the next.

    Raises:
        ValueError: the hours, the closed days or the holidays cannot be read.
    """
    settings = config.current()
    given = (company.business_hours, company.closed_days, company.holidays) if company else (None, None, None)
    asked = [terms for terms in (circle, company) if terms is not None]
    return Promise(
        hours=_opening_hours(settings, *given).calendar,
        acknowledge_hours=next((t.acknowledge_hours for t in asked if t.acknowledge_hours), settings.ACKNOWLEDGE_HOURS),
        decide_days=next((t.decide_days for t in asked if t.decide_days), settings.DECIDE_DAYS),
    )


def acknowledge_by(suggested_at: datetime, circle_id: int | None = None) -> datetime:
    """Until when a suggestion must have a first word, by the terms in force."""
    return promise_for(circle_id).acknowledge_by(suggested_at)


def closed_until(moment: datetime) -> datetime | None:
    """When the company is back at its desk, in UTC; None while it is there."""
    hours = promise_for().hours
    return None if hours.is_open(moment) else hours.next_opening(moment)


def decide_by(suggested_at: datetime, circle_id: int | None = None) -> datetime:
    """Until when it must end in an action or an explanation, by the terms in force."""
    return promise_for(circle_id).decide_by(suggested_at)


def working_minutes(start: datetime, end: datetime) -> int:
    """Working time between two moments, in whole minutes, by the business hours in force."""
    return promise_for().working_minutes([(start, end)])


class Promised(Protocol):
    """As much of a suggestion as says what is promised of it: itself, or a row that was read of it.

    Attributes:
        new_date: what the owner said instead once the promise broke; the broken one stays in the sentence.
    """

    @property
    def standing(self) -> Standing: ...
    @property
    def acknowledge_by(self) -> datetime: ...
    @property
    def decide_by(self) -> datetime: ...
    @property
    def new_date(self) -> datetime | None: ...


def due_at(promised: Promised) -> datetime | None:
    """The promise that runs now; none while we wait for the member or after the decision."""
    if promised.standing is Standing.WAITING:
        return promised.acknowledge_by
    return promised.decide_by if promised.standing is Standing.HEARD else None


def is_overdue(promised: Promised) -> bool:
    """Whether the promise that runs has been broken."""
    due = due_at(promised)
    return due is not None and due < now()


def promise_words(promised: Promised, owner: str, zone: tzinfo, *, asked_by: str | None = None) -> str:
    """What happens next and by when, such as "Rosa will answer by Thursday 15:00"; empty once decided.

    Args:
        asked_by: who asked the author back; a colleague may have, in the place of the owner.
    """
    name, new_date = first_name(owner), promised.new_date
    due = due_at(promised)
    if promised.standing is Standing.ASKED_BACK:
        return _("%(name)s asked back and waits for a word", name=first_name(asked_by or owner))
    if due is None:
        return ""
    when = deadline(due, zone)
    if due < now() and new_date is not None:
        later = deadline(new_date, zone)
        if new_date < now():
            return _(
                "%(name)s promised this for %(when)s, then for %(later)s, and is late",
                name=name,
                when=when,
                later=later,
            )
        return _(
            "%(name)s promised this for %(when)s and is late; the new date is %(later)s",
            name=name,
            when=when,
            later=later,
        )
    if due < now():
        return _("%(name)s promised this for %(when)s and is late", name=name, when=when)
    if promised.standing is Standing.HEARD:
        return _("%(name)s will decide by %(when)s", name=name, when=when)
    return _("%(name)s will answer by %(when)s", name=name, when=when)


def first_name(name: str) -> str:
    """How people are called in a sentence."""
    return name.split()[0] if name.split() else name
