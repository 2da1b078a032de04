"""Circles: made, filled, entered by confirming, left and closed."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import Circle, CircleMember, Confirmation
from portal.community.queries import asks_to_open
from portal.community.seats import is_inside, seat_of
from portal.community.services import (
    NoName,
    NoPlace,
    NoSeat,
    NoteChanged,
    NotStaff,
    UnknownPeople,
    change_circle,
    close_circle,
    confirm_note,
    list_in_directory,
    make_circle,
    put_ask,
    seat_people,
    take_place,
    take_seat,
)
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.services import NobodyToAnswer, NotHere, suggest
from portal.ledger.visibility import reach_of
from tests.community.test_events import plan
from tests.factories import make_user
from tests.outbox import mails

DAY = timedelta(days=1)
NOTE = "Nothing leaves this room before the spring."


@pytest.fixture
def circle(db, sam, rosa):
    return make_circle(name="CANARY testers", about="The new shade.", note=NOTE, owner=rosa, by=sam)


def test_people_enter_by_confirming_the_note_and_the_words_are_kept(circle, maya, rosa, sam):
    seat_people(circle, ["MAYA@example.org", "", " rosa  pereira "], by=sam)
    assert not is_inside(maya, circle.id)

    confirm_note(circle, by=maya)
    confirm_note(circle, by=maya)

    assert is_inside(maya, circle.id)
    assert reach_of(maya).circles == {circle.id}
    kept = session().scalars(select(Confirmation)).all()
    assert [(row.user_id, row.note) for row in kept] == [(maya.id, NOTE)]


def test_whoever_gets_a_place_is_told_without_a_name_of_the_circle(circle, maya, sam):
    seat_people(circle, ["Maya Lindqvist"], by=sam)
    session().flush()

    mails = session().scalars(select(OutgoingMail).where(OutgoingMail.recipient == maya.email)).all()

    assert len(mails) == 1
    assert "CANARY" not in mails[0].subject + mails[0].text + mails[0].html
    assert f"/circles/{circle.id}" in mails[0].text


def test_whoever_was_inside_is_told_that_the_note_reads_otherwise(circle, maya, omar, rosa, sam, sign_in):
    out = make_user("out@example.org", "Lee Park")
    for person in (maya, omar, out):
        seat_people(circle, [person.email], by=sam)
    for person in (maya, rosa, sam, out):
        confirm_note(circle, by=person)
    out.suspended_at = now()
    given = {"name": circle.name, "about": circle.about, "owner": rosa, "by": sam}

    assert change_circle(circle, note="CANARY: nor after it.", **given)
    confirm_note(circle, by=maya)
    # Neither the same words once more nor none at all ask anybody for anything.
    assert not change_circle(circle, note=circle.note, **given)
    assert change_circle(circle, note="CANARY: never.", **given)
    assert not change_circle(circle, note="", **given)

    told = session().scalars(select(OutgoingMail).filter_by(kind="note_changed").order_by(OutgoingMail.id)).all()
    assert [mail.recipient for mail in told] == [rosa.email, maya.email, maya.email]
    for mail in told:
        assert "CANARY" not in mail.subject + mail.text + mail.html
        assert f"/circles/{circle.id}" in mail.text
    session().commit()
    kept = sign_in(sam).post(
        f"/circles/{circle.id}", data={"name": "Testers", "note": "Not yet.", "owner": 0}, follow_redirects=True
    )
    assert "Everyone confirms the new words" in kept.text


def test_another_note_is_confirmed_anew(sign_in, circle, maya, rosa, sam):
    seat_people(circle, [maya.email], by=sam)
    read = circle.note_key
    confirm_note(circle, by=maya, seen=read)

    change_circle(circle, name="Testers", about="", note="Nor after it.", owner=rosa, by=sam)
    assert not is_inside(maya, circle.id)
    with pytest.raises(NoteChanged):
        confirm_note(circle, by=maya, seen=read)
    session().commit()
    page = sign_in(maya).post(f"/circles/{circle.id}/confirmations", data={"seen": read}, follow_redirects=True).text
    assert ("Read them again" in page, "Nor after it." in page) == (True, True)
    assert not is_inside(maya, circle.id)

    circle = session().get_one(Circle, circle.id)
    change_circle(circle, name="Testers", about="", note="", owner=session().get_one(User, rosa.id), by=sam)
    assert is_inside(maya, circle.id)


def test_whoever_writes_another_note_stays_inside_to_answer(circle, maya, omar, rosa, sam):
    seat_people(circle, [maya.email], by=sam)
    given = {"name": circle.name, "about": "", "owner": sam, "by": sam}
    # Who was not inside before does not come in by it.
    assert not change_circle(circle, note="Not before spring.", **given)
    assert not is_inside(sam, circle.id)
    confirm_note(circle, by=maya)
    with pytest.raises(NobodyToAnswer, match="inside this circle"):
        suggest(by=maya, title="A shade", body="", circle=circle)
    confirm_note(circle, by=sam)

    assert change_circle(circle, note="Not before summer.", **given)

    assert (is_inside(sam, circle.id), is_inside(maya, circle.id)) == (True, False)
    assert session().scalars(select(Confirmation.note).where(Confirmation.user_id == sam.id)).all() == [
        "Not before spring.", "Not before summer.",
    ]  # fmt: skip
    confirm_note(circle, by=maya)
    assert suggest(by=maya, title="A shade", body="", circle=circle).owner == sam


def test_another_note_asks_only_those_who_are_in_its_own_circle(circle, maya, omar, rosa, sam):
    other = make_circle(name="Other testers", note="Other words.", by=sam)
    for room in (circle, other):
        seat_people(room, [maya.email, omar.email], by=sam)
        for person in (maya, omar):
            confirm_note(room, by=person)
    take_seat(circle, omar, by=sam)
    given = {"name": circle.name, "about": "", "owner": rosa, "by": sam}

    change_circle(circle, note="Nor after it.", **given)
    assert (is_inside(maya, circle.id), is_inside(maya, other.id)) == (False, True)
    confirm_note(circle, by=maya)
    # Where nothing is confidential any more, nobody is asked for anything, and whoever has left stays out.
    assert not change_circle(circle, note="", **given)
    left = session().get_one(CircleMember, (circle.id, omar.id), populate_existing=True)
    assert (is_inside(maya, circle.id), is_inside(omar, circle.id), left.confirmed_at) == (True, False, None)
    assert [mail.recipient for mail in mails("note_changed")] == [maya.email]


def test_whoever_is_to_answer_gets_a_place_and_is_inside_at_once_where_there_is_no_note(maya, rosa, sam):
    plain = make_circle(name="Testers", by=sam)
    assert is_inside(sam, plain.id)

    change_circle(plain, name="Testers", about="", note="", owner=rosa, by=sam)

    assert (is_inside(rosa, plain.id), is_inside(maya, plain.id)) == (True, False)
    assert [mail.recipient for mail in mails("seat_given")] == [rosa.email]


def test_whoever_loses_a_place_or_a_room_to_write_in_is_told_once(maya, omar, rosa, sam):
    room = make_circle(name="CANARY room", by=sam)
    seat_people(room, [maya.email, omar.email], by=sam)

    take_seat(room, maya, by=sam)
    take_seat(room, omar, by=omar)
    seat_people(room, [omar.email, rosa.email], by=sam)
    for is_closed in (True, True, False):
        close_circle(room, is_closed=is_closed, by=sam)

    (ended,) = mails("seat_ended")
    assert ended.recipient == maya.email
    assert "http://localhost:8000/circles\n" in ended.text
    told = mails("circle_closed")
    assert [mail.recipient for mail in told] == [rosa.email, omar.email] * 2
    assert [mail.subject for mail in told[1:3]] == ["A circle of yours was closed", "A circle of yours is open again"]
    assert "\n\nIts page:\n" in told[0].text
    for mail in (ended, *told):
        assert "CANARY" not in mail.subject + mail.text + mail.html
        assert ("Sam Okafor" in mail.text, "Sam Okafor" in mail.html) == (True, True)


def test_a_line_that_names_nobody_seats_nobody(circle, maya, sam):
    with pytest.raises(UnknownPeople, match=r"nobody@example\.org"):
        seat_people(circle, [maya.email, "nobody@example.org"], by=sam)
    with pytest.raises(UnknownPeople):
        seat_people(circle, ["  "], by=sam)

    assert seat_of(maya, circle.id) is None


def test_a_line_names_whoever_goes_by_it_in_any_case_and_with_or_without_accents(circle, sam):
    elodie, plain = make_user("elodie@example.org", "Élodie Åkesson"), make_user("plain@example.org", "Zoe Ölund")
    zoe = make_user("zoe@example.org", "Zoë Ölund")

    for line, person in (("ÉLODIE ÅKESSON", elodie), ("Zoe Ölund", plain), ("zoë  ölund", zoe)):
        assert seat_people(circle, [line], by=sam) == [person], line
    take_seat(circle, elodie, by=sam)
    assert seat_people(circle, ["elodie akesson", "Elodie Åkesson"], by=sam) == [elodie]
    with pytest.raises(UnknownPeople):
        seat_people(circle, ["zoé ölund"], by=sam)


def test_whoever_leaves_sees_nothing_more_and_can_come_again(circle, maya, sam):
    seat_people(circle, [maya.email], by=sam)
    confirm_note(circle, by=maya)
    take_seat(circle, maya, by=maya)

    assert seat_of(maya, circle.id) is None
    assert reach_of(maya).circles == frozenset()
    with pytest.raises(NoSeat):
        confirm_note(circle, by=maya)
    assert [person.id for person in seat_people(circle, [maya.email], by=sam)] == [maya.id]
    assert not is_inside(maya, circle.id)


def test_the_one_who_answers_stays_and_is_of_the_company(circle, rosa, maya, sam):
    with pytest.raises(NotStaff):
        take_seat(circle, rosa, by=sam)
    with pytest.raises(NotStaff):
        make_circle(name="Other", owner=maya, by=sam)
    with pytest.raises(NoName):
        make_circle(name="  ", by=sam)


def test_a_suggestion_in_a_circle_goes_to_its_own_staff(circle, maya, omar, rosa, sam):
    seat_people(circle, [maya.email], by=sam)
    confirm_note(circle, by=maya)
    confirm_note(circle, by=rosa)

    assert suggest(title="A cord in the dark", body="", by=maya, circle=circle).owner == rosa
    with pytest.raises(NotHere):
        suggest(title="From outside", body="", by=omar, circle=circle)
    close_circle(circle, is_closed=True, by=sam)
    with pytest.raises(NotHere):
        suggest(title="Too late", body="", by=maya, circle=circle)


def test_the_way_in_and_out_through_the_pages(sign_in, maya, omar, rosa, sam, ada):
    manager, guest = sign_in(sam), sign_in(maya)
    made = manager.post("/circles", data={"name": "Testers", "about": "Shades", "note": NOTE, "owner": rosa.id})
    assert made.status_code == 303
    number = session().scalars(select(Circle.id)).one()
    path = f"/circles/{number}"
    assert manager.post("/circles", data={"name": ""}).status_code == 422
    answer = manager.post(f"{path}/seats", data={"people": "nobody"})
    assert (answer.status_code, 'id="people-errors"' in answer.text) == (422, True)
    assert manager.post(f"{path}/seats", data={"people": maya.email}).status_code == 303

    door = guest.get(path).get_data(as_text=True)
    assert NOTE in door
    assert "Who is here" not in door
    assert "Your place goes, and only someone of" in door
    assert "waits for you" in guest.get("/circles").get_data(as_text=True)
    assert f'href="{path}">See what it is for' in guest.get("/home").text
    # Whoever is to answer there does not yet, until they have come in; only who fills it hears that they will.
    assert "Rosa Pereira is not in yet" in manager.get(path).text
    guest.post(f"{path}/confirmations")
    assert "Who answers here" not in guest.get(path).text
    # Inside one counts whom one meets; who fills the circle counts everyone with a place.
    assert ("1 person" in guest.get("/circles").text, "3 people" in manager.get("/circles").text) == (True, True)
    sign_in(rosa).post(f"{path}/confirmations")
    assert "Who answers here" in guest.get(path).text
    assert '<a href="/circles" aria-current="true">Circles</a>' in guest.get(path).text
    assert "A place in a circle" not in guest.get("/home").text
    assert "Who is here" in guest.get(path).get_data(as_text=True)
    guest.post(f"{path}/listings", data={"is_listed": "0"})
    assert "Show my name here" in guest.get(path).get_data(as_text=True)

    assert sign_in(omar).get(path).status_code == 404
    assert sign_in(rosa).get(path).status_code == 200
    seen = sign_in(ada).get(path).get_data(as_text=True)
    assert "you are not inside" in seen
    assert "Every suggestion of this circle" not in seen
    # Whoever has no access any more is in no directory; only those who fill the circle see the place that is left.
    inside = sign_in(omar)
    manager.post(f"{path}/seats", data={"people": omar.email})
    inside.post(f"{path}/confirmations")
    session().get_one(User, rosa.id).suspended_at = now()
    session().commit()
    assert "2 people" in inside.get("/circles").text
    assert f"<li>{rosa.name}" not in inside.get(path).text.replace("\n", "")
    assert rosa.name in manager.get(path).text
    # She stands in the form until somebody takes her place, and nobody does without a choice.
    form = manager.get(f"{path}/edit").text
    assert f'<option selected value="{rosa.id}">{rosa.name}</option>' in form
    manager.post(f"{path}/ended-seats", data={"user": maya.id})
    assert guest.get(path).status_code == 404
    for is_closed in (True, False, True):
        assert manager.post(f"{path}/closures", data={"is_closed": "1" if is_closed else "0"}).status_code == 303
        assert (session().get_one(Circle, number, populate_existing=True).closed_at is not None) is is_closed
    assert "closed" in manager.get("/circles").get_data(as_text=True)
    assert "nothing new is asked, planned or suggested here" in manager.get(path).text
    assert manager.post(path, data={"name": "Testers 2", "owner": 0}).status_code == 303


def test_what_runs_in_a_circle_ends_with_it(circle, maya, sam):
    seat_people(circle, [maya.email], by=sam)
    for person in (maya, sam):
        confirm_note(circle, by=person)
    start = now()
    running, later = (
        put_ask(question="Which?", circle=circle, owner=sam, by=sam, opens_at=start + wait,
                closes_at=start + timedelta(days=9))
        for wait in (timedelta(), timedelta(days=1))
    )  # fmt: skip
    call = plan(sam, circle=circle)

    close_circle(circle, is_closed=True, by=sam)

    assert (running.ended_at is not None, running.closed_at) == (True, None)
    assert asks_to_open(start + timedelta(days=2)) == []
    with pytest.raises(NoPlace):
        take_place(call, by=maya)
    close_circle(circle, is_closed=False, by=sam)
    assert asks_to_open(start + timedelta(days=2)) == [later.id]
    assert take_place(call, by=maya).has_place


def test_the_room_is_for_those_inside_whoever_runs_it(circle, sign_in, maya, omar, rosa, sam, ada):
    seat_people(circle, [maya.email, omar.email, rosa.email], by=sam)
    for person in (maya, omar, rosa):
        confirm_note(circle, by=person)
    list_in_directory(circle, is_listed=False, by=omar)
    put_ask(question="CANARY which?", circle=circle, owner=rosa, by=rosa, opens_at=now(), closes_at=now() + DAY)
    plan(rosa, title="CANARY call", circle=circle)
    session().commit()
    path = f"/circles/{circle.id}"

    def shown(person):
        page = sign_in(person).get(path).text
        return [words for words in ("CANARY which?", "CANARY call", "Omar Haddad", "No manager") if words in page]

    # A manager fills it, and reads nothing of it from outside.
    assert shown(sam) == ["Omar Haddad", "No manager"]
    assert shown(maya) == ["CANARY which?", "CANARY call"]
    seat_people(circle, [sam.email], by=sam)
    session().commit()
    assert shown(sam) == ["Omar Haddad", "No manager"]
    sign_in(sam).post(f"{path}/confirmations")
    assert shown(sam) == ["CANARY which?", "CANARY call", "Omar Haddad"]

    # Whoever is the last manager to leave is told what waits there, and nobody else is.
    def leave(person):
        said = sign_in(person).post(f"{path}/departures", follow_redirects=True).text
        return "You have left" in said, "No manager is inside any more" in said

    seat_people(circle, [ada.email], by=sam)
    session().commit()
    sign_in(ada).post(f"{path}/confirmations")
    assert [leave(person) for person in (sam, ada, maya)] == [(True, False), (True, True), (True, False)]
    assert sign_in(maya).get(path).status_code == 404
    # Whoever takes a manager's place is told the same, and of nobody else's.
    manager = sign_in(sam)
    manager.post(f"{path}/seats", data={"people": sam.email})
    manager.post(f"{path}/confirmations")
    for person in (sam, rosa, 0):
        number = person and person.id
        said = manager.post(f"{path}/ended-seats", data={"user": number}, follow_redirects=True).text
        assert said.count("No manager is inside any more") == (person == sam)


def test_whoever_has_a_note_to_confirm_is_led_to_it_from_whatever_is_not_there(circle, maya, sam, omar, sign_in):
    seat_people(circle, [maya.email], by=sam)
    confirm_note(circle, by=sam)
    ask = put_ask(
        question="SECRET hinge?", circle=circle, owner=sam, by=sam, opens_at=now(), closes_at=now() + timedelta(days=9)
    )
    session().commit()
    guest, waits = sign_in(maya), "A circle waits for you to confirm its words"

    # The same words on every page, so that nobody learns which of them is there.
    for path in (f"/asks/{ask.id}", "/asks/99999", "/no-such-page"):
        page = guest.get(path)
        assert (page.status_code, waits in page.text, f'href="/circles/{circle.id}"' in page.text) == (404, True, True)
        assert "SECRET" not in page.text
        assert waits not in sign_in(omar).get(path).text
    assert waits in guest.post("/asks/99999/choices").text
    guest.post(f"/circles/{circle.id}/confirmations")
    assert guest.get(f"/asks/{ask.id}").status_code == 200
    assert waits not in guest.get("/asks/99999").text
