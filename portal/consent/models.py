"""Objections, kept only as keyed hashes, and the basis of each contact."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.foundation.clock import now
from portal.foundation.database import Base, choice


class Scope(StrEnum):
    """What someone said no to."""

    CONTACT = "contact"
    TRACK = "track"


class Basis(StrEnum):
    """Why we may write to someone."""

    ASKED_US = "asked_us"
    CUSTOMER = "customer"
    PUBLISHED_CONTACT = "published_contact"
    COMPANY_ADDRESS = "company_address"


class Objection(Base):
    """Someone's no: a keyed hash of the address or account, so that it outlives the record itself."""

    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("key_hash", "scope"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64))
    scope: Mapped[Scope] = mapped_column(choice(Scope))
    created_at: Mapped[datetime] = mapped_column(default=now)


class ContactBasis(Base):
    """On what ground an address may be written to: which, where it stands, since when, who says so."""

    __tablename__ = "contact_basis"
    __table_args__ = (CheckConstraint("length(trim(place)) > 0", name="place_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address_hash: Mapped[str] = mapped_column(String(64), index=True)
    basis: Mapped[Basis] = mapped_column(choice(Basis))
    place: Mapped[str] = mapped_column(String(300))
    obtained_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
