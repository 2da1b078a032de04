"""Objections and bases as they are written down."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.accounts.services import BadAddress
from portal.consent.models import Basis, ContactBasis, Objection, Scope
from portal.consent.services import NoPlace, NotYetObtained, object_to_contact, object_to_tracking, record_basis
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import session


def test_saying_no_twice_keeps_one_row_and_one_line_in_the_record(db):
    object_to_contact("maya@example.org")
    object_to_contact("Maya+again@example.org")

    objection = session().scalars(select(Objection)).one()
    entry = session().scalars(select(AuditEntry).where(AuditEntry.verb == "objection.added")).one()
    assert (objection.scope, entry.subject_id) == (Scope.CONTACT, objection.id)


def test_the_address_itself_is_not_kept(db):
    object_to_contact("maya@example.org")

    objection = session().scalars(select(Objection)).one()
    entry = session().scalars(select(AuditEntry)).one()
    assert len(objection.key_hash) == 64
    assert "maya" not in f"{objection.key_hash} {entry.after} {entry.before}"


def test_a_no_to_tracking_is_no_no_to_contact(db):
    object_to_tracking("bluesky", "maya")

    assert session().scalars(select(Objection)).one().scope is Scope.TRACK


def test_what_is_no_address_cannot_object(db):
    with pytest.raises(BadAddress):
        object_to_contact("not an address")

    assert session().scalars(select(Objection)).all() == []


def test_a_basis_says_which_where_since_when_and_who(db, sam):
    row = record_basis(
        "maya@example.org",
        basis=Basis.ASKED_US,
        place="Workshop sign-up sheet,\n Hamburg",
        obtained_on=date(2026, 3, 1),
        by=sam,
    )

    kept = session().scalars(select(ContactBasis)).one()
    assert kept is row
    assert (kept.basis, kept.place, kept.recorded_by_id) == (
        Basis.ASKED_US,
        "Workshop sign-up sheet, Hamburg",
        sam.id,
    )


@pytest.mark.parametrize("place", ["", "  ", "\n\t"])
def test_a_basis_without_a_place_is_refused(db, sam, place):
    with pytest.raises(NoPlace):
        record_basis("maya@example.org", basis=Basis.CUSTOMER, place=place, obtained_on=date(2026, 3, 1), by=sam)


def test_a_basis_cannot_begin_tomorrow(db, sam):
    ahead = now().date() + timedelta(days=2)

    with pytest.raises(NotYetObtained):
        record_basis("maya@example.org", basis=Basis.CUSTOMER, place="Order 1207", obtained_on=ahead, by=sam)
