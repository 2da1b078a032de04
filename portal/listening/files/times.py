"""Times in any common form, read into aware UTC; what the text does not say is asked, never guessed."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from portal.foundation.errors import Refusal
from portal.foundation.text import fold
from portal.foundation.text import gettext as _
from portal.listening.files.months import MONTHS

DayOrder = Literal["day-first", "month-first"]

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)
# Workbooks count days from here, since they take 1900 for a leap year; as seconds these would be hours in 1970.
_WORKBOOK_EPOCH = datetime(1899, 12, 30)
_WORKBOOK_DAYS = range(32_874, 100_000)

# The names of RFC 822 section 5; no other abbreviation means one offset only.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")
_NUMERIC = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})(?=$|[\sT,])[\sT,]*")
_WEEKDAY = re.compile(r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?|[^\W\d_]{2,14}\.?,)\s+", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,10})\.?[\s-]{1,3}(\d{1,2})(?:st|nd|rd|th)?(?!\d|:)[\s,-]*", re.IGNORECASE)
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º)?\.?[\s-]{1,3}(?:de\s)?([^\W\d_]{3,10})\.?(?:\sde(?=\s))?[\s,-]*", re.IGNORECASE
)
_YEAR = re.compile(r"(?:^|(?<=[\s,-]))(\d{4})(?=$|[\s,])")
_CLOCK = re.compile(
    r"(?:(?:at|um|à|alle|às|om|a las)\s+)?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?m\b\.?|\s+uhr)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d\d):?(\d\d)", re.IGNORECASE)


class BadTime(ValueError):
    """A value that is no time, or a time that cannot be right; the message is the reason."""


class TimeQuestion(Refusal):
    """The file does not say enough about its times; the person has to."""


class ZoneNeeded(TimeQuestion):
    """A time without a zone was met, and nobody said in which zone it was written."""


class DayOrderNeeded(TimeQuestion):
    """A date such as 04/05/2021 was met, and nothing tells the day from the month."""


class TimeReader:
    """Reads one column of times.

    Attributes:
        zone: where times without a zone were written; None asks when one is met.
        day_order: how 04/05/2021 is meant; None asks when one is met. Dates with dots are day first.
        now: the present moment; a time more than a day ahead of it is refused.
    """

    def __init__(self, *, zone: ZoneInfo | None, day_order: DayOrder | None = None, now: datetime) -> None:
        self.zone = zone
        self.day_order = day_order
        self._latest = now + _AHEAD

    def read(self, value: object) -> datetime:
        """The moment in UTC.

        Raises:
            BadTime: it is no time, lies before 1990, or more than a day ahead.
            TimeQuestion: a zone or the order of day and month is missing.
        """
        moment = self._written(value) if isinstance(value, str) else _from_number(value)
        if moment.tzinfo is not UTC:
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=self._known_zone(value))
            try:
                moment = moment.astimezone(UTC)
            except OverflowError:
                raise BadTime(_no_time(value)) from None
        if not EARLIEST <= moment <= self._latest:
            raise BadTime(_("the time %(value)s is before 1990 or in the future", value=_shown(value)))
        return moment

    def _known_zone(self, value: object) -> ZoneInfo:
        if self.zone is None:
            raise ZoneNeeded(
                _(
                    "The time %(value)s does not say its time zone. Give the zone in which it was "
                    "written, for example --zone Europe/Berlin or --zone UTC.",
                    value=_shown(value),
                )
            )
        return self.zone

    def _written(self, words: str) -> datetime:
        # By far the most files hold ISO 8601, and the interpreter reads that in C.
        if words[4:5] == "-":
            try:
                return datetime.fromisoformat(words)
            except ValueError:
                # Not quite ISO after all: the slower readers below try.
                pass
        elif len(words) == 30:
            try:
                return _from_twitter(words)
            except (ValueError, KeyError):
                # Thirty characters of something else: the same.
                pass
        words = words.strip()
        try:
            if words.isascii() and words.replace(".", "", 1).isdigit():
                return _from_digits(words)
            return self._numeric(words) or _named(words)
        except (ValueError, OverflowError):
            raise BadTime(_no_time(words)) from None

    def _numeric(self, words: str) -> datetime | None:
        """Read 2021-04-05, 2021/04/05, 05.04.2021, 04/05/2021 with a time behind it; None if it is neither."""
        match = _NUMERIC.match(words)
        if not match:
            return None
        first, separator, middle, last = match.groups()
        if len(first) == 4:
            year, month, day = int(first), int(middle), int(last)
        elif len(first) <= 2 and len(last) in {2, 4}:
            year = _full_year(last)
            day, month = int(first), int(middle)
            if separator != "." and self._order(words) == "month-first":
                day, month = month, day
        else:
            raise ValueError(words)
        return _with_clock(year, month, day, words[match.end() :])

    def _order(self, words: str) -> DayOrder:
        if self.day_order is None:
            raise DayOrderNeeded(
                _(
                    "The date %(value)s can be read in two ways. Say which comes first: --dates day-first "
                    "or --dates month-first.",
                    value=_shown(words),
                )
            )
        return self.day_order


def day_order(values: Iterable[object]) -> DayOrder | None:
    """Which of day and month comes first in this column, if any of its dates can only be read one way."""
    votes = {"day-first": 0, "month-first": 0}
    for value in values:
        match = _NUMERIC.match(value.strip()) if isinstance(value, str) else None
        if not match or match[2] == "." or len(match[1]) == 4:
            continue
        votes["day-first"] += int(match[1]) > 12
        votes["month-first"] += int(match[3]) > 12
    if bool(votes["day-first"]) is bool(votes["month-first"]):
        return None
    return "day-first" if votes["day-first"] else "month-first"


def _shown(value: object) -> str:
    """The value as it may stand in a sentence."""
    return f"“{str(value)[:40]}”"


def _no_time(value: object) -> str:
    return _("%(value)s is not a time", value=_shown(value))


def _from_number(value: object) -> datetime:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadTime(_no_time(value))
    try:
        return _from_unix(value)
    except (ValueError, OverflowError):
        raise BadTime(_no_time(value)) from None


def _from_digits(words: str) -> datetime:
    match = _COMPACT.fullmatch(words)
    if match:
        return datetime(*(int(part) for part in match.groups() if part))  # type: ignore[arg-type, misc]
    return _from_unix(float(words) if "." in words else int(words))


def _from_unix(number: float) -> datetime:
    """Seconds, milliseconds or microseconds since 1970, told apart by their size; days where a workbook counted.

    A workbook writes the time of day as a fraction, and knows no zone.
    """
    if int(number) in _WORKBOOK_DAYS:
        return _WORKBOOK_EPOCH + timedelta(seconds=round(number * 86_400))
    for unit in (1, 1_000, 1_000_000):
        if abs(number) < 1e11 * unit:
            return _EPOCH + timedelta(microseconds=round(number * (1_000_000 // unit)))
    raise ValueError(number)


def _from_twitter(words: str) -> datetime:
    """Read `Tue Oct 31 22:10:47 +0000 2017`, the form of Twitter's first API, by position."""
    month = MONTHS[words[4:7].lower()]
    return datetime.fromisoformat(f"{words[26:]}-{month:02}-{words[8:10]}T{words[11:19]}{words[20:25]}")


def _named(words: str) -> datetime:
    """Read a date that names its month: RFC 822, Twitter's own, `Jul 4, 2021, 5:06 PM`."""
    weekday = _WEEKDAY.match(words)
    start = weekday.end() if weekday else 0
    match = _MONTH_DAY.match(words, start)
    if match:
        month, day = match[1], match[2]
    else:
        match = _DAY_MONTH.match(words, start)
        if not match:
            raise ValueError(words)
        day, month = match[1], match[2]
    rest = words[match.end() :]
    year, number = _YEAR.search(rest), MONTHS.get(fold(month))
    if not year or number is None:
        raise ValueError(words)
    rest = f"{rest[: year.start()]} {rest[year.end() :]}"
    return _with_clock(int(year[1]), number, int(day), rest)


def _with_clock(year: int, month: int, day: int, rest: str) -> datetime:
    """Add the time of day and the zone, which may both be missing, to a date."""
    rest = rest.strip(" ,\t")
    hour = minute = second = micro = 0
    clock = _CLOCK.match(rest)
    if clock:
        hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        micro = int((clock[4] or "0").ljust(6, "0")[:6])
        if clock[5]:
            if not 1 <= hour <= 12:
                raise ValueError(rest)
            hour = hour % 12 + (12 if clock[5] in "pP" else 0)
        rest = rest[clock.end() :]
    return datetime(year, month, day, hour, minute, second, micro, tzinfo=_zone(_zone_words(rest)))


def _zone_words(rest: str) -> str:
    # Browsers write `GMT+0200 (Central European Summer Time)`: the words in brackets only repeat the offset.
    return rest.strip(" ,()").lower().partition(" (")[0]


@lru_cache(maxsize=256)
def _zone(words: str) -> timezone | None:
    if not words:
        return None
    if words in _ZONES:
        hours = _ZONES[words]
        return timezone(timedelta(hours=hours)) if hours else UTC
    match = _OFFSET.fullmatch(words)
    if not match or int(match[3]) > 59:
        raise ValueError(words)
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return timezone(-offset if match[1] == "-" else offset)


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    # The POSIX rule for two-digit years.
    return year + (2000 if year < 69 else 1900)
