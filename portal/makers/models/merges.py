"""Accounts that may be one human being's, and people who were made one."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.foundation.clock import now
from portal.foundation.database import Base, BigId, choice
from portal.makers.models.people import Person


class Likeness(StrEnum):
    """What was decided about two people who look like one."""

    OPEN = "open"
    ACCEPTED = "accepted"
    VETOED = "vetoed"


class MergeSuggestion(Base):
    """Two people who may be one, with the evidence; a person decides, and "no" is remembered for good."""

    __tablename__ = "merge_suggestion"
    __table_args__ = (
        UniqueConstraint("person_id", "other_id"),
        CheckConstraint("person_id < other_id", name="in_order"),
        Index("ix_merge_suggestion_open", "decision", "confidence", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    other_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    # From 0 to 1: how sure the evidence makes us.
    confidence: Mapped[float]
    # Codes of what speaks for it, each with its words: [["handle", "mayaweaves"], …].
    evidence: Mapped[list[Any]] = mapped_column(JSON)
    decision: Mapped[Likeness] = mapped_column(choice(Likeness), default=Likeness.OPEN)
    suggested_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    other: Mapped[Person] = relationship(foreign_keys=[other_id])


class Merge(Base):
    """Two people who were made one, with all that is needed to take them apart again."""

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    merged_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    author_ids: Mapped[list[int]] = mapped_column(JSON)
    merged_at: Mapped[datetime] = mapped_column(default=now)
    merged_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    merged: Mapped[Person] = relationship(foreign_keys=[merged_id])
