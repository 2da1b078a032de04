"""Asking authors a week later whether what came of their suggestion helped."""

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
    for answer in settled:
        author = answer.idea.proposed_by
        if not _is_first(answer):
            continue
        if wants_answers(author) and is_following(author, answer.idea):
            queue_mails(mail.did_it_help(answer, answer.idea))
            asked += 1
    return asked


def _is_first(answer: Response) -> bool:
    values = {"subject_key": f"{_KEY}{answer.id}", "people": 1, "told_at": now()}
    statement = insert_into(Announcement).values(values).on_conflict_do_nothing()
    return session().scalar(statement.returning(Announcement.id)) is not None
