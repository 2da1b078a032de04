"""Who has to look again, which appeal belongs to which decision, and what ends it."""

from portal.accounts.models import Role
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.services import comment
from portal.moderation.models import Appeal, Ruling
from portal.moderation.queries import appeal_behind, cases, is_for_others, queue_for
from portal.moderation.services import appeal, readmit, remove, settle_appeal, suspend
from tests.factories import here, make_circle, make_idea, make_user


def asked_about(words, *, by) -> Appeal:
    """Its author asks for another look at what was taken out."""
    return appeal(remove(words, reason="Out.", by=by), words="Why?", by=words.proposed_by)


def asked_from_outside(person, *, by) -> Appeal:
    """Somebody asks for another look at their suspension."""
    return appeal(suspend(person, reason="Out.", by=by), words="Why?", by=person)


def test_somebody_else_has_to_say_no_only_where_they_may_decide_about_it(db, maya, omar, rosa, sam, ada):
    lou = make_user("lou@example.com", "Lou Manager", Role.MANAGER)
    # Lou is the only other manager from here on, sits in another circle, and is no admin.
    make_idea(proposed_by=omar, owner=rosa, circle=make_circle(lou, omar, name="Of Lou"))
    ines = make_user("ines@example.com", "Ines Responder", Role.RESPONDER)
    of_ines, of_lou = (make_idea(proposed_by=person, owner=rosa) for person in (ines, lou))
    inside = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa, sam))
    shut_out = asked_from_outside(rosa, by=ada)
    assert not is_for_others(shut_out, ada)
    eve = make_user("eve@example.com", "Eve Admin", Role.ADMIN)
    assert is_for_others(shut_out, ada)
    ada.suspended_at = eve.suspended_at = now()

    assert is_for_others(asked_about(of_ines, by=sam), sam)
    assert is_for_others(asked_from_outside(omar, by=sam), sam)
    assert not is_for_others(asked_about(of_lou, by=sam), sam)
    assert not is_for_others(asked_about(inside, by=sam), sam)


def test_an_appeal_stands_with_the_decision_that_it_is_against_and_the_one_that_ends_it(db, maya, omar, rosa, sam, ada):
    idea, other = (make_idea(proposed_by=maya, owner=rosa) for _ in range(2))
    first = asked_about(idea, by=sam)
    back = settle_appeal(first, is_upheld=True, answer="", by=ada)
    again = remove(idea, reason="Once more.", by=sam)
    second = asked_about(other, by=sam)
    stays = settle_appeal(second, is_upheld=False, answer="It stays.", by=ada)
    assert [appeal_behind(one) for one in (back, again, stays)] == [first, None, second]

    of_maya = asked_from_outside(maya, by=sam)
    suspend(omar, reason="Out.", by=sam)
    in_again = readmit(maya, by=ada)
    lifted = readmit(omar, by=sam)
    third = appeal(suspend(omar, reason="Out.", by=sam), words="Why?", by=omar)
    refused = settle_appeal(third, is_upheld=False, answer="It stays.", by=ada)
    later = readmit(omar, by=ada)
    assert [appeal_behind(one) for one in (in_again, lifted, refused, later)] == [of_maya, None, third, third]


def test_letting_somebody_in_ends_their_appeal_against_the_suspension_and_nothing_else(db, maya, omar, rosa, sam, ada):
    of_words = asked_about(make_idea(proposed_by=maya, owner=rosa), by=sam)
    of_omar = asked_from_outside(omar, by=sam)
    of_maya = asked_from_outside(maya, by=sam)

    readmit(maya, by=ada)

    assert (of_maya.is_upheld, of_words.is_upheld, of_omar.is_upheld) == (True, None, None)
    settle_appeal(of_omar, is_upheld=False, answer="Not yet.", by=ada)
    assert not omar.is_active
    readmit(omar, by=sam)
    assert (of_omar.is_upheld, of_omar.answer, of_omar.settled_by) == (False, "Not yet.", ada)


def test_a_no_changes_nothing_but_that_it_is_said(db, maya, rosa, sam, ada):
    idea = make_idea(proposed_by=maya, owner=rosa)

    stays = settle_appeal(asked_about(idea, by=sam), is_upheld=False, answer="It hurts.", by=ada)

    assert (idea.is_shown, stays.ruling, stays.reason) == (False, Ruling.STAYS_OUT, "It hurts.")


def test_the_oldest_appeals_come_first_with_all_that_is_shown_and_no_more_than_are_shown(
    monkeypatch, db, maya, omar, rosa, sam, ada, queries
):
    idea = make_idea(proposed_by=omar, owner=rosa)
    words = [comment(idea, body="Me too.", by=maya) for _ in range(2)]
    asked = [appeal(remove(said, reason="Out.", by=sam), words="Why?", by=maya) for said in words]
    # Written anew, a row may come last by itself.
    asked[0].words = "Why then?"
    session().commit()
    numbers = [one.id for one in asked]
    session().expunge_all()

    found = queue_for(here(ada)).appeals
    queries.clear()
    told = [(one.id, one.decision.person.name, one.decision.comment.idea.title) for one in found]

    assert told == [(number, "Maya Lindqvist", "A warmer lamp") for number in numbers]
    assert queries == []
    monkeypatch.setattr(cases, "SHOWN", 1)
    assert [one.id for one in queue_for(here(ada)).appeals] == numbers[:1]
