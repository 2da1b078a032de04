"""Managers are told what waits for their look: together, once, and once more after a day."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Role
from portal.community.models import Member
from portal.community.services import take_seat
from portal.foundation.clock import now, pretend
from portal.foundation.database import begin_work, end_work, session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.services import comment, reword, suggest
from portal.moderation.models import Concern
from portal.moderation.services import appeal, approve, ask_for_change, remove, report, suspend
from portal.updates import jobs
from portal.updates.queries import may_send
from tests.factories import make_circle, make_user


def mails() -> list[OutgoingMail]:
    found = select(OutgoingMail).where(OutgoingMail.kind == "looking")
    return sorted(session().scalars(found), key=lambda mail: (mail.recipient, mail.id))


def here(row):
    """The same row in the work that is going on."""
    return session().get_one(type(row), row.id)


def told(minutes: float) -> list[tuple[str, str]]:
    """What is told so many minutes from now: recipient and subject."""
    session().commit()
    end_work(commit=True)
    begin_work(writing=True)
    before = {mail.id for mail in mails()}
    end_work(commit=False)
    with pretend(now() + timedelta(minutes=minutes)):
        jobs.tell_what_waits_for_a_look()
    begin_work(writing=True)
    return [(mail.recipient, mail.subject) for mail in mails() if mail.id not in before]


@pytest.fixture
def newcomer(app, maya, rosa, sam, ada):
    session().add(Member(user_id=maya.id, founding_number=1))
    session().commit()
    return maya


def test_what_waits_is_told_together_and_once_and_again_after_a_day(newcomer, omar, rosa, sam, ada):
    shown = suggest(title="Shown", body="", by=omar)
    idea = suggest(title="A warmer lamp", body="", by=newcomer)
    assert told(5) == []

    comment(shown, body="SECRET beside it", by=newcomer)
    assert told(11) == [(sam.email, "2 things wait for your look")]
    (mail,) = mails()
    assert "Maya Lindqvist suggests “A warmer lamp” (new here)" in mail.text
    assert "Maya Lindqvist wrote beside “Shown” (new here)" in mail.text
    assert "the promises run on" in mail.html
    assert "SECRET" not in mail.text
    assert (mail.unsubscribe_url, may_send(mail)) == (None, True)
    assert told(60) == []
    approve(here(idea), by=here(sam))
    assert told(60 * 25) == [(sam.email, "To look at: Maya Lindqvist wrote beside “Shown” (new here)")]
    assert told(60 * 50) == []
    # Asked for a change, it waits for its author; what they changed is told again, and once.
    later = suggest(title="A colder lamp", body="", by=here(newcomer))
    ask_for_change(later, reason="Say where.", by=here(sam))
    assert told(60 * 25) == []
    reword(here(later), title="A colder lamp", body="In the hall.", by=here(newcomer))
    reword(here(later), title="A colder lamp", body="In my hall.", by=here(newcomer))
    assert told(11) == [(sam.email, "To look at: Maya Lindqvist suggests “A colder lamp” (new here)")]


def test_reports_and_appeals_are_told_and_of_a_circle_only_that_there_is_something(newcomer, omar, rosa, sam, ada):
    circle = make_circle(newcomer, omar, rosa, ada)
    inside = suggest(title="SECRET title", body="", by=omar, circle=circle)
    open_one = suggest(title="An open one", body="", by=omar)
    report(inside, concern=Concern.OTHER, by=newcomer)
    report(open_one, concern=Concern.OTHER, by=newcomer)

    # What no manager sees is told to the admin who does.
    assert sorted(told(11)) == [
        (ada.email, "Something in a circle waits for your look"),
        (sam.email, "To look at: Reported: what Omar Haddad wrote, “An open one”"),
    ]
    appeal(remove(here(open_one), reason="Out.", by=here(sam)), words="Why?", by=here(omar))
    # Another than who took it out.
    assert told(11) == [(ada.email, "To look at: Omar Haddad asks for another look: “An open one”")]
    out = suspend(here(newcomer), reason="Three warnings.", by=here(sam))
    appeal(out, words="SECRET only one.", by=here(newcomer))
    assert told(11) == [(ada.email, "To look at: Maya Lindqvist, who is suspended, asks for another look")]
    assert not any("SECRET" in mail.subject + mail.text + mail.html for mail in mails())


def test_nobody_is_told_of_their_own_words(newcomer, rosa, sam, ada):
    other = make_user("lou@example.com", "Lou Manager", Role.MANAGER)
    idea = suggest(title="Of a manager", body="", by=other)
    report(idea, concern=Concern.OTHER, by=rosa)

    assert told(11) == [(sam.email, "To look at: Reported: what Lou Manager wrote, “Of a manager”")]


def test_what_nobody_inside_can_decide_is_told_outside_without_a_word_of_it(newcomer, omar, rosa, sam, ada):
    lou = make_user("lou@example.com", "Lou Manager", Role.MANAGER)
    circle = make_circle(newcomer, omar, rosa, lou, name="SECRET circle")
    inside = suggest(title="SECRET title", body="", by=omar, circle=circle)
    report(inside, concern=Concern.OTHER, by=newcomer)
    assert told(11) == [(lou.email, "Something in a circle waits for your look")]

    # The last manager leaves, and what they were told of is nobody's.
    take_seat(circle, here(lou), by=here(lou))
    subject = "Something waits in a circle where nobody can decide about it"
    assert told(11) == [(lou.email, subject), (sam.email, subject)]
    assert told(60 * 25) == [(lou.email, subject), (sam.email, subject)]
    mail = mails()[-1]
    assert "1 thing in a circle where nobody can decide about it" in mail.text
    assert "Take a place there yourself" in mail.html
    assert not any("SECRET" in mail.subject + mail.text + mail.html for mail in mails())
