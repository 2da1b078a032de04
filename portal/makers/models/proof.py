"""Whether the score is right, and what it counts: weights, channels, scoring anew, backtests."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.clock import now
from portal.foundation.database import Base, BigId, choice


class Weighting(Base):
    """A table of shares that was proposed or used; the one switched on last counts, or the delivered one if none was.

    `version` of the scores made with it is `VERSION_BASE` and its id. `figures` holds what was measured when it was
    proposed; None where the delivered shares were switched on again.
    """

    __tablename__ = "weighting"

    VERSION_BASE: ClassVar[int] = 5000

    id: Mapped[int] = mapped_column(primary_key=True)
    shares: Mapped[dict[str, float]] = mapped_column(JSON)
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    proposed_at: Mapped[datetime] = mapped_column(default=now)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    switched_on_at: Mapped[datetime | None]
    switched_on_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def version(self) -> int:
        """What the scores made with it say."""
        return self.VERSION_BASE + self.id


class ScoredChannel(Base):
    """A channel whose terms forbid scoring people, on which they are scored since somebody said that it allowed it."""

    __tablename__ = "scored_channel"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(40), unique=True)
    allowed_at: Mapped[datetime] = mapped_column(default=now)
    allowed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class RescoringPart(Base):
    """A range of people to score anew, taken by one worker at a time; one whose lease ran out may be taken again."""

    __tablename__ = "rescoring_part"
    __table_args__ = (Index("ix_rescoring_part_open", "done_at", "lease_until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_person_id: Mapped[int] = mapped_column(BigId)
    last_person_id: Mapped[int] = mapped_column(BigId)
    lease_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


class BacktestStatus(StrEnum):
    """How far a backtest of the own history is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Backtest(Base):
    """The score tried on the company's own history: what was asked, and what came out."""

    __tablename__ = "backtest"
    __table_args__ = (CheckConstraint("horizon_days BETWEEN 1 AND 3650", name="horizon"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    until: Mapped[date]
    horizon_days: Mapped[int]
    truth: Mapped[str] = mapped_column(String(16))
    status: Mapped[BacktestStatus] = mapped_column(choice(BacktestStatus), default=BacktestStatus.WAITING)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    lease_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    error: Mapped[str | None] = mapped_column(String(500))
