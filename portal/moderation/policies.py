"""Who may report, decide, and appeal."""

from portal.accounts.models import User
from portal.ledger.models import Comment, Idea
from portal.ledger.policies import may_read, may_read_comment
from portal.moderation.models import Appeal, Decision, Ruling


def may_report(user: User, idea: Idea) -> bool:
    """Whoever reads it, but its author."""
    return may_read(user, idea) and idea.proposed_by_id != user.id and idea.is_shown


def may_report_comment(user: User, comment: Comment) -> bool:
    """Whoever reads it, but its author."""
    return may_read_comment(user, comment) and comment.author_id != user.id and comment.is_shown


def may_decide(user: User, idea: Idea) -> bool:
    """Managers who can read it, but never about their own words: nobody decides where they cannot read."""
    return user.is_manager and may_read(user, idea) and idea.proposed_by_id != user.id


def may_decide_comment(user: User, comment: Comment) -> bool:
    """The same for a comment; words that were brought in have no author to tell."""
    return user.is_manager and may_read_comment(user, comment) and comment.author_id not in {None, user.id}


def may_read_decision(user: User, decision: Decision) -> bool:
    """The one whom it is about."""
    return user.is_active and decision.person_id == user.id


def may_appeal(user: User, decision: Decision) -> bool:
    """The author of what was taken out, once."""
    return may_read_decision(user, decision) and decision.ruling is Ruling.REMOVED and decision.appeal is None


def may_settle(user: User, appeal: Appeal) -> bool:
    """Managers who can read what it is about, while it is open."""
    if appeal.settled_at is not None or appeal.decision.person_id == user.id:
        return False
    decision = appeal.decision
    if decision.comment is not None:
        return may_decide_comment(user, decision.comment)
    return decision.idea is not None and may_decide(user, decision.idea)


def may_suspend(user: User, person: User) -> bool:
    """Managers suspend members; colleagues are an admin's business, and nobody suspends themselves."""
    if not user.is_active or user.id == person.id:
        return False
    return user.is_admin if person.is_staff else user.is_manager
