"""The audit: one row for each change, that nobody edits."""

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from portal.foundation.audit import AuditEntry, record
from portal.foundation.database import session


def test_a_row_says_who_what_and_on_which_row(db, maya, ada):
    record("user.suspended", maya, by=ada, before={"suspended": False}, after={"suspended": True})
    session().flush()

    entry = session().scalars(select(AuditEntry)).one()
    assert (entry.by_id, entry.verb, entry.subject_table, entry.subject_id) == (
        ada.id,
        "user.suspended",
        "user",
        maya.id,
    )


@pytest.mark.parametrize(
    "statement",
    [update(AuditEntry).values(verb="x"), delete(AuditEntry), text("UPDATE audit_entry SET verb = 'x'")],
)
def test_nobody_edits_the_audit(db, maya, statement):
    record("user.added", maya, by=None)
    session().commit()

    with pytest.raises(DBAPIError, match="append only"):
        session().execute(statement)
