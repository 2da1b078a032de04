"""What is listened for, where, and what was sent to us or read from a file."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.clock import now
from portal.foundation.database import Base, BigId, choice


class Health(StrEnum):
    """How a source is."""

    NEW = "new"
    GOOD = "good"
    FAILING = "failing"
    STOPPED = "stopped"
    PAUSED = "paused"


class PushStatus(StrEnum):
    """What became of something that a channel sent us."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class ImportStatus(StrEnum):
    """How far a file import has come; a draft is a file that waits for someone to say how it is read."""

    DRAFT = "draft"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class TrackerKind(StrEnum):
    """What a tracker listens for.

    An opportunity is someone who asks ("does anyone know …") with these words; what holds muted words is
    left out of the stream.
    """

    BRAND = "brand"
    RIVAL = "rival"
    OPPORTUNITY = "opportunity"
    MUTED = "muted"


class Tracker(Base):
    """A saved query: what counts as a mention, and of what."""

    __tablename__ = "tracker"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    query: Mapped[str] = mapped_column(String(4000), unique=True)
    kind: Mapped[TrackerKind] = mapped_column(choice(TrackerKind), default=TrackerKind.BRAND, server_default="brand")
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    paused_at: Mapped[datetime | None]
    # Mentions that were stored before the tracker are looked through in steps: how far, and when it was done.
    swept_to: Mapped[int] = mapped_column(BigInteger, default=0)
    swept_at: Mapped[datetime | None]
    # When its query was last put differently, which asks for another look back.
    changed_at: Mapped[datetime | None]


class Source(Base):
    """A connector with its settings, its cursor and its health."""

    __tablename__ = "source"
    __table_args__ = (
        UniqueConstraint("connector", "address"),
        Index("ix_source_due", "health", "next_due_at"),
        Index("ix_source_push_token", "push_token", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    connector: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(2000))
    # What staff filled in; the secret part of it is encrypted as one and never shown.
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    secrets: Mapped[str | None] = mapped_column(Text)
    # Calls of the day, money of the month, and what the channel last said is left to us.
    usage: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Where the channel reaches this source, and what it signs with.
    push_token: Mapped[str | None] = mapped_column(String(64))
    # Keep everything the source says, or only what a tracker matches.
    keeps_all: Mapped[bool] = mapped_column(default=False)
    state: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    health: Mapped[Health] = mapped_column(choice(Health), default=Health.NEW)
    interval_s: Mapped[int] = mapped_column(default=900)
    next_due_at: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime | None]
    last_tried_at: Mapped[datetime | None]
    last_good_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(String(500))
    failures: Mapped[int] = mapped_column(default=0)
    taken_in: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def is_listening(self) -> bool:
        """Whether it is asked at all."""
        return self.health not in {Health.PAUSED, Health.STOPPED}

    def is_stale(self, at: datetime) -> bool:
        """Whether nothing good was heard for three of its intervals."""
        return at - (self.last_good_at or self.created_at) > 3 * timedelta(seconds=self.interval_s)


class Push(Base):
    """Something that a channel sent to a source's own address: kept first, read by the worker afterwards."""

    __tablename__ = "push"
    __table_args__ = (UniqueConstraint("source_id", "event_id"), Index("ix_push_due", "status", "due_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    event_id: Mapped[str] = mapped_column(String(300))
    received_at: Mapped[datetime] = mapped_column(default=now)
    headers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    body: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    status: Mapped[PushStatus] = mapped_column(choice(PushStatus), default=PushStatus.WAITING)
    due_at: Mapped[datetime] = mapped_column(default=now)
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(500))


class MentionImport(Base):
    """One file being read: where it has come to, so that a stopped import goes on."""

    __tablename__ = "mention_import"
    __table_args__ = (CheckConstraint("rows_read >= 0", name="rows_read"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(300))
    # The file's content and the way it is read: the same again is the same import.
    key: Mapped[str] = mapped_column(String(64), unique=True)
    path: Mapped[str] = mapped_column(String(2000))
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    status: Mapped[ImportStatus] = mapped_column(choice(ImportStatus), default=ImportStatus.WAITING)
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    bytes_read: Mapped[int] = mapped_column(BigInteger, default=0)
    rows_read: Mapped[int] = mapped_column(default=0)
    added: Mapped[int] = mapped_column(default=0)
    repeated: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    matched: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(1000))
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    finished_at: Mapped[datetime | None]
