"""Telling people who answers their suggestion from now on, and that a broken promise has a new date."""

from portal.foundation.audit import AuditEntry
from portal.foundation.database import session
from portal.foundation.mail.outbox import queue_mails
from portal.ledger.models import Idea, NewDate
from portal.updates import mail
from portal.updates.queries import audience_of_hand_over, audience_of_new_date
from portal.updates.services.news import announce


def tell_hand_over(number: int) -> int:
    """Tell an author who answers from now on, by mail; returns how many heard.

    It belongs to one transaction with the `Announcement` row, which only one teller can write.
    """
    entry = session().get_one(AuditEntry, number)
    idea = session().get_one(Idea, entry.subject_id)
    people = audience_of_hand_over(idea, by_id=entry.by_id or 0)
    subject_key = f"hand-over:{number}"
    if not announce(subject_key, people=len(people)):
        return 0
    queue_mails(mail.owner_changed(subject_key, idea, people))
    return len(people)


def tell_new_date(number: int) -> int:
    """Tell everyone behind a suggestion by when its broken promise will be kept, as `tell_hand_over` does."""
    given = session().get_one(NewDate, number)
    people = audience_of_new_date(given)
    subject_key = f"new-date:{number}"
    if not announce(subject_key, people=len(people)):
        return 0
    queue_mails(mail.new_date_given(subject_key, session().get_one(Idea, given.idea_id), given, people))
    return len(people)
