"""When an event is: in words, and as a file that calendars take."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal.community.calendar import Method, calendar_file
from portal.community.services import take_place
from portal.foundation import config
from portal.foundation.database import session
from portal.foundation.mail.delivery import compose
from portal.foundation.mail.outbox import OutgoingMail
from tests.community.test_events import PLANNED, START, plan


def test_the_file_goes_over_the_wire_as_a_calendar(app, maya, rosa):
    maya.name, maya.time_zone = 'Maya "Zoë" Lindqvist, weaver', "America/New_York"
    take_place(plan(rosa, title="Löt-Abend; Teil 1, für alle"), by=maya)
    mail = session().scalars(select(OutgoingMail)).one()

    with app.app_context():
        letter = message_from_bytes(compose(mail).as_bytes(), policy=policy.default)

    [file] = letter.iter_attachments()
    assert (file.get_content_type(), file.get_param("method"), file.get_param("charset")) == (
        "text/calendar", "REQUEST", "utf-8"
    )  # fmt: skip
    event = Calendar.from_ical(file.get_payload(decode=True)).events[0]
    assert (event["SUMMARY"], event["LOCATION"]) == ("Löt-Abend; Teil 1, für alle", PLANNED["place"])
    assert event["ATTENDEE"] == "mailto:maya@example.org"
    assert "Tuesday 5 March 2030, 09:00 to 12:00, New York time" in mail.text
    assert "There: Tuesday 5 March 2030, 15:00 to 18:00, Berlin time" in mail.text
    assert letter["List-Unsubscribe"] is None


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_whoever_downloads_it_gets_the_same_entry_without_the_address_of_the_call(rosa):
    event = plan(rosa)

    calendar = Calendar.from_ical(calendar_file(event, Method.PUBLISH))

    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    [entry] = calendar.events
    assert (entry.start, entry.end - entry.start) == (START, timedelta(hours=3))
    # A portal often has no sender at first; the entry that went out before must still be found afterwards.
    before = config.current()
    config.use(before.model_copy(update={"MAIL_SENDER": "portal@lumen.example"}))
    try:
        [later] = Calendar.from_ical(calendar_file(event, Method.CANCEL)).events
        [other] = Calendar.from_ical(calendar_file(plan(rosa), Method.PUBLISH)).events
    finally:
        config.use(before)
    assert entry["UID"] == later["UID"] != other["UID"]
    assert "call.example.com" not in entry["DESCRIPTION"]
    assert calendar_file(event, Method.PUBLISH, shows_link=True).replace("\r\n ", "").count("call.example.com") == 1


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_a_time_in_the_hour_that_comes_twice_is_said_by_each_clock(rosa, maya):
    # Berlin puts its clock back at 01:00 UTC on this night.
    event = plan(
        rosa, starts_at=datetime(2030, 10, 27, 0, 30, tzinfo=UTC), ends_at=datetime(2030, 10, 27, 1, 30, tzinfo=UTC)
    )
    maya.time_zone = "Pacific/Auckland"

    take_place(event, by=maya)

    text = session().scalars(select(OutgoingMail.text)).one()
    assert "Sunday 27 October 2030, 13:30 to 14:30, Auckland time" in text
    assert "There: Sunday 27 October 2030, 02:30 to 02:30, Berlin time" in text
