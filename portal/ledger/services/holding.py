"""Words that wait for a look: held on entry, or when they are changed to what the community's rule looks at."""

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.community.trust import why_held
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import AuthorWord, Comment, Idea

Words = Idea | Comment | AuthorWord


def hold_if_due(words: Words, by: User, *, before: str | None = None) -> bool:
    """Hold what the community's rule wants looked at first; in the transaction that makes or changes it.

    Args:
        before: what others read there until now; None for words that are new, which count for nothing yet.
    """
    if not words.is_shown:
        if before is not None:
            look_anew(words)
        return False
    approved = count_shown(by) - (before is None)
    reason = why_held(by, text_of(words), approved=approved, before=before or "")
    if reason is None:
        return False
    words.held_at, words.held_because = now(), reason.value
    mark_moderated(words)
    record("words.held", words, by=None, after={"because": reason.value})
    return True


def look_anew(words: Words) -> None:
    """What its author changed while it is held waits as it is now, from now on."""
    if words.held_at is not None:
        words.held_at = now()


def text_of(words: Words) -> str:
    """All that was written, title and text."""
    if isinstance(words, Idea):
        return f"{words.title}\n{words.body}"
    return words.body if isinstance(words, Comment) else words.words


def count_shown(by: User) -> int:
    """How many suggestions, comments and words to answers of this person others see."""
    ideas = select(func.count()).where(Idea.proposed_by_id == by.id, Idea.held_at.is_(None), Idea.removed_at.is_(None))
    comments = select(func.count()).where(
        Comment.author_id == by.id, Comment.held_at.is_(None), Comment.removed_at.is_(None)
    )
    words = select(func.count()).where(
        AuthorWord.said_by_id == by.id,
        AuthorWord.words != "",
        AuthorWord.held_at.is_(None),
        AuthorWord.removed_at.is_(None),
    )
    found = session().execute(select(*(each.scalar_subquery() for each in (ideas, comments, words)))).one()
    return sum(int(count) for count in found)


def mark_moderated(words: Words) -> None:
    """Note that what others see of these words has changed."""
    if isinstance(words, Idea):
        words.moderated_at = now()
    session().flush()
