"""Who may read the outbox, and which of its secrets; who may follow what."""

from portal.accounts.models import User
from portal.foundation.mail.outbox import FAILED, OutgoingMail
from portal.ledger.models import Idea
from portal.ledger.policies import may_read

# Addresses whose last part is a key: to the door, to an invitation, to someone's wishes, to what they are told.
DOORS = ("sign-in", "letters", "unsubscribe", "unsubscribe-news", "suspensions")


def may_read_mail(user: User, _mail: OutgoingMail) -> bool:
    """Managers and admins read what goes out in the company's name."""
    return user.is_active and user.is_manager


def may_try_mail(user: User, mail: OutgoingMail) -> bool:
    """The same people send once more what has failed."""
    return may_read_mail(user, mail) and mail.status == FAILED


def hidden_doors(user: User, *, is_sending: bool) -> tuple[str, ...]:
    """Whose keys this reader of the outbox must not see.

    A mail that is really sent reaches the one it is for, so its keys are for nobody else. Where nothing is sent,
    staff hand invitations over by themselves, and an admin lets people in.
    """
    if is_sending:
        return DOORS
    return () if user.is_admin else ("sign-in",)


def may_follow(user: User, idea: Idea) -> bool:
    """Whoever can read a suggestion can hear of it."""
    return may_read(user, idea)
