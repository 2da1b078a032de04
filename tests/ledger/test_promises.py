"""The two promises in the company's own hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from portal.foundation import config
from portal.foundation.clock import pretend
from portal.ledger.models import Idea, Standing
from portal.ledger.promises import (
    due_at,
    first_name,
    is_overdue,
    promise_of,
    promise_words,
)
from tests.conftest import settings_for_tests

BERLIN = ZoneInfo("Europe/Berlin")


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=BERLIN)


def promised(standing: Standing) -> Idea:
    return Idea(standing=standing, acknowledge_by=at("2026-11-02 17:00"), decide_by=at("2026-11-16 17:00"))


def is_late(standing: Standing, moment: datetime) -> bool:
    with pretend(moment.astimezone(UTC)):
        return is_overdue(promised(standing))


@pytest.fixture(autouse=True)
def company() -> None:
    config.use(settings_for_tests(CLOSED_DAYS="2026-11-30"))


@pytest.mark.parametrize(
    ("suggested", "acknowledged"),
    [
        ("2026-11-02 09:00", "2026-11-02 17:00"),
        ("2026-11-02 10:30", "2026-11-03 10:30"),
        ("2026-11-06 16:00", "2026-11-09 16:00"),
        ("2026-11-07 12:00", "2026-11-09 17:00"),
        ("2026-11-27 16:00", "2026-12-01 16:00"),
    ],
)
def test_the_first_promise_counts_working_hours(suggested: str, acknowledged: str) -> None:
    assert promise_of(None).acknowledge_by(at(suggested)) == at(acknowledged)


@pytest.mark.parametrize(
    ("suggested", "decided"),
    [
        ("2026-11-02 10:30", "2026-11-16 10:30"),
        ("2026-11-07 12:00", "2026-11-23 09:00"),
        ("2026-11-02 20:00", "2026-11-17 09:00"),
        ("2026-11-16 12:00", "2026-12-01 09:00"),
    ],
)
def test_the_second_counts_days_and_ends_when_somebody_works(suggested: str, decided: str) -> None:
    assert promise_of(None).decide_by(at(suggested)) == at(decided)


def test_the_settings_set_both_promises() -> None:
    config.use(settings_for_tests(ACKNOWLEDGE_HOURS=2, DECIDE_DAYS=1))

    assert promise_of(None).acknowledge_by(at("2026-11-02 09:00")) == at("2026-11-02 11:00")
    assert promise_of(None).decide_by(at("2026-11-02 09:00")) == at("2026-11-03 09:00")


def test_working_minutes_leave_nights_and_weekends_out() -> None:
    assert promise_of(None).working_minutes([(at("2026-11-06 16:30"), at("2026-11-09 09:15"))]) == 45


def test_one_promise_runs_at_a_time() -> None:
    first, second = at("2026-11-02 17:00"), at("2026-11-16 17:00")

    assert due_at(promised(Standing.WAITING)) == first
    assert due_at(promised(Standing.HEARD)) == second
    for standing in (Standing.ASKED_BACK, Standing.PLANNED, Standing.DONE, Standing.EXPLAINED):
        assert due_at(promised(standing)) is None
        assert not is_late(standing, second + timedelta(days=1))
    assert is_late(Standing.WAITING, first + timedelta(seconds=1))
    assert not is_late(Standing.WAITING, first)


@pytest.mark.parametrize(
    ("standing", "moment", "words"),
    [
        (Standing.WAITING, "2026-11-02 10:00", "Rosa will answer by Monday 17:00"),
        (Standing.WAITING, "2026-11-03 10:00", "Rosa promised this for Monday 17:00 and is late"),
        (Standing.HEARD, "2026-11-03 10:00", "Rosa will decide by 16 November"),
        (Standing.HEARD, "2026-11-20 10:00", "Rosa promised this for Monday 17:00 and is late"),
        (Standing.ASKED_BACK, "2026-11-20 10:00", "Rosa asked back and waits for a word"),
        (Standing.DONE, "2026-11-20 10:00", ""),
    ],
)
def test_a_promise_is_a_sentence_with_a_name_and_a_time(standing: Standing, moment: str, words: str) -> None:
    with pretend(at(moment).astimezone(UTC)):
        said = promise_words(promised(standing), "Rosa Pereira", BERLIN)

    assert said == words


def test_the_reader_sees_their_own_zone() -> None:
    with pretend(at("2026-11-02 10:00").astimezone(UTC)):
        said = promise_words(promised(Standing.WAITING), "Rosa", ZoneInfo("America/New_York"))

    assert said == "Rosa will answer by Monday 11:00"


def test_people_are_called_by_their_first_name() -> None:
    assert [first_name(name) for name in ("Rosa Pereira", "Rosa", "")] == ["Rosa", "Rosa", ""]
