"""What was told to whom, and what people chose to hear."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.clock import now
from portal.foundation.database import Base, choice
from portal.foundation.text import gettext as _


class Level(StrEnum):
    """How much of a suggestion somebody hears."""

    EVERYTHING = "everything"
    ANSWERS = "answers"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        """The words on the page."""
        return {
            "everything": _("Every answer and every comment"),
            "answers": _("Only answers"),
            "nothing": _("Nothing"),
        }[self.value]


class Subscription(Base):
    """A person's own choice for one idea; authors and voters follow without one, as their preference says."""

    __tablename__ = "subscription"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True, index=True)
    level: Mapped[Level] = mapped_column(choice(Level), server_default=Level.ANSWERS.value)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class Preference(Base):
    """What a person wants by mail at all; no row means yes."""

    __tablename__ = "preference"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    answers_by_mail: Mapped[bool] = mapped_column(default=True)
    # What they hear of suggestions that they made or stand behind, where they chose nothing for one.
    level: Mapped[Level] = mapped_column(choice(Level), default=Level.ANSWERS, server_default=Level.ANSWERS.value)
    # Asks, visits, thanks: what the community does beside the answers.
    news_by_mail: Mapped[bool] = mapped_column(default=True, server_default=true())
    # What came of what they reported.
    reports_by_mail: Mapped[bool] = mapped_column(default=True, server_default=true())
    changed_at: Mapped[datetime] = mapped_column(default=now)


class Notice(Base):
    """One person was told one thing; the home page shows it, the mail carries it."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("user_id", "subject_key"),
        Index("ix_notice_newest", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    subject_key: Mapped[str] = mapped_column(String(80))
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id"))
    progress_id: Mapped[int | None] = mapped_column(ForeignKey("progress.id"))
    # The newest of the comments told; where all three are None, somebody was named in the suggestion itself.
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Telling(Base):
    """An answer or a progress entry has been told to everyone behind it; a missing row means not yet."""

    __tablename__ = "telling"
    __table_args__ = (CheckConstraint("(response_id IS NULL) <> (progress_id IS NULL)", name="one_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id"), unique=True)
    progress_id: Mapped[int | None] = mapped_column(ForeignKey("progress.id"), unique=True)
    people: Mapped[int]
    told_at: Mapped[datetime] = mapped_column(default=now)


class Announcement(Base):
    """Something of the community has been told to everyone whom it is for; a missing row means not yet."""

    __tablename__ = "announcement"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_key: Mapped[str] = mapped_column(String(80), unique=True)
    people: Mapped[int]
    told_at: Mapped[datetime] = mapped_column(default=now)
