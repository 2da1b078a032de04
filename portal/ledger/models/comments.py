"""What people say beside a suggestion, and the words that stood there before."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import Base
from portal.ledger.models.ideas import HELD, Idea

# Whoever mends a slip within this time leaves no mark.
SILENT = timedelta(minutes=15)


class Comment(Base):
    """Words of one person beside a suggestion; a reply stands under a comment that is none itself.

    `is_case` marks "me too, and here is my case". Whoever has no account here, since their words were brought in
    from elsewhere, is known by `author_name` alone.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("length(trim(body)) > 0", name="words_given"),
        CheckConstraint("author_id IS NOT NULL OR length(trim(author_name)) > 0", name="author_known"),
        Index("ix_comment_thread", "idea_id", "parent_id", "id"),
        Index("ix_comment_created_at", "created_at"),
        Index("ix_comment_held", "held_at", sqlite_where=HELD, postgresql_where=HELD),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    author_name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    is_case: Mapped[bool] = mapped_column(default=False)
    # A random key that the form carried: the same form sent twice is one comment.
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    # Held on entry until someone has looked at it, or taken out; nobody is told of it meanwhile.
    held_at: Mapped[datetime | None]
    held_because: Mapped[str | None] = mapped_column(String(24))
    removed_at: Mapped[datetime | None]

    idea: Mapped[Idea] = relationship()
    author: Mapped[User | None] = relationship(lazy="joined")
    parent: Mapped["Comment | None"] = relationship(remote_side=[id])

    @property
    def is_shown(self) -> bool:
        """Whether it is neither held nor removed."""
        return self.held_at is None and self.removed_at is None

    @property
    def said_by(self) -> str:
        """The name to show."""
        return self.author.name if self.author is not None else self.author_name


class Wording(Base):
    """The words of a suggestion or a comment as they stood before an edit."""

    __tablename__ = "wording"
    __table_args__ = (CheckConstraint("(idea_id IS NULL) <> (comment_id IS NULL)", name="one_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    title: Mapped[str] = mapped_column(String(160), default="")
    body: Mapped[str] = mapped_column(Text)
    replaced_at: Mapped[datetime] = mapped_column(default=now)
    # Whether others could read them; what was held stays with its author and the managers.
    was_shown: Mapped[bool] = mapped_column(default=True, server_default=true())


class Naming(Base):
    """Somebody is named, as in "@Maya Lindqvist", in a suggestion, in an answer to it or in a comment beside it.

    Only those who can read the words are kept here; who else was written after an @ is just text.
    """

    __tablename__ = "naming"
    __table_args__ = (UniqueConstraint("subject_key", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Which words: `idea:5`, `response:6` or `comment:7`.
    subject_key: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
