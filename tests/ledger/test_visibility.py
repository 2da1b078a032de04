"""Who may see a suggestion: the rule for a row and the rule as SQL say the same."""

from datetime import timedelta
from itertools import product

from sqlalchemy import select

from portal.accounts.models import Role, User
from portal.community.models import Ask, Circle, CircleMember
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Action, ActionStage, Idea, ResponseKind
from portal.ledger.queries import choices_for
from portal.ledger.services import respond, start_action
from portal.ledger.visibility import (
    EVERYONE,
    Reach,
    inside,
    own_ideas,
    reach_of,
    sees,
    sees_action,
    visible_actions,
    visible_ideas,
)
from tests.factories import make_circle, make_idea, make_user


def make_ask(circle: Circle | None, owner, *, shows_others: bool) -> Ask:
    moment = now()
    ask = Ask(
        question="Which shade?", circle=circle, owner=owner, opens_at=moment - timedelta(days=1), opened_at=moment,
        closes_at=moment + timedelta(days=1), shows_others=shows_others,
    )  # fmt: skip
    session().add(ask)
    session().commit()
    return ask


def test_a_row_and_the_lists_agree_for_every_reader(maya, omar, rosa, sam, ada):
    circle, other = make_circle(maya, rosa, sam), make_circle(omar, ada, name="The cord circle")
    blind, seen = (make_ask(None, rosa, shows_others=shows) for shows in (False, True))
    lee = make_user("lee@example.org")
    ideas, actions = [], {}
    for place, private, state in product((None, circle, other), (False, True), ("shown", "held", "removed")):
        idea = make_idea(proposed_by=maya, owner=rosa, circle=place, is_private=private)
        by = ada if place is other else rosa
        actions[idea.id] = action = start_action(title="A zip", owner=by, stage=ActionStage.PLANNED, by=by)
        respond(idea, kind=ResponseKind.ACTION, message="", by=by, action=action)
        if state != "shown":
            setattr(idea, f"{state}_at", now())
        ideas.append(idea)
    ideas += [make_idea(proposed_by=omar, owner=rosa, ask=ask) for ask in (blind, seen)]
    ideas += [make_idea(proposed_by=maya, owner=rosa)]
    joined = make_idea(proposed_by=maya, owner=rosa, merged_into_id=ideas[-1].id)
    begun = start_action(title="A hem", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    people = (maya, omar, lee, rosa, sam, ada)
    told = {tuple(row) for row in session().execute(select(Idea.id, User.id).join(User, inside(Idea, User)))}

    for reader in people:
        reach = reach_of(reader)
        listed = set(session().scalars(select(Idea.id).where(visible_ideas(reach))))
        own = set(session().scalars(select(Idea.id).where(own_ideas(reader, reach))))
        assert joined.id not in listed
        shown = set(session().scalars(select(Action.id).where(visible_actions(reach))))
        answering = {actions[number].id for number in listed & set(actions)}
        assert shown == (answering | {begun.id} if reader.is_staff else answering)
        assert sees_action(reader, begun) is reader.is_staff
        for idea in ideas:
            may_decide = reader.is_manager and not idea.is_shown and idea.circle_id in {None, *reach.circles}
            assert sees(reader, idea) is (idea.id in listed | own or may_decide), (reader.name, idea.id)
            if idea.id in actions:
                assert sees_action(reader, actions[idea.id]) is (idea.id in listed | own), (reader.name, idea.id)
            is_theirs = not idea.is_private or reader.is_staff or reader is maya
            is_inside = idea.is_shown and is_theirs and idea.circle_id in {None, *reach.circles}
            assert ((idea.id, reader.id) in told) is is_inside, (reader.name, idea.id)
    maya.suspended_at = now()
    assert not sees_action(maya, actions[ideas[0].id])


def test_an_outsider_of_a_circle_sees_nothing_of_it(maya, omar, rosa, sam):
    circle = make_circle(maya, rosa)
    idea = make_idea(proposed_by=maya, owner=rosa, circle=circle)

    assert [sees(reader, idea) for reader in (maya, rosa, omar, sam)] == [True, True, False, False]
    assert session().scalars(select(Idea.id).where(visible_ideas(EVERYONE))).all() == []


def test_whoever_has_not_confirmed_or_has_left_is_outside(maya, omar, rosa, sam, ada):
    circle, other = make_circle(maya, omar, rosa, ada), make_circle(maya, omar, sam, name="The cord circle")
    idea = make_idea(proposed_by=maya, owner=rosa, circle=circle)
    ada.role = Role.RESPONDER
    session().add(CircleMember(circle_id=circle.id, user_id=sam.id, added_by_id=rosa.id))
    session().get_one(CircleMember, (circle.id, ada.id)).left_at = now()
    session().get_one(CircleMember, (circle.id, omar.id)).confirmed_at = None
    session().get_one(CircleMember, (circle.id, maya.id)).left_at = now()
    session().flush()

    assert not sees(omar, idea)
    assert not sees(maya, idea)
    assert reach_of(omar) == reach_of(maya) == Reach(circles=frozenset({other.id}))
    assert [name for _number, name in choices_for(idea).people] == ["Rosa Pereira"]
    assert session().scalars(select(User.id).join(Idea, inside(Idea, User))).all() == [rosa.id]


def test_others_show_once_one_s_own_is_given(maya, omar, rosa):
    ask = make_ask(None, rosa, shows_others=False)
    first = make_idea(proposed_by=maya, owner=rosa, ask=ask)

    assert reach_of(omar) == Reach(blind=frozenset({ask.id}))
    assert not sees(omar, first)
    assert sees(maya, first)
    assert sees(rosa, first)

    make_idea(proposed_by=omar, owner=rosa, ask=ask)
    assert sees(omar, first)


def test_others_show_when_the_ask_has_ended(maya, omar, rosa):
    ask = make_ask(None, rosa, shows_others=False)
    first = make_idea(proposed_by=maya, owner=rosa, ask=ask)
    ask.ended_at = now()
    session().flush()

    assert sees(omar, first)
    assert reach_of(None) == EVERYONE
