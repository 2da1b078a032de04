"""Time: now in UTC, and the company's own business hours."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RULE = re.compile(r"^([a-z]{3})(?:-([a-z]{3}))?\s+(.+)$")
_SPAN = re.compile(r"^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$")


_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present moment, timezone-aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let it be another moment for this piece of work; the demonstration writes a year of history so."""
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


@dataclass(frozen=True)
class BusinessHours:
    """The spans in which the company promises to work, in its own time zone.

    Attributes:
        spans: for each weekday (0 is Monday) its spans, as (opens, closes) in local time, in order.
        zone: the time zone in which the spans are meant.
        closed: local dates on which nobody works.
    """

    spans: tuple[tuple[tuple[time, time], ...], ...]
    zone: ZoneInfo
    closed: frozenset[date] = frozenset()

    @classmethod
    def parse(cls, words: str, zone: ZoneInfo, closed: frozenset[date] = frozenset()) -> "BusinessHours":
        """Read ``Mon-Fri 09:00-12:30,13:30-17:00; Sat 10:00-14:00``.

        Raises:
            ValueError: a part cannot be read, or no hour is left to work in.
        """
        days: list[tuple[tuple[time, time], ...]] = [() for _ in _DAYS]
        for part in filter(None, (piece.strip().lower() for piece in words.split(";"))):
            rule = _RULE.match(part)
            if not rule or rule[1] not in _DAYS or (rule[2] or rule[1]) not in _DAYS:
                raise ValueError(f"'{part}' is not like 'Mon-Fri 09:00-17:00'")
            first, last = _DAYS.index(rule[1]), _DAYS.index(rule[2] or rule[1])
            spans = tuple(sorted(_read_span(span.strip()) for span in rule[3].split(",")))
            for day in range(first, first + (last - first) % 7 + 1):
                days[day % 7] = spans
        if not any(days):
            raise ValueError("no business hour is left")
        return cls(tuple(days), zone, closed)

    def is_open(self, at: datetime) -> bool:
        """Whether the company works at this moment."""
        opens, closes = next(self._spans_after(at))
        return opens <= at < closes

    def next_opening(self, at: datetime) -> datetime:
        """The start of the span that is running or comes next, in UTC."""
        return next(self._spans_after(at))[0]

    def closing(self, at: datetime) -> datetime:
        """The end of the span that is running or comes next, in UTC."""
        return next(self._spans_after(at))[1]

    def add(self, start: datetime, working: timedelta) -> datetime:
        """The moment at which that much working time has passed since the start, in UTC."""
        left = working
        for opens, closes in self._spans_after(start):
            begins = max(opens, start)
            if closes - begins >= left:
                return begins + left
            left -= closes - begins
        raise AssertionError("business hours never end")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; nothing if the end comes first."""
        total = timedelta()
        if end <= start:
            return total
        for opens, closes in self._spans_after(start):
            if opens >= end:
                break
            total += min(closes, end) - max(opens, start)
        return total

    def _spans_after(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every span that ends after a moment, in order, in UTC."""
        day = at.astimezone(self.zone).date()
        # A year without one open hour would be a loop without end.
        for offset in range(-1, 36_500):
            local = day + timedelta(days=offset)
            if local in self.closed:
                continue
            for opens, closes in self.spans[local.weekday()]:
                span = self._at(local, opens), self._at(local, closes)
                if span[1] > at:
                    yield span

    def _at(self, day: date, moment: time) -> datetime:
        if moment == time.max:
            day, moment = day + timedelta(days=1), time.min
        return datetime.combine(day, moment, self.zone).astimezone(UTC)


def _read_span(words: str) -> tuple[time, time]:
    match = _SPAN.match(words)
    if not match:
        raise ValueError(f"'{words}' is not like '09:00-17:00'")
    hours = [int(number) for number in match.groups()]
    opens = time(hours[0], hours[1])
    closes = time.max if (hours[2], hours[3]) == (24, 0) else time(hours[2], hours[3])
    if closes <= opens:
        raise ValueError(f"'{words}' ends before it starts")
    return opens, closes
