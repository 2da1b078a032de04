"""When an event is: in words, and as a file that calendars take."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal.community.calendar import Method, calendar_file
from portal.community.services import cancel_event, give_back, take_place
from portal.foundation import config
from portal.foundation.database import session
from portal.foundation.mail.delivery import compose
from portal.foundation.mail.outbox import OutgoingMail
from tests.community.test_events import PLANNED, START, change, entry, mails, plan
from tests.factories import make_circle


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


def test_each_file_that_one_calendar_gets_is_newer_than_the_one_before(maya, omar, rosa):
    event = plan(rosa)
    take_place(event, by=maya)
    take_place(event, by=omar)
    give_back(event, maya, by=maya)
    change(event, rosa, places=2)
    take_place(event, by=maya)
    change(event, rosa, place="The old mill")
    cancel_event(event, why="The roof leaks.", by=rosa)

    for person, methods in (
        (maya, ["REQUEST", "CANCEL", "REQUEST", "REQUEST", "CANCEL"]), (omar, ["REQUEST", "REQUEST", "CANCEL"])
    ):  # fmt: skip
        told = [entry(mail) for mail in mails(recipient=person.email) if mail.attachment]
        assert [method for method, _file in told] == methods
        numbers = [file["SEQUENCE"] for _method, file in told]
        assert numbers == sorted(set(numbers))
        assert len({file["UID"] for _method, file in told}) == 1


def test_one_person_is_taken_out_without_a_word_that_it_is_off_for_everyone(maya, omar, rosa):
    event = plan(rosa, places=2)
    take_place(event, by=maya)
    take_place(event, by=omar)

    give_back(event, maya, by=rosa)
    cancel_event(event, why="The roof leaks.", by=rosa)

    (method, alone), (_, everyone) = entry(mails(recipient=maya.email)[-1]), entry(mails(recipient=omar.email)[-1])
    # RFC 5546, 3.2.5: a status belongs to what is off for all.
    assert (method, "STATUS" in alone, everyone["STATUS"]) == ("CANCEL", False, "CANCELLED")
    assert "PARTSTAT" not in alone["ATTENDEE"].params | everyone["ATTENDEE"].params


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_a_file_keeps_the_rules_of_the_format(maya, rosa, method):
    maya.name = 'Zoë "Maya" Lindqvist; weaver: of Ähren'
    event = plan(rosa, title="Löt-Abend, mit Öl; " * 6, about="Bring:\n\n- a *shade*\n- 漢字 " + "ä" * 300)
    rsvp = take_place(event, by=maya)

    file = calendar_file(event, method, mine=rsvp, shows_link=True)

    # RFC 5545, 3.1: each line ends in CRLF and has at most 75 octets.
    assert file.endswith("END:VCALENDAR\r\n")
    lines = file.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(mark in line for line in lines for mark in (b"\n", b"\r", b"\0"))
    for line in lines:
        line.decode()
    whole = file.replace("\r\n ", "").split("\r\n")
    names = [line.split(":")[0].split(";")[0] for line in whole if line]
    # 3.6 and 3.6.1: these stand exactly once.
    for name in ("PRODID", "VERSION", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "ORGANIZER"):
        assert names.count(name) == 1
    assert names[:2] == ["BEGIN", "VERSION"]
    # A moment in UTC needs no table of any zone.
    assert "DTSTART:20300305T140000Z" in whole
    assert "DTEND:20300305T170000Z" in whole
    assert not any("TZID" in line for line in whole)
    # RFC 5546, 3.2.1: what is published names nobody.
    assert names.count("ATTENDEE") == (method is not Method.PUBLISH)
    for line in whole:
        if line.startswith("ATTENDEE"):
            # 3.2: no quotation mark within a quoted name.
            assert line.count('"') == 2


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_what_is_downloaded_is_as_new_as_what_came_by_mail(sign_in, maya, rosa):
    event = plan(rosa)
    take_place(event, by=maya)
    session().commit()

    downloaded = Calendar.from_ical(sign_in(maya).get(f"/events/{event.id}/calendar.ics").text).events[0]

    assert downloaded["SEQUENCE"] == entry(mails()[0])[1]["SEQUENCE"]
    assert "call.example.com" in downloaded["DESCRIPTION"]
    assert "ATTENDEE" not in downloaded


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_a_file_of_a_circle_says_no_more_than_when(maya, rosa):
    circle = make_circle(maya, rosa, name="SECRET circle")
    event = plan(
        rosa, circle=circle, title="SECRET title", place="SECRET place", about="SECRET", link="https://s.example"
    )

    for method in Method:
        file = calendar_file(event, method, mine=take_place(event, by=maya), shows_link=True)
        assert "SECRET" not in file
        assert "s.example" not in file


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
