"""What the verbs of the ledger do, and what they refuse."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.accounts.queries import user_by_email
from portal.foundation import config
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.chain import verify
from portal.ledger.models import ActionStage, Idea, ResponseKind, Standing, Vote
from portal.ledger.services import (
    AlreadyAnswered,
    NoAction,
    NobodyToAnswer,
    NoReason,
    NothingNew,
    NothingToSee,
    NoTitle,
    NotYours,
    TooLong,
    hand_over,
    plan_absence,
    record_progress,
    respond,
    start_action,
    suggest,
    take_back_vote,
    vote,
)
from tests.factories import make_idea, make_user
from tests.outbox import mails

REASON = "The resin would crack in the first hard frost."


def stands(idea: Idea) -> Standing:
    session().refresh(idea)
    return idea.standing


def test_a_suggestion_has_an_owner_and_two_promises_at_once(maya: User, rosa: User) -> None:
    before = now()

    idea = suggest(title="  A warmer\tlamp ", body="For reading.\r\nPlease.", by=maya)

    assert (idea.title, idea.body, idea.owner) == ("A warmer lamp", "For reading.\nPlease.", rosa)
    assert stands(idea) is Standing.WAITING
    assert before < idea.acknowledge_by < before + timedelta(days=5)
    assert before + timedelta(days=14) <= idea.decide_by <= before + timedelta(days=18)
    assert verify().broken is None


def test_the_owner_hears_of_it_by_mail_with_the_words_inside(maya: User, rosa: User) -> None:
    idea = suggest(title="A warmer lamp", body="For *reading* at night.", by=maya)

    (mail,) = mails("idea_assigned")
    assert (mail.recipient, mail.subject) == (rosa.email, "Yours to answer: A warmer lamp")
    for part in (mail.text, mail.html):
        assert "Maya Lindqvist" in part
        assert f"/ideas/{idea.id}" in part
        assert "at night" in part


def test_a_title_that_would_break_a_header_is_taken_apart_there(maya: User, rosa: User) -> None:
    suggest(title="100%0a lumen", body="", by=maya)

    (mail,) = mails("idea_assigned")
    assert mail.subject == "Yours to answer: 100% 0a lumen"
    assert "100%0a lumen" in mail.text


def test_responders_come_first_and_then_whoever_has_least_open(maya: User, sam: User, rosa: User) -> None:
    other = make_user("ben@example.com", "Ben Ito", rosa.role)
    owners = [suggest(title=f"Idea {number}", body="", by=maya).owner for number in range(4)]

    assert owners == [rosa, other, rosa, other]


def test_staff_may_suggest_but_somebody_else_answers(sam: User, rosa: User) -> None:
    idea = suggest(title="A shop window", body="", by=rosa)

    assert idea.owner == sam
    with pytest.raises(NotYours):
        respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)


def test_without_staff_nobody_promises_anything(maya: User) -> None:
    with pytest.raises(NobodyToAnswer):
        suggest(title="A warmer lamp", body="", by=maya)


def test_suspended_staff_get_no_suggestions(maya: User, sam: User, rosa: User) -> None:
    rosa.suspended_at = now()

    assert suggest(title="A warmer lamp", body="", by=maya).owner == sam


def test_the_same_form_sent_twice_is_one_idea(maya: User, omar: User, rosa: User) -> None:
    first = suggest(title="A warmer lamp", body="", by=maya, form_key="k" * 43)
    second = suggest(title="A warmer lamp", body="", by=maya, form_key="k" * 43)
    another = suggest(title="A warmer lamp", body="", by=omar, form_key="k" * 43)

    assert first.id == second.id != another.id
    assert len(mails("idea_assigned")) == 2


@pytest.mark.parametrize("title", ["", "  \n ", "x" * 161, "\x00"])
def test_a_suggestion_needs_a_title_of_one_line(maya: User, rosa: User, title: str) -> None:
    with pytest.raises(NoTitle):
        suggest(title=title, body="", by=maya)


def test_more_words_than_a_page_can_hold_are_refused(maya: User, rosa: User) -> None:
    with pytest.raises(TooLong):
        suggest(title="Long", body="x" * 20_001, by=maya)


def test_control_marks_and_lone_surrogates_are_left_out(maya: User, rosa: User) -> None:
    idea = suggest(title="A\x00 lamp \ud800", body="Warm\x07 \udfff light", by=maya)

    session().refresh(idea)
    assert (idea.title, idea.body) == ("A lamp", "Warm  light")


def test_a_vote_counts_once(maya: User, omar: User, rosa: User) -> None:
    _other, idea = make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=maya, owner=rosa)

    assert vote(idea, omar) is True
    assert vote(idea, omar) is False

    assert session().scalars(select(Vote.idea_id)).all() == [idea.id]
    assert take_back_vote(idea, omar) is True
    assert take_back_vote(idea, omar) is False
    assert session().scalar(select(func.count()).select_from(Vote)) == 0


def test_authors_and_staff_do_not_vote(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    for person in (maya, rosa):
        with pytest.raises(NotYours):
            vote(idea, person)


def test_a_new_answer_moves_the_idea_and_keeps_the_old_one(maya: User, sam: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it today.", by=sam)
    assert idea.standing is Standing.HEARD
    respond(idea, kind=ResponseKind.QUESTION, message="Which lamp?", by=sam)
    assert idea.standing is Standing.ASKED_BACK
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=sam)

    assert idea.standing is Standing.EXPLAINED
    assert [answer.message for answer in idea.responses] == ["We read it today.", "Which lamp?", REASON]
    assert str(verify()) == "3 answers and 0 progress entries, unbroken."


@pytest.mark.parametrize("message", ["", "No.", "Not planned now", "aaaaaaaaaaaaaaaaaaaaaaaaaaa", "We do not know"])
def test_a_no_needs_a_reason(maya: User, rosa: User, message: str) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    with pytest.raises(NoReason, match="needs its reason"):
        respond(idea, kind=ResponseKind.EXPLANATION, message=message, by=rosa)


def test_a_reason_may_be_in_a_script_without_spaces(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    respond(idea, kind=ResponseKind.EXPLANATION, message="冬の寒さで樹脂が割れてしまうためです。", by=rosa)

    assert idea.standing is Standing.EXPLAINED


def test_a_question_needs_words(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    with pytest.raises(NoReason):
        respond(idea, kind=ResponseKind.QUESTION, message=" ", by=rosa)


def test_a_yes_names_its_action_and_nothing_else_does(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)

    with pytest.raises(NoAction):
        respond(idea, kind=ResponseKind.ACTION, message="We will.", by=rosa)
    with pytest.raises(NoAction):
        respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa, action=action)


def test_the_same_answer_twice_is_refused(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)

    with pytest.raises(NothingNew):
        respond(idea, kind=ResponseKind.EXPLANATION, message=f" {REASON}\r\n", by=rosa)


def test_the_same_new_action_sent_twice_is_refused(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    first = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    respond(idea, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=first)
    second = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)

    with pytest.raises(NothingNew):
        respond(idea, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=second)


def test_an_acknowledgement_takes_no_answer_back(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)

    with pytest.raises(AlreadyAnswered):
        respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it.", by=rosa)


def test_members_answer_nothing(maya: User, omar: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    with pytest.raises(NotYours):
        respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="Me too.", by=omar)


def test_one_action_moves_every_idea_it_answers(maya: User, omar: User, rosa: User) -> None:
    ideas = [make_idea(proposed_by=maya, owner=rosa), make_idea(proposed_by=omar, owner=rosa)]
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    for idea in ideas:
        respond(idea, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=action)
    assert [idea.standing for idea in ideas] == [Standing.PLANNED] * 2

    record_progress(action, stage=ActionStage.UNDER_WAY, words="Drawn.", by=rosa)
    assert [idea.standing for idea in ideas] == [Standing.UNDER_WAY] * 2
    record_progress(action, stage=ActionStage.DONE, words="Out now.", by=rosa, proof_url="https://lumen.example/warm")

    assert [idea.standing for idea in ideas] == [Standing.DONE] * 2
    assert action.stage is ActionStage.DONE
    assert str(verify()) == "2 answers and 3 progress entries, unbroken."


def test_a_dropped_action_explains(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=action)

    for words in (" ", "Not planned."):
        with pytest.raises(NothingToSee):
            record_progress(action, stage=ActionStage.DROPPED, words=words, by=rosa)
    record_progress(action, stage=ActionStage.DROPPED, words="The glass cracks in winter.", by=rosa)

    assert idea.standing is Standing.EXPLAINED


def test_done_needs_something_to_see(rosa: User) -> None:
    with pytest.raises(NothingToSee):
        start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.DONE, by=rosa, words="Trust us.")

    action = start_action(
        title="A warmer lamp", owner=rosa, stage=ActionStage.DONE, by=rosa, happened_on=date(2026, 1, 5)
    )
    assert action.stage is ActionStage.DONE


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "ftp://a.example", "https://", "//a.example", "https://u:p@a.example", "https://[",
        "https://a.example/a b", "https://a.example/".ljust(2001, "x"), "done",
    ],
)  # fmt: skip
def test_a_proof_is_a_link_that_a_browser_may_open(rosa: User, link: str) -> None:
    with pytest.raises(NothingToSee):
        start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.DONE, by=rosa, proof_url=link)


def test_what_is_done_did_not_happen_tomorrow(rosa: User) -> None:
    with pytest.raises(NothingToSee):
        start_action(
            title="A lamp", owner=rosa, stage=ActionStage.DONE, by=rosa, happened_on=now().date() + timedelta(days=2)
        )


def test_the_same_entry_twice_is_refused(rosa: User) -> None:
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa, words="Soon.")

    with pytest.raises(NothingNew):
        record_progress(action, stage=ActionStage.PLANNED, words="Soon.", by=rosa)


def test_an_action_belongs_to_staff(maya: User, rosa: User) -> None:
    with pytest.raises(NotYours):
        start_action(title="A warmer lamp", owner=maya, stage=ActionStage.PLANNED, by=rosa)
    with pytest.raises(NotYours):
        start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=maya)


def test_handing_over_names_a_person_and_tells_them(maya: User, sam: User, rosa: User) -> None:
    idea = suggest(title="A warmer lamp", body="", by=maya)
    promised = idea.acknowledge_by

    hand_over(idea, to=sam, word="You know resin.", by=rosa)
    hand_over(idea, to=rosa, word="Not this kind.", by=sam)
    hand_over(idea, to=sam, word="But the other.", by=rosa)

    session().refresh(idea)
    assert (idea.owner_id, idea.acknowledge_by) == (sam.id, promised)
    told = mails("idea_handed_over")
    assert [mail.recipient for mail in told] == [sam.email, rosa.email, sam.email]
    assert "You know resin." in told[0].text
    for words in (told[0].text, told[0].html):
        assert "The company promised a first word by" in words
    respond(idea, kind=ResponseKind.EXPLANATION, message="The resin would crack in the frost.", by=rosa)
    hand_over(idea, to=rosa, word="Yours from here.", by=sam)
    last = mails("idea_handed_over")[-1]
    for words in (last.text, last.html):
        assert "It has its answer already. What is said to it from now on comes to you." in words
        assert "Answer it" not in words


def test_whoever_takes_it_over_or_stands_in_gets_no_mail_of_their_own_doing(maya: User, sam: User, rosa: User) -> None:
    idea = suggest(title="A warmer lamp", body="", by=maya)
    assert idea.owner_id == rosa.id

    assert hand_over(idea, to=sam, word="I know resin.", by=sam) == [sam]
    assert mails("idea_handed_over") == []
    plan_absence(rosa, from_day=config.today(), until_day=config.today(), stand_in=sam, by=sam)
    assert hand_over(idea, to=rosa, word="Yours when you are back.", by=sam) == [rosa, sam]
    assert [mail.recipient for mail in mails("idea_handed_over")] == [rosa.email]


def test_handing_over_needs_a_word_and_someone_else(maya: User, sam: User, rosa: User) -> None:
    idea = suggest(title="A warmer lamp", body="", by=maya)

    with pytest.raises(NoReason):
        hand_over(idea, to=sam, word=" ", by=rosa)
    with pytest.raises(NothingNew):
        hand_over(idea, to=rosa, word="Mine.", by=sam)
    with pytest.raises(NotYours):
        hand_over(idea, to=maya, word="You do it.", by=rosa)
    with pytest.raises(NotYours):
        hand_over(idea, to=sam, word="Please.", by=maya)


def test_every_change_leaves_one_audit_row(maya: User, omar: User, sam: User, rosa: User) -> None:
    idea = suggest(title="A warmer lamp", body="", by=maya)
    vote(idea, omar)
    vote(idea, omar)
    take_back_vote(idea, omar)
    hand_over(idea, to=sam, word="You know resin.", by=rosa)
    action = start_action(title="A warmer lamp", owner=sam, stage=ActionStage.PLANNED, by=sam)
    respond(idea, kind=ResponseKind.ACTION, message="We will.", by=sam, action=action)
    session().flush()

    assert list(session().scalars(select(AuditEntry.verb).order_by(AuditEntry.id))) == [
        "idea.suggested", "vote.given", "vote.taken_back", "idea.handed_over", "action.started", "action.moved",
        "idea.answered",
    ]  # fmt: skip
    assert user_by_email(maya.email) is maya
