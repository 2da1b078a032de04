"""What the author says to an answer: their reply to a question, and whether it helped."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import Base, choice
from portal.foundation.text import gettext as _
from portal.ledger.models.answers import Response
from portal.ledger.models.ideas import HELD, Idea


class WordKind(StrEnum):
    """What the author says."""

    REPLY = "reply"
    HELPED = "helped"
    NOT_HELPED = "not-helped"

    @property
    def label(self) -> str:
        """The words on the page."""
        return {"reply": _("replied"), "helped": _("says it helped"), "not-helped": _("says it did not help")}[
            self.value
        ]


class AuthorWord(Base):
    """One word of the author to one answer; only erasing them empties it.

    A reply, or that it did not help, opens the suggestion again, until the next answer. That stands whatever becomes
    of its words: while they are held or once they are taken out, only the author and the company read those.
    """

    __tablename__ = "author_word"
    __table_args__ = (Index("ix_author_word_held", "held_at", sqlite_where=HELD, postgresql_where=HELD),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), index=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), unique=True)
    kind: Mapped[WordKind] = mapped_column(choice(WordKind))
    words: Mapped[str] = mapped_column(Text, default="")
    said_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    said_at: Mapped[datetime] = mapped_column(default=now)
    held_at: Mapped[datetime | None]
    held_because: Mapped[str | None] = mapped_column(String(24))
    removed_at: Mapped[datetime | None]

    idea: Mapped[Idea] = relationship()
    response: Mapped[Response] = relationship()
    said_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @property
    def is_shown(self) -> bool:
        """Whether its words are neither held nor taken out."""
        return self.held_at is None and self.removed_at is None
