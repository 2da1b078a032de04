"""What a host hears of, and what those hear who waited until the end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Role
from portal.community.jobs import remind_of_events
from portal.community.models import Event
from portal.community.queries import next_event
from portal.community.services import cancel_event, close_circle, give_back, take_place, take_seat
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from tests.community.test_events import PLANNED, START, change, mails, plan
from tests.factories import make_circle, make_user


def to_hosts() -> list[OutgoingMail]:
    return list(session().scalars(select(OutgoingMail).filter_by(kind="event_host").order_by(OutgoingMail.id)))


def test_a_host_hears_what_somebody_else_does_with_their_event(rosa, sam):
    event = plan(rosa)
    change(event, rosa, place="Another room")
    assert to_hosts() == []

    change(event, sam, places=9)
    assert to_hosts() == []
    change(event, sam, starts_at=START + timedelta(hours=1))
    cancel_event(event, why="The roof leaks; we are **sorry**.", by=sam)

    changed, off = to_hosts()
    assert {mail.recipient for mail in (changed, off)} == {rosa.email}
    assert {mail.from_name for mail in (changed, off)} == {"Sam Okafor at Lumen Lamps"}
    assert (changed.subject, off.subject) == ("Changed: A day in the workshop", "Called off: A day in the workshop")
    for part in (changed.text, changed.html):
        assert "16:00 to 18:00, Berlin time" in part
        assert "Another room" in part
    assert "The roof leaks; we are **sorry**." in off.text
    assert "<strong>sorry</strong>" in off.html


def test_whoever_calls_off_their_own_event_is_told_nothing_of_it(rosa):
    cancel_event(plan(rosa), why="The roof leaks.", by=rosa)

    assert to_hosts() == []


def test_whoever_becomes_the_host_hears_of_it_and_so_does_whoever_was(rosa, sam):
    ken = make_user("ken@example.com", "Ken Adeyemi", Role.RESPONDER)
    event = plan(rosa, by=sam)
    change(event, sam, host=ken)
    change(event, ken, host=sam)

    told = [(mail.recipient, mail.subject.split(":")[0]) for mail in to_hosts()]
    assert told == [
        (rosa.email, "You will be the host"),
        (rosa.email, "You are not the host any more"), (ken.email, "You will be the host"),
        (sam.email, "You will be the host"),
    ]  # fmt: skip
    assert "Ken Adeyemi is the host of “A day in the workshop” from now on." in to_hosts()[1].text
    assert "You need not be there any more." in to_hosts()[1].html


def test_who_may_not_see_it_any_more_hears_nothing_and_a_mail_says_nothing_of_a_circle(maya, rosa, sam):
    ken = make_user("ken@example.com", "Ken Adeyemi", Role.RESPONDER)
    circle = make_circle(maya, rosa, sam, ken)
    words = {"title": "SECRET title", "place": "SECRET place", "link": "https://secret.example.com/"}
    event = plan(rosa, by=sam, circle=circle, **words)
    change(event, sam, about="SECRET words", place="SECRET other place")
    change(event, sam, host=ken)
    take_seat(circle, ken, by=sam)
    cancel_event(event, why="SECRET reason", by=sam)
    cancel_event(plan(rosa, circle=circle, **words), why="SECRET reason", by=sam)

    told = to_hosts()
    assert [mail.recipient for mail in told] == [rosa.email, rosa.email, rosa.email, ken.email, rosa.email]
    assert "secret" not in "".join(mail.subject + mail.text + mail.html for mail in told).lower()
    assert all("an event in a circle of yours" in mail.text and "event" in mail.html for mail in told)


@pytest.mark.parametrize("is_private", [False, True])
def test_whoever_waits_in_vain_is_told_once_when_it_begins(sign_in, maya, omar, rosa, is_private):
    circle = make_circle(maya, omar, rosa) if is_private else None
    late = make_user("late@example.org", "Lena Late", Role.MEMBER)
    event = plan(rosa, circle=circle)
    for person in (maya, omar):
        take_place(event, by=person)
    if circle is None:
        take_place(event, by=late)
        give_back(event, late, by=late)
    session().commit()

    with pretend(START - timedelta(minutes=1)):
        remind_of_events()
    before = len(mails())
    with pretend(START):
        assert (remind_of_events(), remind_of_events()) == (1, 0)
        assert next_event(session().merge(omar)) is None
        page = sign_in(session().merge(omar)).get(f"/events/{event.id}").text
    with pretend(START + timedelta(hours=4)):
        remind_of_events()

    (told,) = mails()[before:]
    assert (told.recipient, told.attachment, told.from_name) == (omar.email, None, "Rosa Pereira at Lumen Lamps")
    what = "an event of your circle" if is_private else PLANNED["title"]
    assert told.subject == f"No place came free: {what}"
    for part in (told.text, told.html):
        assert "nobody gave theirs back in time" in part
        assert "http://localhost:8000/events" in part
        assert PLANNED["link"] not in part
        assert (PLANNED["title"] in part) is not is_private
    assert "It has begun, and no place came free." in page
    assert "you wait for a place" not in page


@pytest.mark.parametrize(("is_off", "later"), [(True, timedelta()), (False, timedelta(days=2))])
def test_nobody_waits_in_vain_for_what_was_called_off_or_is_long_gone(maya, omar, rosa, is_off, later):
    event = plan(rosa)
    for person in (maya, omar):
        take_place(event, by=person)
    if is_off:
        cancel_event(event, why="The roof leaks.", by=rosa)
    session().commit()

    with pretend(START + later):
        assert remind_of_events() == 0


def test_whoever_moves_up_in_a_circle_hears_that_a_place_came_free(maya, omar, rosa):
    event = plan(rosa, circle=make_circle(maya, omar, rosa), title="SECRET title")
    for person in (maya, omar):
        take_place(event, by=person)

    give_back(event, maya, by=maya)

    moved = mails()[-1]
    assert (moved.recipient, moved.attachment["content_type"].split("; ")[1]) == (omar.email, "method=REQUEST")
    assert moved.subject == "A place became free, and it is yours: an event of your circle"
    assert all("you were next: it is yours" in part for part in (moved.text, moved.html))
    assert "SECRET" not in moved.subject + moved.text + moved.html


def test_in_a_closed_circle_nobody_is_sent_to_ask_for_a_place_again(sign_in, maya, omar, rosa, sam):
    circle = make_circle(maya, omar, rosa, sam)
    event = plan(rosa, circle=circle)
    take_place(event, by=maya)
    close_circle(circle, is_closed=True, by=sam)
    session().commit()

    page = sign_in(maya).get(f"/events/{event.id}").text
    give_back(session().get_one(Event, event.id), session().merge(maya), by=session().merge(maya))

    assert "cannot ask for a place again" in page
    assert "You can ask for a place again" not in page
    assert "ask for a place again" not in mails()[-1].text + mails()[-1].html
    session().commit()
    assert "sign-up closed" in sign_in(session().merge(omar)).get(f"/events/{event.id}").text


def test_leaving_the_waiting_list_promises_no_place_to_anybody(sign_in, maya, omar, rosa):
    event = plan(rosa)
    for person in (maya, omar):
        take_place(event, by=person)
    session().commit()

    waiting, coming = (
        sign_in(person).post(f"/events/{event.id}/returns", follow_redirects=True).text for person in (omar, maya)
    )

    assert "You are off the waiting list." in waiting
    assert "Somebody else can come now" not in waiting
    assert "Somebody else can come now" in coming
    assert now() < START
