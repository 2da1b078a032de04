"""Reports, decisions and appeals; nothing of them is ever deleted."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import Base, choice
from portal.foundation.text import gettext as _
from portal.ledger.models import AuthorWord, Comment, Idea

# What is looked at, and one column for each of them in what is written down about it.
Words = Idea | Comment | AuthorWord
_COLUMNS = {Idea: "idea_id", Comment: "comment_id", AuthorWord: "word_id"}
_HOW_MANY = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in _COLUMNS.values())


def subject_of(words: Words | None) -> dict[str, int | None]:
    """The columns that say what a report or a decision is about; all None for a person."""
    return {column: words.id if isinstance(words, kind) else None for kind, column in _COLUMNS.items()}


def column_of(words: Words) -> str:
    """The column that says that a report or a decision is about these words."""
    return column_for(type(words))


def column_for(kind: type[Words]) -> str:
    """The column that says that a report or a decision is about words of this kind."""
    return _COLUMNS[kind]


def kind_of(words: Words) -> str:
    """Which of them they are: `idea`, `comment` or `word` (of an author to an answer)."""
    return column_of(words).removesuffix("_id")


def author_of(words: Words) -> User | None:
    """Whose words they are; None for what was brought in from elsewhere."""
    if isinstance(words, Idea):
        return words.proposed_by
    return words.author if isinstance(words, Comment) else words.said_by


def idea_of(words: Words) -> Idea:
    """The suggestion that they are, or stand beside."""
    return words if isinstance(words, Idea) else words.idea


class Concern(StrEnum):
    """What is wrong, as the one who reports it sees it."""

    HURTFUL = "hurtful"
    ADVERTISING = "advertising"
    PRIVATE = "private"
    ELSEWHERE = "elsewhere"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words on the page."""
        return {
            "hurtful": _("It hurts or threatens someone"),
            "advertising": _("It is advertising"),
            "private": _("It tells something private"),
            "elsewhere": _("It does not belong here"),
            "other": _("Something else"),
        }[self.value]


class Ruling(StrEnum):
    """What was decided."""

    APPROVED = "approved"
    CHANGE_ASKED = "change-asked"
    REMOVED = "removed"
    KEPT = "kept"
    RESTORED = "restored"
    STAYS_OUT = "stays-out"
    SUSPENDED = "suspended"
    READMITTED = "readmitted"

    @property
    def label(self) -> str:
        """The words on the page."""
        return {
            "approved": _("Approved"),
            "change-asked": _("Asked for a change"),
            "removed": _("Taken out"),
            "kept": _("Looked at, and kept"),
            "restored": _("Put back"),
            "stays-out": _("Looked at again: it stays out"),
            "suspended": _("Suspended"),
            "readmitted": _("Let in again"),
        }[self.value]


class Report(Base):
    """Someone said that words should not stand here; each person once for the same words."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(f"{_HOW_MANY} = 1", name="one_subject"),
        UniqueConstraint("idea_id", "reported_by_id"),
        UniqueConstraint("comment_id", "reported_by_id"),
        Index("ix_report_word", "word_id", "reported_by_id", unique=True),
        Index("ix_report_waiting", "settled_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    word_id: Mapped[int | None] = mapped_column(ForeignKey("author_word.id"))
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    concern: Mapped[Concern] = mapped_column(choice(Concern))
    words: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]

    reported_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    idea: Mapped[Idea | None] = relationship()
    comment: Mapped[Comment | None] = relationship()
    word: Mapped[AuthorWord | None] = relationship()

    @property
    def about(self) -> Words:
        """The words that it is about."""
        words = self.idea or self.comment or self.word
        assert words is not None, "a report is about something"
        return words


class Decision(Base):
    """One ruling about words or a person: the reason is told to them, the note stays with the staff."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(f"{_HOW_MANY} <= 1", name="one_subject"),
        CheckConstraint(
            "ruling NOT IN ('removed', 'change-asked', 'suspended') OR length(trim(reason)) > 0", name="no_needs_reason"
        ),
        Index("ix_decision_idea", "idea_id", "id"),
        Index("ix_decision_comment", "comment_id", "id"),
        Index("ix_decision_word", "word_id", "id"),
        Index("ix_decision_person", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # Whose words, or who, it is about; None for words that were brought in from elsewhere.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    word_id: Mapped[int | None] = mapped_column(ForeignKey("author_word.id"))
    ruling: Mapped[Ruling] = mapped_column(choice(Ruling))
    reason: Mapped[str] = mapped_column(Text, default="")
    staff_note: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[User | None] = relationship(foreign_keys=[person_id], lazy="joined")
    idea: Mapped[Idea | None] = relationship()
    comment: Mapped[Comment | None] = relationship()
    word: Mapped[AuthorWord | None] = relationship()
    decided_by: Mapped[User] = relationship(foreign_keys=[decided_by_id], lazy="joined", innerjoin=True)
    appeal: Mapped["Appeal | None"] = relationship(back_populates="decision", lazy="selectin")

    @property
    def words(self) -> Words | None:
        """What it is about; None for a person."""
        return self.comment or self.word or self.idea

    @property
    def is_about_person(self) -> bool:
        """Whether it is about who may come in, and not about words."""
        return self.idea_id is None and self.comment_id is None and self.word_id is None

    @property
    def label(self) -> str:
        """What was decided, in the words on the page."""
        if self.ruling is Ruling.STAYS_OUT and self.is_about_person:
            return _("Looked at again: still suspended")
        return self.ruling.label


class Appeal(Base):
    """Its author asks for another look at what was taken out, or somebody at their suspension; once each."""

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint("length(trim(words)) > 0", name="words_given"),
        CheckConstraint("(settled_at IS NULL) = (is_upheld IS NULL)", name="settled_one_way"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    words: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
    # Upheld: the author was right.
    is_upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None] = mapped_column(index=True)

    decision: Mapped[Decision] = relationship(back_populates="appeal", lazy="joined", innerjoin=True)
    settled_by: Mapped[User | None] = relationship(lazy="joined")
