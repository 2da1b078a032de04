"""Everyone behind a suggestion is told once, whatever breaks."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal.accounts.models import Role, User
from portal.consent.services import object_to_contact
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import database, end_work, session, transaction
from portal.foundation.mail.outbox import OutgoingMail, queue_mail
from portal.ledger.models import ActionStage, Vote
from portal.updates import jobs
from portal.updates.jobs import deliver, gather
from portal.updates.models import Level, Notice, Telling
from portal.updates.services import follow, set_preferences
from portal.updates.services import telling as services
from tests.factories import make_idea, make_user
from tests.foundation.mail.letters import letter
from tests.smtp import MailServer, mail_server
from tests.updates.stories import (
    action_for,
    answer_with,
    explanation,
    mails,
    notices,
    recipients,
    step,
    suggestion,
)


@pytest.fixture
def smtp(app: Flask) -> Iterator[MailServer]:
    with app.app_context(), mail_server() as server:
        yield server


def untold() -> int:
    with transaction() as work:
        return work.scalar(select(func.count()).select_from(Telling)) or 0


def test_an_answer_is_told_to_the_author_and_the_voters_once(maya: User, omar: User, rosa: User) -> None:
    answer = explanation(suggestion(maya, omar), rosa)

    assert gather() == 2
    assert gather() == 0

    assert recipients("answer") == ["maya", "omar"]
    assert notices() == [(maya.id, f"response:{answer.id}"), (omar.id, f"response:{answer.id}")]


def test_the_mail_arrives_with_the_answer_in_it(maya: User, omar: User, rosa: User, smtp: MailServer) -> None:
    explanation(suggestion(maya, omar, title="A warmer lamp", body="For reading."), rosa)

    gather()
    deliver()

    came = [entry for entry in smtp.letters if entry.header("Subject") == "Rosa answered: A warmer lamp"]
    assert {entry.recipients for entry in came} == {("maya@example.org",), ("omar@example.org",)}
    for entry in came:
        assert "The resin would crack in the first **hard** frost." in entry.text
        assert re.search(r"the first <strong[^>]*>hard</strong> frost", entry.html)
        assert entry.header("From") == "Rosa Pereira at Lumen Lamps <community@lumen.example>"


def test_nobody_is_told_of_their_own_answer(maya: User, rosa: User, sam: User) -> None:
    idea = suggestion(maya)
    follow(idea, level=Level.ANSWERS, by=rosa)
    follow(idea, level=Level.ANSWERS, by=sam)
    explanation(idea, rosa)

    gather()

    assert recipients() == ["maya", "sam"]


def test_whoever_stopped_hears_nothing_more_of_this_suggestion(maya: User, omar: User, rosa: User) -> None:
    idea, other = suggestion(maya, omar), suggestion(maya, omar, title="Another")
    follow(idea, level=Level.NOTHING, by=omar)
    explanation(idea, rosa)
    explanation(other, rosa, "This one would make the lamp too heavy to carry.")

    gather()

    assert recipients() == ["maya", "omar"]
    assert len([user for user, _ in notices() if user == omar.id]) == 1


def test_whoever_wants_no_mails_finds_it_on_the_page(maya: User, omar: User, rosa: User) -> None:
    set_preferences(omar, answers_by_mail=False)
    explanation(suggestion(maya, omar), rosa)

    gather()

    assert recipients() == ["maya"]
    assert {user for user, _ in notices()} == {maya.id, omar.id}


def test_whoever_said_never_gets_no_mail(maya: User, omar: User, rosa: User) -> None:
    object_to_contact("omar@example.org")
    explanation(suggestion(maya, omar), rosa)

    gather()

    assert recipients() == ["maya"]


def test_whoever_is_suspended_is_not_told(maya: User, omar: User, rosa: User) -> None:
    idea = suggestion(maya, omar)
    omar.suspended_at = now()
    explanation(idea, rosa)

    gather()

    assert recipients() == ["maya"]
    assert {user for user, _ in notices()} == {maya.id}


@pytest.mark.parametrize(
    "stop",
    [
        lambda idea, omar: follow(idea, level=Level.NOTHING, by=omar),
        lambda _idea, omar: set_preferences(omar, answers_by_mail=False),
        lambda _idea, omar: object_to_contact(omar.email),
        lambda _idea, omar: setattr(omar, "suspended_at", now()),
    ],
    ids=["this suggestion", "all answers", "never", "suspended"],
)
def test_a_no_between_gathering_and_sending_still_wins(
    maya: User, omar: User, rosa: User, smtp: MailServer, stop: Any
) -> None:
    idea = suggestion(maya, omar)
    explanation(idea, rosa)
    gather()

    stop(idea, session().get(User, omar.id))
    end_work(commit=True)
    deliver()

    assert "omar@example.org" not in {entry.recipients[0] for entry in smtp.letters}
    assert {row.recipient: row.status for row in mails()} == {
        "maya@example.org": "sent",
        "omar@example.org": "suppressed",
    }


def test_a_sign_in_link_is_sent_to_someone_who_wants_no_news(maya: User, smtp: MailServer) -> None:
    object_to_contact("maya@example.org")
    queue_mail(letter(kind="sign_in", unsubscribe_url=None))
    queue_mail(letter(kind="invitation"))
    end_work(commit=True)

    deliver()

    assert len(smtp.letters) == 1
    assert smtp.letters[0].message["List-Unsubscribe"] is None


def test_the_first_entry_of_a_new_action_is_told_to_nobody(maya: User, rosa: User) -> None:
    action_for(suggestion(maya), rosa)

    gather()

    assert recipients() == ["maya"]
    assert recipients("progress") == []
    assert untold() == 2


def test_a_new_step_is_told_once_to_everyone_behind_every_suggestion_it_answers(
    maya: User, omar: User, rosa: User
) -> None:
    one, two = suggestion(maya, omar), suggestion(omar, maya, title="A dimmer")
    action = action_for(one, rosa)
    answer_with(two, action, rosa, "That is the same thing.")
    gather()

    entry = step(action, rosa)
    gather()
    gather()

    assert recipients("progress") == ["maya", "omar"]
    assert [row for row in notices() if row[1] == f"progress:{entry.id}"] == [
        (maya.id, f"progress:{entry.id}"),
        (omar.id, f"progress:{entry.id}"),
    ]


def test_a_suggestion_that_is_answered_otherwise_by_now_hears_nothing_of_the_action(maya: User, rosa: User) -> None:
    idea = suggestion(maya)
    action = action_for(idea, rosa)
    explanation(idea, rosa, "It turned out that the maker of the part is gone.")
    step(action, rosa)

    gather()

    assert recipients("progress") == []


def test_it_makes_no_difference_when_a_step_is_told(maya: User, rosa: User) -> None:
    idea = suggestion(maya)
    action = action_for(idea, rosa)
    step(action, rosa)
    explanation(idea, rosa, "It turned out that the maker of the part is gone.")

    gather()

    assert recipients("progress") == ["maya"]


def test_an_answer_that_names_an_action_with_a_past_does_not_tell_the_past(maya: User, omar: User, rosa: User) -> None:
    action = action_for(suggestion(maya), rosa)
    step(action, rosa)
    answer_with(suggestion(omar, title="A dimmer"), action, rosa)

    gather()

    assert recipients("progress") == ["maya"]
    assert recipients("answer") == ["maya", "omar"]


def test_someone_who_stopped_one_of_two_suggestions_hears_through_the_other(maya: User, omar: User, rosa: User) -> None:
    one, two = suggestion(maya, omar), suggestion(maya, omar, title="A dimmer")
    action = action_for(one, rosa)
    answer_with(two, action, rosa, "The same thing.")
    follow(one, level=Level.NOTHING, by=omar)
    step(action, rosa)
    gather()

    [mail] = [row for row in mails("progress") if row.recipient == omar.email]
    assert "“A dimmer”" in mail.text


def test_a_crash_before_the_commit_tells_everyone_the_next_time(
    maya: User, omar: User, rosa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    explanation(suggestion(maya, omar), rosa)
    queue = services.queue_mails

    def pull_the_plug(messages: Any) -> int:
        queue(list(messages)[:1])
        raise SystemExit

    monkeypatch.setattr(services, "queue_mails", pull_the_plug)
    with pytest.raises(SystemExit):
        gather()
    assert (mails(), notices(), untold()) == ([], [], 0)
    monkeypatch.undo()

    gather()

    assert recipients() == ["maya", "omar"]


def test_one_answer_that_cannot_be_told_does_not_silence_the_next(
    maya: User, rosa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = explanation(suggestion(maya), rosa)
    explanation(suggestion(maya, title="Another"), rosa, "This one would make the lamp too heavy to carry.")
    tell = services.tell_answers

    def stumble(answers: list[Any]) -> int:
        if first.id in [answer.id for answer in answers]:
            raise ValueError
        return tell(answers)

    monkeypatch.setattr(jobs, "tell_answers", stumble)

    assert gather() == 1

    assert [row.subject for row in mails()] == ["Rosa answered: Another"]
    monkeypatch.undo()
    assert gather() == 1


def test_a_title_that_would_break_a_header_is_told_all_the_same(maya: User, rosa: User, smtp: MailServer) -> None:
    explanation(suggestion(maya, title="Lamp =?utf-8?q?=0ABcc:_evil@example.org?= %0d%0aBcc: x"), rosa)

    gather()
    deliver()

    [came] = [entry for entry in smtp.letters if entry.recipients == ("maya@example.org",)]
    assert came.message["Bcc"] is None
    assert "Lamp" in came.header("Subject")


def test_a_broadcast_is_few_statements_and_a_way_out_for_each(
    db: str, maya: User, rosa: User, queries: list[str]
) -> None:
    idea = make_idea(proposed_by=maya)
    voters = [
        User(email=f"voter{number}@example.org", name=f"Voter {number}", role=Role.MEMBER) for number in range(600)
    ]
    session().add_all(voters)
    session().flush()
    session().add_all(Vote(idea_id=idea.id, user_id=voter.id) for voter in voters)
    explanation(idea, rosa)
    end_work(commit=True)
    queries.clear()

    assert gather() == 601

    assert len(queries) < 30
    assert len(mails()) == len({row.unsubscribe_url for row in mails()}) == 601


def test_a_retry_has_the_same_message_id(maya: User, rosa: User, smtp: MailServer) -> None:
    explanation(suggestion(maya), rosa)
    gather()
    smtp.hang_up_after_mail(keeps_it=True)
    deliver()
    with transaction() as work:
        work.execute(update(OutgoingMail).values(next_try_at=now() - timedelta(seconds=1)))

    deliver()

    to_maya = [entry for entry in smtp.letters if entry.recipients == ("maya@example.org",)]
    assert len(to_maya) == 2
    assert len({entry.header("Message-ID") for entry in to_maya}) == 1


def test_a_long_post_bag_does_not_keep_new_answers_waiting(
    maya: User, rosa: User, smtp: MailServer, monkeypatch: Any
) -> None:
    monkeypatch.setattr(jobs, "_POST_BAG", 2)
    for number in range(5):
        queue_mail(letter(kind="invitation", subject_key=f"invitation:{number}"))
    explanation(suggestion(maya), rosa)

    assert deliver() >= 6

    assert "Rosa answered: A warmer lamp" in {entry.header("Subject") for entry in smtp.letters}


def test_several_gatherers_at_once_tell_once(own_database: Flask) -> None:
    rosa = make_user("rosa@example.com", "Rosa Pereira", Role.RESPONDER)
    maya = make_user("maya@example.org", "Maya Lindqvist")
    for number in range(8):
        explanation(suggestion(maya, title=f"Lamp {number}"), rosa, f"The resin would crack in the frost of {number}.")
    end_work(commit=True)

    workers = [threading.Thread(target=gather) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    with transaction() as work:
        assert work.scalar(select(func.count()).select_from(Telling)) == 8
        assert work.scalar(select(func.count()).select_from(Notice)) == 8
    (mail,) = mails("answer")
    assert mail.subject == "Rosa answered 8 suggestions"


def test_a_stage_is_named_in_the_subject(maya: User, rosa: User) -> None:
    action = action_for(suggestion(maya), rosa)
    step(action, rosa, stage=ActionStage.DONE, proof_url="https://lumen.example/dimmer")

    gather()

    [mail] = mails("progress")
    assert mail.subject == "Done: A dimmer in the next lamp"
    assert "https://lumen.example/dimmer" in mail.text
    assert database.engine is not None
    assert config.current().COMPANY_NAME in (mail.from_name or "")


def test_looking_for_what_is_untold_waits_for_no_writer(own_database: Flask) -> None:
    done = threading.Event()

    def look() -> None:
        gather()
        done.set()

    with transaction() as work:
        work.execute(update(OutgoingMail).values(tries=0))
        threading.Thread(target=look).start()

        assert done.wait(5)
