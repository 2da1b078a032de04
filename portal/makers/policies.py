"""Who may look at makers and judge them."""

from portal.accounts.models import User
from portal.listening.models import Author
from portal.makers.models import Merge, MergeSuggestion, Person, SavedList, Weighting


def may_see_people(user: User, _person: Person | None = None) -> bool:
    """Community managers and admins: what is gathered about strangers is for those who write to them."""
    return user.is_active and user.is_manager


def may_see_author(user: User, _author: Author) -> bool:
    """Whoever may see the people may see whose account it is."""
    return may_see_people(user)


def may_judge(user: User, _person: Person) -> bool:
    """Whoever may see them."""
    return user.is_active and user.is_manager


def may_merge(user: User, _subject: MergeSuggestion | Merge) -> bool:
    """Whoever may judge people decides who is one."""
    return user.is_active and user.is_manager


def may_weigh(user: User, _weighting: Weighting | None = None) -> bool:
    """Whoever judges people may also say what counts how much."""
    return user.is_active and user.is_manager


def may_keep_lists(user: User, _kept: SavedList) -> bool:
    """Lists are the team's, not one person's."""
    return user.is_active and user.is_manager
