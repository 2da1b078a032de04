"""Closing the portal to someone, and opening it to them again."""

from portal.accounts.models import User
from portal.accounts.services import end_sessions, take_from_admin
from portal.community.services import give_back_all
from portal.foundation.clock import now
from portal.foundation.database import hold
from portal.foundation.text import gettext as _
from portal.moderation.models import Decision, Ruling
from portal.moderation.policies import may_suspend
from portal.moderation.queries import open_appeal_of
from portal.moderation.services.written import NothingToDecide, NotYours, kept, reason_of, settle, tell, write_down


def suspend(person: User, *, reason: str, by: User, note: str = "") -> Decision:
    """Close the portal to someone from the next request on; they are told why, and others get their places.

    Raises:
        NotYours, NoReason: nothing was changed.
        NothingToDecide: they are suspended already.
        LastAdmin: `by` is no admin any more.
    """
    _check_person(person, by)
    told = reason_of(reason)
    if person.suspended_at is not None:
        raise NothingToDecide(_("%(name)s is suspended already.", name=person.name))
    moment = now()
    if person.is_admin:
        take_from_admin(person, by=by, suspended_at=moment)
    # First, since nobody who is shut out can give a place back.
    give_back_all(None, person, by=by)
    person.suspended_at = moment
    end_sessions(person)
    decision = write_down(None, Ruling.SUSPENDED, person=person, by=by, reason=told, note=note)
    tell(decision)
    return decision


def readmit(person: User, *, by: User, words: str = "", note: str = "") -> Decision:
    """Open the portal to them again; where they asked for another look, that is its end.

    Args:
        words: what is said to them with it, if anything.
        note: for colleagues alone.

    Raises:
        NotYours: nothing was changed.
        NothingToDecide: they are not suspended.
    """
    _check_person(person, by)
    if person.suspended_at is None:
        raise NothingToDecide(_("%(name)s is not suspended.", name=person.name))
    asked, told = open_appeal_of(person), kept(words)
    person.suspended_at = None
    if asked is not None:
        settle(asked, is_upheld=True, answer=told, by=by)
    decision = write_down(None, Ruling.READMITTED, person=person, by=by, reason=told, note=note)
    tell(decision, asked=asked.words if asked is not None else "")
    return decision


def _check_person(person: User, by: User) -> None:
    # Of two who decide at once, the second finds what the first has decided.
    hold(person)
    if not may_suspend(by, person):
        raise NotYours(_("You cannot decide about this person."))
