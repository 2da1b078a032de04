"""Times in files: every common form, and questions instead of guesses."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.files.times import BadTime, DayOrderNeeded, TimeQuestion, TimeReader, ZoneNeeded, day_order

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def reader(zone: str | None = "UTC", order: str | None = "day-first") -> TimeReader:
    return TimeReader(zone=ZoneInfo(zone) if zone else None, day_order=order, now=NOW)


@pytest.mark.parametrize(
    "words",
    [
        "2021-07-04T17:06:00Z",
        "2021-07-04T19:06:00+02:00",
        "2021-07-04 10:06:00 -0700",
        "2021-07-04 17:06",
        "2021-07-04T17:06:00.000Z",
        "2021-7-4 17:06",
        "20210704170600",
        "2021-07-04 5:06 PM",
        "2021/07/04 17:06:00",
        "Sun Jul 04 17:06:00 +0000 2021",
        "Sun, 4 Jul 2021 17:06:00 GMT",
        "04 Jul 2021 10:06:00 PDT",
        "Sun Jul 04 2021 19:06:00 GMT+0200 (Central European Summer Time)",
        "4/7/2021 17:06",
        "4.7.2021, 17:06",
        "04-07-21 17:06",
        "4-Jul-2021 05:06PM",
        "Jul 4, 2021, 5:06 PM",
        "Jul 4, 2021, 5:06\u202fPM",
        "July 4th, 2021 at 5:06 p.m.",
        "  2021-07-04 17:06:00 UTC ",
        "1625418360",
        "1625418360.0",
        "1625418360000",
        "1625418360000000",
        1625418360,
        1625418360000.0,
        "44381.7125",
        44381.7125,
        "So., 4. Juli 2021 um 17:06 Uhr",
        "4 juil. 2021, 17:06",
        "domingo, 4 de julio de 2021 17:06",
    ],
)
def test_the_same_moment_is_read_in_every_common_form(words):
    assert reader().read(words) == datetime(2021, 7, 4, 17, 6, tzinfo=UTC)


def test_the_days_of_a_workbook_know_no_zone():
    assert reader("Europe/Berlin").read("44197") == datetime(2020, 12, 31, 23, 0, tzinfo=UTC)
    with pytest.raises(ZoneNeeded):
        reader(None).read("44197.5")


def test_a_time_comes_back_in_utc():
    assert reader().read("2021-07-04T19:06:00+02:00").tzinfo is UTC


def test_a_time_without_a_zone_is_taken_where_it_was_written():
    moment = reader("Europe/Berlin").read("2021-01-04 17:06")

    assert moment == datetime(2021, 1, 4, 16, 6, tzinfo=UTC)


def test_a_date_alone_is_its_first_moment():
    assert reader().read("2021-07-04") == datetime(2021, 7, 4, tzinfo=UTC)


def test_a_time_without_a_zone_asks_for_the_zone():
    with pytest.raises(ZoneNeeded, match="--zone"):
        reader(zone=None).read("2021-07-04 17:06")


def test_a_time_with_a_zone_asks_nothing():
    assert reader(zone=None, order=None).read("2021-07-04T17:06Z")


def test_a_date_that_reads_two_ways_asks_which():
    with pytest.raises(DayOrderNeeded, match="--dates"):
        reader(order=None).read("4/7/2021 17:06")


def test_the_order_of_day_and_month_is_kept():
    assert reader(order="month-first").read("4/7/2021").month == 4
    assert reader(order="day-first").read("4/7/2021").month == 7


def test_dots_are_always_day_first():
    assert reader(order="month-first").read("4.7.2021").month == 7


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["4/7/2021", "13/7/2021"], "day-first"),
        (["4/7/2021", "7/13/2021 10:00"], "month-first"),
        (["4/7/2021", "5/7/2021"], None),
        (["13/7/2021", "7/13/2021"], None),
        (["2021/13/01", "13.7.2021", None, 12, "words"], None),
    ],
)
def test_a_column_shows_its_order_by_days_past_the_twelfth(values, order):
    assert day_order(values) == order


@pytest.mark.parametrize(
    "value",
    [
        "", "soon", "12:00", "2021-02-30", "31/31/2021", "May 2021", "2021-07-04 25:00", "13:06 PM 4 Jul 2021",
        "4 Jul 2021 17:06 CEST", "4 Jul 2021 17:06 +0260", "1989-12-31T23:59:59Z", "2026-11-23T00:00:00Z",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "99999999999999999999999", "5", 5, True,
        None, float("nan"), float("inf"), [1], {"a": 1},
    ],
)  # fmt: skip
def test_what_cannot_be_a_time_of_a_mention_is_refused(value):
    with pytest.raises(BadTime):
        reader().read(value)


def test_a_time_a_few_hours_ahead_is_let_in():
    assert reader().read("2026-11-22T11:00:00Z")


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.datetimes().map(str)))
def test_no_value_raises_anything_else(value):
    try:
        moment = reader(zone=None, order=None).read(value)
    except (BadTime, TimeQuestion):
        return

    assert moment.tzinfo is UTC


@given(st.from_regex(r"\A[0-3]?[0-9][ /.-]([01]?[0-9]|Jul|Dec)[ /.-][0-9]{2,4}( [0-9:]{1,9}( ?[+-]\d{4}|PM)?)?\Z"))
def test_no_date_raises_anything_else(value):
    try:
        reader().read(value)
    except BadTime:
        return
