"""Members: makers who accepted an invitation."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import Base, BigId


class Member(Base):
    """Someone who came in by an invitation; the founding number is theirs for good."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), unique=True)
    founding_number: Mapped[int] = mapped_column(unique=True)
    about: Mapped[str] = mapped_column(String(500), default="")
    # Whether their name may stand on the public ledger.
    is_named_publicly: Mapped[bool] = mapped_column(default=False)
    # Whether other members find them: in the directory, in those of their circles, and by their own page.
    is_listed: Mapped[bool] = mapped_column(default=True, server_default=true())
    joined_at: Mapped[datetime] = mapped_column(default=now)
    # Someone on the staff trusts them: what they write is never held.
    trusted_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class FormerName(Base):
    """A name that a member went by before: others may have written it, and it is no more public than the one now."""

    __tablename__ = "former_name"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(120))
    given_up_at: Mapped[datetime] = mapped_column(default=now)


class MemberLink(Base):
    """Something a member makes, at the address that they chose."""

    __tablename__ = "member_link"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    # In the order in which they wrote them.
    place: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(500))
    label: Mapped[str] = mapped_column(String(80), default="")

    @property
    def words(self) -> str:
        """What it is, or where it leads."""
        return self.label or self.url.partition("//")[2].removeprefix("www.").rstrip("/")


class Thanks(Base):
    """Someone of the company thanked a member by name; the member says whether others see it."""

    __tablename__ = "thanks"
    __table_args__ = (
        CheckConstraint("length(trim(words)) > 0", name="words_given"),
        Index("ix_thanks_form_key", "form_key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    words: Mapped[str] = mapped_column(String(600))
    # A random key that the form carried, with what was written: the same form sent twice is one row.
    form_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    is_shown: Mapped[bool] = mapped_column(default=False)

    member: Mapped[Member] = relationship(lazy="joined", innerjoin=True)
    by: Mapped[User] = relationship(foreign_keys=[by_id], lazy="joined", innerjoin=True)


class EntryRule(Base):
    """What waits for a look before others see it; one row, and none before someone has set it (see `entry_rule`)."""

    __tablename__ = "entry_rule"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # So many of a new member's suggestions and comments are looked at first.
    first_held: Mapped[int] = mapped_column(default=0)
    holds_links: Mapped[bool] = mapped_column(default=False)
    # One word or phrase on each line.
    words: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime] = mapped_column(default=now)

    def lines(self) -> list[str]:
        """The words and phrases."""
        return [line.strip() for line in self.words.splitlines() if line.strip()]
