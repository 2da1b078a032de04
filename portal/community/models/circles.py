"""Circles: small private groups with their own members, staff and note."""

import hashlib
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import Base


class Circle(Base):
    """A private group; what belongs to it never shows outside it. Everyone's room has no row."""

    __tablename__ = "circle"
    __table_args__ = (
        CheckConstraint("length(trim(name)) > 0", name="name_given"),
        Index("ix_circle_form_key", "form_key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(Text, default="")
    # What each one confirms before anything inside is shown; empty where nothing is confidential.
    note: Mapped[str] = mapped_column(Text, default="")
    # Who answers what is suggested here; None leaves it to whoever of its staff has the least to do.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # The two promises where they differ from the company's: working hours, calendar days.
    acknowledge_hours: Mapped[int | None]
    decide_days: Mapped[int | None]
    # A random key that the form carried, with what was written: the same form sent twice is one row.
    form_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    # In a closed circle nothing new is asked, planned or suggested; its people still read what was said.
    closed_at: Mapped[datetime | None]

    owner: Mapped[User | None] = relationship(lazy="joined")

    @property
    def is_open(self) -> bool:
        """Whether it still takes suggestions."""
        return self.closed_at is None

    @property
    def note_key(self) -> str:
        """Its note in short: what somebody confirms is what they have read."""
        return hashlib.sha256(self.note.encode()).hexdigest()[:32]


class CircleMember(Base):
    """One person in one circle, of the members or of the staff; they are inside once they have confirmed."""

    __tablename__ = "circle_member"
    __table_args__ = (Index("ix_circle_member_user_id", "user_id", "circle_id"),)

    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    joined_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    # Whether the others of the circle find them in its directory.
    is_listed: Mapped[bool] = mapped_column(default=True)

    circle: Mapped[Circle] = relationship(lazy="joined", innerjoin=True)
    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined", innerjoin=True)


class Confirmation(Base):
    """Someone confirmed a note, in the words it had then."""

    __tablename__ = "confirmation"

    id: Mapped[int] = mapped_column(primary_key=True)
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str] = mapped_column(Text)
    confirmed_at: Mapped[datetime] = mapped_column(default=now)
