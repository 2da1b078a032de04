"""What invited people say: yes, no, or never again."""

from portal.accounts.services import hash_secret
from portal.consent.services import object_to_contact
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.text import gettext as _
from portal.invitations.models import Invitation
from portal.invitations.queries import invitation_of
from portal.invitations.services.letters import forget_address, hold_back_mail, settle
from portal.invitations.services.refusals import LetterClosed
from portal.makers.models import Stage
from portal.makers.services import move_to_stage


def accept(token: str) -> Invitation:
    """Say yes; pressing twice is the same as once.

    Raises:
        LetterClosed: made up, run out, withdrawn, or declined before.
    """
    accepted = settle(hash_secret(token), accepted_at=now())
    if accepted is not None:
        record("invitation.accepted", accepted, by=None)
        return accepted
    known = invitation_of(token)
    if known is None or known.accepted_at is None:
        raise LetterClosed(_("This letter cannot be accepted any more."))
    return known


def decline(token: str) -> Invitation:
    """Say no, thank you; pressing twice is the same as once.

    Raises:
        LetterClosed: made up, run out, withdrawn, or accepted before.
    """
    declined = settle(hash_secret(token), declined_at=now())
    if declined is not None:
        record("invitation.declined", declined, by=None)
        move_to_stage(declined.person, Stage.RESTING, by=None)
        return declined
    known = invitation_of(token)
    if known is None or known.declined_at is None:
        raise LetterClosed(_("This letter cannot be declined any more."))
    return known


def never_write_again(token: str) -> Invitation:
    """Object to every further contact, at once and for good; works with any link we ever sent.

    Afterwards only keyed hashes tell of the address. A member who says this stays a member and keeps theirs.

    Raises:
        LetterClosed: we never sent such a link.
    """
    invitation = invitation_of(token)
    if invitation is None:
        raise LetterClosed(_("We know no letter with this link."))
    if invitation.email:
        object_to_contact(invitation.email)
    if settle(invitation.token_hash, declined_at=now()) is not None:
        record("invitation.declined", invitation, by=None, after={"never_again": True})
    hold_back_mail(invitation)
    if invitation.accepted_at is None:
        forget_address(invitation)
    if invitation.person.stage not in {Stage.MEMBER, Stage.OBJECTED}:
        move_to_stage(invitation.person, Stage.OBJECTED, by=None)
    return invitation
