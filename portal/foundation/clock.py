"""Time: now in UTC, and the company's own business hours."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RULE = re.compile(r"^([a-z]{3})(?:-([a-z]{3}))?\s+(.+)$")
_DAY = 24 * 60
# A day, or the first and the last of several.
_DATES = re.compile(r"^(\d{4}-\d\d-\d\d)(?:\s*(?:\.\.|–|\s-\s)\s*(\d{4}-\d\d-\d\d))?$")
_AT_ONCE = 400
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
        spans: for each weekday (0 is Monday) its spans, as (opens, closes) in local time, in order; none overlap,
            and one over midnight stands as two.
        zone: the time zone in which the spans are meant.
        closed: local dates on which nobody works.
        holidays: whose public holidays are closed too, such as `DE` or `DE-BY`; empty for none.

    A span begins, and ends, when the local clock first shows that time or a later one: where the clock jumps over
    it, at the jump; where the clock shows it twice, the first time.
    """

    spans: tuple[tuple[tuple[time, time], ...], ...]
    zone: ZoneInfo
    closed: frozenset[date] = frozenset()
    holidays: str = ""

    @classmethod
    def parse(
        cls, words: str, zone: ZoneInfo, closed: frozenset[date] = frozenset(), holidays: str = ""
    ) -> "BusinessHours":
        """Read ``Mon-Fri 09:00-12:30,13:30-17:00; Sat 22:00-02:00``; a later rule for a day replaces an earlier one.

        Raises:
            ValueError: a part cannot be read, no hour is left to work in, or nobody knows these holidays.
        """
        place = read_place(holidays)
        days: list[list[tuple[int, int]]] = [[] for _ in _DAYS]
        for part in filter(None, (piece.strip() for piece in words.replace("–", "-").split(";"))):
            rule = _RULE.match(part.lower())
            if not rule or rule[1] not in _DAYS or (rule[2] or rule[1]) not in _DAYS:
                raise ValueError(f"'{part}' is not like 'Mon-Fri 09:00-17:00'")
            first, last = _DAYS.index(rule[1]), _DAYS.index(rule[2] or rule[1])
            spans = [_read_span(span.strip()) for span in rule[3].split(",")]
            for day in range(first, first + (last - first) % 7 + 1):
                days[day % 7] = spans
        if not any(days):
            raise ValueError("no business hour is left")
        return cls(_week(days), zone, closed, place)

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
            if self._is_closed(local):
                continue
            for opens, closes in self.spans[local.weekday()]:
                span = self._at(local, opens), self._at(local, closes)
                if span[1] > at:
                    yield span

    def days_off(self, first: date, limit: int) -> list[tuple[date, date]]:
        """The next runs of closed days and holidays of a year, as (first, last); at most `limit`.

        Only days on which somebody would work otherwise begin or end one; a weekend between two of them parts them not.
        """
        runs: list[tuple[date, date]] = []
        is_going_on = False
        for day in (first + timedelta(days=after) for after in range(366)):
            is_off = bool(self.spans[day.weekday()]) and self._is_closed(day)
            if is_off and is_going_on:
                runs[-1] = runs[-1][0], day
            elif is_off:
                runs.append((day, day))
            is_going_on = is_off or (is_going_on and not self.spans[day.weekday()])
            if len(runs) > limit:
                break
        return runs[:limit]

    def _is_closed(self, day: date) -> bool:
        return day in self.closed or (bool(self.holidays) and day in public_holidays(self.holidays, day.year))

    def _at(self, day: date, moment: time) -> datetime:
        if moment == time.max:
            day, moment = day + timedelta(days=1), time.min
        return _first_moment(datetime.combine(day, moment), self.zone)


@lru_cache(maxsize=256)
def public_holidays(place: str, year: int) -> frozenset[date]:
    """The public holidays of a country (`DE`) or of one of its regions (`DE-BY`) in one year."""
    # Loaded here, since half a second of every start is too much for what many never set.
    from holidays import country_holidays

    country, _dash, region = place.partition("-")
    return frozenset(country_holidays(country, subdiv=region or None, years=year))


def read_days(words: str) -> frozenset[date]:
    """Days and runs of days, such as ``2026-12-24..2027-01-01, 2027-05-28``, one or more a line.

    Raises:
        ValueError: one cannot be read, or a run ends before it begins or takes longer than a year.
    """
    days: set[date] = set()
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;\n]", words))):
        found = _DATES.match(part)
        if found is None:
            raise ValueError(f"'{part}' is not like 2026-12-25, or 2026-12-24..2027-01-01 for several days")
        first, last = _day(found[1]), _day(found[2] or found[1])
        if not first <= last <= first + timedelta(days=_AT_ONCE):
            raise ValueError(f"'{part}' ends before it begins, or after more than a year")
        days.update(first + timedelta(days=after) for after in range((last - first).days + 1))
    return frozenset(days)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as problem:
        raise ValueError(f"'{words}' is no day") from problem


def read_place(words: str) -> str:
    """A country or region whose public holidays are known, as it is written, from words in any case; empty is none.

    Raises:
        ValueError: it is not like `DE` or `DE-BY`.
    """
    place = words.strip()
    if not place:
        return ""
    from holidays import list_supported_countries

    country, dash, region = place.partition("-")
    regions = list_supported_countries().get(country.upper())
    if regions is not None and not dash:
        return country.upper()
    # Some regions are names, such as Augsburg.
    known = next((one for one in regions or () if one.casefold() == region.casefold()), None)
    if known is None:
        raise ValueError(
            f"the holidays of '{place}' are not known; write a country such as DE or a region such as DE-BY"
        )
    return f"{country.upper()}-{known}"


def _first_moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, at which the clock of a zone shows this time or a later one."""
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    # The clock jumps over it: the jump lies between the two readings of a time that is never shown.
    early, late = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), moment
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        early, late = (early, middle) if middle.astimezone(zone).replace(tzinfo=None) >= wall else (middle, late)
    return late.replace(microsecond=0)


def _week(days: list[list[tuple[int, int]]]) -> tuple[tuple[tuple[time, time], ...], ...]:
    """The spans of each weekday, in minutes from its midnight, cut at midnight and put together where they touch."""
    cut: list[list[tuple[int, int]]] = [[] for _ in _DAYS]
    for day, spans in enumerate(days):
        for opens, closes in spans:
            cut[day].append((opens, min(closes, _DAY)))
            if closes > _DAY:
                cut[(day + 1) % 7].append((0, closes - _DAY))
    return tuple(tuple((_clock(opens), _clock(closes)) for opens, closes in _joined(spans)) for spans in cut)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for opens, closes in sorted(spans):
        if joined and opens <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
        else:
            joined.append((opens, closes))
    return joined


def _clock(minutes: int) -> time:
    return time.max if minutes == _DAY else time(*divmod(minutes, 60))


def _read_span(words: str) -> tuple[int, int]:
    """When a span opens and closes, in minutes from midnight; beyond 1,440 it ends on the next day."""
    match = _SPAN.match(words)
    if not match:
        raise ValueError(f"'{words}' is not like '09:00-17:00'")
    opens, opening, closes, closing = (int(number) for number in match.groups())
    if opens > 23 or closes > 24 or max(opening, closing) > 59 or (closes == 24 and closing):
        raise ValueError(f"'{words}' is not a time of day")
    start, end = opens * 60 + opening, closes * 60 + closing
    if start == end:
        raise ValueError(f"'{words}' ends where it starts")
    return start, end if end > start else end + _DAY
