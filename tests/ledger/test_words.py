"""What an author says to an answer: the clock stops, runs on, and starts anew."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal.accounts.models import User
from portal.foundation.clock import pretend
from portal.foundation.database import session
from portal.ledger.chain import verify
from portal.ledger.derived import derived_standings
from portal.ledger.models import ActionStage, AuthorWord, Idea, ResponseKind, Standing, WordKind
from portal.ledger.queries.history import clock_at
from portal.ledger.services import (
    AlreadyAnswered,
    AnsweredElsewhere,
    NoAction,
    NoReason,
    NothingAsked,
    NotYours,
    NoWords,
    SaidAlready,
    answer_question,
    merge_ideas,
    record_progress,
    respond,
    say_whether_it_helped,
    split_idea,
    start_action,
    suggest,
)
from tests.ledger.march import at
from tests.outbox import mails

REASON = "The resin would crack in the first hard frost."


def stands(idea: Idea) -> Standing:
    session().refresh(idea)
    return idea.standing


@pytest.fixture
def idea(maya: User, rosa: User) -> Iterator[Idea]:
    """Suggested on a Monday at nine."""
    with pretend(at("02 09:00")):
        yield suggest(title="A warmer lamp", body="", by=maya)


def test_the_clock_stands_while_the_member_is_asked(idea: Idea, maya: User, rosa: User) -> None:
    with pretend(at("02 10:00")):
        asked = respond(idea, kind=ResponseKind.QUESTION, message="Which lamp?", by=rosa)
    assert stands(idea) is Standing.ASKED_BACK
    with pretend(at("06 10:00")):
        word = answer_question(idea, words="The *small* one.", by=maya)

    assert (word.kind, word.response_id) == (WordKind.REPLY, asked.id)
    assert stands(idea) is Standing.HEARD
    assert idea.decide_by == at("20 09:00")
    with pretend(at("06 11:00")):
        answer = respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    assert (asked.after_minutes, answer.after_minutes) == (60, 120)
    assert (asked.acknowledge_by, asked.decide_by) == (at("02 17:00"), None)
    assert (answer.acknowledge_by, answer.decide_by) == (None, at("20 09:00"))
    assert verify().broken is None


def test_the_company_may_go_on_without_the_reply(idea: Idea, rosa: User) -> None:
    with pretend(at("02 10:00")):
        respond(idea, kind=ResponseKind.QUESTION, message="Which lamp?", by=rosa)
    with pretend(at("04 10:00")):
        answer = respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="We look at both.", by=rosa)

    assert stands(idea) is Standing.HEARD
    assert answer.after_minutes == 60
    assert idea.decide_by == at("18 09:00")


def test_a_no_opens_it_again_with_a_new_promise(idea: Idea, maya: User, rosa: User) -> None:
    with pretend(at("02 11:00")):
        action = start_action(title="Warm lamp", owner=rosa, stage=ActionStage.UNDER_WAY, by=rosa)
        respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
        record_progress(action, stage=ActionStage.DONE, words="", by=rosa, proof_url="https://lumen.example/warm")
    with pretend(at("10 09:00")):
        say_whether_it_helped(idea, helped=False, words="It is still cold.", by=maya)

    assert stands(idea) is Standing.HEARD
    assert idea.decide_by == at("24 09:00")
    with pretend(at("10 11:00")):
        record_progress(action, stage=ActionStage.UNDER_WAY, words="Again.", by=rosa)
        assert stands(idea) is Standing.HEARD
        answer = respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    assert (stands(idea), answer.after_minutes) == (Standing.EXPLAINED, 120)
    (told,) = mails("author_spoke")
    assert (told.recipient, told.unsubscribe_url) == (rosa.email, None)
    assert "It did not help: A warmer lamp" in told.subject
    assert "It is still cold." in told.text
    assert verify().broken is None
    assert session().execute(derived_standings()).all() == []


def test_a_yes_stands_on_the_record_and_changes_nothing_else(idea: Idea, maya: User, omar: User, rosa: User) -> None:
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)

    with pytest.raises(NotYours):
        say_whether_it_helped(idea, helped=True, words="", by=omar)
    with pytest.raises(NoWords):
        say_whether_it_helped(idea, helped=False, words=" ", by=maya)
    say_whether_it_helped(idea, helped=True, words="", by=maya)

    assert stands(idea) is Standing.EXPLAINED
    with pytest.raises(SaidAlready):
        say_whether_it_helped(idea, helped=False, words="On second thought…", by=maya)
    # Pressed twice, it is one word.
    first = say_whether_it_helped(idea, helped=True, words=" ", by=maya)
    assert [first.id] == list(session().scalars(select(AuthorWord.id)))


def test_a_word_needs_something_that_calls_for_it(idea: Idea, maya: User, rosa: User) -> None:
    with pytest.raises(NothingAsked):
        answer_question(idea, words="The small one.", by=maya)
    with pytest.raises(NothingAsked):
        say_whether_it_helped(idea, helped=True, words="", by=maya)
    respond(idea, kind=ResponseKind.QUESTION, message="Which lamp?", by=rosa)
    with pytest.raises(NoWords):
        answer_question(idea, words="\n", by=maya)
    answer_question(idea, words="The small one.", by=maya)
    with pytest.raises(NothingAsked):
        answer_question(idea, words="Or the big one.", by=maya)


def test_an_outcome_tells_what_came_of_a_decision_and_leaves_the_standing(idea: Idea, rosa: User) -> None:
    with pytest.raises(NoAction):
        respond(idea, kind=ResponseKind.OUTCOME, message="Half as many came back broken.", by=rosa)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    with pytest.raises(NoReason):
        respond(idea, kind=ResponseKind.OUTCOME, message="Good.", by=rosa)

    respond(idea, kind=ResponseKind.OUTCOME, message="Half as many came back broken.", by=rosa)

    assert stands(idea) is Standing.EXPLAINED
    with pytest.raises(AlreadyAnswered):
        respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="Read.", by=rosa)
    assert session().execute(derived_standings()).all() == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE author_word SET words = 'Splendid!'", "UPDATE author_word SET kind = 'helped'", "DELETE FROM author_word"],
)
def test_the_database_lets_nobody_change_their_word(idea: Idea, maya: User, rosa: User, statement: str) -> None:
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    say_whether_it_helped(idea, helped=False, words="It is still cold.", by=maya)

    with pytest.raises(DBAPIError, match="append only"), session().begin_nested():
        session().execute(text(statement))
    session().execute(text("UPDATE author_word SET words = ''"))


def test_a_question_after_a_decision_opens_it_again(idea: Idea, maya: User, rosa: User) -> None:
    with pretend(at("02 10:00")):
        respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    with pretend(at("02 10:00") + timedelta(days=30)):
        respond(idea, kind=ResponseKind.QUESTION, message="Would glass do?", by=rosa)
        answer_question(idea, words="Yes.", by=maya)

        assert stands(idea) is Standing.HEARD
        assert idea.decide_by > at("02 10:00") + timedelta(days=43)


def test_a_question_and_a_joining_at_once_stop_the_clock_once(maya: User, rosa: User) -> None:
    ask = {"kind": ResponseKind.QUESTION, "message": "Which lamp is it?", "by": rosa}
    with pretend(at("02 10:00")):
        before, within, target = (suggest(title=name, body="", by=maya) for name in ("One", "Two", "Three"))
    with pretend(at("03 10:00")):
        respond(before, **ask)
    with pretend(at("04 10:00")):
        for idea in (before, within):
            merge_ideas(idea, into=target, by=rosa)
    with pretend(at("05 10:00")):
        with pytest.raises(AnsweredElsewhere):
            respond(within, **ask)
        with pytest.raises(NothingAsked, match="joined"):
            answer_question(before, words="The Alba.", by=maya)
    with pretend(at("06 10:00")):
        for idea in (before, within):
            split_idea(idea, by=rosa)
        respond(within, **ask)
    with pretend(at("09 10:00")):
        for idea in (before, within):
            answer_question(idea, words="The Alba.", by=maya)

    # Six days of silence for the one; five for the other, the first two of them joined.
    assert (before.decide_by, within.decide_by) == (at("23 09:00"), at("23 09:00"))


def test_the_clock_of_one_is_moved_by_nothing_that_happens_to_others(idea: Idea, maya: User, rosa: User) -> None:
    with pretend(at("02 09:00")):
        other, joined, top = (suggest(title=name, body="", by=maya) for name in ("One", "Two", "Three"))
    with pretend(at("02 10:00")):
        respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it.", by=rosa)
    before = clock_at(idea, at("20 10:00"))
    with pretend(at("03 10:00")):
        respond(other, kind=ResponseKind.QUESTION, message="Which lamp is it?", by=rosa)
        merge_ideas(joined, into=top, by=rosa)
    assert clock_at(idea, at("20 10:00")) == before
    with pretend(at("04 10:00")):
        answer_question(other, words="The Alba.", by=maya)
        split_idea(joined, by=rosa)
        respond(other, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    with pretend(at("05 10:00")):
        say_whether_it_helped(other, helped=False, words="It cracked.", by=maya)

    assert clock_at(idea, at("20 10:00")) == before
    # While it was joined, its own clock stood.
    spans = (at("02 09:00"), at("03 10:00")), (at("04 10:00"), at("20 10:00"))
    assert clock_at(joined, at("20 10:00")).ran == spans
