"""Telling people in which suggestion theirs stands, once for each joining and each parting."""

from portal.foundation.database import session
from portal.foundation.mail.outbox import queue_mails
from portal.ledger.models import Idea, IdeaMerge
from portal.updates import mail
from portal.updates.queries import audience_of_merge, audience_of_parting
from portal.updates.services.news import announce


def tell_merge(number: int) -> int:
    """Tell everyone behind a suggestion that it was joined with another, by mail; returns how many.

    It belongs to one transaction with the `Announcement` row, which only one teller can write.
    """
    merge = session().get_one(IdeaMerge, number)
    if merge.undone_at is not None or merge.source.merged_into_id is None:
        return 0
    # The other one may have been joined with a third since.
    target = session().get_one(Idea, merge.source.merged_into_id)
    people = [one for one in audience_of_merge(merge, target) if one.by_mail]
    subject_key = f"merge:{number}"
    if not announce(subject_key, people=len(people)):
        return 0
    queue_mails(mail.idea_merged(subject_key, merge.source, target, people, by=merge.merged_by))
    return len(people)


def tell_parting(number: int) -> int:
    """Tell everyone behind a suggestion that it stands by itself again, by mail; returns how many.

    Whoever was never told that it was joined hears nothing of it; see `tell_merge` for the transaction.
    """
    merge = session().get_one(IdeaMerge, number)
    by = merge.undone_by
    if by is None or merge.source.merged_into_id is not None:
        return 0
    people = [one for one in audience_of_parting(merge) if one.by_mail]
    subject_key = f"parting:{number}"
    if not announce(subject_key, people=len(people)):
        return 0
    queue_mails(mail.idea_parted(subject_key, merge.source, people, by=by))
    return len(people)
