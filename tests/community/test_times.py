"""Days and times as people write them, by the clock of one place."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from portal.community.forms.times import ClockField
from portal.community.models import Ask, Event
from portal.community.services import BadTimes
from portal.foundation.clock import now
from portal.foundation.database import session
from tests.community.test_events import START, plan
from tests.community.test_once import typed

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


class Clock(Form):
    at = ClockField("It opens")


def meant(words: str, zone: ZoneInfo = BERLIN, stands: datetime | None = None) -> datetime | None:
    return Clock(MultiDict({"at": words})).at.moment(zone, stands=stands)


def test_a_time_is_the_moment_that_the_clock_shows_it():
    assert meant("2030-03-31T03:00") == datetime(2030, 3, 31, 1, tzinfo=UTC)
    assert meant("2030-10-27T02:30") == datetime(2030, 10, 27, 0, 30, tzinfo=UTC)
    assert meant("2030-10-27T02:30", NEW_YORK) == datetime(2030, 10, 27, 6, 30, tzinfo=UTC)
    assert meant("") is None


def test_a_time_that_the_clock_skips_is_not_taken_for_another():
    with pytest.raises(BadTimes, match=r"It opens: there is no 02:30 on 31 March 2030 by Berlin time"):
        meant("2030-03-31T02:30")
    assert meant("2030-03-31T02:30", NEW_YORK) == datetime(2030, 3, 31, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("words", ["0001-01-01T00:00", "0026-11-22T09:00", "9999-12-31T23:59"])
def test_a_year_that_cannot_be_meant_is_asked_about(words):
    with pytest.raises(BadTimes, match=f"the year {int(words[:4])} meant"):
        meant(words, ZoneInfo("Pacific/Kiritimati"))


def test_what_was_not_touched_stays_the_same_moment():
    # The second of two times that read alike, with its seconds.
    stands = datetime(2030, 10, 27, 1, 30, 20, tzinfo=UTC)

    assert meant("2030-10-27T02:30", stands=stands) == stands
    assert meant("2030-10-27T02:31", stands=stands) == datetime(2030, 10, 27, 0, 31, tzinfo=UTC)


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_the_forms_say_what_is_wrong_with_a_time_and_keep_the_rest(sign_in, rosa):
    event = plan(rosa, starts_at=START + timedelta(seconds=43))
    session().commit()
    staff = sign_in(rosa)
    path = f"/events/{event.id}"
    page = staff.get("/asks/new").text
    opening = typed(page)

    # A new question is ready to go, open at once, for two weeks; a draft of somebody's own still comes first.
    assert page.count("data-given") == 2
    assert opening["closes_at"].endswith(" 18:00:00")
    odd = staff.post("/events", data=typed(staff.get("/events/new").text) | {
        "title": "A call", "starts_at": "2030-03-30T10:00", "ends_at": "2030-03-30T09:00",
        "closes_at": "2030-03-30T11:00",
    })  # fmt: skip
    for field, why in (
        ("ends_at", "It must end after it begins."),
        ("closes_at", "Sign-up cannot close after it has begun."),
        ("place", "Say where it is: a place, the address of a call, or both."),
    ):
        assert why in odd.text.partition(f'for="{field}"')[2].partition("</div>")[0], field
    asked = staff.post("/asks", data=opening | {"question": "Which shade?"})
    early = staff.post("/asks", data=opening | {"question": "And then?", "opens_at": "0001-01-01T00:00"})
    late = staff.post("/events", data=typed(staff.get("/events/new").text) | {
        "title": "A call", "place": "Here", "starts_at": "2030-03-31T02:30", "ends_at": "2030-03-31T04:00",
    })  # fmt: skip
    shut = staff.post("/events", data=typed(staff.get("/events/new").text) | {
        "title": "A call", "place": "Here", "starts_at": "2030-03-30T02:30", "ends_at": "2030-03-31T04:00",
        "closes_at": (now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
    })  # fmt: skip
    kept = staff.post(path, data=typed(staff.get(f"{path}/edit").text) | {"about": "Bring two."})

    assert [answer.status_code for answer in (asked, early, late, shut, kept)] == [303, 422, 422, 422, 303]
    assert ("is the year 1 meant?" in early.text, "And then?" in early.text) == (True, True)
    assert "there is no 02:30 on 31 March 2030" in late.text
    assert "closed from the start" in shut.text
    ask = session().query(Ask).one()
    # Two weeks, until the evening of that day.
    assert ask.opened_at is not None
    assert (ask.closes_at.date() - ask.opens_at.date()).days in (13, 14)
    event = session().get_one(Event, event.id)
    # Nothing that is told has changed.
    assert (event.about, event.starts_at, event.version) == ("Bring two.", START + timedelta(seconds=43), 0)


def test_an_ask_that_would_close_before_it_opens_is_told_beside_the_time(sign_in, rosa, sam):
    session().commit()
    staff = sign_in(rosa)
    wrong = {"question": "Which shade?", "opens_at": "2030-03-30T10:00", "closes_at": "2030-03-29T10:00"}

    answer = staff.post("/asks", data=typed(staff.get("/asks/new").text) | wrong | {"choices": "Tall"})

    assert answer.status_code == 422
    for field, why in (("closes_at", "It must close after it opens."), ("choices", "Write two to 8 choices")):
        assert why in answer.text.partition(f'for="{field}"')[2].partition("</div>")[0], field


def test_an_event_is_planned_by_the_clock_of_whoever_has_no_place_but_utc(sign_in, rosa, sam):
    rosa.time_zone = "UTC"
    event = plan(rosa, time_zone="UTC")
    session().commit()
    staff = sign_in(rosa)

    for path in ("/events/new", f"/events/{event.id}/edit", "/profile"):
        assert '<option selected value="UTC">' in staff.get(path).text, path
    assert ", UTC" in staff.get(f"/events/{event.id}").text
