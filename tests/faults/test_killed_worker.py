"""A worker that is killed while it tells or sends: nobody is told twice, and nobody never."""

import random
import time
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal.accounts.models import Role, User
from portal.foundation.clock import now
from portal.foundation.database import end_work, session, transaction
from portal.foundation.mail.delivery import deliver_due
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import Vote
from portal.updates.jobs import gather
from portal.updates.models import Notice, Telling
from portal.updates.queries import may_send
from tests.command_line import Job
from tests.factories import make_idea, make_user
from tests.smtp import mail_server
from tests.updates.conftest import own_database
from tests.updates.stories import explanation

__all__ = ["own_database"]

VOTERS = 60


def run_and_kill(job: str, seconds: float) -> bool:
    """Start a worker, let it work for so long, and kill it; whether it was still at it."""
    worker = Job(f"portal.updates.jobs:{job}")
    time.sleep(seconds)
    return worker.kill()


@pytest.fixture
def broadcast(own_database: Flask) -> Flask:
    rosa = make_user("rosa@example.com", "Rosa Pereira", Role.RESPONDER)
    idea = make_idea(proposed_by=make_user("maya@example.org", "Maya Lindqvist"), owner=rosa)
    voters = [User(email=f"voter{number}@example.org", name=f"Voter {number}") for number in range(VOTERS)]
    session().add_all(voters)
    session().flush()
    session().add_all(Vote(idea_id=idea.id, user_id=voter.id) for voter in voters)
    explanation(idea, rosa)
    end_work(commit=True)
    return own_database


def counts() -> tuple[int, int, int]:
    with transaction() as work:
        mails = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.kind == "answer")
        notices, tellings = (select(func.count()).select_from(table) for table in (Notice, Telling))
        return work.scalar(mails) or 0, work.scalar(notices) or 0, work.scalar(tellings) or 0


def test_a_teller_that_is_killed_leaves_all_or_nothing(broadcast: Flask) -> None:
    everyone = (VOTERS + 1, VOTERS + 1, 1)

    run_and_kill("gather", random.uniform(0.0, 0.12))

    assert counts() in {(0, 0, 0), everyone}
    gather()
    assert counts() == everyone


def test_a_sender_that_is_killed_loses_no_mail_and_repeats_at_most_the_one_in_its_hand(broadcast: Flask) -> None:
    gather()
    with broadcast.app_context(), mail_server() as smtp:
        was_at_it = run_and_kill("deliver", random.uniform(0.1, 0.5))
        with transaction() as work:
            dead = update(OutgoingMail).where(OutgoingMail.status == "sending")
            work.execute(dead.values(lease_until=now() - timedelta(seconds=1)))
        while deliver_due(may_send):
            # Each round sends a part; the last one finds nothing left.
            pass

        sent = Counter(letter.header("Message-ID") for letter in smtp.letters)

    with transaction() as work:
        rows = {row.message_id: row.status for row in work.scalars(select(OutgoingMail))}
    assert set(rows.values()) == {"sent"}
    assert set(sent) == set(rows)
    assert sum(sent.values()) - len(sent) <= was_at_it
