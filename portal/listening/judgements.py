"""What people said of readings, what was learned from it, and the names that readings know."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.foundation.clock import now
from portal.foundation.database import Base, BigId, choice
from portal.listening.models import Mention


class Signal(StrEnum):
    """What a person may overrule in the reading of a mention."""

    TONE = "tone"
    QUESTION = "question"
    SUGGESTION = "suggestion"
    CREATION = "creation"


class Judgement(Base):
    """A person said what a mention is, whatever was read; kept as a label, with what stood there before."""

    __tablename__ = "judgement"
    __table_args__ = (
        Index("ix_judgement_mention", "mention_id", "signal"),
        Index("ix_judgement_signal", "signal", "undone_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    mention_id: Mapped[int] = mapped_column(BigId, ForeignKey("mention.id", ondelete="CASCADE"))
    signal: Mapped[Signal] = mapped_column(choice(Signal))
    value: Mapped[str] = mapped_column(String(16))
    was: Mapped[str] = mapped_column(String(16))
    was_tone: Mapped[float | None]
    # Drawn at random to be judged, rather than met by chance: only these say how often a reading is right.
    is_drawn: Mapped[bool] = mapped_column(default=False)
    judged_at: Mapped[datetime] = mapped_column(default=now)
    judged_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]

    mention: Mapped[Mention] = relationship()


class LearnedModel(Base):
    """What was learned for one signal: weights in plain numbers, figures on held-back labels, on or off."""

    __tablename__ = "learned_model"

    id: Mapped[int] = mapped_column(primary_key=True)
    signal: Mapped[Signal] = mapped_column(choice(Signal))
    trained_at: Mapped[datetime] = mapped_column(default=now)
    labels: Mapped[int]
    # The newest label that it knows, so that a job sees when there are others.
    newest_label_id: Mapped[int] = mapped_column(BigInteger)
    # Accuracy and macro-F1 of both readings, cross-validated, and on how many labels.
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    classes: Mapped[list[str]] = mapped_column(JSON)
    weights: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    is_on: Mapped[bool] = mapped_column(default=False)
    switched_at: Mapped[datetime | None]
    switched_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # Stored mentions are read again in steps after a switch: how far, and None once it is done.
    reread_to: Mapped[int | None] = mapped_column(BigInteger)

    @property
    def is_better(self) -> bool:
        """Whether it beat the default on held-back labels, by macro-F1."""
        return float(self.figures["learned_f1"]) > float(self.figures["default_f1"])


class ReadNames(Base):
    """The names whose words carry no tone in what is stored: one row, kept up with those that are listened for."""

    __tablename__ = "read_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    names: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Those that came or went at the last change. What holds one is read again in steps: how far, and None once done.
    changed: Mapped[list[str]] = mapped_column(JSON, default=list)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    reread_to: Mapped[int | None] = mapped_column(BigInteger)
