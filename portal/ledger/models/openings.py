"""When anyone could read the ledger without signing in."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.clock import now
from portal.foundation.database import Base

_STILL = text("closed_at IS NULL")


class Opening(Base):
    """From when until when the public ledger was switched on; the one that has not ended is the one now."""

    __tablename__ = "opening"
    __table_args__ = (Index("ix_opening_now", "closed_at", sqlite_where=_STILL, postgresql_where=_STILL),)

    id: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
