"""The rows of the outbox: written once, claimed by one, settled by whoever holds the lease."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, literal, select, update

from portal.foundation.clock import now
from portal.foundation.database import session, transaction
from portal.foundation.mail.line import MAIL_TIME
from portal.foundation.mail.outbox import LEASE, OutgoingMail, claim_next, queue_mail, queue_mails, settle, was_queued
from tests.foundation.mail.letters import letter

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.both_databases]


def count() -> int:
    return session().scalar(select(func.count()).select_from(OutgoingMail)) or 0


def test_a_queued_mail_has_its_message_id_before_the_first_try() -> None:
    queue_mail(letter())

    row = session().scalars(select(OutgoingMail)).one()
    assert row.message_id.startswith("<")
    assert row.message_id.endswith("@localhost>")
    assert (row.status, row.tries, row.recipient) == ("pending", 0, "maya@example.org")


def test_the_same_fact_is_told_to_the_same_person_once() -> None:
    queue_mail(letter())
    queue_mail(letter(subject="Other words"))

    assert count() == 1


def test_a_key_may_be_put_together_from_words_and_columns() -> None:
    queue_mail(letter(subject_key="mail:1:2026-03-02:over"))
    number, day = literal(1), literal(date(2026, 3, 2))

    def asked(*given: Any) -> bool | None:
        return session().scalar(select(was_queued(*given)))

    assert asked(letter().kind, "mail:1:2026-03-02:over")
    assert asked(letter().kind, "mail", number, day, "over")
    assert not asked(letter().kind, "mail", number, day)
    assert not asked("another", "mail", number, day, "over")


def test_another_fact_another_kind_and_another_person_are_other_mails() -> None:
    queue_mail(letter())
    queue_mail(letter(subject_key="response:2"))
    queue_mail(letter(kind="progress"))
    queue_mail(letter(to_address="omar@example.org"))

    assert count() == 4


def test_a_mail_is_there_only_if_its_fact_is() -> None:
    def tell_and_break() -> None:
        with transaction():
            queue_mail(letter())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        tell_and_break()

    assert count() == 0


def test_many_mails_are_written_in_few_statements(queries: list[str]) -> None:
    offered = queue_mails(letter(subject_key=f"response:{number}") for number in range(600))

    assert offered == 600
    assert count() == 600
    assert len([words for words in queries if words.startswith("INSERT")]) <= 6


def test_a_claimed_mail_is_not_claimed_again() -> None:
    queue_mail(letter())

    first, second = claim_next(), claim_next()

    assert first is not None
    assert first.mail.tries == 1
    assert second is None


def test_mails_go_out_in_the_order_in_which_they_are_due() -> None:
    for number in range(3):
        queue_mail(letter(subject_key=f"response:{number}"))
    first = select(func.min(OutgoingMail.id)).scalar_subquery()
    session().execute(
        update(OutgoingMail).where(OutgoingMail.id == first).values(next_try_at=now() + timedelta(hours=1))
    )

    claimed = [claim_next(), claim_next(), claim_next()]

    assert [entry.mail.subject_key for entry in claimed if entry] == ["response:1", "response:2"]


def test_a_mail_that_someone_waits_for_goes_before_a_broadcast() -> None:
    queue_mails(letter(subject_key=f"response:{number}") for number in range(20))
    queue_mail(letter(kind="sign_in", subject_key="sign_in_link:1", unsubscribe_url=None))

    claimed = claim_next()

    assert claimed is not None
    assert claimed.mail.kind == "sign_in"


def test_a_mail_whose_sender_died_is_due_again_when_its_lease_ends() -> None:
    queue_mail(letter())
    dead = claim_next()
    assert dead is not None
    assert claim_next() is None
    session().execute(update(OutgoingMail).values(lease_until=now() - timedelta(seconds=1)))

    again = claim_next()

    assert again is not None
    assert again.mail.id == dead.mail.id
    assert again.lease != dead.lease
    assert again.mail.tries == 2


def test_only_the_holder_of_the_lease_can_settle() -> None:
    queue_mail(letter())
    late = claim_next()
    session().execute(update(OutgoingMail).values(lease_until=now() - timedelta(seconds=1)))
    holder = claim_next()
    assert late is not None
    assert holder is not None

    assert settle(late, "failed", error="too late") is False
    assert settle(holder, "sent") is True
    assert settle(holder, "pending") is False

    session().expire_all()
    row = session().scalars(select(OutgoingMail)).one()
    assert (row.status, row.last_error, row.lease) == ("sent", None, None)


def test_a_settled_mail_that_waits_is_not_due_before_its_time() -> None:
    queue_mail(letter())
    claimed = claim_next()
    assert claimed is not None

    settle(claimed, "pending", error="later", retry_in=timedelta(minutes=5))

    assert claim_next() is None


def test_a_lease_is_longer_than_the_longest_sending() -> None:
    assert timedelta(seconds=MAIL_TIME) < LEASE
