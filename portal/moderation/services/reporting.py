"""Saying that words should not stand here."""

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.database import insert_into, session
from portal.foundation.text import gettext as _
from portal.moderation.models import Concern, Report, Words, subject_of
from portal.moderation.policies import may_report
from portal.moderation.services.written import NotYours, kept


def report(words: Words, *, concern: Concern, by: User, why: str = "") -> bool:
    """Say that words should not stand here; False when this person has said so already.

    Raises:
        NotYours: they cannot read it, or wrote it.
    """
    if not may_report(by, words):
        raise NotYours(_("You cannot report this."))
    statement = insert_into(Report).values(**subject_of(words), reported_by_id=by.id, concern=concern, words=kept(why))
    # One statement: two presses at once are one report.
    if session().scalar(statement.on_conflict_do_nothing().returning(Report.id)) is None:
        return False
    record("words.reported", words, by=by, after={"concern": concern.value})
    return True
