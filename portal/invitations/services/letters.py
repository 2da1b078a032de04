"""Letters: written, kept to the rules, and taken back."""

import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import User
from portal.accounts.services import clean_address, hash_secret
from portal.consent.models import Basis, ContactBasis
from portal.consent.services import record_basis
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import PENDING, SUPPRESSED, OutgoingMail, queue_mail
from portal.foundation.text import gettext as _
from portal.invitations import mail
from portal.invitations.mail import LetterWords
from portal.invitations.models import Invitation
from portal.invitations.queries import (
    LETTER,
    is_theirs,
    unanswered_invitations,
)
from portal.invitations.services.refusals import (
    AlreadyInvited,
    LetterClosed,
    NoBasis,
    NotTheirWords,
)
from portal.invitations.services.rules import (
    check_address,
    check_letters,
    check_person,
    clean_name,
    clean_note,
    is_same_letter,
    plain_note,
    quote_of,
)
from portal.listening.models import Mention
from portal.makers.models import Person, Stage
from portal.makers.services import move_to_stage

LETTER_LIFE = timedelta(days=30)


def invite(
    person: Person,
    *,
    email: str,
    name: str,
    basis: Basis | None,
    place: str,
    obtained_on: date,
    note: str,
    quoted_mention: Mention | None,
    by: User,
) -> Invitation:
    """Write a personal letter to someone and put it in the outbox.

    The same letter sent twice (a double click) is one letter.

    Raises:
        Refusal: one of the classes above, `NoPlace`, `NotYetObtained` or `BadAddress`; nothing was changed.
    """
    address, name, note = clean_address(email), clean_name(name), clean_note(note)
    # One letter of a writer at a time, so that two at once cannot pass the day's limit.
    session().execute(select(User.id).where(User.id == by.id).with_for_update())
    unanswered = unanswered_invitations(person_id=person.id, email=address)
    for before in unanswered:
        if is_same_letter(before, person, address, note, by):
            return before
    check_person(person)
    check_address(person, address, basis, obtained_on)
    check_letters(unanswered, by)
    if basis is None:
        raise NoBasis(_("Say on what ground we may write to this address; without one, no letter goes out."))
    if quoted_mention is not None and not is_theirs(quoted_mention, person):
        raise NotTheirWords(_("The words you chose were written by somebody else."))
    token = secrets.token_urlsafe(32)
    try:
        with session().begin_nested():
            invitation = Invitation(
                person=person,
                email=address,
                name=name,
                basis=record_basis(address, basis=basis, place=place, obtained_on=obtained_on, by=by),
                note=note,
                quoted_mention_id=quoted_mention.id if quoted_mention else None,
                quote=quote_of(quoted_mention),
                token_hash=hash_secret(token),
                invited_by=by,
                expires_at=now() + LETTER_LIFE,
            )
            session().add(invitation)
    except IntegrityError as twice:
        raise AlreadyInvited(_("Somebody else has just invited this person.")) from twice
    queue_mail(mail.letter(invitation, token=token, mention=quoted_mention))
    record("invitation.sent", invitation, by=by, after={"person": person.id, "basis": basis.value})
    move_to_stage(person, Stage.INVITED, by=by)
    return invitation


def draft_letter(
    *,
    name: str,
    basis: Basis | None,
    place: str,
    obtained_on: date | None,
    note: str,
    quoted_mention: Mention | None,
    by: User,
) -> LetterWords:
    """The words of a letter as it would read, written nowhere; note and ground may still be missing.

    Raises:
        Refusal: the name or the note could not stand in a mail.
    """
    draft = Invitation(
        name=clean_name(name),
        basis=ContactBasis(basis=basis, place=place, obtained_on=obtained_on) if basis and obtained_on else None,
        note=plain_note(note),
        quote=quote_of(quoted_mention),
        invited_by=by,
        expires_at=now() + LETTER_LIFE,
    )
    return mail.words_of(draft, quoted_mention)


def withdraw(invitation: Invitation, *, by: User) -> Invitation:
    """Take a letter back; its link opens nothing from now on, and a mail that still waits does not leave.

    Raises:
        LetterClosed: it was answered already, or ran out.
    """
    withdrawn = settle(invitation.token_hash, withdrawn_at=now())
    if withdrawn is None:
        raise LetterClosed(_("This letter was answered already, or has run out. Nothing was changed."))
    hold_back_mail(withdrawn)
    record("invitation.withdrawn", withdrawn, by=by)
    move_to_stage(withdrawn.person, Stage.SHORTLISTED, by=by)
    return withdrawn


def settle(token_hash: str, **answer: datetime) -> Invitation | None:
    """Write down what came of an open letter, once; None when it is not open any more."""
    moment = now()
    return (
        session()
        .scalars(
            update(Invitation)
            .where(
                Invitation.token_hash == token_hash,
                Invitation.accepted_at.is_(None),
                Invitation.declined_at.is_(None),
                Invitation.withdrawn_at.is_(None),
                Invitation.expires_at > moment,
            )
            .values(**answer)
            .returning(Invitation)
            .execution_options(populate_existing=True)
        )
        .one_or_none()
    )


def hold_back_mail(invitation: Invitation) -> None:
    """A letter that still waits in the outbox does not leave."""
    session().execute(
        update(OutgoingMail).where(_is_letter(invitation), OutgoingMail.status == PENDING).values(status=SUPPRESSED)
    )


def forget_address(invitation: Invitation) -> None:
    """Take the address off a letter and its mail; who was written to can still be checked by the basis."""
    invitation.email = ""
    session().execute(update(OutgoingMail).where(_is_letter(invitation)).values(recipient="", recipient_name=""))


def _is_letter(invitation: Invitation) -> ColumnElement[bool]:
    return and_(OutgoingMail.kind == LETTER, OutgoingMail.subject_key == f"invitation:{invitation.id}")
