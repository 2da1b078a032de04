"""Since when anyone may read the ledger."""

from sqlalchemy import select

from portal.foundation.database import session
from portal.ledger.models import Opening


def current_opening() -> Opening | None:
    """The time that has not ended; None while only those who sign in read the ledger."""
    return session().scalars(select(Opening).where(Opening.closed_at.is_(None)).order_by(Opening.id)).first()
