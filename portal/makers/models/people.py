"""People, the accounts that are theirs, their scores and what staff said of them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, false, text
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


_SENT_OFF = text("later_until IS NOT NULL")


def _index_where(table: str, column: str) -> Index:
    given = text(f"{column} IS NOT NULL")
    return Index(f"ix_{table}_{column}", column, sqlite_where=given, postgresql_where=given)


class Person(Base):
    """One human being as far as we know: one or more accounts, a stage and the present score (0…100)."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_ranked", "stage", "score", "id", "later_until"),
        # Every scoring writes the indexes anew, so those over few people hold these alone.
        Index(
            "ix_person_risen", "stage", "rise", "id", sqlite_where=text("rise > 0"), postgresql_where=text("rise > 0")
        ),
        Index("ix_person_scored_at", "scored_at"),
        Index("ix_person_later", "stage", "later_until", sqlite_where=_SENT_OFF, postgresql_where=_SENT_OFF),
        _index_where("person", "next_step_on"),
        _index_where("person", "merged_into_id"),
        Index(
            "ix_person_critics", "score", "id", sqlite_where=text("is_critic = 1"), postgresql_where=text("is_critic")
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.WATCHING)
    # Whether somebody who rests is a member all the same, and goes back to the members.
    rests_as_member: Mapped[bool] = mapped_column(default=False, server_default=false())
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
