"""What was heard, from whom, and what found it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.foundation.clock import now
from portal.foundation.database import Base, BigId


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
        _index_where("author", "profiled_at"),
        Index("ix_author_brand", "id", sqlite_where=text("is_brand = 1"), postgresql_where=text("is_brand")),
        Index("ix_author_unlisted", "id", sqlite_where=text("is_unlisted = 1"), postgresql_where=text("is_unlisted")),
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
    # They ask not to be found by searches: heard, and never ranked.
    is_unlisted: Mapped[bool] = mapped_column(default=False, server_default=false())
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
    # Addresses that it points at and its words do not show, with blanks between them.
    links: Mapped[str | None] = mapped_column(Text)
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
    # How many characters the words had that were blanked: a count, by which the mention counts as it did.
    blanked_chars: Mapped[int | None]

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
