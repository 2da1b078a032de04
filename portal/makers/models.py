"""People, the accounts that are theirs, their scores and what staff said of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.foundation.clock import now
from portal.foundation.database import Base, BigId, choice


class Stage(StrEnum):
    """How far the company has come with a person."""

    WATCHING = "watching"
    SHORTLISTED = "shortlisted"
    INVITED = "invited"
    MEMBER = "member"
    RESTING = "resting"
    NOT_A_FIT = "not_a_fit"
    OBJECTED = "objected"
    OWN_STAFF = "own_staff"
    BOT = "bot"


class Opinion(StrEnum):
    """What a person on the staff thinks of a likely maker."""

    FIT = "fit"
    NOT_A_FIT = "not_a_fit"
    LATER = "later"


def _index_where(table: str, column: str) -> Index:
    given = text(f"{column} IS NOT NULL")
    return Index(f"ix_{table}_{column}", column, sqlite_where=given, postgresql_where=given)


class Person(Base):
    """One human being as far as we know: one or more accounts, a stage and the present score (0…100)."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_ranked", "stage", "score", "id", "later_until"),
        Index("ix_person_score", "score", "id"),
        Index("ix_person_risen", "stage", "rise", "id"),
        Index("ix_person_scored_at", "scored_at"),
        Index("ix_person_later", "stage", "later_until"),
        _index_where("person", "next_step_on"),
        _index_where("person", "merged_into_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.WATCHING)
    score: Mapped[float] = mapped_column(default=0.0)
    is_critic: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    scored_at: Mapped[datetime | None]
    # "Not now": out of the list of likely makers until then.
    later_until: Mapped[datetime | None]
    # The account they were first known by; unique, so that placing the same account twice makes one person.
    first_author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("author.id"), unique=True)
    # Who on the staff keeps in touch, what comes next, and when.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    next_step: Mapped[str] = mapped_column(String(300), default="", server_default="")
    next_step_on: Mapped[date | None]
    # The person of whom this one turned out to be another account; out of every list from then on.
    merged_into_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    # Their own time zone, where staff know it, such as Europe/Berlin.
    zone: Mapped[str] = mapped_column(String(64), default="", server_default="")
    # How often and when last they were heard, and when they came back after how many days of silence; as of then.
    acts: Mapped[int] = mapped_column(default=0, server_default="0")
    last_heard_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    silent_days: Mapped[int | None]
    noticed_at: Mapped[datetime | None]
    # By how many points the score rose within the last month.
    rise: Mapped[float] = mapped_column(default=0.0, server_default="0")
    # When nothing was left of them but counts and links, since nobody had judged them.
    shrunk_at: Mapped[datetime | None]


class PersonAuthor(Base):
    """An account belongs to a person; `scored_revision` is the author's revision the score has seen."""

    __tablename__ = "person_author"
    __table_args__ = (
        Index(
            "ix_person_author_uncompared",
            "author_id",
            sqlite_where=text("compared_at IS NULL"),
            postgresql_where=text("compared_at IS NULL"),
        ),
    )

    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("author.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    scored_revision: Mapped[int] = mapped_column(default=0)
    # When this account was last looked at for being someone known already; null is "not yet".
    compared_at: Mapped[datetime | None]


class Score(Base):
    """A dated snapshot: five bars from 0 to 1, and every mention with the points it brought.

    `contributions` holds one list for each mention, in the order of `scoring.bars.Contribution`; `months` the
    number of mentions in each of the last twelve months, oldest first; `best` up to three mentions to quote.
    """

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("person_id", "day"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    day: Mapped[date]
    scored_at: Mapped[datetime]
    version: Mapped[int]
    total: Mapped[float]
    # Against the score before this one; null where there is none.
    change: Mapped[float | None]
    create: Mapped[float]
    persist: Mapped[float]
    love: Mapped[float]
    advise: Mapped[float]
    reach: Mapped[float]
    is_critic: Mapped[bool]
    mentions: Mapped[int]
    contributions: Mapped[list[Any]] = mapped_column(JSON)
    months: Mapped[list[int]] = mapped_column(JSON)
    best: Mapped[list[int]] = mapped_column(JSON)


class Verdict(Base):
    """What someone on the staff said of a person; the newest counts, all are kept as labels."""

    __tablename__ = "verdict"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    opinion: Mapped[Opinion] = mapped_column(choice(Opinion))
    note: Mapped[str] = mapped_column(String(500), default="")
    score_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("score.id"))
    judged_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    judged_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship()


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


class Weighting(Base):
    """A table of shares that was proposed or used; the one switched on last counts, or the delivered one if none was.

    `version` of the scores made with it is `VERSION_BASE` and its id. `figures` holds what was measured when it was
    proposed; None where the delivered shares were switched on again.
    """

    __tablename__ = "weighting"

    VERSION_BASE: ClassVar[int] = 2000

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


class SavedList(Base):
    """A question to the list of people under a name; frozen, it holds whom it found on the day it was saved."""

    __tablename__ = "saved_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_frozen: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))


class SavedListEntry(Base):
    """Someone on a frozen list."""

    __tablename__ = "saved_list_entry"

    saved_list_id: Mapped[int] = mapped_column(ForeignKey("saved_list.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), primary_key=True, index=True)
