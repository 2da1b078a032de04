"""What the company promises, where it differs from its settings; a new date where a promise broke; who was warned."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.community.models import Circle
from portal.foundation.clock import now
from portal.foundation.database import Base, choice


class Terms(Base):
    """The promises of the company, or of one circle; what is empty is as the company's, or as the settings say."""

    __tablename__ = "terms"
    __table_args__ = (
        CheckConstraint("acknowledge_hours BETWEEN 1 AND 200", name="acknowledge_hours"),
        CheckConstraint("decide_days BETWEEN 1 AND 365", name="decide_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # None is the company's own row; services keep it the only one.
    circle_id: Mapped[int | None] = mapped_column(ForeignKey("circle.id"), unique=True)
    acknowledge_hours: Mapped[int | None]
    decide_days: Mapped[int | None]
    # The calendar is the company's; a circle's row leaves it empty.
    business_hours: Mapped[str | None] = mapped_column(String(300))
    closed_days: Mapped[str | None] = mapped_column(Text)
    holidays: Mapped[str | None] = mapped_column(String(40))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    circle: Mapped[Circle | None] = relationship()


class NewDate(Base):
    """A promise broke, and its owner says by when instead and why; never changed, never deleted."""

    __tablename__ = "new_date"
    __table_args__ = (CheckConstraint("length(trim(words)) > 0", name="needs_a_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    promised_for: Mapped[datetime]
    until: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)

    given_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class WarningLevel(StrEnum):
    """Who is warned: the owner in good time, then the managers before a promise breaks, and once it has."""

    OWNER = "owner"
    MANAGERS_BEFORE = "managers-before"
    MANAGERS = "managers"


class PromiseWarning(Base):
    """Somebody was warned of this promise; a missing row means not yet."""

    __tablename__ = "promise_warning"
    __table_args__ = (UniqueConstraint("idea_id", "due", "level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    due: Mapped[datetime]
    level: Mapped[WarningLevel] = mapped_column(choice(WarningLevel))
    warned_at: Mapped[datetime] = mapped_column(default=now)


class OwnerRule(Base):
    """Who answers what carries the tag of this key; the rule with an empty tag names the fall-back person."""

    __tablename__ = "owner_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(String(60), default="", unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    owner: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Absence(Base):
    """Somebody of the staff is away; whoever stands in gets what is new. The days are the company's, both included."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("until_day >= from_day", name="ends_after_it_begins"),
        CheckConstraint("stand_in_id <> user_id", name="somebody_else"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    from_day: Mapped[date]
    until_day: Mapped[date]
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    user: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined", innerjoin=True)
    stand_in: Mapped[User] = relationship(foreign_keys=[stand_in_id], lazy="joined", innerjoin=True)
