"""Who may look at makers and judge them."""

from portal.accounts.models import User
from portal.makers.models import Person


def may_see_people(user: User, _person: Person | None = None) -> bool:
    """Community managers and admins: what is gathered about strangers is for those who write to them."""
    return user.is_active and user.is_manager


def may_judge(user: User, _person: Person) -> bool:
    """Whoever may see them."""
    return user.is_active and user.is_manager
