"""Answers that staff have written and not published, and the words that an explanation can begin with."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import Base, choice
from portal.ledger.models.answers import Action, ActionStage, ResponseKind
from portal.ledger.models.ideas import Idea
from portal.ledger.models.proofs import ProofFile


class AnswerDraft(Base):
    """What somebody of the staff has typed as an answer; no part of the record, and for the staff's eyes alone.

    The fields of a new action wait here too: it is opened when the answer is published.
    """

    __tablename__ = "answer_draft"
    __table_args__ = (UniqueConstraint("idea_id", "written_by_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    kind: Mapped[ResponseKind | None] = mapped_column(choice(ResponseKind))
    message: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str | None] = mapped_column(String(12))
    in_languages: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    # None opens a new action of the title below.
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    title: Mapped[str] = mapped_column(String(160), default="")
    # Who does the new one; None for its writer.
    action_owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    target_date: Mapped[date | None]
    stage: Mapped[ActionStage] = mapped_column(choice(ActionStage), default=ActionStage.PLANNED)
    words: Mapped[str] = mapped_column(Text, default="")
    proof_url: Mapped[str] = mapped_column(String(2000), default="")
    happened_on: Mapped[date | None]
    # What shows it, as an entry keeps it.
    files: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    # Its writer gives words that were given before on purpose.
    repeats: Mapped[bool] = mapped_column(default=False)
    # Why it cannot be published as it is; empty for one that can.
    problem: Mapped[str] = mapped_column(String(500), default="")
    changed_at: Mapped[datetime] = mapped_column(default=now)

    idea: Mapped[Idea] = relationship()
    written_by: Mapped[User] = relationship(foreign_keys=[written_by_id], lazy="joined", innerjoin=True)
    action: Mapped[Action | None] = relationship()

    @property
    def proof_files(self) -> tuple[ProofFile, ...]:
        """The files that wait with it."""
        return tuple(ProofFile.of(row) for row in self.files or ())


class Reason(Base):
    """Words of the company that an explanation can begin with; never enough of an answer by themselves."""

    __tablename__ = "reason"
    __table_args__ = (
        CheckConstraint("length(trim(title)) > 0", name="title_given"),
        CheckConstraint("length(trim(words)) > 0", name="words_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
