"""Letting members in, and what they say about themselves."""

import re
from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import delete, select, text

from portal.accounts.models import Role, User
from portal.accounts.services import add_user, send_sign_in_link
from portal.community.models import FormerName, Member, MemberLink
from portal.community.queries import is_name_of_staff, last_founding_number, member_of
from portal.community.services.addresses import clean_address
from portal.community.services.refusals import TooMany
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.errors import Refusal
from portal.foundation.mail.message import BadHeader, check_header
from portal.foundation.text import fold, tidy
from portal.foundation.text import gettext as _
from portal.invitations.models import Invitation
from portal.invitations.services import accept
from portal.makers.models import Stage
from portal.makers.services import move_to_stage

MOST_LINKS = 6
LABEL_LIMIT = 80
# Of earlier names the last so many: nobody takes word after word off the public ledger by going by it for a moment.
MOST_FORMER_NAMES = 5
# The name of the lock under which founding numbers are given, one at a time.
_FOUNDING = 0x4845415244
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class NotAName(Refusal):
    """Empty, too long, or with marks that a mail cannot carry."""


class NameTaken(Refusal):
    """Somebody on the staff goes by it."""


class UnknownZone(Refusal):
    """Not a time zone."""


def join(token: str) -> Member:
    """Accept a letter, become a member, and have the way in mailed to the invited address.

    Opens no session. Pressing again changes nothing and mails a fresh link.

    Raises:
        LetterClosed: the letter cannot be accepted any more.
    """
    member = admit(accept(token))
    if member.user.is_active:
        send_sign_in_link(member.user)
    return member


def admit(invitation: Invitation) -> Member:
    """Make whoever accepted a member, with the next founding number; the same invitation gives the same member."""
    _take_founding_lock()
    user = add_user(email=invitation.email, name=invitation.name, role=Role.MEMBER, by=None)
    session().flush()
    known = member_of(user)
    if known is not None:
        return known
    member = Member(
        user=user,
        person_id=invitation.person_id,
        invitation_id=invitation.id,
        founding_number=last_founding_number() + 1,
    )
    session().add(member)
    record("member.admitted", member, by=None, after={"founding_number": member.founding_number})
    move_to_stage(invitation.person, Stage.MEMBER, by=None)
    return member


def introduce(
    user: User,
    *,
    name: str,
    time_zone: str | None,
    about: str = "",
    links: Sequence[str] = (),
    is_named_publicly: bool = False,
    is_listed: bool = True,
) -> User:
    """Write down what someone says about themselves; what follows the zone only a member can say.

    Args:
        links: what they make, each an address and, after a space, what it is.
        is_listed: whether other members find them.

    Raises:
        NotAName, NameTaken, UnknownZone, BadAddress, TooMany: nothing was changed.
    """
    made = _clean_links(links)
    name = _clean_name(name, user)
    if time_zone is not None and time_zone not in available_timezones():
        raise UnknownZone(_("“%(zone)s” is not a time zone.", zone=time_zone[:60]), about="time_zone")
    member = member_of(user)
    before = _as_shown(user, member)
    if member is not None:
        _keep_former_name(user, name)
        member.about = "".join(mark for mark in about if mark.isprintable() or mark == "\n").strip()[:500]
        member.is_named_publicly, member.is_listed = is_named_publicly, is_listed
        session().execute(delete(MemberLink).where(MemberLink.member_id == member.id))
        session().add_all(
            MemberLink(member_id=member.id, place=place, url=url, label=label)
            for place, (url, label) in enumerate(made, start=1)
        )
    user.name, user.time_zone = name, time_zone
    after = _as_shown(user, member)
    changed = [key for key in after if after[key] != before[key]]
    record(
        "user.introduced",
        user,
        by=user,
        before={key: before[key] for key in changed} or None,
        after={key: after[key] for key in changed} or None,
    )
    return user


def _as_shown(user: User, member: Member | None) -> dict[str, Any]:
    """Under which name others see them, and where they agreed to be seen."""
    if member is None:
        return {"name": user.name}
    return {"name": user.name, "is_named_publicly": member.is_named_publicly, "is_listed": member.is_listed}


def _keep_former_name(user: User, name: str) -> None:
    """Remember the name that they go by no more, since it stands in what others wrote."""
    if fold(name) == fold(user.name):
        return
    given_up = {"user_id": user.id, "name": user.name, "given_up_at": now()}
    kept = insert_into(FormerName).values(given_up)
    session().execute(
        kept.on_conflict_do_update(index_elements=["user_id", "name"], set_={"given_up_at": given_up["given_up_at"]})
    )
    mine = select(FormerName.id).where(FormerName.user_id == user.id)
    last = mine.order_by(FormerName.given_up_at.desc(), FormerName.id.desc()).limit(MOST_FORMER_NAMES)
    session().execute(delete(FormerName).where(FormerName.user_id == user.id, FormerName.id.not_in(last)))


def _clean_links(lines: Sequence[str]) -> list[tuple[str, str]]:
    found = []
    for line in lines:
        url, _space, words = " ".join(tidy(line).split()).partition(" ")
        if url:
            found.append((clean_address(url, about="links"), words[:LABEL_LIMIT]))
    if len(found) > MOST_LINKS:
        raise TooMany(_("At most %(most)s links; choose those that say most.", most=MOST_LINKS), about="links")
    return found


def _clean_name(name: str, user: User) -> str:
    clean = " ".join(name.split())
    try:
        check_header(name.strip())
    except BadHeader as problem:
        raise NotAName(_("A name cannot hold line breaks or coded words."), about="name") from problem
    if not clean or len(clean) > 120 or _TURNING.search(clean) or "@" in clean:
        raise NotAName(_("Write your name as people say it, in at most 120 letters."), about="name")
    if is_name_of_staff(clean, besides=user):
        raise NameTaken(
            _("Somebody who works here goes by this name; add something that tells you apart."), about="name"
        )
    return clean


def _take_founding_lock() -> None:
    """One admission at a time; SQLite lets in one writer at a time anyway."""
    if session().get_bind().dialect.name == "postgresql":
        session().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _FOUNDING})
