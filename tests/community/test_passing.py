"""What nobody looks after any more goes to somebody who can, and they hear of it."""

from datetime import timedelta

from sqlalchemy import select

from portal.accounts.models import Role, User
from portal.community.jobs import keep_asks_on_time, pass_on_what_lost_its_host, remind_of_events
from portal.community.models import Ask, Circle, CircleMember, Event
from portal.community.queries import lost_asks, lost_circles, lost_events, who_could
from portal.community.services import pass_on, put_ask, take_place
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from tests.community.test_events import START, plan
from tests.factories import make_circle, make_user
from tests.outbox import mails


def ask(owner, question="Which shade?", **given) -> Ask:
    times = {"opens_at": now(), "closes_at": now() + timedelta(days=9)}
    return put_ask(question=question, owner=owner, by=owner, **times, **given)


def test_what_somebody_left_behind_goes_to_whoever_is_inside_and_is_told_without_the_words_of_a_circle(
    maya, rosa, sam, ada
):
    jonas = make_user("jonas@example.com", "Jonas Weber", Role.RESPONDER)
    lone = make_circle(maya, rosa, name="CANARY lone")
    circle = make_circle(maya, rosa, ada, jonas, name="CANARY circle", owner_id=rosa.id)
    open_one, inside = ask(rosa), ask(rosa, "CANARY question?", circle=circle)
    nobodys = ask(rosa, circle=lone)
    event, private = plan(rosa), plan(rosa, title="CANARY call", circle=circle)
    seat = session().get_one(CircleMember, (circle.id, jonas.id))
    moved = plan(jonas, title="CANARY visit", circle=circle)
    session().commit()
    assert pass_on_what_lost_its_host() == 0

    session().get_one(User, rosa.id).suspended_at = now()
    seat = session().merge(seat)
    seat.left_at, seat.confirmed_at = now(), None
    session().commit()
    assert (pass_on_what_lost_its_host(), pass_on_what_lost_its_host()) == (6, 0)

    session().expire_all()
    owners = {one.id: session().get_one(Ask, one.id).owner_id for one in (open_one, inside, nobodys)}
    assert owners == {open_one.id: sam.id, inside.id: ada.id, nobodys.id: rosa.id}
    hosts = [session().get_one(Event, one.id).host_id for one in (event, private, moved)]
    assert hosts == [sam.id, ada.id, ada.id]
    assert session().get_one(Circle, circle.id).owner_id is None
    verbs = session().scalars(select(AuditEntry.verb).where(AuditEntry.verb.like("%passed_on"))).all()
    assert sorted(verbs) == ["ask.passed_on"] * 2 + ["circle.passed_on"] + ["event.passed_on"] * 3
    told = {mail.recipient: mail for mail in mails("passed_on")}
    assert set(told) == {sam.email, ada.email}
    assert "Which shade?" in told[sam.email].text
    assert f"/events/{private.id}" in told[ada.email].text
    assert "Rosa Pereira, Jonas Weber cannot look after this" in told[ada.email].text
    assert "CANARY" not in "".join(mail.subject + mail.text + mail.html for mail in told.values())


def test_whoever_asks_and_whoever_hosts_hear_when_it_is_their_turn(maya, omar, rosa):
    circle = make_circle(maya, rosa)
    for question, room in (("Which shade?", None), ("CANARY?", circle)):
        ask(rosa, question, circle=room)
    event, _empty, private = plan(rosa), plan(rosa), plan(rosa, title="CANARY", circle=circle)
    for person, where in ((maya, event), (omar, event), (maya, private)):
        take_place(where, by=person)
    session().commit()

    with pretend(START - timedelta(hours=2)):
        assert (keep_asks_on_time(), keep_asks_on_time()) == (2, 0)
        assert (remind_of_events(), remind_of_events()) == (2, 0)
    with pretend(START + timedelta(hours=4)):
        # Two hosts, and the one who waited in vain.
        assert (remind_of_events(), remind_of_events()) == (3, 0)
    with pretend(START + timedelta(days=3)):
        assert remind_of_events() == 0

    ended, near_or_over = mails("ask_ended"), mails("event_host")
    assert {mail.recipient for mail in ended + near_or_over} == {rosa.email}
    assert [("Which shade?" in mail.subject, "/summary/edit" in mail.text) for mail in ended] == [
        (True, True), (False, True),
    ]  # fmt: skip
    assert "1 person comes. 1 person waits for a place." in near_or_over[0].text
    assert "comes" not in near_or_over[2].text.replace("See who comes", "")
    assert [mail.subject.split(":")[0] for mail in near_or_over] == [
        "You are the host", "You are the host", "You are the host",
        "Who came? A day in the workshop", "Who came to the event of your circle?",
    ]  # fmt: skip
    assert "CANARY" not in "".join(mail.subject + mail.text + mail.html for mail in ended + near_or_over)


def test_who_could_take_it_is_asked_once_for_each_circle(maya, rosa, ada, queries):
    circle = make_circle(maya, rosa, ada)
    for room in (None, circle):
        for _each in range(3):
            ask(rosa, circle=room)
            plan(rosa, circle=room)
    session().get_one(User, rosa.id).suspended_at = now()
    session().flush()
    queries.clear()

    assert pass_on() == 12

    assert sum("ORDER BY CASE" in statement for statement in queries) == 2


def test_only_what_runs_is_lost_and_the_oldest_first(maya, rosa, sam):
    room = make_circle(maya, rosa, sam)
    questions = [ask(rosa, circle=place) for place in (None, room)]
    events = [plan(rosa, circle=place) for place in (room, None)]
    closed, over, cancelled = ask(rosa), plan(rosa), plan(rosa)
    ask(sam), plan(sam)
    rooms = [make_circle(rosa, name=name, owner_id=rosa.id) for name in ("One", "Two")]
    make_circle(sam, name="Three", owner_id=sam.id)
    closed.closed_at, closed.heard, closed.will_do = now(), "Tall.", "We build it."
    over.starts_at, over.ends_at, over.closes_at = (now() - timedelta(hours=ago) for ago in (2, 1, 3))
    cancelled.cancelled_at, cancelled.cancelled_why = now(), "Ice."
    session().get_one(User, rosa.id).suspended_at = now()
    session().flush()

    assert [lost(limit=9) for lost in (lost_asks, lost_events, lost_circles)] == [questions, events, rooms]
    assert [lost(limit=1) for lost in (lost_asks, lost_events, lost_circles)] == [questions[:1], events[:1], rooms[:1]]


def test_a_manager_could_before_an_admin_and_whoever_was_here_first(maya, rosa, ada, sam):
    lena = make_user("lena@example.com", "Lena Brandt", Role.MANAGER)
    room, other = make_circle(maya, rosa, ada), make_circle(maya, name="The other circle")

    assert (who_could(None), who_could(room.id), who_could(other.id)) == (sam, ada, None)
    for gone, next_one in ((sam, lena), (lena, ada), (ada, rosa)):
        gone.suspended_at = now()
        session().flush()
        assert who_could(None) == next_one
    assert who_could(room.id) == rosa
