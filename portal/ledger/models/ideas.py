"""Suggestions, where they stand, and the voices behind them."""

import re
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, FetchedValue, ForeignKey, Index, String, Text, false, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.community.models import Ask, Circle
from portal.foundation.clock import now
from portal.foundation.database import Base, BigId, choice
from portal.foundation.text import gettext as _

if TYPE_CHECKING:
    from portal.ledger.models.answers import Response


class Standing(StrEnum):
    """Where an idea stands; the database derives it from the responses and the linked action."""

    WAITING = "waiting"
    HEARD = "heard"
    ASKED_BACK = "asked-back"
    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"
    EXPLAINED = "explained"

    @property
    def label(self) -> str:
        """The word on the page."""
        return {
            "waiting": _("Waiting"),
            "heard": _("Heard"),
            "asked-back": _("Asked back"),
            "planned": _("Planned"),
            "under-way": _("Under way"),
            "done": _("Done"),
            "explained": _("Explained"),
        }[self.value]


# An idea in one of these still waits for its action or explanation.
OPEN = (Standing.WAITING, Standing.HEARD, Standing.ASKED_BACK)


_SHOWN = text("held_at IS NULL AND removed_at IS NULL AND merged_into_id IS NULL")
_DECIDED = text(f"{_SHOWN.text} AND decided_minutes IS NOT NULL")
_NEW_DATE = text("new_date IS NOT NULL")
# Little of what is written is ever held; SQLite takes an index for `IS NOT NULL` only where the index says so itself.
HELD = text("held_at IS NOT NULL")


def repeats(title: str, words: str) -> bool:
    """Whether the words say no more than the title."""
    return words.strip().rstrip(" .,;:") == title.rstrip(" .,;:")


# What ends a sentence before more is said, as an excerpt has it, or all that was said.
_END = re.compile(r"[.!?…:;]+[\s·]+|[.!?…:;]*$")


def beside_title(title: str, words: str) -> str:
    """The words without the sentence that stands above them as their title, where they begin with it."""
    said = words.strip()
    rest = said.removeprefix(title.rstrip(" .,;:"))
    end = _END.match(rest)
    return rest[end.end() :] if end and len(rest) < len(said) else words


class Idea(Base):
    """A suggestion (the page's word), its owner and the two promises made with it."""

    __tablename__ = "idea"
    __table_args__ = (
        CheckConstraint("length(trim(title)) > 0", name="title_given"),
        Index("ix_idea_imported_key", "imported_key", unique=True),
        Index("ix_idea_standing", "standing", "id"),
        Index("ix_idea_acknowledge", "standing", "acknowledge_by"),
        Index("ix_idea_decide", "standing", "decide_by"),
        Index("ix_idea_owner", "owner_id", "standing", "id"),
        Index("ix_idea_owner_acknowledge", "owner_id", "standing", "acknowledge_by"),
        Index("ix_idea_owner_decide", "owner_id", "standing", "decide_by"),
        # All that is asked when suggestions are counted for a reader, without those that stand in no list.
        Index(
            "ix_idea_shown",
            "owner_id",
            "standing",
            "created_at",
            "circle_id",
            "is_private",
            "ask_id",
            sqlite_where=_SHOWN,
            postgresql_where=_SHOWN,
        ),
        Index(
            "ix_idea_figures",
            "standing",
            "created_at",
            "circle_id",
            "is_private",
            "ask_id",
            "decided_minutes",
            "promises_kept",
            "promises_broken",
            sqlite_where=_SHOWN,
            postgresql_where=_SHOWN,
        ),
        Index(
            "ix_idea_decided",
            "decided_minutes",
            "circle_id",
            "is_private",
            "ask_id",
            sqlite_where=_DECIDED,
            postgresql_where=_DECIDED,
        ),
        Index("ix_idea_new_date", "new_date", sqlite_where=_NEW_DATE, postgresql_where=_NEW_DATE),
        Index("ix_idea_held", "held_at", sqlite_where=HELD, postgresql_where=HELD),
        Index("ix_idea_circle_id", "circle_id", "id"),
        Index("ix_idea_ask_id", "ask_id", "id"),
        Index("ix_idea_moderated_at", "moderated_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(160))
    body: Mapped[str] = mapped_column(Text, default="")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    mention_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("mention.id"))
    # The circle it belongs to, None for everyone's room; who may see it is decided by `ledger/visibility.py`.
    circle_id: Mapped[int | None] = mapped_column(ForeignKey("circle.id"))
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("ask.id"))
    # For the company's eyes alone, by its author's choice.
    is_private: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Held on entry until someone has looked at it, or taken out; nobody is told of it meanwhile.
    held_at: Mapped[datetime | None]
    held_because: Mapped[str | None] = mapped_column(String(24))
    removed_at: Mapped[datetime | None]
    # When the two above last changed: part of the mark under which figures are remembered.
    moderated_at: Mapped[datetime | None]
    # Whose words they are, when someone of the staff wrote them down, and how they came: by phone, by mail.
    on_behalf_of: Mapped[str] = mapped_column(String(120), default="", server_default="")
    came_by: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # The suggestion that this one was joined with; its voices count there.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id", use_alter=True), index=True)
    # Its author took back the voice that it brought to another; it brings none from then on.
    is_author_silent: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Voices of people without an account that those joined with it bring along.
    joined_votes: Mapped[int] = mapped_column(default=0, server_default="0")
    # A random key that the form carried: the same form sent twice is one idea.
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    # What it was called in the record that it was brought over from, and the votes there that had no names.
    imported_key: Mapped[str | None] = mapped_column(String(200))
    imported_votes: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    acknowledge_by: Mapped[datetime]
    decide_by: Mapped[datetime]
    # The newest date given instead of a promise that broke, until the next answer.
    new_date: Mapped[datetime | None]
    # Kept by the triggers on response, progress and author_word; no code of ours writes it.
    standing: Mapped[Standing] = mapped_column(
        choice(Standing), server_default=Standing.WAITING.value, server_onupdate=FetchedValue()
    )
    # Kept by a trigger on response: the working minutes to the first action or explanation that says them,
    # and how many promises of both kinds were kept by an answer in time and broken by a late one.
    decided_minutes: Mapped[int | None]
    promises_kept: Mapped[int] = mapped_column(server_default="0")
    promises_broken: Mapped[int] = mapped_column(server_default="0")

    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id], lazy="joined", innerjoin=True)
    owner: Mapped[User] = relationship(foreign_keys=[owner_id], lazy="joined", innerjoin=True)
    circle: Mapped[Circle | None] = relationship()
    ask: Mapped[Ask | None] = relationship()
    responses: Mapped[list["Response"]] = relationship(back_populates="idea", order_by="Response.id")

    @property
    def said_by(self) -> str:
        """The name of the one whose words these are."""
        return self.on_behalf_of or self.proposed_by.name

    @hybrid_property
    def unnamed_votes(self) -> int:
        """Voices behind it of people who have no account here, beside its author's."""
        return self.imported_votes + self.joined_votes

    @property
    def says_its_title(self) -> bool:
        """Whether its words are its title over again, as where one sentence made both."""
        return repeats(self.title, self.body)

    @property
    def is_shown(self) -> bool:
        """Whether it is neither held nor removed."""
        return self.held_at is None and self.removed_at is None


class Vote(Base):
    """One member stands behind one idea, once."""

    __tablename__ = "vote"

    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    # The suggestion that was joined with this one and brings the voice along; None where it was given here.
    via_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
