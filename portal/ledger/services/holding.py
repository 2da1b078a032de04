"""Words that others do not see: held on entry, shown after a look, taken out and put back.

Whether to is decided above the ledger; what follows from it for the record is written down here.
"""

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.community.trust import why_held
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import queue_mail
from portal.ledger import mail
from portal.ledger.models import Comment, Idea

Words = Idea | Comment


def hold_if_due(words: Words, by: User, *, before: str | None = None) -> bool:
    """Hold what the community's rule wants looked at first; in the transaction that makes or changes it.

    Args:
        before: what others read there until now; None for words that are new, which count for nothing yet.
    """
    if not words.is_shown:
        return False
    approved = count_shown(by) - (before is None)
    reason = why_held(by, text_of(words), approved=approved, before=before or "")
    if reason is None:
        return False
    words.held_at, words.held_because = now(), reason.value
    _mark(words)
    record("words.held", words, by=None, after={"because": reason.value})
    return True


def text_of(words: Words) -> str:
    """All that was written, title and text."""
    return f"{words.title}\n{words.body}" if isinstance(words, Idea) else words.body


def count_shown(by: User) -> int:
    """How many suggestions and comments of this person others see."""
    ideas = select(func.count()).where(Idea.proposed_by_id == by.id, Idea.held_at.is_(None), Idea.removed_at.is_(None))
    comments = select(func.count()).where(
        Comment.author_id == by.id, Comment.held_at.is_(None), Comment.removed_at.is_(None)
    )
    found = session().execute(select(ideas.scalar_subquery(), comments.scalar_subquery())).one()
    return int(found[0] + found[1])


def show(words: Words, *, by: User) -> bool:
    """Let others see what was held or taken out; the owner of a suggestion hears of it now, once."""
    if words.is_shown:
        return False
    words.held_at = words.held_because = words.removed_at = None
    _mark(words)
    record("words.shown", words, by=by)
    if isinstance(words, Idea) and not words.responses:
        queue_mail(mail.idea_assigned(words))
    return True


def take_out(words: Words, *, by: User) -> bool:
    """Let nobody but its author and the managers see it; nothing is deleted."""
    if words.removed_at is not None:
        return False
    words.removed_at = now()
    _mark(words)
    record("words.taken_out", words, by=by)
    return True


def _mark(words: Words) -> None:
    if isinstance(words, Idea):
        words.moderated_at = now()
    session().flush()
