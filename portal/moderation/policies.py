"""Who may report, decide, and appeal."""

from portal.accounts.models import User
from portal.ledger.models import Comment, Idea
from portal.ledger.policies import may_read, may_read_comment, may_read_word
from portal.moderation.models import Appeal, Decision, Ruling, Words


def may_report(user: User, words: Words) -> bool:
    """Whoever reads them, but their author."""
    return _may_read(user, words) and words.is_shown and not _wrote(user, words)


def may_decide(user: User, words: Words) -> bool:
    """Managers who can read them, but never about their own: nobody decides where they cannot read."""
    return user.is_manager and _may_read(user, words) and not _wrote(user, words)


def may_read_decision(user: User, decision: Decision) -> bool:
    """The one whom it is about."""
    return user.is_active and decision.person_id == user.id


def may_appeal(user: User, decision: Decision) -> bool:
    """The author of what was taken out, and whoever is suspended, once."""
    if decision.person_id != user.id or decision.appeal is not None:
        return False
    if decision.ruling is Ruling.SUSPENDED:
        return is_shut_out_by(user, decision)
    return user.is_active and decision.ruling is Ruling.REMOVED


def is_shut_out_by(person: User, suspension: Decision) -> bool:
    """Whether it is this suspension that keeps somebody out now; of several the last one does."""
    return person.suspended_at is not None and person.suspended_at <= suspension.decided_at


def may_settle(user: User, appeal: Appeal) -> bool:
    """Managers who can read what it is about, or may let the person in, while it is open."""
    words, person = appeal.decision.words, appeal.decision.person
    if appeal.settled_at is not None or person is None:
        return False
    return may_decide(user, words) if words is not None else may_suspend(user, person)


def may_suspend(user: User, person: User) -> bool:
    """Managers suspend members; colleagues are an admin's business, and nobody suspends themselves."""
    if not user.is_active or user.id == person.id:
        return False
    return user.is_admin if person.is_staff else user.is_manager


def may_give_role(user: User, person: User) -> bool:
    """Admins change what their colleagues are here for, never what they are here for themselves."""
    return user.is_active and user.is_admin and person.is_staff and person.id != user.id


def _may_read(user: User, words: Words) -> bool:
    if isinstance(words, Idea):
        return may_read(user, words)
    return may_read_comment(user, words) if isinstance(words, Comment) else may_read_word(user, words)


def _wrote(user: User, words: Words) -> bool:
    if isinstance(words, Idea):
        return words.proposed_by_id == user.id
    return (words.author_id if isinstance(words, Comment) else words.said_by_id) == user.id
