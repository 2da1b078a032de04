"""Who may see the members, and change what stands about one."""

from portal.accounts.models import User


def may_see_members(user: User) -> bool:
    """Members and staff; nobody outside."""
    return user.is_active
