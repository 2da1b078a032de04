"""A week after it was settled the author is asked, once, whether it helped."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import false

from portal.accounts.models import User
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import ActionStage, Idea, ResponseKind
from portal.ledger.queries import to_ask_whether_it_helped
from portal.ledger.services import merge_ideas, record_progress, respond, say_whether_it_helped, start_action, vote
from portal.updates.jobs import ask_whether_it_helped, gather
from portal.updates.models import Level
from portal.updates.services import ask_authors, asking, follow
from tests.factories import here, make_idea, make_user
from tests.outbox import mails
from tests.updates.test_mail import words_of_html, words_of_text

REASON = "The resin would crack in the first hard frost."


def test_the_author_is_asked_once_a_week_after(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)

    with pretend(now() + timedelta(days=6)):
        assert ask_whether_it_helped() == 0
    with pretend(now() + timedelta(days=7, minutes=5)):
        assert ask_whether_it_helped() == 1
        assert (ask_whether_it_helped(), ask_authors()) == (0, 0)

    (mail,) = mails("did_it_help")
    assert (mail.recipient, mail.subject) == (maya.email, "Did this help? A warmer lamp")
    assert mail.unsubscribe_url
    for words in (mail.text, mail.html):
        assert f"/ideas/{idea.id}#your-word" in words
        assert "the suggestion opens again" in words


def test_those_who_were_asked_and_said_nothing_keep_nobody_waiting(maya: User, rosa: User, monkeypatch) -> None:
    monkeypatch.setattr(asking, "_AT_ONCE", 1)
    for _number in range(3):
        respond(make_idea(proposed_by=maya, owner=rosa), kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)

    with pretend(now() + timedelta(days=8)):
        assert [ask_authors() for _time in range(4)] == [1, 1, 1, 0]


def test_an_action_is_judged_a_week_after_it_was_done(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    action = start_action(title="Warm lamp", owner=rosa, stage=ActionStage.UNDER_WAY, by=rosa)
    respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
    start = now()
    with pretend(start + timedelta(days=8)):
        assert ask_authors() == 0
        record_progress(action, stage=ActionStage.DONE, words="", by=rosa, proof_url="https://lumen.example/warm")
    with pretend(start + timedelta(days=14)):
        assert ask_authors() == 0
    with pretend(start + timedelta(days=16)):
        assert ask_authors() == 1


def test_an_action_that_took_long_is_asked_about_and_what_ended_long_ago_is_not(maya: User, rosa: User) -> None:
    idea, other = (make_idea(proposed_by=maya, owner=rosa) for _number in range(2))
    for one in (idea, other):
        action = start_action(title="Warm lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
        respond(one, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
    start = now()
    with pretend(start + timedelta(days=90)):
        record_progress(action, stage=ActionStage.DONE, words="", by=rosa, proof_url="https://lumen.example/warm")
        assert ask_authors() == 0
    with pretend(start + timedelta(days=119)):
        assert ask_authors() == 0
    with pretend(start + timedelta(days=98)):
        assert ask_authors() == 1
    assert [mail.subject_key for mail in mails("did_it_help")] == [f"help:{other.responses[0].id}"]


def test_nobody_is_asked_of_what_nobody_reads_or_what_is_open_again(maya: User, omar: User, rosa: User) -> None:
    kim, moment = make_user("kim@example.org", "Kim"), now()
    names = ("asked", "held", "removed", "joined", "opened again", "with an outcome")
    ideas = {name: make_idea(proposed_by=maya, owner=rosa) for name in names}
    ideas["of one who left"] = make_idea(proposed_by=kim, owner=rosa)
    heard = make_idea(proposed_by=maya, owner=rosa)
    for idea in ideas.values():
        respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    respond(heard, kind=ResponseKind.ACKNOWLEDGEMENT, message="We read it.", by=rosa)
    respond(ideas["asked"], kind=ResponseKind.EXPLANATION, message=f"{REASON} Glass would too.", by=rosa)
    respond(ideas["opened again"], kind=ResponseKind.QUESTION, message="Would glass do?", by=rosa)
    respond(ideas["with an outcome"], kind=ResponseKind.OUTCOME, message="The first frost left it whole.", by=rosa)
    merge_ideas(ideas["joined"], into=make_idea(proposed_by=omar, owner=rosa), by=rosa)
    ideas["held"].held_at = ideas["removed"].removed_at = kim.suspended_at = moment
    session().flush()
    days = {"not_before": moment - timedelta(days=1), "was_asked": false(), "limit": 9}

    def due(settled_before: datetime, **given: Any) -> list[Idea]:
        return [answer.idea for answer in to_ask_whether_it_helped(settled_before, **days | given)]

    later = now()
    with pretend(later + timedelta(minutes=1)):
        start_action(title="Another lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    assert due(later) == [ideas["with an outcome"], ideas["asked"]]
    assert due(later, limit=1) == [ideas["with an outcome"]]
    assert due(later, not_before=later + timedelta(days=1)) == due(moment - timedelta(days=1)) == []


def test_whoever_spoke_or_wants_no_mails_is_not_asked(maya: User, omar: User, rosa: User) -> None:
    ideas = [make_idea(proposed_by=author, owner=rosa) for author in (maya, omar)]
    for idea in ideas:
        respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    say_whether_it_helped(ideas[0], helped=True, words="", by=maya)
    follow(ideas[1], level=Level.NOTHING, by=omar)

    with pretend(now() + timedelta(days=8)):
        assert ask_authors() == 0
    assert mails("did_it_help") == []


def test_of_what_was_written_down_for_somebody_the_writer_is_sent_to_ask_them(
    maya: User, rosa: User, sam: User, sign_in: Any
) -> None:
    idea = make_idea(proposed_by=sam, owner=rosa, on_behalf_of="Jana Novotna", came_by="by phone")
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    with pretend(now() + timedelta(days=8)):
        assert ask_authors() == 1

    (mail,) = mails("did_it_help")

    assert (mail.recipient, mail.subject) == (sam.email, "Did this help Jana Novotna? A warmer lamp")
    for words in (mail.text, mail.html):
        assert "which you wrote down for Jana Novotna, came to its end: Explained." in words
        assert "Please ask Jana Novotna whether it helped, and write down what they say." in words
        assert "your suggestion" not in words
    assert words_of_text(mail.text) == words_of_html(mail.html)
    page = sign_in(sam).get(f"/ideas/{idea.id}").text
    assert "Did this help Jana Novotna?" in page
    assert "ask them, and write here what they say" in page
    say_whether_it_helped(here(idea), helped=False, words="She says it still cracks.", by=here(sam))
    told = mails("author_spoke")[0].text
    assert "Jana Novotna says that what came of it did not help." in told
    assert "Sam Okafor wrote it down for them." in told
    record = sign_in(maya).get(f"/ideas/{idea.id}").text
    assert "<strong>Jana Novotna</strong>" in record[record.index('id="word-') :]
    assert "written down by Sam Okafor" in record[record.index('id="word-') :]


def test_whoever_is_asked_is_written_down_by_one_statement(maya: User, rosa: User, queries: list[str]) -> None:
    for number in range(3):
        respond(
            make_idea(proposed_by=maya, owner=rosa, title=f"Lamp {number}"),
            kind=ResponseKind.EXPLANATION,
            message=REASON,
            by=rosa,
        )
    session().commit()
    queries.clear()

    with pretend(now() + timedelta(days=8)):
        assert ask_authors() == 3

    assert len([words for words in queries if words.startswith("INSERT INTO announcement")]) == 1


def test_each_step_is_passed_on_too(omar: User, rosa: User, sam: User) -> None:
    idea = make_idea(proposed_by=sam, owner=rosa, on_behalf_of="Jana Novotna")
    vote(idea, by=omar)
    action = start_action(title="Warm lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
    record_progress(action, stage=ActionStage.UNDER_WAY, words="We began.", by=rosa)
    session().commit()
    gather()

    told = {mail.recipient: "please pass it on" in mail.text for mail in mails("progress")}

    assert told == {sam.email: True, omar.email: False}
    assert all(words_of_text(mail.text) == words_of_html(mail.html) for mail in mails("progress"))
