"""What stands beside one suggestion is its own, in order, and of nobody who is hidden or away from there."""

from datetime import timedelta

import pytest

from portal.accounts.models import Role, User
from portal.community.models import Ask, CircleMember, Member
from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import Absence, Attachment, Idea
from portal.ledger.queries.beside import NAMES, beside
from portal.ledger.services import add_tag, merge_ideas, vote
from tests.factories import make_circle, make_idea, make_user


def named(*ideas: Idea) -> list[tuple[int, str]]:
    return [(idea.id, idea.title) for idea in ideas]


def test_voices_are_named_first_come_first_and_only_those_hidden_there_are_hidden(
    maya: User, omar: User, rosa: User
) -> None:
    kim, pat, lin = (make_user(f"{name}@example.org", name.title()) for name in ("kim", "pat", "lin"))
    circle, other = make_circle(maya, omar, kim, pat, lin), make_circle(omar, name="The other circle")
    session().add_all(Member(user_id=one.id, founding_number=one.id, is_listed=one is not pat) for one in (omar, pat))
    for place, person in ((circle, kim), (other, omar)):
        session().get_one(CircleMember, (place.id, person.id)).is_listed = False
    moment = now()
    ask = Ask(question="Which?", owner=rosa, circle=circle, opens_at=moment, closes_at=moment + timedelta(days=1))
    idea, elsewhere = make_idea(proposed_by=maya, circle=circle, ask=ask), make_idea(proposed_by=maya)
    for minutes, voter in enumerate((lin, kim, pat, omar)):
        with pretend(moment + timedelta(minutes=minutes)):
            vote(idea, voter)
    vote(elsewhere, omar)

    found, bare = beside(idea), beside(elsewhere)

    assert (found.supporters, found.votes) == (["Lin", "Kim", "Pat", "Omar Haddad"], 4)
    assert found.hidden == {"Kim", "Pat"}
    assert (bare.supporters, bare.votes, bare.hidden) == (["Omar Haddad"], 1, set())
    assert (found.circle, found.ask) == ((circle.id, circle.name), (ask.id, ask.question))
    assert (bare.circle, bare.ask) == (None, None)


def test_of_many_voices_the_first_are_named_and_all_are_counted(maya: User, rosa: User) -> None:
    idea, moment = make_idea(proposed_by=maya, owner=rosa), now()
    people = [make_user(f"p{number}@example.org", f"Person {number}") for number in range(NAMES + 2)][::-1]
    for minutes, voter in enumerate(people):
        with pretend(moment + timedelta(minutes=minutes)):
            vote(idea, voter)

    found = beside(idea)

    assert found.supporters == [person.name for person in people[:NAMES]]
    assert found.votes == len(people)


def test_pictures_tags_and_what_was_joined_are_its_own_and_in_order(maya: User, omar: User, rosa: User) -> None:
    top, other, *joined = (make_idea(proposed_by=maya, owner=rosa, title=f"Lamp {place}") for place in range(6))
    for idea in joined:
        merge_ideas(idea, into=top, by=rosa)
    merge_ideas(make_idea(proposed_by=omar, owner=rosa), into=other, by=rosa)
    for idea, width in ((top, 30), (other, 40), (top, 20)):
        sizes = {"width": width, "height": 10, "size": 1}
        session().add(Attachment(idea_id=idea.id, key=f"{idea.id}-{width}", added_by_id=maya.id, **sizes))
        session().flush()
    for idea, name in ((top, "shade"), (top, "Brass"), (other, "SECRET")):
        add_tag(idea, name, by=rosa)
    joined[1].held_at = joined[2].removed_at = now()
    session().flush()

    found = beside(top)

    assert [picture[1:] for picture in found.pictures] == [(30, 10), (20, 10)]
    assert [name for _number, name in found.tags] == ["Brass", "shade"]
    assert (found.joined, found.stands_in) == (named(joined[0], joined[3]), None)
    assert (beside(joined[0]).stands_in, beside(joined[0]).joined) == (named(top)[0], [])
    for column in ("held_at", "removed_at"):
        setattr(top, column, now())
        session().flush()
        assert beside(joined[0]).stands_in is None, column
        setattr(top, column, None)


@pytest.mark.parametrize(
    ("begins", "ends", "is_away"), [(-2, -1, False), (-1, 0, True), (0, 1, True), (1, 2, False)], ids=str
)
def test_an_owner_is_away_from_the_first_day_to_the_last(
    maya: User, rosa: User, sam: User, begins: int, ends: int, is_away: bool
) -> None:
    idea, others = make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=maya, owner=sam)
    first, last = (config.today() + timedelta(days=days) for days in (begins, ends))
    session().add(Absence(user_id=rosa.id, stand_in_id=sam.id, from_day=first, until_day=last))
    session().flush()

    assert beside(idea).away == ((last, "Sam Okafor") if is_away else None)
    assert beside(others).away is None


def test_nobody_who_left_is_named_as_standing_in(maya: User, rosa: User, sam: User) -> None:
    idea, today = make_idea(proposed_by=maya, owner=rosa), config.today()
    session().add(Absence(user_id=rosa.id, stand_in_id=sam.id, from_day=today, until_day=today))
    for column, value in (("suspended_at", now()), ("role", Role.MEMBER)):
        before = getattr(sam, column)
        setattr(sam, column, value)
        session().flush()
        assert beside(idea).away == (today, ""), column
        setattr(sam, column, before)
