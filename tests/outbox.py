"""The mails that wait in the outbox."""

from sqlalchemy import select

from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail


def mails(kind: str) -> list[OutgoingMail]:
    """All of one kind, in the order in which they were queued."""
    return list(session().scalars(select(OutgoingMail).where(OutgoingMail.kind == kind).order_by(OutgoingMail.id)))
