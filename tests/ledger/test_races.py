"""Many people at once, each with a connection and a transaction of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from threading import Barrier
from typing import Any

from sqlalchemy import func, select

from portal.accounts.models import Role, User
from portal.foundation.audit import AuditEntry
from portal.foundation.database import end_work, session, transaction
from portal.foundation.errors import Refusal
from portal.ledger.chain import verify
from portal.ledger.models import Action, ActionStage, Idea, Response, ResponseKind, Vote
from portal.ledger.promises import promise_for
from portal.ledger.queries import LedgerFilter, figures, ledger_page
from portal.ledger.services import (
    NothingNew,
    NotLinked,
    NotYours,
    hand_over,
    link_ideas,
    merge_ideas,
    record_progress,
    respond,
    set_terms,
    start_action,
    suggest,
    vote,
)
from tests.factories import make_idea

REASON = "The resin would crack in the first hard frost."


def at_once(job: Callable[[Any], Any], given: Sequence[Any], *, hands: int) -> list[Any]:
    """What each call gave or was refused, the first ones started together."""
    gate = Barrier(hands)

    def press(entry: tuple[int, Any]) -> Any:
        if entry[0] < hands:
            gate.wait()
        try:
            with transaction():
                return job(entry[1])
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(hands) as pool:
        return list(pool.map(press, enumerate(given)))


def some_users(count: int, role: Role) -> list[int]:
    users = [
        User(email=f"{role.value}{number}@example.org", name=f"Person {number}", role=role) for number in range(count)
    ]
    session().add_all(users)
    session().flush()
    ids = [user.id for user in users]
    end_work(commit=True)
    return ids


def an_idea(author: int) -> int:
    idea = make_idea(proposed_by=session().get_one(User, author)).id
    end_work(commit=True)
    return idea


def test_two_hundred_votes_at_once_count_once_each(committing_db: str) -> None:
    author, *voters = some_users(201, Role.MEMBER)
    idea = an_idea(author)

    def press(voter: int) -> bool:
        return vote(session().get_one(Idea, idea), session().get_one(User, voter))

    # Each of them presses twice.
    answers = at_once(press, [*voters, *voters], hands=24)

    with transaction() as current:
        assert current.scalar(select(func.count()).select_from(Vote)) == 200
        assert current.scalar(select(func.count()).where(AuditEntry.verb == "vote.given")) == 200
        # With the author's own, who is behind it from the beginning.
        assert [row.votes for row in ledger_page(LedgerFilter(), zone=UTC).rows] == [201]
    assert answers.count(True) == 200


def test_voices_given_while_it_is_joined_come_along_or_are_refused(committing_db: str) -> None:
    author, *voters = some_users(25, Role.MEMBER)
    (staff,) = some_users(1, Role.MANAGER)
    source, target = an_idea(author), an_idea(author)

    def press(voter: int) -> bool:
        if voter == staff:
            into = session().get_one(Idea, target)
            return bool(merge_ideas(session().get_one(Idea, source), into=into, by=session().get_one(User, staff)))
        return vote(session().get_one(Idea, source), session().get_one(User, voter))

    at_hand = [*voters[:8], staff, *voters[8:]]
    answers = dict(zip(at_hand, at_once(press, at_hand, hands=10), strict=True))

    with transaction() as current:
        behind = set(current.scalars(select(Vote.user_id).where(Vote.idea_id == target)))
    assert answers.pop(staff) is True
    assert behind == {voter for voter, given in answers.items() if given is True}
    assert all(given is True or isinstance(given, NotYours) for given in answers.values())


def test_two_managers_who_promise_something_first_leave_one_promise(committing_db: str) -> None:
    managers = some_users(4, Role.MANAGER)

    def press(number: int) -> int:
        by = session().get_one(User, managers[number])
        return set_terms(circle=None, acknowledge_hours=number + 1, decide_days=3, by=by).id

    assert len(set(at_once(press, range(4), hands=4))) == 1

    with transaction():
        by = session().get_one(User, managers[0])
        set_terms(circle=None, acknowledge_hours=7, decide_days=3, by=by)
        assert promise_for().acknowledge_hours == 7


def test_staff_who_answer_at_once_are_all_on_the_record(committing_db: str) -> None:
    (author,) = some_users(1, Role.MEMBER)
    staff = some_users(6, Role.RESPONDER)
    idea = an_idea(author)

    def press(number: int) -> int:
        by = session().get_one(User, staff[number % 6])
        message = f"{REASON} Say {number}."
        return respond(session().get_one(Idea, idea), kind=ResponseKind.EXPLANATION, message=message, by=by).id

    answers = at_once(press, range(12), hands=6)

    assert len(set(answers)) == 12
    with transaction() as current:
        assert current.scalar(select(func.count()).select_from(Response)) == 12
        assert str(verify()) == "12 answers and 0 progress entries, unbroken."


def test_the_same_answer_sent_at_once_stands_once(committing_db: str) -> None:
    (author,) = some_users(1, Role.MEMBER)
    (by,) = some_users(1, Role.RESPONDER)
    idea = an_idea(author)

    def press(_number: int) -> int:
        answering = session().get_one(User, by)
        return respond(session().get_one(Idea, idea), kind=ResponseKind.QUESTION, message="Which?", by=answering).id

    answers = at_once(press, range(4), hands=4)

    assert sum(isinstance(answer, Refusal) for answer in answers) == 3


def test_two_who_link_the_same_at_once_link_it_once(committing_db: str) -> None:
    (author,) = some_users(1, Role.MEMBER)
    staff = some_users(4, Role.RESPONDER)
    idea = an_idea(author)
    with transaction():
        owner = session().get_one(User, staff[0])
        action = start_action(title="A zip", owner=owner, stage=ActionStage.PLANNED, by=owner).id

    def link(person: int) -> int:
        by, ideas = session().get_one(User, person), [session().get_one(Idea, idea)]
        return len(link_ideas(session().get_one(Action, action), ideas, message=f"It comes, says {by.name}.", by=by))

    told = at_once(link, staff, hands=4)

    assert (told.count(1), sum(isinstance(one, NotLinked) for one in told)) == (1, 3)
    assert session().scalar(select(func.count()).select_from(Response)) == 1


def test_the_same_hand_over_sent_at_once_is_one(committing_db: str) -> None:
    (author,) = some_users(1, Role.MEMBER)
    by, to = some_users(2, Role.RESPONDER)
    idea = an_idea(author)

    def pass_on(_press: int) -> int:
        given = {"to": session().get_one(User, to), "by": session().get_one(User, by)}
        return len(hand_over(session().get_one(Idea, idea), word="You know resin.", **given))

    told = at_once(pass_on, range(4), hands=4)

    assert (told.count(1), sum(isinstance(one, NothingNew) for one in told)) == (1, 3)
    assert session().scalar(select(func.count()).where(AuditEntry.verb == "idea.handed_over")) == 1


def test_an_answer_and_the_progress_it_names_do_not_pass_each_other(committing_db: str) -> None:
    (author,) = some_users(1, Role.MEMBER)
    (by,) = some_users(1, Role.RESPONDER)
    for turn in range(6):
        idea = an_idea(author)
        with transaction() as current:
            rosa = current.get_one(User, by)
            action = start_action(title=f"Zip {turn}", owner=rosa, stage=ActionStage.PLANNED, by=rosa).id

        def press(job: str, idea: int = idea, action: int = action) -> None:
            rosa, doing = session().get_one(User, by), session().get_one(Action, action)
            if job == "answer":
                respond(session().get_one(Idea, idea), kind=ResponseKind.ACTION, message="", by=rosa, action=doing)
            else:
                record_progress(doing, stage=ActionStage.UNDER_WAY, words="Drawn.", by=rosa)

        at_once(press, ["answer", "progress"], hands=2)

    with transaction():
        assert str(verify()) == "6 answers and 12 progress entries, unbroken."
        assert {standing.value: count for standing, count in figures().counts.items()} == {"under-way": 6}


def test_one_form_sent_many_times_at_once_is_one_suggestion(committing_db: str) -> None:
    (author,) = some_users(1, Role.MEMBER)
    some_users(2, Role.RESPONDER)

    def press(_number: int) -> int:
        return suggest(title="A zip", body="", by=session().get_one(User, author), form_key="0123456789").id

    ideas = at_once(press, range(6), hands=6)

    assert len(set(ideas)) == 1


def test_figures_never_miss_a_suggestion_that_committed_late(committing_db: str) -> None:
    (author,) = some_users(1, Role.MEMBER)
    some_users(2, Role.RESPONDER)

    def press(number: int) -> int:
        idea = suggest(title=f"Idea {number}", body="", by=session().get_one(User, author)).id
        figures()
        return idea

    at_once(press, range(16), hands=6)

    with transaction():
        assert figures().total == 16
