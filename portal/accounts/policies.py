"""Who may do what, in terms of roles alone."""

from portal.accounts.models import User


def is_signed_in(user: User) -> bool:
    """Any member or staff."""
    return user.is_active


def is_staff(user: User) -> bool:
    """Anyone who works for the company."""
    return user.is_active and user.is_staff


def is_manager(user: User) -> bool:
    """Community managers and admins."""
    return user.is_active and user.is_manager


def is_admin(user: User) -> bool:
    """Admins only."""
    return user.is_active and user.is_admin
