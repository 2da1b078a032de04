"""Mails as the tests of the outbox need them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from portal.foundation.clock import now
from portal.foundation.database import transaction
from portal.foundation.mail.message import Message
from portal.foundation.mail.outbox import OutgoingMail, queue_mails


def letter(**changes: Any) -> Message:
    """A mail to Maya with one change or another."""
    values: dict[str, Any] = {
        "kind": "answer",
        "subject_key": "response:1",
        "to_address": "maya@example.org",
        "to_name": "Maya Lindqvist",
        "subject": "Rosa answered: A dimmer",
        "text": "We dimmed it.\n",
        "html": "<p>We dimmed it.</p>",
        "unsubscribe_url": "http://localhost:8000/unsubscribe/abc",
    }
    return Message(**{**values, **changes})


def everyone(_mail: OutgoingMail) -> bool:
    return True


def queue(count: int = 1) -> None:
    with transaction():
        queue_mails(letter(subject_key=f"response:{number}") for number in range(count))


def only_mail() -> OutgoingMail:
    with transaction() as work:
        return work.scalars(select(OutgoingMail)).one()


def statuses() -> list[str]:
    with transaction() as work:
        return list(work.scalars(select(OutgoingMail.status).order_by(OutgoingMail.id)))


def wait_is_over() -> None:
    with transaction() as work:
        work.execute(update(OutgoingMail).values(next_try_at=now() - timedelta(seconds=1)))
