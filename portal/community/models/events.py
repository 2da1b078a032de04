"""Events: a visit or a call, and who comes to it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.community.models.circles import Circle
from portal.foundation.clock import now
from portal.foundation.database import Base

REMINDED_BEFORE = timedelta(days=1)


class Event(Base):
    """A visit or a call to which members come; what changes about it is told to everyone who comes or waits."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("length(trim(title)) > 0", name="title_given"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_starts"),
        CheckConstraint("closes_at <= starts_at", name="closes_before_it_starts"),
        CheckConstraint("places IS NULL OR places > 0", name="places_counted"),
        CheckConstraint("cancelled_at IS NULL OR length(trim(cancelled_why)) > 0", name="cancelled_with_a_word"),
        CheckConstraint("thanked_at IS NULL OR length(trim(thanks)) > 0", name="thanked_with_words"),
        Index("ix_event_form_key", "form_key", unique=True),
        Index("ix_event_starts", "starts_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(Text, default="")
    # Where it is, and for a call the address that only those with a place are shown.
    place: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # The zone it was planned in; every reader also sees their own.
    time_zone: Mapped[str] = mapped_column(String(64))
    # Until when somebody may ask for a place.
    closes_at: Mapped[datetime]
    # None for no limit.
    places: Mapped[int | None]
    # For whom: the people of one circle, or every member.
    circle_id: Mapped[int | None] = mapped_column(ForeignKey("circle.id"), index=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    # Raised with each change that is told; the SEQUENCE of its calendar file.
    version: Mapped[int] = mapped_column(default=0)
    # A random key that the form carried, with what was written: the same form sent twice is one row.
    form_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    cancelled_at: Mapped[datetime | None]
    cancelled_why: Mapped[str] = mapped_column(Text, default="")
    reminded_at: Mapped[datetime | None]
    thanked_at: Mapped[datetime | None]
    thanks: Mapped[str] = mapped_column(Text, default="")
    thanked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    circle: Mapped[Circle | None] = relationship(lazy="joined")
    host: Mapped[User] = relationship(foreign_keys=[host_id], lazy="joined", innerjoin=True)
    thanked_by: Mapped[User | None] = relationship(foreign_keys=[thanked_by_id], lazy="joined")

    @property
    def zone(self) -> ZoneInfo:
        """The zone it was planned in."""
        return ZoneInfo(self.time_zone)

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.cancelled_at is not None

    @property
    def has_begun(self) -> bool:
        """Whether it is too late to come or to give a place back."""
        return now() >= self.starts_at

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return now() >= self.ends_at

    @property
    def is_open(self) -> bool:
        """Whether somebody may still ask for a place: until sign-up or its circle closes."""
        is_closed = self.circle is not None and not self.circle.is_open
        return not self.is_cancelled and not is_closed and now() < self.closes_at


class Rsvp(Base):
    """One person asked to come: they have a place since `given_at`, or wait for one in the order of their turns."""

    __tablename__ = "rsvp"
    __table_args__ = (
        UniqueConstraint("event_id", "turn"),
        CheckConstraint("left_at IS NULL OR given_at IS NULL", name="left_without_a_place"),
        Index("ix_rsvp_user_id", "user_id", "event_id"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    # The order in which people asked; whoever comes back after leaving asks anew.
    turn: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    given_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    # Whether they came, once somebody of the staff has said so.
    came: Mapped[bool | None]

    event: Mapped[Event] = relationship(innerjoin=True)
    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined", innerjoin=True)

    @property
    def has_place(self) -> bool:
        """Whether a place is theirs."""
        return self.given_at is not None

    @property
    def waits(self) -> bool:
        """Whether they wait for one."""
        return self.given_at is None and self.left_at is None
