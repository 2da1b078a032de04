"""Events: planned, come to in order, changed, called off, and thanked for."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal.accounts.models import Role, User
from portal.community.jobs import remind_of_events
from portal.community.models import Event, Rsvp
from portal.community.queries import at_home, card_of, events_gone, events_to_come, next_event, people_of_event
from portal.community.services import (
    BadAddress,
    BadTimes,
    NobodyCame,
    NoName,
    NoPlace,
    NotStaff,
    NoWords,
    TooFewPlaces,
    cancel_event,
    change_event,
    give_back,
    mark_came,
    plan_event,
    take_place,
    take_seat,
    thank_people,
)
from portal.foundation.clock import now, pretend
from portal.foundation.database import session, transaction
from portal.foundation.mail.outbox import OutgoingMail
from tests.factories import make_circle, make_user

START = datetime(2030, 3, 5, 14, tzinfo=UTC)
PLANNED = {
    "title": "A day in the workshop", "about": "Bring a *shade*.", "place": "Hafenstraße 7, Hamburg",
    "link": "https://call.example.com/abc", "time_zone": "Europe/Berlin",
    "starts_at": START, "ends_at": START + timedelta(hours=3),
}  # fmt: skip


def plan(host, **given) -> Event:
    return plan_event(host=host, **{**PLANNED, "by": host, "places": 1, **given})


def change(event, by, **given):
    kept = {name: getattr(event, name) for name in (*PLANNED, "places")}
    change_event(event, by=by, **{**kept, "host": event.host, **given})


def mails(**where) -> list[OutgoingMail]:
    statement = select(OutgoingMail).filter_by(kind="event", **where).order_by(OutgoingMail.id)
    return list(session().scalars(statement))


def entry(mail: OutgoingMail):
    """The method of the calendar file of a mail, and its one event."""
    calendar = Calendar.from_ical(mail.attachment["text"])
    return calendar["METHOD"], calendar.events[0]


def test_places_go_in_order_and_the_next_one_comes_in_when_one_is_given_back(maya, omar, rosa):
    lee = make_user("lee@example.org", "Lee Park")
    event = plan(rosa)

    assert take_place(event, by=maya).has_place
    assert take_place(event, by=omar).waits
    assert take_place(event, by=lee).waits
    assert take_place(event, by=lee).turn == 3
    card = card_of(event, lee)
    assert (card.taken, card.waiting, card.ahead, card.free) == (1, 2, 1, 0)
    give_back(event, maya, by=maya)

    assert [(one.user.name, one.has_place) for one in people_of_event(event)] == [
        ("Omar Haddad", True), ("Lee Park", False)
    ]  # fmt: skip
    assert [mail.subject for mail in mails()] == [
        "You have a place: A day in the workshop",
        "Your place is given back: A day in the workshop",
        "A place became free, and it is yours: A day in the workshop",
    ]
    assert [entry(mail)[0] for mail in mails()] == ["REQUEST", "CANCEL", "REQUEST"]
    assert take_place(event, by=maya).waits
    assert [one.user.name for one in people_of_event(event)] == ["Omar Haddad", "Lee Park", "Maya Lindqvist"]
    with pytest.raises(NoPlace):
        take_place(event, by=rosa)


def test_a_change_that_matters_is_told_once_and_more_places_go_to_those_who_wait(maya, omar, rosa, sam):
    lee = make_user("lee@example.org", "Lee Park")
    event = plan(rosa)
    for person in (maya, omar, lee):
        take_place(event, by=person)
    [before] = mails()

    change(event, sam, about="Bring *two* shades.")
    assert len(mails()) == 1
    change(event, sam, starts_at=START - timedelta(hours=1), places=2)

    told = {mail.recipient: mail for mail in mails()[1:]}
    assert {name: mail.subject for name, mail in told.items()} == {
        "maya@example.org": "New time: A day in the workshop",
        "omar@example.org": "A place became free, and it is yours: A day in the workshop",
        "lee@example.org": "New time: A day in the workshop",
    }
    assert "14:00 to 18:00, Berlin time" in told["maya@example.org"].text
    for mail in (told["maya@example.org"], told["lee@example.org"]):
        assert re.search(r"Until now:\n.* 15:00 to 18:00, Berlin time", mail.text)
        assert re.search(r"Until now: .* 15:00 to 18:00, Berlin time", mail.html)
    change(event, sam, starts_at=START - timedelta(hours=1), places=2, place="The old mill")
    moved = next(mail for mail in mails()[4:] if mail.recipient == "lee@example.org")
    assert moved.subject == "New place: A day in the workshop"
    assert "Until now:\n\nHafenstraße 7, Hamburg" in moved.text
    assert "https://call.example.com/abc" in told["maya@example.org"].text
    assert "https://call.example.com/abc" not in told["lee@example.org"].text
    assert told["lee@example.org"].attachment is None
    (_, first), (method, second) = entry(before), entry(told["maya@example.org"])
    assert (method, second["SEQUENCE"] - first["SEQUENCE"]) == ("REQUEST", 1)
    assert (second["UID"], second.start) == (first["UID"], START - timedelta(hours=1))
    with pytest.raises(TooFewPlaces, match="2 people"):
        change(event, sam, places=1)


def test_calling_it_off_tells_everyone_why_and_takes_it_out_of_calendars(maya, omar, rosa):
    event = plan(rosa)
    take_place(event, by=maya)
    take_place(event, by=omar)
    with pytest.raises(NoWords):
        cancel_event(event, why="  ", by=rosa)

    cancel_event(event, why="The roof leaks; we are **sorry**.", by=rosa)

    first, *rest = mails()
    told = sorted(rest, key=lambda mail: mail.recipient)
    assert [mail.recipient for mail in told] == ["maya@example.org", "omar@example.org"]
    assert all("The roof leaks" in mail.text and "<strong>sorry</strong>" in mail.html for mail in told)
    method, called_off = entry(told[0])
    assert (method, called_off["STATUS"]) == ("CANCEL", "CANCELLED")
    assert called_off["UID"] == entry(first)[1]["UID"]
    assert told[1].attachment is None
    with pytest.raises(NoPlace):
        give_back(event, maya, by=maya)
    with pytest.raises(NoPlace):
        cancel_event(event, why="Again.", by=rosa)
    assert next_event(omar) is None


def test_the_page_of_what_was_called_off_says_who_would_have_come(sign_in, maya, omar, rosa):
    event = plan(rosa, places=1)
    for person in (maya, omar):
        take_place(event, by=person)
    cancel_event(event, why="The workshop is flooded.", by=rosa)
    session().commit()

    page = sign_in(rosa).get(f"/events/{event.id}").text

    assert all(words in page for words in ("Who had a place", "Who waited for one", "Who would have been there"))
    assert not any(words in page for words in ("Who comes", "Who waits, in order", "Who is there for it"))


def test_people_are_reminded_once_a_day_before_and_again_only_at_a_new_time(maya, omar, rosa):
    event = plan(rosa)
    take_place(event, by=maya)
    take_place(event, by=omar)
    session().commit()

    with pretend(START - timedelta(hours=25)):
        assert remind_of_events() == 0
    with pretend(START - timedelta(hours=23)):
        assert (remind_of_events(), remind_of_events()) == (1, 0)
        event = session().get_one(Event, event.id, populate_existing=True)
        change(event, session().merge(rosa), starts_at=START + timedelta(hours=1))
        session().commit()
        assert (remind_of_events(), remind_of_events()) == (1, 0)
    reminders = [mail for mail in mails() if mail.subject.startswith("Soon")]
    assert [mail.recipient for mail in reminders] == ["maya@example.org"] * 2


def test_those_who_came_are_thanked_once(maya, omar, rosa):
    event = plan(rosa, places=None)
    take_place(event, by=maya)
    take_place(event, by=omar)
    with pytest.raises(NoPlace):
        mark_came(event, [maya.id], by=rosa)
    with pytest.raises(NoPlace):
        thank_people(event, words="Thank you.", by=rosa)

    with pretend(START + timedelta(hours=4)):
        with pytest.raises(NoPlace):
            give_back(event, maya, by=maya)
        with pytest.raises(NobodyCame):
            thank_people(event, words="Thank you.", by=rosa)
        assert mark_came(event, [maya.id, 999], by=rosa) == 1
        with pytest.raises(NoWords):
            thank_people(event, words=" ", by=rosa)
        thank_people(event, words="Your shade hangs here now.", by=rosa)
        with pytest.raises(NoPlace):
            thank_people(event, words="Again.", by=rosa)
        with pytest.raises(NoPlace):
            mark_came(event, [omar.id], by=rosa)
        assert [card.event for card in events_gone(omar)] == [event]
        assert events_to_come(omar) == []


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"title": " "}, NoName),
        ({"starts_at": datetime(2020, 1, 1, tzinfo=UTC)}, BadTimes),
        ({"ends_at": START}, BadTimes),
        ({"closes_at": START + timedelta(minutes=1)}, BadTimes),
        ({"time_zone": "Europe/Atlantis"}, BadTimes),
        ({"places": 0}, TooFewPlaces),
        ({"place": "", "link": ""}, BadAddress),
        ({"link": "javascript:alert(1)"}, BadAddress),
        ({"link": "https://good.example.com@evil.example.com/"}, BadAddress),
    ],
    ids=["no title", "past", "no length", "closes late", "no zone", "no places", "nowhere", "script", "in disguise"],
)
@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_what_cannot_be_planned_is_not(rosa, given, refused):
    with pytest.raises(refused):
        plan(rosa, **given)


@pytest.mark.parametrize(
    ("given", "refused"),
    [({"places": 1}, TooFewPlaces), ({"time_zone": "Europe/Atlantis"}, BadTimes), ({"link": "ftp://x"}, BadAddress)],
    ids=["too few places", "no zone", "no address"],
)
def test_a_change_that_is_refused_has_changed_nothing(maya, omar, rosa, given, refused):
    event = plan(rosa, places=2)
    take_place(event, by=maya)
    take_place(event, by=omar)
    session().commit()

    with pytest.raises(refused):
        change(event, rosa, title="Another day", starts_at=START - timedelta(hours=1), **given)

    assert not session().dirty
    assert (event.title, event.starts_at, event.version) == (PLANNED["title"], START, 0)


def test_an_event_of_a_circle_is_for_its_people_and_in_no_mail(maya, omar, rosa, sam):
    circle = make_circle(maya, rosa, name="SECRET circle")
    with pytest.raises(NotStaff, match="Sam Okafor is not inside"):
        plan(sam, circle=circle)
    with pytest.raises(NotStaff, match="Omar Haddad does not work here"):
        plan(omar)
    event = plan(rosa, circle=circle, title="SECRET title", place="SECRET place", about="SECRET words")

    assert next_event(maya).event == at_home(maya).next_event.event == event
    assert next_event(omar) is at_home(omar).next_event is None
    assert events_to_come(sam) == []
    with pytest.raises(NoPlace):
        take_place(event, by=omar)
    take_place(event, by=maya)
    change(event, rosa, place="SECRET other place")
    take_seat(circle, maya, by=rosa)

    assert people_of_event(event) == []
    assert len(mails()) == 3
    # Whoever is out cannot open the page any more, so nothing leads there.
    assert "it is not open to you any more" in mails()[-1].text
    assert f"/events/{event.id}" not in mails()[-1].text + mails()[-1].html
    for mail in mails():
        words = mail.subject + mail.text + mail.html + mail.attachment["text"]
        assert "SECRET" not in words
        assert "call.example.com" not in words


def test_however_many_press_at_once_nobody_comes_too_many_and_the_order_is_kept(committing_db):
    people, places = 20, 5
    with transaction():
        rosa = User(email="rosa@example.com", name="Rosa", role=Role.RESPONDER)
        members = [User(email=f"m{number}@example.org", name=f"M {number}") for number in range(people)]
        session().add_all([rosa, *members])
        session().flush()
        number, ids = plan(rosa, places=places).id, [member.id for member in members]

    def in_turns() -> list[Rsvp]:
        with transaction() as current:
            return list(current.scalars(select(Rsvp).order_by(Rsvp.turn)))

    def at_once(verb, users) -> None:
        gate = Barrier(len(users))

        def press(user_id):
            gate.wait()
            with transaction():
                verb(session().get_one(Event, number), session().get_one(User, user_id))

        with ThreadPoolExecutor(len(users)) as pool:
            list(pool.map(press, users))

    at_once(lambda event, user: take_place(event, by=user), ids)
    rsvps = in_turns()
    assert [rsvp.turn for rsvp in rsvps] == list(range(1, people + 1))
    assert [rsvp.has_place for rsvp in rsvps] == [True] * places + [False] * (people - places)

    # Four of those with a place and three of those who wait leave, all at the same moment.
    leaving = [rsvps[index].user_id for index in (0, 1, 2, 3, 6, 9, 12)]
    staying = [rsvp.user_id for rsvp in rsvps if rsvp.user_id not in leaving]
    at_once(lambda event, user: give_back(event, user, by=user), leaving)
    left = [rsvp for rsvp in in_turns() if rsvp.left_at is None]
    assert [rsvp.user_id for rsvp in left] == staying
    assert [rsvp.has_place for rsvp in left] == [True] * places + [False] * (len(left) - places)
    with transaction():
        told = [mail.recipient for mail in mails() if "you were next" in mail.text]
    # Whoever moved up and then left heard of both; nobody heard twice.
    assert len(told) == len(set(told)) >= 4


def test_an_event_on_its_pages_from_planning_to_thanks(sign_in, maya, omar, rosa, queries):
    staff, member, other = sign_in(rosa), sign_in(maya), sign_in(omar)
    words = {
        **PLANNED, "starts_at": "2030-03-05T15:00", "ends_at": "2030-03-05T18:00", "closes_at": "", "places": "1",
        "circle": 0, "host": rosa.id,
    }  # fmt: skip
    assert staff.post("/events", data={**words, "title": ""}).status_code == 422
    assert staff.post("/events", data={**words, "ends_at": words["starts_at"]}).status_code == 422
    for field, typed in (("link", "ftp://call.example.org"), ("closes_at", "2030-03-05T16:00"), ("places", "501")):
        assert f'id="{field}-errors"' in staff.post("/events", data={**words, field: typed}).text, field
    assert staff.post("/events", data=words).status_code == 303
    event = session().scalars(select(Event)).one()
    path = f"/events/{event.id}"
    assert event.starts_at == START
    assert "Plan an event" not in member.get("/events").get_data(as_text=True)

    page = member.get(path).get_data(as_text=True)
    assert "Take a place" in page
    assert "15:00 to 18:00, Berlin time" in page
    assert PLANNED["link"] not in page + member.get(f"{path}/calendar.ics").get_data(as_text=True)
    member.post(f"{path}/places")
    other.post(f"{path}/places")
    for wanted in ("Give my place back", PLANNED["link"], "1 of 1 places taken"):
        assert wanted in member.get(path).get_data(as_text=True)
    assert PLANNED["link"] in member.get(f"{path}/calendar.ics").get_data(as_text=True)
    for wanted in ("You are the next one", "Leave the waiting list"):
        assert wanted in other.get(path).get_data(as_text=True)
    assert "A day in the workshop" in member.get("/home").get_data(as_text=True)
    for page in (path, "/events", "/home"):
        queries.clear()
        member.get(page)
        assert len(queries) <= 8, (page, queries)

    page = staff.get(path).text
    assert page.count('action="' + path + '/removals"') == 2
    assert '<a href="/events" aria-current="true">Events</a>' in staff.get(f"{path}/cancellations/new").text
    staff.post(path, data={**words, "title": "Another day", "places": "2"})
    assert "Another day" in other.get("/home").get_data(as_text=True)
    for nobody in ("", "9" * 30):
        assert staff.post(f"{path}/removals", data={"user": nobody}).status_code == 303
    staff.post(f"{path}/removals", data={"user": omar.id})
    assert "Omar Haddad is off the list" in staff.get(path).get_data(as_text=True)
    assert "Omar Haddad" not in staff.get(path).get_data(as_text=True)
    with pretend(START + timedelta(hours=4)):
        staff.post(f"{path}/attendances", data={"came": [maya.id, "x", "9" * 5_000]})
        assert staff.post(f"{path}/thanks", data={"words": ""}).status_code == 422
        assert staff.post(f"{path}/thanks", data={"words": "It was **good**."}).status_code == 303
        assert "It was <strong>good</strong>." in member.get(path).get_data(as_text=True)
        assert "you were there" in member.get("/events?past=1").get_data(as_text=True)
        gone = [staff.get(f"{path}/{form}").status_code for form in ("edit", "cancellations/new", "thanks/new")]
        assert gone == [303] * 3
    assert staff.get(f"{path}/edit").status_code == 200
    assert member.get(f"{path}/edit").status_code == 404
    assert now() < START


def test_whoever_cannot_ask_again_is_not_sent_to_a_page_for_it(maya, omar, rosa):
    event = plan(rosa, places=2, closes_at=now() + timedelta(days=1))
    for person in (maya, omar):
        take_place(event, by=person)

    give_back(event, maya, by=maya)
    with pretend(now() + timedelta(days=2)):
        give_back(event, omar, by=omar)

    early, late = mails()[-2:]
    assert [("ask for a place again" in mail.text, "ask for a place again" in mail.html) for mail in (early, late)] == [
        (True, True), (False, False),
    ]  # fmt: skip


def test_a_host_to_whom_nobody_came_is_left_nothing_to_do(sign_in, rosa):
    event = plan(rosa)
    session().commit()

    with pretend(START + timedelta(hours=4)):
        page = sign_in(rosa).get(f"/events/{event.id}").text

    for words in ("Nobody had a place.", "Nothing is left to do.", "Who was there for it"):
        assert words in page
    assert "Mark who came" not in page
