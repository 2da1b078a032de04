"""Business hours: several spans a day, closed days, changes of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.foundation.clock import BusinessHours, now, pretend, read_days, read_place

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = BusinessHours.parse("Mon-Fri 09:00-12:00,13:00-17:00; Sat 10:00-12:00", BERLIN)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BERLIN).astimezone(UTC)


def test_now_is_aware_and_utc():
    assert now().utcoffset() == timedelta()


def test_a_pretended_moment_ends_with_its_work():
    with pretend(local(2025, 1, 1)):
        assert now() == local(2025, 1, 1)

    assert now() > local(2026, 1, 1)


def test_the_lunch_break_does_not_count():
    assert WEEK.between(local(2026, 3, 2, 11), local(2026, 3, 2, 14)) == timedelta(hours=2)


def test_a_promise_made_on_friday_evening_is_due_on_the_next_working_hours():
    due = WEEK.add(local(2026, 3, 6, 16, 30), timedelta(hours=1))

    assert due == local(2026, 3, 7, 10, 30)


def test_the_end_before_the_start_is_no_time_at_all():
    assert WEEK.between(local(2026, 3, 3, 10), local(2026, 3, 2, 10)) == timedelta()


def test_closed_days_are_skipped():
    hours = BusinessHours.parse("Mon-Fri 09:00-17:00", BERLIN, frozenset({date(2026, 12, 25)}))

    assert hours.next_opening(local(2026, 12, 24, 18)) == local(2026, 12, 28, 9)


def test_a_span_over_the_change_to_summer_time_is_an_hour_shorter():
    hours = BusinessHours.parse("Sun 00:00-06:00", BERLIN)

    assert hours.between(local(2026, 3, 28, 12), local(2026, 3, 29, 12)) == timedelta(hours=5)


def test_open_all_day_long_reaches_midnight():
    hours = BusinessHours.parse("Mon-Sun 00:00-24:00", BERLIN)

    assert hours.between(local(2026, 6, 1), local(2026, 6, 3)) == timedelta(hours=48)


def test_open_and_closed_are_told_apart_to_the_minute():
    assert WEEK.is_open(local(2026, 3, 2, 9))
    assert not WEEK.is_open(local(2026, 3, 2, 12))
    assert WEEK.closing(local(2026, 3, 2, 9)) == local(2026, 3, 2, 12)


@pytest.mark.parametrize(
    "words",
    ["", "Mon 09:00", "Mon-Xyz 09:00-17:00", "Mon 17:00-17:00", "Mon 9-17", "Mon 25:00-26:00", "Mon 09:60-10:00"],
)
def test_hours_that_cannot_be_read_are_refused(words):
    with pytest.raises(ValueError):
        BusinessHours.parse(words, BERLIN)


def test_closed_days_are_read_one_by_one_and_as_runs():
    eve = date(2026, 12, 24)

    assert read_days("") == frozenset()
    assert read_days("2026-12-24, 2027-05-28;2026-12-24") == {eve, date(2027, 5, 28)}
    for words in ("2026-12-24..2027-01-01", "2026-12-24 – 2027-01-01", "2026-12-24 - 2027-01-01"):
        assert read_days(words) == {eve + timedelta(days=after) for after in range(9)}
    for words in (
        "24.12.2026",
        "2026-12-24 2026-12-25",
        "2026-12-24..2026-12-23",
        "2026-01-01..2029-01-01",
        "2026-13-01",
    ):
        with pytest.raises(ValueError):
            read_days(words)
    with pytest.raises(ValueError, match="'2026-13-01' is no day"):
        read_days("2026-12-24, 2026-13-01")


@pytest.mark.parametrize(
    ("words", "place"), [("", ""), (" de ", "DE"), ("de-by", "DE-BY"), ("de-augsburg", "DE-Augsburg")]
)
def test_a_country_and_a_region_are_known_in_any_case(words: str, place: str):
    assert read_place(words) == place
    assert BusinessHours.parse("Mon-Fri 09:00-17:00", BERLIN, frozenset(), words).holidays == place


@pytest.mark.parametrize("words", ["Atlantis", "de-", "de-atlantis", "-by"])
def test_a_place_whose_holidays_nobody_knows_is_refused(words: str):
    with pytest.raises(ValueError, match="are not known"):
        read_place(words)


def test_the_days_off_to_come_are_those_on_which_somebody_would_work():
    closed = frozenset({date(2026, 12, 24), date(2026, 12, 27), date(2028, 1, 3)})
    hours = BusinessHours.parse("Mon-Fri 09:00-17:00", BERLIN, closed, "DE-BY")

    # 26 and 27 December 2026 are a Saturday and a Sunday.
    days = [(date(2026, 12, 24), date(2026, 12, 25)), (date(2027, 1, 1),) * 2, (date(2027, 1, 6),) * 2]
    assert hours.days_off(date(2026, 12, 2), 3) == days
    over = BusinessHours.parse("Mon-Fri 09:00-17:00", BERLIN, closed | {date(2026, 12, 28)}, "DE-BY")
    assert over.days_off(date(2026, 12, 2), 1) == [(date(2026, 12, 24), date(2026, 12, 28))]
    assert WEEK.days_off(date(2026, 12, 2), 4) == []


@given(
    start=st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2028, 1, 1)),
    minutes=st.integers(1, 6000),
)
def test_adding_and_measuring_agree(start, minutes):
    start = start.replace(tzinfo=UTC)
    working = timedelta(minutes=minutes)

    assert WEEK.between(start, WEEK.add(start, working)) == working
