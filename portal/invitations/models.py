"""Invitations: personal letters that stand on a basis."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import User
from portal.consent.models import ContactBasis
from portal.foundation.clock import now
from portal.foundation.database import Base, BigId
from portal.makers.models import Person


class Outcome(StrEnum):
    """What came of an invitation; derived from its times, never stored."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Invitation(Base):
    """One letter to one person; its link identifies them and signs nobody in."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint("length(trim(note)) > 0", name="note_given"),
        # At most one open letter a person.
        Index(
            "ix_invitation_one_open",
            "person_id",
            unique=True,
            sqlite_where=text("accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(120))
    basis_id: Mapped[int] = mapped_column(ForeignKey("contact_basis.id"))
    note: Mapped[str] = mapped_column(Text)
    quoted_mention_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("mention.id"))
    quote: Mapped[str] = mapped_column(Text, default="")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    invited_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    basis: Mapped[ContactBasis] = relationship()

    def outcome(self, at: datetime) -> Outcome:
        """What has come of it at this moment."""
        if self.accepted_at:
            return Outcome.ACCEPTED
        if self.declined_at:
            return Outcome.DECLINED
        # A letter that ran out is closed by the next one; it was never withdrawn.
        if self.withdrawn_at and self.withdrawn_at < self.expires_at:
            return Outcome.WITHDRAWN
        return Outcome.EXPIRED if at >= self.expires_at else Outcome.OPEN
