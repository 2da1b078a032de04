"""Somebody who is suspended asks for another look without signing in, and somebody else looks."""

import re

import pytest
from sqlalchemy import select

from portal.accounts.models import Role
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.moderation.models import Appeal, Ruling
from portal.moderation.policies import may_appeal
from portal.moderation.queries import appeal_behind, count_waiting, queue_for
from portal.moderation.services import NotYours, SomebodyElse, appeal, readmit, remove, settle_appeal, suspend
from portal.moderation.tokens import write_token
from tests.factories import here, make_circle, make_idea, make_user


def newest_mail(subject: str) -> OutgoingMail:
    found = select(OutgoingMail).where(OutgoingMail.subject == subject).order_by(OutgoingMail.id.desc())
    return session().scalars(found).first()


def test_whoever_is_suspended_asks_by_the_link_in_their_mail_and_another_manager_answers(sign_in, maya, sam, ada):
    manager, other, author = sign_in(sam), sign_in(ada), sign_in(maya)
    path = f"/people-here/{maya.id}/suspensions"
    assert manager.post(path, data={"reason": "Three <b>warnings</b>.", "note": "STAFFNOTE"}).status_code == 303
    mail = newest_mail("Your access is suspended")
    link = re.search(r"http://localhost:8000(/suspensions/\S+)", mail.text)[1]
    assert (link in mail.html, "Three <b>warnings</b>." in mail.text, mail.unsubscribe_url) == (True, True, None)

    # Nobody is signed in here: the link is enough, and it opens nothing else.
    page = author.get(link)
    assert (page.status_code, author.get("/home").status_code) == (200, 303)
    assert "Three &lt;b&gt;warnings&lt;/b&gt;." in page.text
    assert "STAFFNOTE" not in page.text
    assert author.post(f"{link}/appeals", data={"words": " "}).status_code == 422
    for _twice in range(2):
        assert author.post(f"{link}/appeals", data={"words": "It was only one."}).status_code == 303
    late = author.post(f"{link}/appeals", data={"words": "And a half."})
    assert (late.status_code, "And a half." in late.text) == (422, True)
    assert "It was only one." in author.get(link).text
    assert len(session().scalars(select(Appeal.id)).all()) == 1

    number = session().scalars(select(Appeal.id)).one()
    assert ("1 appeal" in other.get("/home").text, "1 appeal" in manager.get("/home").text) == (True, False)
    for page in ("/review", f"{path}/new"):
        assert "somebody else looks again" in manager.get(page).text
        assert "somebody else looks again" not in other.get(page).text
    assert "They stay suspended" in other.get("/review").text
    assert "It was only one." in other.get(f"{path}/new").text
    mine = manager.post(f"/appeals/{number}/outcomes", data={"outcome": "no", "reason": "No."})
    assert (mine.status_code, "somebody else" in mine.text) == (422, True)
    assert (
        other.post(f"/appeals/{number}/outcomes", data={"outcome": "no", "reason": "I count three."}).status_code == 303
    )
    told = newest_mail("Your access stays suspended: our second look")
    assert all(words in told.text for words in ("Ada", "It was only one.", "I count three."))
    assert "/suspensions/" not in told.text
    assert all(words in author.get(link).text for words in ("It stays as it is.", "I count three."))

    # Later they are let in all the same, and the page says so.
    assert manager.post(f"/people-here/{maya.id}/readmissions").status_code == 303
    assert "Your access is open again" in author.get(link).text
    assert "another look" not in author.get(link).text.partition("You asked for")[2].partition("</section>")[2]


def test_the_link_of_a_suspension_that_is_over_says_how_it_stands_now(sign_in, maya, sam):
    client = sign_in(maya)
    with pretend(now()):
        # In one moment too, the suspension is the one that shuts them out.
        first = suspend(here(maya), reason="Three warnings.", by=here(sam))
        assert may_appeal(here(maya), first)
    session().commit()
    link = f"/suspensions/{write_token(first.id)}"
    page = client.get(link).text
    assert ("You see it differently?" in page, f'action="{link}/appeals"' in page) == (True, True)

    readmit(here(maya), by=here(sam))
    session().commit()
    assert "you can sign in as before" in client.get(link).text
    late = client.post(f"{link}/appeals", data={"words": "It was only one."}).text
    assert ("It was only one." in late, "decided anew since" in late, "asked already" in late) == (True, True, False)
    suspend(here(maya), reason="A fourth.", by=here(sam))
    session().commit()
    page = client.get(link).text
    assert ("as before" in page, "access is open" in page, "suspended again since" in page) == (False, False, True)


def test_whoever_took_it_out_reads_on_its_page_that_somebody_else_says_no(sign_in, maya, rosa, sam, ada):
    idea = make_idea(proposed_by=maya, owner=rosa)
    appeal(remove(idea, reason="Out.", by=sam), words="Why?", by=maya)
    session().commit()

    pages = [sign_in(here(manager)).get(f"/ideas/{idea.id}/decisions/new").text for manager in (sam, ada)]

    assert ["somebody else looks again" in page for page in pages] == [True, False]
    assert ["It stays out" in page for page in pages] == [False, True]
    # Sent from a page that was drawn before there was somebody else: it is said, and the words are still there.
    no = {"outcome": "no", "reason": "I looked again."}
    refused = sign_in(here(sam)).post(f"/appeals/{session().scalars(select(Appeal.id)).one()}/outcomes", data=no)
    assert (refused.status_code, "a no is for somebody else" in refused.text) == (422, True)
    assert "I looked again." in refused.text


def test_a_suspension_is_lifted_by_the_look_or_by_hand_and_either_ends_the_appeal(db, maya, omar, rosa, sam, ada):
    first = appeal(suspend(maya, reason="Three warnings.", by=sam), words="Why?", by=maya)
    restored = settle_appeal(first, is_upheld=True, answer="You are right.", by=ada)
    assert (maya.is_active, restored.ruling, appeal_behind(restored)) == (True, Ruling.READMITTED, first)
    again = suspend(maya, reason="A fourth.", by=sam)
    assert [may_appeal(maya, decision) for decision in (first.decision, again)] == [False, True]
    second = appeal(again, words="Not mine.", by=maya)
    # Whoever decided before may take it back themselves.
    opened = readmit(maya, words="It was not you.", by=sam)
    assert (second.answer, "It was not you." in newest_mail("You are welcome again").text) == ("It was not you.", True)
    assert (second.is_upheld, second.settled_by, appeal_behind(opened)) == (True, sam, second)
    assert "Not mine." in newest_mail("You are welcome again").text
    assert queue_for(ada).appeals == []
    assert may_appeal(maya, again) is False
    # A colleague's suspension is for admins to look at.
    out = appeal(suspend(rosa, reason="Left.", by=ada), words="I did not.", by=rosa)
    assert (queue_for(sam).appeals, queue_for(ada).appeals) == ([], [out])
    with pytest.raises(NotYours):
        settle_appeal(out, is_upheld=True, answer="", by=sam)
    # There is no other admin, so the one who decided looks again.
    assert queue_for(ada).for_others == frozenset()
    assert settle_appeal(out, is_upheld=False, answer="You did.", by=ada).label == "Looked at again: still suspended"


def test_a_no_is_said_by_another_manager_who_can_read_it_where_there_is_one(db, maya, omar, rosa, sam, ada):
    lou = make_user("lou@example.com", "Lou Manager", Role.MANAGER)
    circle = make_circle(maya, rosa, sam, ada)
    for place, outsider in ((None, None), (circle, lou)):
        idea = make_idea(proposed_by=maya, owner=rosa, circle=place)
        asked = appeal(remove(idea, reason="Out.", by=sam), words="Why?", by=maya)
        assert asked.id in queue_for(sam).for_others
        assert (count_waiting(sam).appeals, count_waiting(ada).appeals) == (0, 1)
        if outsider:
            assert queue_for(outsider).appeals == []
        with pytest.raises(SomebodyElse):
            settle_appeal(asked, is_upheld=False, answer="No.", by=sam)
        settle_appeal(asked, is_upheld=True, answer="", by=sam)
        assert idea.is_shown
    # Alone inside, the same manager looks again.
    ada.suspended_at = maya.created_at
    idea = make_idea(proposed_by=maya, owner=rosa, circle=circle)
    asked = appeal(remove(idea, reason="Out.", by=sam), words="Why?", by=maya)
    assert (queue_for(sam).for_others, count_waiting(sam).appeals) == (frozenset(), 1)
    settle_appeal(asked, is_upheld=False, answer="I looked again.", by=sam)
