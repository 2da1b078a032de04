"""Who may do what in the ledger; a reason why not where people should know it."""

from portal.accounts.models import User
from portal.ledger.models import Action, Idea


def may_read(user: User, _idea: Idea) -> bool:
    """Everyone inside reads the whole ledger."""
    return user.is_active


def may_vote(user: User, idea: Idea) -> bool:
    """Members stand behind what others suggested; the author's voice counts already, staff answer instead."""
    return user.is_active and not user.is_staff and idea.proposed_by_id != user.id


def may_respond(user: User, idea: Idea) -> bool:
    """Any staff but the author."""
    # Staff who also make things must not answer their own ideas.
    return user.is_active and user.is_staff and idea.proposed_by_id != user.id


def may_hand_over(user: User, _idea: Idea) -> bool:
    """Any staff: an owner who is away must not hold a suggestion up."""
    return user.is_active and user.is_staff


def may_follow_action(user: User, _action: Action) -> bool:
    """Everyone inside sees what the company does."""
    return user.is_active


def may_record_progress(user: User, _action: Action) -> bool:
    """Any staff: the one who did it is the one who knows."""
    return user.is_active and user.is_staff
