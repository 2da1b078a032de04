"""Asking authors a week later whether what came of their suggestion helped."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import String, cast, literal, select

from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.mail.outbox import queue_mails
from portal.ledger.models import Response
from portal.ledger.queries import to_ask_whether_it_helped
from portal.updates import mail
from portal.updates.models import Announcement
from portal.updates.queries import is_following, wants_answers

AFTER = timedelta(days=7)
# What was settled longer ago than this is left in peace.
UNTIL = timedelta(days=28)
_AT_ONCE = 2000
_KEY = "help:"


def ask_authors() -> int:
    """Ask each author of something settled a week ago, once; returns how many were asked.

    Whoever stopped the mails about a suggestion, or all of them, finds the question on its page.
    """
    moment = now()
    asked = 0
    was_asked = (
        select(Announcement.id)
        .where(Announcement.subject_key == literal(_KEY).concat(cast(Response.id, String)))
        .exists()
    )
    settled = to_ask_whether_it_helped(moment - AFTER, not_before=moment - UNTIL, was_asked=was_asked, limit=_AT_ONCE)
    first = _keep(settled)
    for answer in settled:
        author = answer.idea.proposed_by
        if answer.id in first and wants_answers(author) and is_following(author, answer.idea):
            queue_mails(mail.did_it_help(answer, answer.idea))
            asked += 1
    return asked


def _keep(answers: Sequence[Response]) -> set[int]:
    """Write down that these were asked about; returns the ids of those that nobody asked about before."""
    keys = {f"{_KEY}{answer.id}": answer.id for answer in answers}
    rows = [{"subject_key": key, "people": 1, "told_at": now()} for key in keys]
    if not rows:
        return set()
    statement = insert_into(Announcement).on_conflict_do_nothing().returning(Announcement.subject_key)
    return {keys[key] for key in session().scalars(statement, rows)}
