"""Who may see a suggestion: the rule for a row and the rule as SQL say the same."""

from datetime import timedelta
from itertools import product

from sqlalchemy import select

from portal.community.models import Ask, Circle, CircleMember
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Idea
from portal.ledger.visibility import EVERYONE, Reach, inside, own_ideas, reach_of, sees, visible_ideas
from tests.factories import make_circle, make_idea


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
    blind = make_ask(None, rosa, shows_others=False)
    ideas = []
    for place, private, state in product((None, circle, other), (False, True), ("shown", "held", "removed")):
        changes = {"held": {"held_at": now()}, "removed": {"removed_at": now()}}.get(state, {})
        ideas.append(make_idea(proposed_by=maya, owner=rosa, circle=place, is_private=private, **changes))
    ideas += [make_idea(proposed_by=omar, owner=rosa, ask=blind), make_idea(proposed_by=maya, owner=rosa)]

    for reader in (maya, omar, rosa, sam, ada):
        reach = reach_of(reader)
        listed = set(session().scalars(select(Idea.id).where(visible_ideas(reach))))
        own = set(session().scalars(select(Idea.id).where(own_ideas(reader, reach))))
        for idea in ideas:
            may_decide = reader.is_manager and not idea.is_shown and idea.circle_id in {None, *reach.circles}
            assert sees(reader, idea) is (idea.id in listed | own or may_decide), (reader.name, idea.id)


def test_an_outsider_of_a_circle_sees_nothing_of_it(maya, omar, rosa, sam):
    circle = make_circle(maya, rosa)
    idea = make_idea(proposed_by=maya, owner=rosa, circle=circle)

    assert [sees(reader, idea) for reader in (maya, rosa, omar, sam)] == [True, True, False, False]
    assert session().scalars(select(Idea.id).where(visible_ideas(EVERYONE))).all() == []


def test_whoever_has_not_confirmed_or_has_left_is_outside(maya, omar, rosa):
    circle = make_circle(maya, omar, rosa)
    idea = make_idea(proposed_by=maya, owner=rosa, circle=circle)
    session().get_one(CircleMember, (circle.id, omar.id)).confirmed_at = None
    session().get_one(CircleMember, (circle.id, maya.id)).left_at = now()
    session().flush()

    assert not sees(omar, idea)
    assert not sees(maya, idea)
    assert reach_of(omar) == reach_of(maya) == EVERYONE


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


def test_a_mail_goes_only_to_those_inside(maya, omar, rosa, sam):
    circle = make_circle(maya, rosa)
    make_idea(proposed_by=maya, owner=rosa, circle=circle)
    people = type(maya)

    told = session().scalars(select(people.id).join(Idea, inside(Idea, people)))

    assert set(told) == {maya.id, rosa.id}
