"""Who may look at what was heard, and change what is listened to."""

from portal.accounts.models import User
from portal.accounts.policies import is_manager
from portal.listening.models import Author, MentionImport, Source, Tracker


def may_mute(user: User, author: Author) -> bool:
    """Community managers decide whom not to hear."""
    return is_manager(user)


def may_run(user: User, subject: Source | Tracker | MentionImport) -> bool:
    """Community managers set up listening."""
    return is_manager(user)
