"""Sending the outbox to a server that is kind, unkind, slow, or away."""

import math
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import database, transaction
from portal.foundation.mail.delivery import compose, deliver_due
from portal.foundation.mail.outbox import OutgoingMail, claim_next, queue_mail, settle
from tests.conftest import migrated_engine, portal_for
from tests.foundation.mail.letters import everyone, letter, only_mail, queue, statuses, wait_is_over
from tests.smtp import MailServer, mail_server


def test_a_mail_arrives_as_it_was_written(smtp: MailServer) -> None:
    with transaction():
        queue_mail(letter(subject="Rosa answered: Brighter näht", from_name="Rosa, at Lumen"))

    assert deliver_due(everyone) == 1

    [came] = smtp.letters
    assert came.recipients == ("maya@example.org",)
    assert came.sender == "community@lumen.example"
    assert came.header("Subject") == "Rosa answered: Brighter näht"
    assert came.message["From"].addresses[0].display_name == "Rosa, at Lumen"
    assert came.message["From"].addresses[0].addr_spec == "community@lumen.example"
    assert came.message["To"].addresses[0].display_name == "Maya Lindqvist"
    assert came.text.strip() == "We dimmed it."
    assert "<p>We dimmed it.</p>" in came.html
    assert only_mail().status == "sent"
    assert only_mail().sent_at is not None


@pytest.mark.parametrize("letters", [900, 1000, 20_000])
def test_a_paragraph_that_is_one_long_line_arrives_whole(smtp: MailServer, letters: int) -> None:
    words = ("näht " * letters)[:letters].strip() + " = 3D."
    with transaction():
        queue_mail(letter(text=f"{words}\n\n.\n", html=f"<p>{words}</p>\n<p>.</p>\n"))

    deliver_due(everyone)

    assert only_mail().status == "sent", only_mail().last_error
    [came] = smtp.letters
    assert came.text.splitlines()[:3] == [words, "", "."]
    assert f"<p>{words}</p>" in came.html


def test_every_mail_says_that_a_machine_sent_it_and_how_to_stop_it(smtp: MailServer) -> None:
    queue()

    deliver_due(everyone)
    config.use(config.current().model_copy(update={"MAIL_REPLY_TO": "hello@lumen.example"}))
    with transaction():
        queue_mail(letter(subject_key="response:9"))
    deliver_due(everyone)

    came, answerable = smtp.letters
    assert (came.header("Reply-To"), answerable.header("Reply-To")) == ("None", "hello@lumen.example")
    assert came.header("Auto-Submitted") == "auto-generated"
    assert came.header("List-Unsubscribe") == "<http://localhost:8000/unsubscribe/abc>"
    assert came.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"


def test_a_mail_that_its_reader_waits_for_has_no_unsubscribe_header(smtp: MailServer) -> None:
    with transaction():
        queue_mail(letter(kind="sign_in", unsubscribe_url=None))

    deliver_due(everyone)

    assert smtp.letters[0].message["List-Unsubscribe"] is None
    assert smtp.letters[0].message["List-Unsubscribe-Post"] is None


@pytest.mark.both_databases
def test_nothing_is_sent_twice(smtp: MailServer) -> None:
    queue(3)

    assert deliver_due(everyone) == 3
    assert deliver_due(everyone) == 0

    assert len(smtp.letters) == 3
    assert smtp.connections == 1


@pytest.mark.both_databases
def test_one_run_is_bounded(smtp: MailServer) -> None:
    queue(5)

    assert deliver_due(everyone, limit=2) == 2
    assert deliver_due(everyone) == 3


def test_without_a_server_nothing_is_sent_and_the_mails_wait(app: Flask) -> None:
    queue()

    with app.app_context():
        assert deliver_due(everyone) == 0

    assert (only_mail().status, only_mail().tries) == ("pending", 0)


def test_a_no_at_the_last_moment_keeps_the_mail_at_home(smtp: MailServer) -> None:
    queue()

    assert deliver_due(lambda _mail: False) == 0

    assert smtp.letters == []
    assert only_mail().status == "suppressed"


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "DOT"])
def test_a_soft_no_is_tried_again_later_with_the_same_message_id(smtp: MailServer, step: str) -> None:
    queue()
    smtp.refuse(step, "451 4.7.1 come back later")

    assert deliver_due(everyone) == 0

    waiting = only_mail()
    assert (waiting.status, waiting.tries) == ("pending", 1)
    assert waiting.next_try_at > now() + timedelta(seconds=20)
    assert "come back later" in (waiting.last_error or "")
    assert deliver_due(everyone) == 0
    wait_is_over()
    assert deliver_due(everyone) == 1
    assert [came.header("Message-ID") for came in smtp.letters] == [waiting.message_id]
    assert only_mail().last_error is None


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "DOT"])
def test_a_hard_no_stops_and_is_shown(smtp: MailServer, step: str) -> None:
    queue()
    smtp.refuse(step, "550 5.1.1 nobody of that name\x7f here")

    deliver_due(everyone)

    assert only_mail().status == "failed"
    assert only_mail().last_error == "550 5.1.1 nobody of that name  here"
    wait_is_over()
    assert deliver_due(everyone) == 0
    assert smtp.letters == []


@pytest.mark.parametrize("step", ["CONNECT", "EHLO"])
@pytest.mark.parametrize("reply", ["421 4.3.2 closing", "554 5.3.2 no mail here"])
def test_a_server_that_takes_nobody_costs_no_mail(smtp: MailServer, step: str, reply: str) -> None:
    queue()
    smtp.refuse(step, reply, times=2)

    assert deliver_due(everyone) == 0

    assert only_mail().status == "pending"
    assert reply[:3] in (only_mail().last_error or "")
    smtp.be_kind()
    wait_is_over()
    assert deliver_due(everyone) == 1


def test_one_bad_address_does_not_stop_the_others(smtp: MailServer) -> None:
    queue(3)
    smtp.refuse("RCPT", "550 5.1.1 nobody")

    assert deliver_due(everyone) == 2

    assert statuses() == ["failed", "sent", "sent"]


@pytest.mark.both_databases
def test_a_soft_no_ends_after_three_days(smtp: MailServer) -> None:
    queue()
    with transaction() as work:
        work.execute(update(OutgoingMail).values(created_at=now() - timedelta(hours=73)))
    smtp.refuse("RCPT", "451 4.7.1 later", times=math.inf)

    deliver_due(everyone)

    assert only_mail().status == "failed"


def test_a_server_that_is_down_costs_time_and_no_mail(smtp: MailServer) -> None:
    queue(2)
    smtp.stop()

    assert deliver_due(everyone) == 0

    assert statuses() == ["pending", "pending"]
    smtp.start()
    wait_is_over()
    assert deliver_due(everyone) == 2


@pytest.mark.parametrize("keeps_it", [True, False])
def test_a_line_cut_after_the_last_dot_is_tried_again_with_the_same_message_id(
    smtp: MailServer, keeps_it: bool
) -> None:
    queue()
    smtp.hang_up_after_mail(keeps_it=keeps_it)

    assert deliver_due(everyone) == 0

    assert only_mail().status == "pending"
    wait_is_over()
    assert deliver_due(everyone) == 1
    ids = [came.header("Message-ID") for came in smtp.letters]
    assert set(ids) == {only_mail().message_id}
    assert len(ids) == (2 if keeps_it else 1)


def test_a_mail_that_cannot_be_written_does_not_hold_up_the_others(smtp: MailServer) -> None:
    queue(2)
    with transaction() as work:
        first = work.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).first()
        assert first is not None
        # As no service would write it, but a hand in the database could.
        first.recipient = "two@example.org\r\nRCPT TO:<evil@example.org>"

    assert deliver_due(everyone) == 1

    assert len(smtp.letters) == 1
    assert smtp.letters[0].recipients == ("maya@example.org",)


@pytest.mark.both_databases
def test_a_sender_whose_lease_ran_out_cannot_settle(smtp: MailServer) -> None:
    queue()
    with transaction():
        late = claim_next()
    assert late is not None
    with transaction() as work:
        work.execute(update(OutgoingMail).values(lease_until=now() - timedelta(seconds=1)))

    assert deliver_due(everyone) == 1

    with transaction():
        assert settle(late, "failed", error="too late") is False
    assert only_mail().status == "sent"


@pytest.mark.both_databases
def test_a_sender_that_wakes_after_its_lease_leaves_the_mail_alone(smtp: MailServer) -> None:
    queue()

    def sleep_long(mail: OutgoingMail) -> bool:
        # As if the machine had been paused between the claim and the sending.
        mail.lease_until = now() - timedelta(seconds=1)
        return True

    deliver_due(sleep_long, limit=1)

    assert smtp.letters == []
    assert deliver_due(everyone) == 1


@pytest.fixture(params=["sqlite", "postgresql"])
def committed(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """A database whose commits are real, so that several threads can meet in it."""
    app = portal_for(request.param)
    config.use(app.extensions["settings"])
    database.bind(migrated_engine(request.param))
    yield app
    with transaction() as work:
        work.execute(delete(OutgoingMail))


def test_several_senders_at_once_send_each_mail_once(committed: Flask) -> None:
    taken: list[int] = []

    def send() -> None:
        with committed.app_context():
            taken.append(deliver_due(everyone))

    queue(40)
    with mail_server() as smtp:
        senders = [threading.Thread(target=send) for _ in range(3)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()

        assert sum(taken) == 40
        assert len({came.header("Message-ID") for came in smtp.letters}) == 40
        assert len(smtp.letters) == 40


@pytest.mark.both_databases
def test_a_sender_that_died_is_followed_by_another(smtp: MailServer) -> None:
    queue()
    with transaction():
        assert claim_next() is not None
    assert deliver_due(everyone) == 0
    with transaction() as work:
        work.execute(update(OutgoingMail).values(lease_until=now() - timedelta(seconds=1)))

    assert deliver_due(everyone) == 1


NAMES = [
    'Maya "M" Lindqvist',
    "Lindqvist, Maya",
    "x> <evil@example.org",
    "Mäyä " + "very " * 30 + "long",
    "Ma\\ya",
    "maya@example.net",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_never_changes_who_gets_the_mail(smtp: MailServer, name: str) -> None:
    with transaction():
        queue_mail(letter(to_name=name, from_name=name))

    deliver_due(everyone)

    [came] = smtp.letters
    assert came.recipients == ("maya@example.org",)
    assert came.sender == "community@lumen.example"
    assert [entry.addr_spec for entry in came.message["To"].addresses] == ["maya@example.org"]
    assert [entry.addr_spec for entry in came.message["From"].addresses] == ["community@lumen.example"]


def test_a_composed_mail_has_exactly_one_recipient(app: Flask, db: str) -> None:
    queue()

    with app.app_context():
        written: Any = compose(only_mail())

    assert written.recipients == [("Maya Lindqvist", "maya@example.org")]
    assert written.cc == []
    assert written.bcc == []
