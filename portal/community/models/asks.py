"""Asks: questions of the company, with a poll where a choice is asked, and what it made of the answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.community.models.circles import Circle
from portal.foundation.clock import now
from portal.foundation.database import Base


class Ask(Base):
    """A question to members; it opens and ends on time, and closes with the company's summary."""

    __tablename__ = "ask"
    __table_args__ = (
        CheckConstraint("length(trim(question)) > 0", name="question_given"),
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        CheckConstraint(
            "closed_at IS NULL OR (length(trim(heard)) > 0 AND length(trim(will_do)) > 0)", name="closes_with_a_summary"
        ),
        Index("ix_ask_form_key", "form_key", unique=True),
        Index("ix_ask_opens", "opened_at", "opens_at"),
        Index("ix_ask_closes", "ended_at", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(String(160))
    background: Mapped[str] = mapped_column(Text, default="")
    # Who may answer: the people of one circle, or every member.
    circle_id: Mapped[int | None] = mapped_column(ForeignKey("circle.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    # Whether members read each other before they have given their own.
    shows_others: Mapped[bool] = mapped_column(default=True)
    # A random key that the form carried, with what was written: the same form sent twice is one row.
    form_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    # When it did open, when it took the last answer, and when the summary was given.
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    heard: Mapped[str] = mapped_column(Text, default="")
    will_do: Mapped[str] = mapped_column(Text, default="")
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    circle: Mapped[Circle | None] = relationship(lazy="joined")
    owner: Mapped[User] = relationship(foreign_keys=[owner_id], lazy="joined", innerjoin=True)
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id], lazy="joined")
    choices: Mapped[list["AskChoice"]] = relationship(order_by="AskChoice.id")
    pictures: Mapped[list["AskPicture"]] = relationship(order_by="AskPicture.id", back_populates="ask")

    @property
    def is_open(self) -> bool:
        """Whether it takes answers now."""
        return self.opened_at is not None and self.ended_at is None and self.opens_at <= now() < self.closes_at


class AskPicture(Base):
    """One picture beside the background of an ask; the file and its thumbnail stand in the store under `key`."""

    __tablename__ = "ask_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("ask.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    # In dots and in bytes.
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    ask: Mapped[Ask] = relationship(lazy="joined", innerjoin=True, back_populates="pictures")


class AskChoice(Base):
    """One of the choices of an ask's poll."""

    __tablename__ = "ask_choice"
    __table_args__ = (CheckConstraint("length(trim(words)) > 0", name="words_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("ask.id"), index=True)
    words: Mapped[str] = mapped_column(String(160))


class AskVote(Base):
    """One member chose once in one poll."""

    __tablename__ = "ask_vote"

    ask_id: Mapped[int] = mapped_column(ForeignKey("ask.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    choice_id: Mapped[int] = mapped_column(ForeignKey("ask_choice.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
