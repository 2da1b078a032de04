"""What stands beside a suggestion: pictures, tags, others that were joined with it, and words not sent yet."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.community.models import Ask, Circle
from portal.foundation.clock import now
from portal.foundation.database import Base, BigId
from portal.ledger.models.ideas import Idea


class Attachment(Base):
    """One picture of a suggestion; the file and its thumbnail stand in the store under `key`."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    # In dots and in bytes.
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    idea: Mapped[Idea] = relationship()


class Tag(Base):
    """A word that the staff sorts suggestions by; `key` is its folded form."""

    __tablename__ = "tag"
    __table_args__ = (CheckConstraint("length(trim(name)) > 0", name="name_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(60), unique=True)


class IdeaTag(Base):
    """A suggestion carries a tag."""

    __tablename__ = "idea_tag"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True, index=True)


class IdeaMerge(Base):
    """Two suggestions were joined because they say the same; undone, they stand apart again."""

    __tablename__ = "idea_merge"
    __table_args__ = (CheckConstraint("source_id <> target_id", name="two_ideas"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    merged_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    merged_at: Mapped[datetime] = mapped_column(default=now)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]

    source: Mapped[Idea] = relationship(foreign_keys=[source_id])
    target: Mapped[Idea] = relationship(foreign_keys=[target_id])
    merged_by: Mapped[User] = relationship(foreign_keys=[merged_by_id])
    undone_by: Mapped[User | None] = relationship(foreign_keys=[undone_by_id])


class IdeaDraft(Base):
    """What a person has typed into one form and not sent, with its pictures; kept for a month after the last change."""

    __tablename__ = "idea_draft"
    __table_args__ = (Index("ix_idea_draft_form", "user_id", "form_key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    # The random key that the form carried, whichever device it was sent from.
    form_key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(160), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    # Where it was to stand; both None for everyone's room.
    circle_id: Mapped[int | None] = mapped_column(ForeignKey("circle.id"))
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("ask.id"))
    # The mention that it brings; no row of its own holds it, since a mention may be forgotten first.
    mention_id: Mapped[int | None] = mapped_column(BigId)
    is_private: Mapped[bool] = mapped_column(default=False, server_default=false())
    on_behalf_of: Mapped[str] = mapped_column(String(120), default="", server_default="")
    came_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    changed_at: Mapped[datetime] = mapped_column(default=now, index=True)

    circle: Mapped[Circle | None] = relationship()
    ask: Mapped[Ask | None] = relationship()
    pictures: Mapped[list["DraftPicture"]] = relationship(back_populates="draft", order_by="DraftPicture.id")


class DraftPicture(Base):
    """One picture of a draft; once it is sent, the file is an attachment of the suggestion."""

    __tablename__ = "draft_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("idea_draft.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    # In dots and in bytes.
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)

    draft: Mapped[IdeaDraft] = relationship(back_populates="pictures", lazy="joined", innerjoin=True)
