"""The clock against cases worked out by hand, and against a slow reference that looks at every minute."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.foundation.clock import BusinessHours
from portal.ledger.clocks import Happened, clock_of
from portal.ledger.promises import Promise
from tests.examples import examples

ZONES = {
    "B": "Europe/Berlin", "N": "America/New_York", "T": "Asia/Tokyo", "H": "Australia/Lord_Howe", "U": "UTC",
    "C": "Africa/Cairo", "S": "America/Santiago",
}  # fmt: skip
CALENDARS = {
    "week": ("Mon-Fri 09:00-17:00", "", ""),
    "split": ("Mon-Fri 09:00-12:00,13:00-17:00; Sat 10:00-12:00", "", ""),
    "night": ("Mon-Fri 22:00-06:00", "", ""),
    "always": ("Mon-Sun 00:00-24:00", "", ""),
    "weekend": ("Sat-Sun 01:00-05:00", "", ""),
    "closed": ("Mon-Fri 09:00-17:00", "2026-03-04,2026-03-05", ""),
    "bavaria": ("Mon-Fri 09:00-17:00", "", "DE-BY"),
    "berlin": ("Mon-Fri 09:00-17:00", "", "DE-BE"),
    "america": ("Mon-Fri 09:00-17:00", "", "US"),
    "night-off": ("Mon-Fri 22:00-06:00", "2026-03-04", ""),
    "gap": ("Sun 02:30-04:00", "", ""),
    "nights": ("Mon-Sun 22:00-06:00", "", ""),
    "sunday": ("Sun 22:00-06:00", "", ""),
    "dawn": ("Sun 00:00-04:00", "", ""),
    "twice": ("Mon-Fri 09:00-13:00,12:00-17:00", "", ""),
    "touching": ("Mon 20:00-24:00; Tue 00:00-02:00", "", ""),
    "quebec": ("Mon-Fri 09:00-17:00", "", "CA-QC"),
    "ontario": ("Mon-Fri 09:00-17:00", "", "CA-ON"),
}
# Calendar, zone, from, what happened since, until, working minutes. What happened: ? asked, ! another answer,
# < reply, x reopened, + joined with another, - parted again.
WORKED = [
    # Plain weeks. Monday is the second of March 2026.
    ("week", "B", "2026-03-02 09:00", "", "2026-03-02 17:00", 480),
    ("week", "B", "2026-03-02 08:00", "", "2026-03-02 09:01", 1),
    ("week", "B", "2026-03-02 16:59", "", "2026-03-03 09:01", 2),
    ("week", "B", "2026-03-06 16:00", "", "2026-03-09 10:00", 120),
    ("week", "B", "2026-03-07 12:00", "", "2026-03-08 12:00", 0),
    ("week", "B", "2026-03-02 09:00", "", "2026-03-09 09:00", 2400),
    ("week", "B", "2026-03-02 12:00", "", "2026-03-02 12:00", 0),
    ("week", "B", "2026-03-02 12:00", "", "2026-03-02 11:00", 0),
    ("week", "N", "2026-03-02 09:00", "", "2026-03-02 12:30", 210),
    ("week", "T", "2026-03-02 16:30", "", "2026-03-03 09:30", 60),
    # Several spans a day.
    ("split", "B", "2026-03-02 09:00", "", "2026-03-02 17:00", 420),
    ("split", "B", "2026-03-02 11:30", "", "2026-03-02 13:30", 60),
    ("split", "B", "2026-03-02 12:10", "", "2026-03-02 12:50", 0),
    ("split", "B", "2026-03-06 16:00", "", "2026-03-07 10:30", 90),
    ("split", "B", "2026-03-07 11:00", "", "2026-03-09 09:30", 90),
    ("split", "B", "2026-03-02 00:00", "", "2026-03-09 00:00", 2220),
    # Over midnight: Friday's night ends on Saturday, Sunday's does not begin.
    ("night", "B", "2026-03-02 21:00", "", "2026-03-03 07:00", 480),
    ("night", "B", "2026-03-02 23:00", "", "2026-03-03 01:00", 120),
    ("night", "B", "2026-03-03 05:00", "", "2026-03-03 23:00", 120),
    ("night", "B", "2026-03-06 21:00", "", "2026-03-09 21:00", 480),
    ("night", "B", "2026-03-08 20:00", "", "2026-03-09 08:00", 0),
    ("night", "B", "2026-03-01 00:00", "", "2026-03-08 00:00", 2400),
    ("night", "N", "2026-03-04 22:30", "", "2026-03-05 05:30", 420),
    # A closed day takes only its own part of a night.
    ("night-off", "B", "2026-03-03 21:00", "", "2026-03-04 23:00", 120),
    ("night-off", "B", "2026-03-04 21:00", "", "2026-03-05 07:00", 360),
    ("closed", "B", "2026-03-03 16:00", "", "2026-03-06 10:00", 120),
    ("closed", "B", "2026-03-04 09:00", "", "2026-03-05 17:00", 0),
    # Public holidays by country and region: Epiphany is Bavaria's, Women's Day is Berlin's.
    ("bavaria", "B", "2026-01-05 16:00", "", "2026-01-07 10:00", 120),
    ("berlin", "B", "2026-01-05 16:00", "", "2026-01-07 10:00", 600),
    ("bavaria", "B", "2027-03-08 09:00", "", "2027-03-08 17:00", 480),
    ("berlin", "B", "2027-03-08 09:00", "", "2027-03-08 17:00", 0),
    ("bavaria", "B", "2026-12-24 16:00", "", "2026-12-28 10:00", 120),
    ("america", "N", "2026-11-25 16:00", "", "2026-11-27 10:00", 120),
    ("america", "N", "2026-07-02 16:00", "", "2026-07-06 10:00", 120),
    # The clock change: Berlin loses an hour on 29 March 2026, gains one on 25 October; Lord Howe half of one.
    ("always", "B", "2026-03-28 12:00", "", "2026-03-29 12:00", 1380),
    ("always", "B", "2026-10-24 12:00", "", "2026-10-25 12:00", 1500),
    ("weekend", "B", "2026-03-29 00:00", "", "2026-03-29 12:00", 180),
    ("weekend", "B", "2026-10-25 00:00", "", "2026-10-25 12:00", 300),
    ("week", "B", "2026-03-27 16:00", "", "2026-03-30 10:00", 120),
    ("always", "N", "2026-03-07 12:00", "", "2026-03-08 12:00", 1380),
    ("always", "N", "2026-10-31 12:00", "", "2026-11-01 12:00", 1500),
    ("always", "H", "2026-10-03 12:00", "", "2026-10-04 12:00", 1410),
    ("always", "H", "2026-04-04 12:00", "", "2026-04-05 12:00", 1470),
    ("always", "T", "2026-03-28 12:00", "", "2026-03-29 12:00", 1440),
    # The span begins where the clock jumps: from three o'clock, since half past two is never shown.
    ("gap", "B", "2026-03-29 00:00", "", "2026-03-29 12:00", 60),
    ("gap", "B", "2026-03-22 00:00", "", "2026-03-22 12:00", 90),
    # Half past two is shown twice, and the first one counts.
    ("gap", "B", "2026-10-25 00:00", "", "2026-10-25 12:00", 150),
    # Asked back: the clock stands until the reply, or until the company goes on without it.
    ("week", "B", "2026-03-02 09:00", "?02 10:00 <02 12:00", "2026-03-02 13:00", 120),
    ("week", "B", "2026-03-02 09:00", "?02 10:00", "2026-03-09 13:00", 60),
    ("week", "B", "2026-03-02 09:00", "?02 10:00 <06 16:00", "2026-03-09 10:00", 180),
    ("week", "B", "2026-03-02 09:00", "!02 10:00 ?02 11:00 !02 15:00", "2026-03-02 16:00", 180),
    ("week", "B", "2026-03-02 09:00", "?02 10:00 ?02 11:00 <02 12:00", "2026-03-02 13:00", 120),
    ("week", "B", "2026-03-02 09:00", "?02 10:00 <02 11:00 ?02 12:00 <02 13:00", "2026-03-02 14:00", 180),
    ("split", "B", "2026-03-02 11:00", "?02 12:30 <02 12:45", "2026-03-02 14:00", 120),
    ("night", "B", "2026-03-02 22:00", "?02 23:00 <03 05:00", "2026-03-03 06:00", 120),
    ("week", "B", "2026-03-02 09:00", "?02 09:00 <03 09:00", "2026-03-03 09:30", 30),
    ("week", "B", "2026-03-02 09:00", "!02 10:00 <02 11:00", "2026-03-02 12:00", 180),
    # Reopened: counted from there.
    ("week", "B", "2026-03-02 09:00", "!02 12:00 x05 09:00", "2026-03-05 11:00", 120),
    ("week", "B", "2026-03-02 09:00", "!02 12:00 x07 09:00", "2026-03-09 11:00", 120),
    ("week", "B", "2026-03-02 09:00", "!02 12:00 x05 09:00 ?05 10:00 <05 12:00", "2026-03-05 13:00", 120),
    ("week", "B", "2026-03-02 09:00", "?02 10:00 !03 10:00 x05 09:00", "2026-03-05 09:45", 45),
    ("week", "B", "2026-03-02 09:00", "!02 12:00 x05 09:00 !05 12:00 x06 16:00", "2026-03-09 10:00", 120),
    # Nights of the clock change; a week that ends in the next one; spans that overlap or touch.
    ("nights", "B", "2026-03-28 21:00", "", "2026-03-29 12:00", 420),
    ("nights", "B", "2026-10-24 21:00", "", "2026-10-25 12:00", 540),
    ("sunday", "B", "2026-03-01 21:00", "", "2026-03-02 07:00", 480),
    ("sunday", "B", "2026-03-02 05:00", "", "2026-03-08 23:00", 120),
    ("twice", "B", "2026-03-02 08:00", "", "2026-03-02 18:00", 480),
    ("touching", "B", "2026-03-02 19:00", "", "2026-03-03 03:00", 360),
    # Where the clock jumps at midnight: Cairo loses its first hour of 24 April, Santiago that of 6 September.
    ("always", "C", "2026-04-23 12:00", "", "2026-04-24 12:00", 1380),
    ("always", "C", "2026-10-29 12:00", "", "2026-10-30 12:00", 1500),
    ("dawn", "S", "2026-09-05 12:00", "", "2026-09-06 12:00", 180),
    ("dawn", "S", "2026-09-12 12:00", "", "2026-09-13 12:00", 240),
    ("dawn", "S", "2026-04-04 12:00", "", "2026-04-05 12:00", 240),
    # Over New Year, over a leap day, a holiday of one province and not of the other.
    ("bavaria", "B", "2026-12-31 16:00", "", "2027-01-04 10:00", 120),
    ("week", "B", "2028-02-28 16:00", "", "2028-03-01 10:00", 600),
    ("quebec", "N", "2026-06-23 16:00", "", "2026-06-25 10:00", 120),
    ("ontario", "N", "2026-06-23 16:00", "", "2026-06-25 10:00", 600),
    # Asked, replied to and reopened while nobody works, and over the clock change.
    ("closed", "B", "2026-03-03 16:00", "?04 10:00 <05 12:00", "2026-03-06 10:00", 120),
    ("bavaria", "B", "2026-01-05 16:00", "?06 12:00 <06 18:00", "2026-01-07 10:00", 120),
    ("bavaria", "B", "2026-01-05 09:00", "!05 10:00 x06 12:00", "2026-01-07 09:30", 30),
    ("always", "B", "2026-03-28 12:00", "?28 18:00 <29 06:00", "2026-03-29 12:00", 720),
    ("always", "B", "2026-10-25 00:00", "?25 01:00 <25 04:00", "2026-10-25 06:00", 180),
    ("always", "B", "2026-10-24 12:00", "!24 13:00 x25 00:00", "2026-10-25 06:00", 420),
    # Joined with another and parted again: it is answered there meanwhile. Asked back before, within and after.
    ("week", "B", "2026-03-02 09:00", "+02 10:00 -04 10:00", "2026-03-04 12:00", 180),
    ("week", "B", "2026-03-02 09:00", "+02 10:00", "2026-03-04 12:00", 60),
    ("week", "B", "2026-03-02 09:00", "?02 10:00 +02 11:00 <02 12:00 -03 09:00", "2026-03-03 10:00", 120),
    ("week", "B", "2026-03-02 09:00", "+02 10:00 ?02 11:00 -03 09:00 <03 12:00", "2026-03-03 13:00", 120),
    ("week", "B", "2026-03-02 09:00", "+02 10:00 -02 11:00 +02 12:00 -02 14:00", "2026-03-02 15:00", 180),
    ("week", "B", "2026-03-02 09:00", "!02 10:00 x02 11:00 +02 12:00 -02 13:00", "2026-03-02 14:00", 120),
]  # fmt: skip
MARKS = {
    "?": Happened.QUESTION, "!": Happened.ANSWER, "<": Happened.REPLY, "x": Happened.REOPENED,
    "+": Happened.JOINED, "-": Happened.PARTED,
}  # fmt: skip
# Of the random cases, in minutes: a span may have begun so long before, the counting begins and lasts at most so long.
EARLIER, LATEST_BEGIN, LONGEST = 3 * 1440, 3000, 6000


def hours(calendar: str, zone: str) -> BusinessHours:
    words, closed, holidays = CALENDARS[calendar]
    days = frozenset(date.fromisoformat(day) for day in closed.split(",") if day)
    return BusinessHours.parse(words, ZoneInfo(ZONES[zone]), days, holidays)


def at(words: str, zone: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(ZONES[zone])).astimezone(UTC)


def test_the_table_is_as_long_and_as_wide_as_the_law_asks() -> None:
    marks = {word[0] for *_where, happened, _until, _minutes in WORKED for word in happened.split()[::2]}

    assert len(set(WORKED)) >= 60
    assert marks == set(MARKS)
    assert {calendar for calendar, *_rest in WORKED} == set(CALENDARS)


@pytest.mark.parametrize("case", WORKED, ids=range(len(WORKED)))
def test_the_clock_counts_as_worked_out_by_hand(case: tuple[str, str, str, str, str, int]) -> None:
    calendar, zone, begun, happened, until, minutes = case
    words = happened.split()
    events = [
        (at(f"{begun[:8]}{mark[1:]} {clock}", zone), MARKS[mark[0]])
        for mark, clock in zip(words[::2], words[1::2], strict=True)
    ]

    clock = clock_of(at(begun, zone), events, at(until, zone))

    assert Promise(hours(calendar, zone), 8, 14).working_minutes(clock.ran) == minutes


@pytest.mark.parametrize(
    ("calendar", "begun", "acknowledged", "decided"),
    [
        ("week", "2026-03-02 09:00", "2026-03-02 17:00", "2026-03-16 09:00"),
        ("week", "2026-03-06 16:00", "2026-03-09 16:00", "2026-03-20 16:00"),
        ("split", "2026-03-07 11:00", "2026-03-09 17:00", "2026-03-21 11:00"),
        ("night", "2026-03-02 23:00", "2026-03-03 23:00", "2026-03-16 23:00"),
        ("closed", "2026-03-03 16:00", "2026-03-06 16:00", "2026-03-17 16:00"),
        ("bavaria", "2026-12-23 16:00", "2026-12-24 16:00", "2027-01-07 09:00"),
        ("week", "2026-03-27 16:00", "2026-03-30 16:00", "2026-04-10 16:00"),
        ("week", "2026-10-23 16:00", "2026-10-26 16:00", "2026-11-06 16:00"),
        # Two weeks on, that time is never shown, or twice.
        ("weekend", "2026-03-15 02:30", "2026-03-22 02:30", "2026-03-29 03:30"),
        ("weekend", "2026-10-11 02:30", "2026-10-18 02:30", "2026-10-25 02:30"),
        # Good Friday, a weekend and Easter Monday.
        ("bavaria", "2026-03-20 10:00", "2026-03-23 10:00", "2026-04-07 09:00"),
        # In the part of a night that belongs to the day before.
        ("night", "2026-03-03 05:00", "2026-03-04 05:00", "2026-03-17 05:00"),
        ("night", "2026-03-07 05:00", "2026-03-10 05:00", "2026-03-21 05:00"),
    ],
)
def test_both_promises_end_as_worked_out_by_hand(calendar: str, begun: str, acknowledged: str, decided: str) -> None:
    promise = Promise(hours(calendar, "B"), 8, 14)

    assert promise.acknowledge_by(at(begun, "B")) == at(acknowledged, "B")
    assert promise.decide_by(at(begun, "B")) == at(decided, "B")


def test_the_promise_is_as_much_later_as_the_member_took() -> None:
    promise = Promise(hours("week", "B"), 8, 14)
    due = at("2026-03-16 09:00", "B")

    assert promise.after_pause(due, at("2026-03-03 09:00", "B"), at("2026-03-05 11:00", "B")) == at(
        "2026-03-18 11:00", "B"
    )
    assert promise.after_pause(due, at("2026-03-03 09:00", "B"), at("2026-03-08 09:00", "B")) == at(
        "2026-03-23 09:00", "B"
    )


def test_somebody_waits_for_the_member_only_after_a_question() -> None:
    begun, asked, replied = (at(f"2026-03-02 {hour}:00", "B") for hour in ("09", "10", "12"))

    assert clock_of(begun, [(asked, Happened.QUESTION)], replied).asked_at == asked
    assert clock_of(begun, [(asked, Happened.QUESTION), (replied, Happened.REPLY)], replied).asked_at is None
    assert clock_of(begun, [(asked, Happened.QUESTION)], begun).asked_at is None


@cache
def shown(zone: str, start: datetime) -> tuple[list[int], list[int]]:
    """What a clock shows, for each minute from three days before: the latest time until then, and the day.

    Days are numbered from the year 1, and times by their minutes since then.
    """
    latest, days = [0], []
    for minute in range(EARLIER + LATEST_BEGIN + LONGEST):
        wall = (start + timedelta(minutes=minute - EARLIER)).astimezone(ZoneInfo(zone))
        days.append(wall.toordinal())
        latest.append(max(latest[-1], wall.toordinal() * 1440 + wall.hour * 60 + wall.minute))
    return latest[1:], days


def slowly(
    spans: list[tuple[int, int, int]], zone: str, closed: set[date], start: datetime, minutes: Iterable[int]
) -> list[int]:
    """Look at each minute for those in which somebody works.

    A span begins and ends when the clock first shows its time or a later one.
    """
    latest, days = shown(zone, start)
    running = set[int]()
    for day in set(days):
        for weekday, opens, length in spans:
            if date.fromordinal(day).weekday() == weekday:
                running.update(range(day * 1440 + opens, day * 1440 + opens + length))
    off = {day.toordinal() for day in closed}
    # By the latest time shown so far: an hour that is shown again starts and ends nothing anew.
    return [at for at in minutes if latest[EARLIER + at] in running and days[EARLIER + at] not in off]


def with_company(happened: list[tuple[int, Happened]], minutes: range) -> list[int]:
    """Look at each minute for those in which the company has it, since it came or was last opened again."""
    found: list[int] = []
    is_asked = is_joined = False
    for minute in range(minutes.start, minutes.stop + 1):
        for what in (what for at, what in happened if at == minute):
            if what is Happened.REOPENED:
                found.clear()
            if what in {Happened.JOINED, Happened.PARTED}:
                is_joined = what is Happened.JOINED
            else:
                is_asked = what is Happened.QUESTION
        if minute in minutes and not is_asked and not is_joined:
            found.append(minute)
    return found


@settings(max_examples=examples(12), deadline=None)
@given(
    spans=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1439)), min_size=1, max_size=4),
    zone=st.sampled_from(list(ZONES.values())),
    start=st.sampled_from(
        [datetime(2026, *day) for day in ((3, 26), (10, 22), (3, 6), (6, 1), (4, 22), (10, 28), (9, 4), (4, 3))]
    ),
    begin=st.integers(0, LATEST_BEGIN),
    length=st.integers(0, LONGEST),
    closed=st.sets(st.integers(0, 6), max_size=2),
    happened=st.lists(st.tuples(st.integers(0, LONGEST), st.sampled_from(Happened)), max_size=8),
)
def test_any_calendar_counts_as_looking_at_every_minute(
    spans: list[tuple[int, int, int]],
    zone: str,
    start: datetime,
    begin: int,
    length: int,
    closed: set[int],
    happened: list[tuple[int, Happened]],
) -> None:
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    by_day: dict[int, list[str]] = {}
    for weekday, opens, minutes in spans:
        closes = (opens + minutes) % 1440
        by_day.setdefault(weekday, []).append(
            f"{opens // 60:02d}:{opens % 60:02d}-{closes // 60:02d}:{closes % 60:02d}"
        )
    words = "; ".join(f"{names[day]} {','.join(given)}" for day, given in by_day.items())
    days = {start.date() + timedelta(days=day) for day in closed}
    begun = start.replace(tzinfo=UTC) + timedelta(minutes=begin)
    until = begun + timedelta(minutes=length)

    calendar = BusinessHours.parse(words, ZoneInfo(zone), frozenset(days))
    after = sorted(((begin + minute, what) for minute, what in happened), key=lambda event: event[0])

    by_minute = slowly(spans, zone, days, start.replace(tzinfo=UTC), range(begin, begin + length))
    assert int(calendar.between(begun, until).total_seconds() // 60) == len(by_minute), words
    if by_minute:
        ends = start.replace(tzinfo=UTC) + timedelta(minutes=by_minute[-1] + 1)
        assert calendar.add(begun, timedelta(minutes=len(by_minute))) == ends, words
    clock = clock_of(begun, [(start.replace(tzinfo=UTC) + timedelta(minutes=at), what) for at, what in after], until)
    theirs = slowly(spans, zone, days, start.replace(tzinfo=UTC), with_company(after, range(begin, begin + length)))
    assert Promise(calendar, 8, 14).working_minutes(clock.ran) == len(theirs), (words, after)
