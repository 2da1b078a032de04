"""Linking many suggestions to one action: which are offered, all or none, told once."""

import pytest
from sqlalchemy import delete, func, select

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import Action, ActionStage, AnswerDraft, Response, ResponseKind, Standing
from portal.ledger.queries import (
    chosen_to_link,
    ideas_to_link,
    like_action,
    newest_answer,
    open_for_action,
    sought_for_action,
)
from portal.ledger.services import (
    LINKED_AT_ONCE,
    NotLinked,
    NotYours,
    TooMany,
    Typed,
    keep_answer_draft,
    link_ideas,
    record_progress,
    respond,
    say_whether_it_helped,
    start_action,
)
from portal.ledger.services.indexing import index_due
from portal.updates.jobs import gather
from tests.factories import here, make_circle, make_idea

REASON = "The resin would crack in the first hard frost."


@pytest.fixture
def action(rosa: User) -> Action:
    return start_action(title="A hidden zip in every pouch", owner=rosa, stage=ActionStage.PLANNED, by=rosa)


def answers() -> int:
    return session().scalar(select(func.count()).select_from(Response)) or 0


def test_each_gets_its_own_answer_and_whoever_is_behind_several_gets_one_mail(
    action: Action, maya: User, omar: User, rosa: User
) -> None:
    ideas = [make_idea(proposed_by=maya, title=f"A zip, {place}") for place in range(3)]
    ideas.append(make_idea(proposed_by=omar, title="A pocket"))
    kept = keep_answer_draft(ideas[0], Typed(ResponseKind.EXPLANATION, REASON), by=rosa)
    session().flush()

    given = link_ideas(action, ideas, by=rosa, message="You asked for it, so here it comes.")

    assert [(one.idea_id, one.kind, one.action_id) for one in given] == [
        (idea.id, ResponseKind.ACTION, action.id) for idea in ideas
    ]
    session().commit()
    assert {idea.standing for idea in ideas} == {Standing.PLANNED}
    assert kept is not None
    assert session().get(AnswerDraft, kept.id) is not None
    gather()
    mails = session().scalars(select(OutgoingMail).where(OutgoingMail.kind == "answer")).all()
    assert sorted(mail.recipient for mail in mails) == sorted([maya.email, omar.email])
    hers = next(mail for mail in mails if mail.recipient == maya.email)
    for words in (hers.text, hers.html):
        assert all(f"A zip, {place}" in words for place in range(3))
        assert all(f"/ideas/{one.idea_id}" in words for one in given[:3])
        assert words.count("You asked for it, so here it comes.") == 1
    # A step of it is then told once to each of them.
    session().execute(delete(OutgoingMail))
    record_progress(here(action), stage=ActionStage.UNDER_WAY, words="The first samples are here.", by=here(rosa))
    session().commit()
    gather()
    gather()
    told = session().scalars(select(OutgoingMail.recipient).where(OutgoingMail.kind == "progress")).all()
    assert sorted(told) == sorted([maya.email, omar.email])


def test_of_several_none_is_linked_if_one_cannot_be(action: Action, maya: User, rosa: User, sam: User) -> None:
    fine, mine = make_idea(proposed_by=maya), make_idea(proposed_by=rosa)
    linked, answered = make_idea(proposed_by=maya), make_idea(proposed_by=maya)
    respond(linked, kind=ResponseKind.ACTION, message="", by=sam, action=action)
    seen = newest_answer()
    respond(answered, kind=ResponseKind.EXPLANATION, message=REASON, by=sam)
    before = answers()

    with pytest.raises(NotLinked) as refused:
        link_ideas(action, [fine, mine, linked, answered], by=rosa, seen=seen)

    reasons = refused.value.reasons
    assert set(reasons) == {mine.id, linked.id, answered.id}
    assert "nobody answers their own suggestion" in reasons[mine.id]
    assert reasons[linked.id] == "This action answers it already."
    assert "Sam Okafor answered since you opened this page" in reasons[answered.id]
    assert (answers(), fine.standing) == (before, Standing.WAITING)
    assert link_ideas(action, [fine, answered], by=rosa, seen=newest_answer())


def test_a_suggestion_that_its_author_opened_again_can_be_linked_again(action: Action, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya)
    done = start_action(
        title="A zip", owner=rosa, stage=ActionStage.DONE, by=rosa, proof_url="https://lumen.example/zip"
    )
    link_ideas(done, [idea], by=rosa)
    say_whether_it_helped(idea, helped=False, words="It sticks.", by=maya)

    assert link_ideas(done, [idea], by=rosa, message="A better one is in every pouch now.")


def test_only_staff_link_and_never_none_or_more_than_fifty(action: Action, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya)

    with pytest.raises(NotYours):
        link_ideas(action, [idea], by=maya)
    for many in ([], [idea] * (LINKED_AT_ONCE + 1)):
        with pytest.raises(TooMany):
            link_ideas(action, many, by=rosa)


def test_what_is_like_it_is_offered_and_what_it_answers_or_nobody_may_see_is_not(
    action: Action, maya: User, omar: User, rosa: User, sam: User
) -> None:
    like = make_idea(proposed_by=maya, title="A hidden zip for the pouch", body="Pouches need a zip.")
    make_idea(proposed_by=rosa, title="A hidden zip for my pouch")
    linked = make_idea(proposed_by=omar, title="The pouch wants a hidden zip")
    circle = make_circle(sam, omar, name="Inner circle")
    inside = make_idea(proposed_by=omar, title="A hidden zip, CANARY", circle_id=circle.id)
    link_ideas(action, [linked], by=rosa)
    index_due(500)

    assert [one.id for one in like_action(action, rosa)] == [like.id]
    assert [one.id for one in sought_for_action(action, "zip", rosa)] == [like.id]
    assert [one.id for one in open_for_action(action, rosa)] == [like.id]
    assert [one.id for one in sought_for_action(action, f"#{like.id}", rosa)] == [like.id]
    assert sought_for_action(action, str(inside.id), rosa) == []
    # More than the column can hold.
    assert sought_for_action(action, "9876543210", rosa) == []
    assert inside.id in {one.id for one in sought_for_action(action, "zip", sam)}


def test_what_is_like_a_suggestion_that_it_answers_is_offered_too(action: Action, maya: User, rosa: User) -> None:
    answered = make_idea(proposed_by=maya, title="Crumbs fall out of my bag")
    like = make_idea(proposed_by=maya, title="My bag loses crumbs")
    link_ideas(action, [answered], by=rosa)
    index_due(500)

    offered = like_action(action, rosa)

    assert [one.id for one in offered] == [like.id]
    assert {"Crumbs", "bag"} <= set(offered[0].shared)


def test_what_an_action_answers_in_a_circle_keeps_it_in_that_circle(
    action: Action, maya: User, omar: User, rosa: User, sam: User
) -> None:
    circle = make_circle(sam, rosa, omar, name="Inner circle")
    first, second = (make_idea(proposed_by=omar, title=f"A zip, {place}", circle_id=circle.id) for place in "ab")
    outside = make_idea(proposed_by=maya, title="A zip for all")
    link_ideas(action, [first], by=rosa)
    index_due(500)

    assert [one.id for one in sought_for_action(action, "zip", rosa)] == [second.id]
    with pytest.raises(NotLinked, match="Nothing is linked yet"):
        link_ideas(action, [outside], by=rosa)


def test_what_somebody_chose_by_its_number_is_read_only_where_they_may(
    action: Action, maya: User, omar: User, rosa: User, sam: User
) -> None:
    inside, outside = make_circle(rosa, omar), make_circle(sam, omar, name="CANARY")
    places = ({"circle": inside}, {"is_private": True}, {}, {"circle": outside}, {"held_at": now()})
    in_circle, private, open_one, hidden, held = (
        make_idea(proposed_by=omar, title=f"A zip, {place}", **given) for place, given in enumerate(places)
    )
    chosen = [in_circle.id, hidden.id, private.id, held.id, open_one.id, in_circle.id, 99_999]

    assert [one.id for one in chosen_to_link(chosen, rosa)] == [in_circle.id, private.id, open_one.id]
    # What everyone sees is answered first, so that the action is open to all before it goes anywhere else.
    assert ideas_to_link(chosen, rosa) == [open_one, in_circle, private]


def test_an_action_takes_no_words_from_a_circle_to_whoever_is_not_inside(
    action: Action, maya: User, omar: User, rosa: User, sam: User
) -> None:
    circle = make_circle(sam, omar)
    secret = make_idea(proposed_by=omar, title="A turquoise buckle", circle=circle)
    everyones = make_idea(proposed_by=omar, title="A zip")
    like = make_idea(proposed_by=maya, title="Turquoise buckle for all")
    link_ideas(action, [everyones, secret], by=sam)
    index_due(500)

    assert [one.id for one in like_action(action, sam)] == [like.id]
    assert like_action(action, rosa) == []


def test_what_is_open_is_offered_however_much_stands_where_one_may_not_look(
    action: Action, maya: User, omar: User, rosa: User, sam: User
) -> None:
    offered = make_idea(proposed_by=maya)
    circle = make_circle(sam, omar)
    for _number in range(25):
        make_idea(proposed_by=omar, circle=circle)
    decided = [make_idea(proposed_by=maya) for _number in range(2)]
    for idea in decided:
        respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)

    assert [one.id for one in open_for_action(action, rosa)] == [offered.id]
