"""The company's actions, and the responses that nobody can change."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, event, false, text
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column, relationship

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import Base, choice
from portal.foundation.text import gettext as _
from portal.ledger.models.ideas import Idea
from portal.ledger.models.proofs import ProofFile, ProofLink, read_link

if TYPE_CHECKING:
    from portal.ledger.models.words import AuthorWord


class ResponseKind(StrEnum):
    """What an answer is."""

    ACKNOWLEDGEMENT = "acknowledgement"
    QUESTION = "question"
    ACTION = "action"
    EXPLANATION = "explanation"
    OUTCOME = "outcome"

    @property
    def label(self) -> str:
        """The word on the page."""
        return {
            "acknowledgement": _("Acknowledged"),
            "question": _("Asked back"),
            "action": _("Action"),
            "explanation": _("Explained"),
            "outcome": _("What came of it"),
        }[self.value]


class ActionStage(StrEnum):
    """How far an action has come."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The word on the page."""
        return {
            "planned": _("Planned"),
            "under-way": _("Under way"),
            "done": _("Done"),
            "dropped": _("Dropped"),
        }[self.value]


# The answers that keep the second promise.
DECISIONS = (ResponseKind.ACTION, ResponseKind.EXPLANATION)


class AppendOnly(RuntimeError):
    """Something tried to change or delete a row of the record."""


class Action(Base):
    """The company's own record of something it does; it can answer many ideas."""

    __tablename__ = "action"
    __table_args__ = (CheckConstraint("length(trim(title)) > 0", name="title_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    target_date: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    owner: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    progress: Mapped[list["Progress"]] = relationship(back_populates="action", order_by="Progress.id")

    @property
    def stage(self) -> ActionStage:
        """How far it has come, by its newest entry."""
        return self.progress[-1].stage if self.progress else ActionStage.PLANNED

    @property
    def has_ended(self) -> bool:
        """Whether it is done or dropped."""
        return self.stage in (ActionStage.DONE, ActionStage.DROPPED)

    @property
    def is_late(self) -> bool:
        """Whether its day is over and it is neither done nor dropped."""
        return has_slipped(self.target_date, self.stage)

    def takes_longer(self, stage: ActionStage, target: date | None) -> bool:
        """Whether an entry that says so, and aims at this day if it names one, needs a word of why."""
        is_later = target is not None and self.target_date is not None and target > self.target_date
        return is_later or has_slipped(self.target_date, stage)


def has_slipped(target: date | None, stage: ActionStage) -> bool:
    """Whether the day of an action that has come so far is over, where the company is."""
    if target is None or stage in (ActionStage.DONE, ActionStage.DROPPED):
        return False
    return target < config.today()


class Progress(Base):
    """One entry of an action; done needs something to see. Never changed, never deleted."""

    __tablename__ = "progress"
    __table_args__ = (
        CheckConstraint(
            "stage <> 'done' OR length(trim(proof_url)) > 0 OR happened_on IS NOT NULL OR files IS NOT NULL"
            " OR imported_as IS NOT NULL",
            name="done_needs_proof",
        ),
        CheckConstraint("stage <> 'dropped' OR length(trim(words)) > 0", name="dropped_needs_words"),
        CheckConstraint("CAST(files AS TEXT) NOT IN ('[]', 'null')", name="files_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    stage: Mapped[ActionStage] = mapped_column(choice(ActionStage))
    words: Mapped[str] = mapped_column(Text, default="")
    proof_url: Mapped[str] = mapped_column(String(2000), default="")
    happened_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime]
    # The new target, where this entry moved it.
    target_date: Mapped[date | None]
    # What was sent to show it, as `ProofFile.row`, in order; None for nothing.
    files: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    # The word of an earlier record that this was brought over from.
    imported_as: Mapped[str | None] = mapped_column(String(80))
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    action: Mapped[Action] = relationship(back_populates="progress")
    recorded_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    chain = "progress"

    @property
    def proof_files(self) -> tuple[ProofFile, ...]:
        """What was sent to show it."""
        return tuple(ProofFile.of(row) for row in self.files or ())

    @property
    def proof_link(self) -> ProofLink | None:
        """Where its link leads, in words."""
        return read_link(self.proof_url) if self.proof_url else None

    def hashed_part(self) -> dict[str, object]:
        """What the hash covers; the recorder's name stands outside, so that it can be erased."""
        later = {
            "target_date": self.target_date.isoformat() if self.target_date else None,
            "files": [file.hashed_part() for file in self.proof_files] or None,
            "imported_as": self.imported_as,
        }
        return {
            "action": self.action_id,
            "stage": self.stage.value,
            "words": self.words,
            "proof_url": self.proof_url,
            "happened_on": self.happened_on.isoformat() if self.happened_on else None,
            "by": self.recorded_by_id,
            "at": _moment(self.recorded_at),
            **{name: value for name, value in later.items() if value is not None},
        }


class Response(Base):
    """One answer of the company. Never changed, never deleted; a correction is a new one.

    `after_minutes` is the working time from the suggestion to this answer, in minutes, by the business
    hours in force when it was given, without the time in which the member was asked; None where an earlier
    record does not say when it was given. `acknowledge_by` and `decide_by` are the promises it answered to.
    """

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint(
            "kind NOT IN ('explanation', 'question', 'outcome') OR length(trim(message)) > 0"
            " OR imported_as IS NOT NULL",
            name="no_needs_reason",
        ),
        CheckConstraint("(kind = 'action') = (action_id IS NOT NULL)", name="yes_needs_action"),
        Index("ix_response_idea", "idea_id", "id"),
        Index(
            "ix_response_languages",
            "id",
            sqlite_where=text("in_languages IS NOT NULL"),
            postgresql_where=text("in_languages IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    kind: Mapped[ResponseKind] = mapped_column(choice(ResponseKind))
    message: Mapped[str] = mapped_column(Text)
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"), index=True)
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    answered_at: Mapped[datetime]
    after_minutes: Mapped[int | None]
    acknowledge_by: Mapped[datetime | None]
    decide_by: Mapped[datetime | None]
    # In which language `message` is, and the same words in others, by language code, as staff gave them.
    language: Mapped[str | None] = mapped_column(String(12))
    in_languages: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    # The word by which an earlier record knew it, such as "Rejected"; None for what was answered here.
    imported_as: Mapped[str | None] = mapped_column(String(80))
    # Published without mails; it stands on the pages of those behind it all the same.
    is_quiet: Mapped[bool] = mapped_column(default=False, server_default=false())
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    idea: Mapped[Idea] = relationship(back_populates="responses")
    action: Mapped[Action | None] = relationship()
    answered_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    # What the author said to this answer.
    word: Mapped["AuthorWord | None"] = relationship(viewonly=True, uselist=False)

    chain = "response"

    @property
    def is_dated(self) -> bool:
        """Whether it is known when it was given; an earlier record may not say so."""
        return self.imported_as is None or self.after_minutes is not None

    def hashed_part(self) -> dict[str, object]:
        """What the hash covers; the answerer's name stands outside, so that it can be erased."""
        later = {
            "acknowledge_by": _moment(self.acknowledge_by) if self.acknowledge_by else None,
            "decide_by": _moment(self.decide_by) if self.decide_by else None,
            "language": self.language,
            "in_languages": self.in_languages,
            "imported_as": self.imported_as,
            "is_quiet": self.is_quiet or None,
        }
        return {
            "idea": self.idea_id,
            "kind": self.kind.value,
            "message": self.message,
            "action": self.action_id,
            "by": self.answered_by_id,
            "at": _moment(self.answered_at),
            "after_minutes": self.after_minutes,
            **{name: value for name, value in later.items() if value is not None},
        }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@event.listens_for(Session, "before_flush")
def _refuse_changed_rows(current: Session, _context: UOWTransaction, _instances: Any) -> None:
    for row in (*current.dirty, *current.deleted):
        if isinstance(row, Response | Progress) and (row in current.deleted or current.is_modified(row)):
            raise AppendOnly("answers and progress entries are never changed or deleted")


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk_changes(state: ORMExecuteState) -> None:
    changes = state.is_update or state.is_delete
    if changes and state.bind_mapper is not None and issubclass(state.bind_mapper.class_, Response | Progress):
        raise AppendOnly("answers and progress entries are never changed or deleted")
