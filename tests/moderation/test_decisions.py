"""What was decided before, for those who decide and for those it is about; and who works here."""

from sqlalchemy import update

from portal.accounts.models import Role
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import Comment, ResponseKind, Standing
from portal.ledger.services import comment, respond, say_whether_it_helped
from portal.moderation.models import Decision
from portal.moderation.queries import (
    change_asked_of,
    colleagues,
    decisions,
    decisions_about,
    decisions_for,
    decisions_page,
)
from portal.moderation.services import approve, ask_for_change, suspend
from tests.factories import here, make_circle, make_idea, make_user

REASON = "The resin would crack in the first hard frost."


def test_each_list_of_decisions_is_of_its_own_newest_first_and_in_parts(monkeypatch, maya, omar, rosa, sam):
    of_maya, of_omar = (make_idea(proposed_by=person, owner=rosa) for person in (maya, omar))
    kept = [approve(of_maya, by=sam) for _ in range(3)]
    other = approve(of_omar, by=sam)
    # Written anew, a row may come last, or first, by itself.
    session().execute(update(Decision).where(Decision.id == kept[1].id).values(staff_note="Hm."))

    def listed():
        return [decisions_about(of_maya), decisions_for(maya), decisions_page(sam, person=maya).decisions]

    assert listed() == [kept[::-1]] * 3
    page = decisions_page(sam)
    assert (page.decisions, page.earlier) == ([other, *kept[::-1]], None)
    monkeypatch.setattr(decisions, "SHOWN", 4)
    assert decisions_page(sam).earlier is None
    monkeypatch.setattr(decisions, "SHOWN", 2)
    assert listed() == [[kept[2], kept[1]]] * 3
    page = decisions_page(sam)
    assert (page.decisions, page.earlier) == ([other, kept[2]], kept[2].id)
    assert decisions_page(sam, before_id=page.earlier).decisions == [kept[1], kept[0]]


def test_what_a_decision_is_about_comes_along_with_it(maya, rosa, sam, queries):
    idea = make_idea(proposed_by=maya, owner=rosa)
    said = comment(idea, body="Mine.", by=maya)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    word = say_whether_it_helped(idea, helped=False, words="It cracked.", by=maya)
    for words in (idea, said, word):
        approve(words, by=sam)
    session().commit()
    for found in (lambda: decisions_for(here(maya)), lambda: decisions_page(here(sam)).decisions):
        session().expunge_all()
        listed = found()
        queries.clear()

        beside = [
            (one.words, one.comment and one.comment.idea.title, one.word and one.word.idea.title) for one in listed
        ]

        assert [one[1:] for one in beside] == [(None, idea.title), (idea.title, None), (None, None)]
        assert queries == []


def test_decisions_of_other_rooms_stay_out_of_the_record_and_those_about_nobody_in(maya, omar, rosa, sam, ada):
    idea = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, omar, rosa, ada))
    said = comment(idea, body="Mine.", by=maya)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    word = say_whether_it_helped(idea, helped=False, words="It cracked.", by=maya)
    inside = [approve(words, by=ada) for words in (idea, said, word)]
    brought_in = Comment(idea=make_idea(proposed_by=omar, owner=rosa), author_name="Jo", body="From elsewhere")
    session().add(brought_in)
    session().flush()
    # There is nobody to trust.
    kept = approve(brought_in, trusts=True, by=sam)

    assert decisions_page(sam).decisions == [kept]
    assert decisions_page(ada).decisions == [kept, *inside[::-1]]


def test_a_change_is_asked_for_until_it_is_made_or_another_is_asked_for(maya, rosa, sam):
    idea = make_idea(proposed_by=maya, owner=rosa, held_at=now(), held_because="new")
    with pretend(now()):
        idea.held_at = now()
        first = ask_for_change(idea, reason="Say where.", by=sam)
        assert change_asked_of(idea) is first
    second = ask_for_change(idea, reason="Say when.", by=sam)
    session().execute(update(Decision).where(Decision.id == first.id).values(staff_note="Hm."))
    assert change_asked_of(idea) is second
    approve(idea, by=sam)
    # Nobody waits for a change of what others see; held anew, it waits for a manager.
    assert change_asked_of(idea) is None
    idea.held_at = first.decided_at
    session().execute(update(Decision).where(Decision.id.in_([first.id, second.id])).values(ruling="approved"))
    assert change_asked_of(idea) is None


def test_colleagues_stand_by_name_with_what_is_open_and_in_sight_and_the_suspended_last(
    monkeypatch, maya, rosa, sam, ada
):
    eve, zoe = (make_user(f"{name}@example.com", "Eve", Role.RESPONDER) for name in ("eve", "zoe"))
    for given in ({}, {"standing": Standing.DONE}, {"circle": make_circle(maya, rosa)}, {"held_at": now()}):
        make_idea(proposed_by=maya, owner=rosa, **given)
    session().execute(update(type(eve)).where(type(eve).id == eve.id).values(time_zone="UTC"))
    suspend(ada, reason="Left.", by=make_user("bo@example.com", "Bo", Role.ADMIN))

    found = colleagues(sam)

    names = ["Bo", "Eve", "Eve", "Rosa Pereira", "Sam Okafor", "Ada Novak"]
    assert [user.name for user, _count in found] == names
    assert [user.id for user, _count in found][1:3] == [eve.id, zoe.id]
    assert [count for _user, count in found] == [0, 0, 0, 1, 0, 0]
    monkeypatch.setattr(decisions, "MOST_COLLEAGUES", 2)
    assert [user.name for user, _count in colleagues(sam)] == names[:2]
