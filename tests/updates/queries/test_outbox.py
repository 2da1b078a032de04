"""Reading the outbox a page at a time."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import InvalidRequestError

from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail, queue_mails
from portal.updates.queries import mail_counts, mail_page
from tests.foundation.mail.letters import letter

pytestmark = pytest.mark.usefixtures("db")


def fill(count: int) -> list[int]:
    queue_mails(letter(subject_key=f"response:{number}") for number in range(count))
    return sorted(session().scalars(select(OutgoingMail.id)))


def test_pages_follow_each_other_without_gap_or_overlap() -> None:
    ids = fill(120)

    first = mail_page(status=None, before_id=None)
    second = mail_page(status=None, before_id=first.older)
    third = mail_page(status=None, before_id=second.older)

    shown = [mail.id for page in (first, second, third) for mail in page.mails]
    assert shown == ids[::-1]
    assert third.older is None


def test_a_page_that_is_exactly_full_has_no_next() -> None:
    fill(50)

    assert mail_page(status=None, before_id=None).older is None


def test_a_list_does_not_read_the_bodies() -> None:
    fill(1)
    session().expunge_all()

    [mail] = mail_page(status=None, before_id=None).mails

    with pytest.raises(InvalidRequestError):
        _ = mail.html


def test_mails_are_counted_and_found_by_status() -> None:
    ids = fill(3)
    session().execute(update(OutgoingMail).where(OutgoingMail.id == ids[0]).values(status="failed"))

    assert mail_counts() == {"failed": 1, "pending": 2}
    assert [mail.id for mail in mail_page(status="failed", before_id=None).mails] == [ids[0]]
