"""What the verbs of the community refuse by themselves, whichever page or job calls them."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from sqlalchemy import select

from portal.accounts.models import Role, User
from portal.community.models import AskPicture, Member
from portal.community.services import (
    BadTimes,
    NoName,
    NoPlace,
    NoSeat,
    NotAChoice,
    NotOpen,
    NotStaff,
    NoWords,
    TooFewPlaces,
    TooMany,
    add_ask_pictures,
    cancel_event,
    change_ask,
    change_circle,
    change_event,
    choose,
    close_ask,
    close_circle,
    confirm_note,
    end_ask,
    give_back,
    give_seat,
    list_in_directory,
    make_circle,
    open_ask,
    plan_event,
    put_ask,
    remind,
    take_place,
    take_seat,
    thank,
)
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from tests.factories import make_user
from tests.refused import refused

START = datetime(2030, 3, 5, 14, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def gone() -> User:
    left = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)
    left.suspended_at = now()
    session().commit()
    return left


def test_a_question_is_the_companys_and_takes_its_own_choices_in_its_time(maya: User, omar: User, rosa: User) -> None:
    soon = {"question": "Which?", "opens_at": now(), "closes_at": now() + DAY, "by": rosa}
    later = soon | {"opens_at": now() + HOUR, "owner": rosa}
    for nobody in (maya, gone()):
        refused(NotStaff, put_ask, owner=nobody, **soon)
    refused(NoName, put_ask, owner=rosa, **soon | {"question": "x" * 161})
    refused(BadTimes, put_ask, owner=rosa, **soon | {"closes_at": soon["opens_at"], "opens_at": soon["opens_at"]})
    refused(BadTimes, put_ask, owner=rosa, **soon | {"opens_at": now() - DAY, "closes_at": now() - HOUR})
    ask = put_ask(owner=rosa, choices=["Tall", "Wide"], **soon | {"question": "x" * 160})
    other, waits = put_ask(owner=rosa, choices=["A", "B"], **soon), put_ask(**later, choices=["A", "B"])

    refused(NotAChoice, choose, ask, other.choices[0], by=maya)
    refused(NotOpen, choose, waits, waits.choices[0], by=maya)
    refused(NotOpen, close_ask, waits, heard="All of it.", will_do="We build it.", by=rosa)
    assert (end_ask(waits), end_ask(ask), end_ask(ask), open_ask(ask)) == (False, True, False, False)
    refused(NotOpen, choose, ask, ask.choices[0], by=maya)
    refused(NotOpen, change_ask, ask, owner=rosa, background="", **soon)
    refused(NotOpen, add_ask_pictures, ask, [BytesIO(b"x")], by=rosa)
    assert add_ask_pictures(ask, [], by=rosa) == []
    session().add_all(
        AskPicture(ask=waits, key=f"k{number}", width=1, height=1, size=1, added_by_id=rosa.id) for number in range(6)
    )
    session().flush()
    refused(TooMany, add_ask_pictures, waits, [BytesIO(b"x")], by=rosa)
    # Mended so that its time has come, it opens at once.
    change_ask(waits, background="", owner=rosa, **soon)
    assert waits.is_open


def test_a_circle_has_a_name_an_owner_and_places(maya: User, omar: User, rosa: User, sam: User) -> None:
    for nobody in (maya, gone()):
        refused(NotStaff, make_circle, name="Shade", owner=nobody, by=sam)
    for name in (" ", "x" * 81):
        refused(NoName, make_circle, name=name, by=sam)
    circle = make_circle(name="x" * 80, owner=rosa, by=sam)
    give_seat(circle, maya, by=sam)

    refused(NoName, change_circle, circle, name=" ", about="", note="", owner=rosa, by=sam)
    refused(NotStaff, change_circle, circle, name="Shade", about="", note="", owner=maya, by=sam)
    refused(NotStaff, take_seat, circle, rosa, by=sam)
    take_seat(circle, maya, by=sam)
    for outside in (maya, omar):
        refused(NoSeat, take_seat, circle, outside, by=sam)
        refused(NoSeat, confirm_note, circle, by=outside)
        refused(NoSeat, list_in_directory, circle, is_listed=False, by=outside)


def test_an_event_that_has_begun_or_was_called_off_stays_as_it_was(maya: User, omar: User, rosa: User) -> None:
    words = {"title": "A day", "about": "", "place": "Here", "time_zone": "Europe/Berlin", "host": rosa, "by": rosa}
    given = words | {"starts_at": START, "ends_at": START + HOUR}
    for nobody in (maya, gone()):
        refused(NotStaff, plan_event, **given | {"host": nobody})
    circle = make_circle(name="Shade", by=rosa)
    close_circle(circle, is_closed=True, by=rosa)
    refused(NotOpen, plan_event, **given, circle=circle)
    refused(NotOpen, put_ask, question="Which?", opens_at=now(), closes_at=START, owner=rosa, by=rosa, circle=circle)
    refused(NoName, plan_event, **given | {"title": "x" * 121})
    refused(NoName, plan_event, **given | {"place": "x" * 301})
    refused(TooFewPlaces, plan_event, **given, places=501)
    event = plan_event(**given | {"title": "x" * 120, "place": "x" * 300}, places=2, closes_at=START - HOUR)
    off = plan_event(**given, places=500)
    for person in (maya, omar):
        take_place(event, by=person)
    take_place(off, by=maya)

    refused(TooFewPlaces, change_event, event, **given, places=1)
    refused(NoPlace, give_back, event, rosa, by=rosa)
    refused(NoPlace, take_place, event, by=rosa)
    refused(NoWords, cancel_event, off, why=" ", by=rosa)
    cancel_event(off, why="The workshop is flooded.", by=rosa)
    for verb, more in ((change_event, given), (cancel_event, {"why": "Again.", "by": rosa})):
        refused(NoPlace, verb, off, **more)
        with pretend(START):
            refused(NoPlace, verb, event, **more)
    refused(NoPlace, give_back, off, maya, by=maya)
    refused(NoPlace, take_place, off, by=omar)
    # Nobody is reminded of what is called off; whoever left has left.
    told = select(OutgoingMail.id).order_by(OutgoingMail.id)
    before = session().scalars(told).all()
    assert (remind(off), session().scalars(told).all()) == (0, before)
    give_back(event, maya, by=maya)
    refused(NoPlace, give_back, event, maya, by=maya)
    with pretend(START - HOUR):
        refused(NoPlace, take_place, event, by=maya)
    with pretend(START):
        refused(NoPlace, give_back, event, omar, by=omar)


def test_thanks_are_a_line_or_two(maya: User, rosa: User) -> None:
    member = Member(user_id=maya.id, founding_number=1)
    session().add(member)
    session().flush()

    for words in (" \n", "x" * 601):
        refused(NoWords, thank, member, words=words, by=rosa)
    assert thank(member, words="x" * 600, by=rosa).words == "x" * 600
