"""What the worker does for accounts: forgets the secrets that have run out."""

from portal.accounts.services import forget_old_secrets
from portal.foundation.database import transaction
from portal.foundation.jobs import sweep


@sweep("heavy", place=90)
def forget_secrets() -> int:
    """Remove sign-in links and sessions that ran out a month ago."""
    with transaction():
        return forget_old_secrets()
