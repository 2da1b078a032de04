"""Lists of people that are kept under a name."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.clock import now
from portal.foundation.database import Base, BigId


class SavedList(Base):
    """A question to the list of people under a name; frozen, it holds whom it found on the day it was saved."""

    __tablename__ = "saved_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_frozen: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class SavedListEntry(Base):
    """Someone on a frozen list."""

    __tablename__ = "saved_list_entry"

    saved_list_id: Mapped[int] = mapped_column(ForeignKey("saved_list.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), primary_key=True, index=True)
