"""The outbox as staff see it; bodies are read for one mail at a time."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import load_only

from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail

PAGE = 50
_SHOWN = (
    OutgoingMail.kind,
    OutgoingMail.recipient,
    OutgoingMail.recipient_name,
    OutgoingMail.subject,
    OutgoingMail.status,
    OutgoingMail.created_at,
    OutgoingMail.next_try_at,
    OutgoingMail.sent_at,
    OutgoingMail.tries,
    OutgoingMail.last_error,
)


@dataclass(frozen=True)
class MailPage:
    """Mails from the newest on, and the key of the page after this one."""

    mails: list[OutgoingMail]
    older: int | None


def mail_page(*, status: str | None, before_id: int | None) -> MailPage:
    """One page of the outbox, without the bodies."""
    statement = select(OutgoingMail).options(load_only(*_SHOWN, raiseload=True)).order_by(OutgoingMail.id.desc())
    if status is not None:
        statement = statement.where(OutgoingMail.status == status)
    if before_id is not None:
        statement = statement.where(OutgoingMail.id < before_id)
    found = list(session().scalars(statement.limit(PAGE + 1)))
    return MailPage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def mail_counts() -> dict[str, int]:
    """How many mails stand where."""
    rows = session().execute(select(OutgoingMail.status, func.count()).group_by(OutgoingMail.status))
    return {row[0]: row[1] for row in rows}
