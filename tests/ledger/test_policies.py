"""Who may do what in the ledger."""

import pytest

from portal.accounts.models import Role, User
from portal.foundation.clock import now
from portal.ledger.models import ActionStage, Idea, ResponseKind
from portal.ledger.policies import (
    may_follow_action,
    may_hand_over,
    may_read,
    may_record_progress,
    may_respond,
    may_vote,
)
from portal.ledger.services import respond, start_action
from tests.factories import make_idea, make_staff, make_user

AUTHOR = 1


def person(role: Role, number: int = 2, *, suspended: bool = False) -> User:
    return User(id=number, role=role, email="x@example.org", name="X", suspended_at=now() if suspended else None)


@pytest.mark.parametrize(
    ("who", "reads", "votes", "responds", "hands_over"),
    [
        (person(Role.MEMBER), True, True, False, False),
        (person(Role.MEMBER, AUTHOR), True, False, False, False),
        (person(Role.RESPONDER), True, False, True, True),
        (person(Role.RESPONDER, AUTHOR), True, False, False, True),
        (person(Role.MANAGER), True, False, True, True),
        (person(Role.ADMIN), True, False, True, True),
        (person(Role.MEMBER, suspended=True), False, False, False, False),
        (person(Role.ADMIN, suspended=True), False, False, False, False),
    ],
)
def test_each_kind_of_person_at_one_suggestion(
    who: User, reads: bool, votes: bool, responds: bool, hands_over: bool
) -> None:
    idea = Idea(proposed_by_id=AUTHOR)

    assert (may_read(who, idea), may_vote(who, idea)) == (reads, votes)
    assert (may_respond(who, idea), may_hand_over(who, idea)) == (responds, hands_over)


@pytest.mark.parametrize(
    ("who", "follows", "records"),
    [
        (person(Role.MEMBER), True, False),
        (person(Role.RESPONDER), True, True),
        (person(Role.ADMIN), True, True),
        (person(Role.RESPONDER, suspended=True), False, False),
    ],
)
@pytest.mark.usefixtures("db")
def test_each_kind_of_person_at_one_action(who: User, follows: bool, records: bool) -> None:
    owner = make_staff()
    action = start_action(title="A zip", owner=owner, stage=ActionStage.PLANNED, by=owner)
    idea = make_idea(proposed_by=make_user("maya@example.org"), owner=owner)
    respond(idea, kind=ResponseKind.ACTION, message="", by=owner, action=action)

    assert (may_follow_action(who, action), may_record_progress(who, action)) == (follows, records)
