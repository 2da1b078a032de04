"""Thanks by name, from one person to another."""

from portal.accounts.models import User
from portal.community import mail
from portal.community.models import Member, Thanks
from portal.community.services.once import already_made, key_of
from portal.community.services.refusals import NoWords
from portal.foundation.audit import record
from portal.foundation.database import session
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy

THANKS_LIMIT = 600


def thank(member: Member, *, words: str, by: User, form_key: str | None = None) -> Thanks:
    """Thank a member; the words go to them by mail, and show to others only if they say so.

    Args:
        form_key: the random key that the form carried; sent twice, it thanks once.

    Raises:
        NoWords: there are none, or too many.
    """
    line = tidy(words)
    if not 0 < len(line) <= THANKS_LIMIT:
        raise NoWords(_("Write them a line or two, at most %(limit)s characters.", limit=THANKS_LIMIT))
    key = key_of(form_key, by, member.id, line)
    repeated = already_made(Thanks, key, by=by)
    if repeated is not None:
        return repeated
    thanks = Thanks(member=member, by=by, words=line, form_key=key)
    session().add(thanks)
    session().flush()
    record("member.thanked", member, by=by, after={"thanks": thanks.id})
    queue_mail(mail.member_thanked(thanks))
    return thanks


def show_thanks(thanks: Thanks, *, is_shown: bool, by: User) -> None:
    """Let other members read it on one's page, or not any more."""
    if thanks.is_shown is is_shown:
        return
    thanks.is_shown = is_shown
    record("thanks.shown" if is_shown else "thanks.hidden", thanks, by=by)
