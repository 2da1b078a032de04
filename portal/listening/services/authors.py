"""Who is not listened to."""

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.listening.models import Author


def mute_author(author: Author, *, by: User) -> None:
    """Take nothing more in from this account, and show nothing of it; what is stored stays."""
    if author.muted_at is None:
        author.muted_at = now()
        record("author.muted", author, by=by)


def unmute_author(author: Author, *, by: User) -> None:
    """Listen to this account again."""
    if author.muted_at is not None:
        author.muted_at = None
        record("author.unmuted", author, by=by)
