"""Who may do what in the ledger; a reason why not where people should know it."""

from portal.accounts.models import User
from portal.ledger.models import Action, Comment, Idea


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


def may_comment(user: User, idea: Idea) -> bool:
    """Whoever reads a suggestion may speak beside it, staff too: a comment is no answer."""
    return may_read(user, idea)


def may_read_comment(user: User, comment: Comment) -> bool:
    """Comments are as open as the suggestion that they stand beside."""
    return may_read(user, comment.idea)


def may_reword_comment(user: User, comment: Comment) -> bool:
    """Everyone mends their own words and nobody else's."""
    return may_read_comment(user, comment) and comment.author_id == user.id


def may_reword(user: User, idea: Idea) -> bool:
    """Everyone mends their own words and nobody else's."""
    return may_read(user, idea) and idea.proposed_by_id == user.id
