"""What is listened for, where, and what was heard from whom."""

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
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

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


def _index_where(table: str, column: str) -> Index:
    given = text(f"{column} IS NOT NULL")
    return Index(f"ix_{table}_{column}", column, sqlite_where=given, postgresql_where=given)


class Author(Base):
    """One account on one channel.

    `revision` grows by one with each batch that brought something new from this author; makers keeps the
    revision that it has scored, so that "not yet scored" needs no clock.
    """

    __tablename__ = "author"
    __table_args__ = (
        UniqueConstraint("channel", "origin_host", "handle_key"),
        Index("ix_author_handle_key", "handle_key"),
        _index_where("author", "url"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    origin_host: Mapped[str] = mapped_column(String(253), default="")
    handle: Mapped[str] = mapped_column(String(300))
    handle_key: Mapped[str] = mapped_column(String(300))
    external_id: Mapped[str | None] = mapped_column(String(300))
    name: Mapped[str | None] = mapped_column(String(300))
    url: Mapped[str | None] = mapped_column(String(2000))
    followers: Mapped[int | None] = mapped_column(BigInteger)
    is_bot: Mapped[bool] = mapped_column(default=False)
    is_brand: Mapped[bool] = mapped_column(default=False)
    muted_at: Mapped[datetime | None]
    # What the channel's own page of the account says; fetched for few, and when.
    bio: Mapped[str | None] = mapped_column(String(1000))
    profiled_at: Mapped[datetime | None]
    first_seen_at: Mapped[datetime] = mapped_column(default=now)
    revision: Mapped[int] = mapped_column(default=1)


_EXPIRING = text("keep_until IS NOT NULL AND gone_at IS NULL")
_STANDING = text("source_id IS NOT NULL AND gone_at IS NULL")
_MISSED = text("missed_at IS NOT NULL AND gone_at IS NULL")
_HELD = text("gone_at IS NULL")


class Mention(Base):
    """One public post, article, video, photo, comment or review; counts are null where the channel does not say."""

    __tablename__ = "mention"
    __table_args__ = (
        UniqueConstraint("channel", "origin_host", "external_id"),
        Index("ix_mention_author", "author_id", "created_at"),
        Index("ix_mention_newest", "created_at", "id"),
        Index("ix_mention_channel_newest", "channel", "created_at", "id"),
        # Most mentions have no such key, and an index over nothing would cost as much as one over something.
        _index_where("mention", "url_key"),
        _index_where("mention", "copy_key"),
        Index("ix_mention_expiring", "keep_until", sqlite_where=_EXPIRING, postgresql_where=_EXPIRING),
        Index(
            "ix_mention_recheck", "source_id", "checked_at", "id", sqlite_where=_STANDING, postgresql_where=_STANDING
        ),
        Index("ix_mention_missed", "source_id", "missed_at", sqlite_where=_MISSED, postgresql_where=_MISSED),
        Index("ix_mention_held", "first_seen_at", sqlite_where=_HELD, postgresql_where=_HELD),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    origin_host: Mapped[str] = mapped_column(String(253), default="")
    external_id: Mapped[str] = mapped_column(String(300))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("author.id"))
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str | None] = mapped_column(String(500))
    text: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(String(2000))
    created_at: Mapped[datetime]
    first_seen_at: Mapped[datetime]
    lang: Mapped[str | None] = mapped_column(String(12))
    likes: Mapped[int | None] = mapped_column(BigInteger)
    replies: Mapped[int | None] = mapped_column(BigInteger)
    shares: Mapped[int | None] = mapped_column(BigInteger)
    views: Mapped[int | None] = mapped_column(BigInteger)
    rating: Mapped[float | None]
    parent_id: Mapped[str | None] = mapped_column(String(300))
    parent_author: Mapped[str | None] = mapped_column(String(300))
    thread_id: Mapped[str | None] = mapped_column(String(300))
    # 64-bit keys: the canonical address, and the text without addresses, names and spacing.
    url_key: Mapped[int | None] = mapped_column(BigInteger)
    copy_key: Mapped[int | None] = mapped_column(BigInteger)
    is_copy: Mapped[bool] = mapped_column(default=False)
    tone: Mapped[float | None]
    is_question: Mapped[bool] = mapped_column(default=False)
    is_suggestion: Mapped[bool] = mapped_column(default=False)
    is_creation: Mapped[bool] = mapped_column(default=False)
    # The words that fired for each reading, so that a page can show them.
    marks: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("mention_import.id"))
    keep_until: Mapped[datetime | None]
    # When it was last looked for at its channel, when it was missing there, and when its words were blanked here.
    checked_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]

    author: Mapped[Author] = relationship()


class MentionMedia(Base):
    """A picture that goes with a mention, or the still of a film: fetched once, drawn anew small, kept by us.

    `kind` is what the mention holds there (image, video, gif, link), `url` where its picture is fetched from. `due_at`
    is when to fetch it, None once that is done or given up; `key` names the file. A dropped one waits for its file to
    be removed, and is shown to nobody.
    """

    __tablename__ = "mention_media"
    __table_args__ = (
        UniqueConstraint("mention_id", "place"),
        _index_where("mention_media", "due_at"),
        _index_where("mention_media", "dropped_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    mention_id: Mapped[int] = mapped_column(BigId, ForeignKey("mention.id"))
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    url: Mapped[str] = mapped_column(String(2000))
    alt: Mapped[str | None] = mapped_column(String(500))
    due_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    key: Mapped[str | None] = mapped_column(String(64))
    width: Mapped[int | None]
    height: Mapped[int | None]
    dropped_at: Mapped[datetime | None]

    mention: Mapped[Mention] = relationship()

    def is_shown(self, at: datetime) -> bool:
        """Whether there is a picture to show: kept, its words still standing, and within what the channel allows."""
        until = self.mention.keep_until
        stands = self.dropped_at is None and self.mention.gone_at is None
        return self.key is not None and stands and (until is None or until > at)


class Match(Base):
    """A tracker found a mention, by these words."""

    __tablename__ = "match"
    __table_args__ = (Index("ix_match_tracker", "tracker_id", "mention_id"),)

    mention_id: Mapped[int] = mapped_column(BigId, ForeignKey("mention.id"), primary_key=True)
    tracker_id: Mapped[int] = mapped_column(ForeignKey("tracker.id"), primary_key=True)
    terms: Mapped[str] = mapped_column(String(500))


class StreamDue(Base):
    """A mention that is not in the stream's index yet as it is now; put here by triggers, taken by `sort_in`."""

    __tablename__ = "stream_due"

    mention_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)


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
