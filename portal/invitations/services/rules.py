"""What a letter must be, and whom it may go to."""

import re
from datetime import date

from portal.accounts.models import User
from portal.accounts.queries import user_by_email
from portal.consent.models import Basis
from portal.consent.queries import may_contact, objected_accounts
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.mail.message import BadHeader, check_header
from portal.foundation.text import excerpt
from portal.foundation.text import gettext as _
from portal.invitations.models import Invitation, Outcome
from portal.invitations.queries import (
    accounts_of,
    count_written_today,
    last_declined_at,
)
from portal.invitations.services.refusals import (
    AlreadyDeclined,
    AlreadyInvited,
    AlreadyMember,
    CannotBeMailed,
    NotAPerson,
    NothingPersonal,
    OneOfUs,
    SaidNo,
    TooManyToday,
)
from portal.listening.models import Mention
from portal.makers.models import Person, Stage

LETTERS_A_DAY = 50
NOTE_LIMIT = 4000
QUOTE_LIMIT = 700
# A sentence has at least so many letters.
_SENTENCE = 20
# Marks that turn the reading direction, so that a name shows what it is not; and what no mail carries.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def check_person(person: Person) -> None:
    """Refuse whoever no letter may go to, whatever the address."""
    if person.stage is Stage.MEMBER or person.rests_as_member:
        raise AlreadyMember(_("%(name)s is a member already.", name=person.name))
    if person.stage is Stage.OWN_STAFF:
        raise OneOfUs(_("%(name)s works here; an invitation is for people outside.", name=person.name))
    accounts = accounts_of(person)
    if person.stage is Stage.BOT or (accounts and all(account.is_bot for account in accounts)):
        raise NotAPerson(_("%(name)s is a program; letters go to people.", name=person.name))
    if any(account.is_brand for account in accounts):
        raise OneOfUs(_("%(name)s is an account of our own.", name=person.name))
    if person.stage is Stage.OBJECTED or objected_accounts([(each.channel, each.handle) for each in accounts]):
        raise SaidNo(_("%(name)s asked us never to write or to look again. That holds for good.", name=person.name))


def check_address(person: Person, address: str, basis: Basis | None, obtained_on: date) -> None:
    """Refuse an address that said no, that is known here, or whose reader declined."""
    try:
        check_header(address)
    except BadHeader as problem:
        raise CannotBeMailed(_("The address holds marks that a mail cannot carry.")) from problem
    if not may_contact(address):
        raise SaidNo(
            _("Whoever reads %(address)s asked us never to write again. That holds for good.", address=address)
        )
    user = user_by_email(address)
    if user is not None:
        if user.is_staff:
            raise OneOfUs(_("%(address)s belongs to %(name)s, who works here.", address=address, name=user.name))
        raise AlreadyMember(_("%(address)s belongs to a member already.", address=address))
    declined_at = last_declined_at(person_id=person.id, email=address)
    has_asked_since = basis is Basis.ASKED_US and declined_at is not None and obtained_on >= declined_at.date()
    if declined_at is not None and not has_asked_since:
        raise AlreadyDeclined(_("They declined before. Another letter may go out only if they have asked us since."))


def check_letters(unanswered: list[Invitation], by: User) -> None:
    """Refuse a second open letter, close those that ran out, and hold the writer to the day's limit."""
    for before in unanswered:
        if before.outcome(now()) is not Outcome.EXPIRED:
            name = before.invited_by.name
            raise AlreadyInvited(_("A letter from %(name)s is open already; withdraw it first.", name=name))
        before.withdrawn_at = now()
    session().flush()
    if count_written_today(by) >= LETTERS_A_DAY:
        raise TooManyToday(
            _(
                "You wrote %(count)s letters in one day. Personal letters need time: go on tomorrow.",
                count=LETTERS_A_DAY,
            )
        )


def is_same_letter(open_one: Invitation, person: Person, address: str, note: str, by: User) -> bool:
    """Whether this letter was sent just now, by a first press of the same button."""
    written = (open_one.person_id, open_one.email, open_one.note, open_one.invited_by_id)
    return written == (person.id, address, note, by.id) and open_one.outcome(now()) is Outcome.OPEN


def clean_name(name: str) -> str:
    """One line of at most 120 letters that shows what it is."""
    clean = " ".join(name.split())
    try:
        # Before the folding: a line break that was sent is refused, not smoothed over.
        check_header(name.strip())
    except BadHeader as problem:
        raise CannotBeMailed(_("The name holds marks that a mail cannot carry.")) from problem
    if not clean or len(clean) > 120 or _TURNING.search(clean) or "@" in clean:
        raise CannotBeMailed(_("Write the name as you would say it, in at most 120 letters."))
    return clean


def clean_note(note: str) -> str:
    """Plain words of at least one sentence, with their line breaks."""
    clean = plain_note(note)
    if sum(mark.isalnum() for mark in clean) < _SENTENCE:
        raise NothingPersonal(_("Write at least one sentence of your own: why them, and why now."))
    return clean


def plain_note(note: str) -> str:
    """Words that a mail can carry, with their line breaks; still empty while they are being written."""
    clean = note.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(clean) > NOTE_LIMIT:
        raise CannotBeMailed(_("The note is longer than %(count)s characters.", count=NOTE_LIMIT))
    try:
        for line in clean.split("\n"):
            check_header(line.replace("\t", " "))
    except BadHeader as problem:
        raise CannotBeMailed(_("The note holds marks that a mail cannot carry; write it in plain words.")) from problem
    return clean


def quote_of(mention: Mention | None) -> str:
    """The quoted words, cut at a word, without what no mail carries."""
    if mention is None:
        return ""
    lines = (" ".join(_UNPRINTABLE.sub(" ", line).split()) for line in mention.text.splitlines())
    words = re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()
    return words if len(words) <= QUOTE_LIMIT else excerpt(words, QUOTE_LIMIT)


def obstacle(person: Person) -> str | None:
    """Why no letter may go to this person, whatever the address; None if one may."""
    try:
        check_person(person)
    except Refusal as refusal:
        return str(refusal)
    return None
