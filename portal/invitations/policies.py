"""Who may ask someone in."""

from portal.accounts.models import User
from portal.invitations.models import Invitation
from portal.makers.models import Person


def may_invite(user: User, _person: Person | None = None) -> bool:
    """Community managers and admins."""
    return user.is_active and user.is_manager


def may_withdraw(user: User, _invitation: Invitation) -> bool:
    """Any community manager: a letter speaks for the company, not for its writer alone."""
    return user.is_active and user.is_manager
