"""Writing down a no for good, and the ground on which someone may be written to."""

from datetime import date

from portal.accounts.models import User
from portal.consent.models import Basis, ContactBasis, Objection, Scope
from portal.consent.queries import account_key, contact_key
from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _


class NoPlace(Refusal):
    """A basis without the place where it stands."""


class NotYetObtained(Refusal):
    """A basis that begins in the future."""


def object_to_contact(email: str) -> None:
    """Never write to this mailbox again; saying it twice changes nothing.

    Only a keyed hash is kept. A no from `maya+news@…` covers `maya@…` and its other tags too, since they
    reach the same person.

    Raises:
        BadAddress: the address cannot be one.
    """
    _object(contact_key(email), Scope.CONTACT)


def object_to_tracking(channel: str, handle: str) -> None:
    """Never take in what this account writes; saying it twice changes nothing."""
    _object(account_key(channel, handle), Scope.TRACK)


def record_basis(email: str, *, basis: Basis, place: str, obtained_on: date, by: User) -> ContactBasis:
    """Write down why this address may be written to: where that stands, since when, and who says so.

    Raises:
        BadAddress: the address cannot be one.
        NoPlace: nothing says where the basis stands.
        NotYetObtained: the day lies ahead.
    """
    address_hash = contact_key(email)
    where = " ".join("".join(mark for mark in place if mark.isprintable() or mark.isspace()).split())
    if not where:
        raise NoPlace(_("Say where the basis stands: a link, a form, a letter or a conversation."))
    if obtained_on > config.today():
        raise NotYetObtained(_("The basis cannot begin in the future."))
    row = ContactBasis(
        address_hash=address_hash, basis=basis, place=where[:300], obtained_on=obtained_on, recorded_by_id=by.id
    )
    session().add(row)
    record("contact_basis.recorded", row, by=by, after={"basis": basis.value, "place": where[:300]})
    return row


def _object(key_hash: str, scope: Scope) -> None:
    added = session().scalars(
        insert_into(Objection)
        .values(key_hash=key_hash, scope=scope, created_at=now())
        .on_conflict_do_nothing()
        .returning(Objection)
    )
    objection = added.one_or_none()
    if objection is not None:
        record("objection.added", objection, by=None, after={"scope": scope.value})
