"""Reading invitations: by their link, by what came of them, and what a letter may quote."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.accounts.services import hash_secret
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.invitations.models import Invitation, Outcome
from portal.listening.models import Author, Mention
from portal.makers.models import Person, PersonAuthor, Score

PAGE = 50
LETTER = "letter"


@dataclass(frozen=True)
class Sent:
    """An invitation with how far its letter has come: the status in the outbox, and when it left."""

    invitation: Invitation
    status: str
    sent_at: datetime | None
    error: str | None


def invitation_of(token: str) -> Invitation | None:
    """The invitation whose letter has this secret in its link."""
    return (
        session()
        .scalars(
            select(Invitation).options(joinedload(Invitation.person)).where(Invitation.token_hash == hash_secret(token))
        )
        .one_or_none()
    )


def readable_invitation(token: str) -> Invitation | None:
    """The same, unless it ran out or was withdrawn: then its link is worth no more than a made-up one."""
    invitation = invitation_of(token)
    if invitation is None or invitation.outcome(now()) in {Outcome.EXPIRED, Outcome.WITHDRAWN}:
        return None
    return invitation


def quoted_mention(invitation: Invitation) -> Mention | None:
    """Where the words stand that the letter quotes, while the mention is kept."""
    return session().get(Mention, invitation.quoted_mention_id) if invitation.quoted_mention_id else None


def unanswered_invitations(*, person_id: int, email: str) -> list[Invitation]:
    """Letters to this person or this address that nobody has answered, run out or not; the newest first."""
    return list(
        session().scalars(
            select(Invitation)
            .where(or_(Invitation.person_id == person_id, Invitation.email == email), _is_unanswered())
            .order_by(Invitation.id.desc())
        )
    )


def last_declined_at(*, person_id: int, email: str) -> datetime | None:
    """When this person, or whoever reads this address, last declined."""
    return session().scalar(
        select(func.max(Invitation.declined_at)).where(
            or_(Invitation.person_id == person_id, Invitation.email == email)
        )
    )


def count_written_today(writer: User) -> int:
    """How many letters someone wrote in the last 24 hours."""
    since = now() - timedelta(hours=24)
    return (
        session().scalar(
            select(func.count())
            .select_from(Invitation)
            .where(Invitation.invited_by_id == writer.id, Invitation.created_at > since)
        )
        or 0
    )


def list_of_invitations(outcome: Outcome | None, *, before_id: int | None = None) -> list[Sent]:
    """The newest invitations first, one more than a page holds if there are older ones."""
    query = (
        select(Invitation, OutgoingMail.status, OutgoingMail.sent_at, OutgoingMail.last_error)
        .outerjoin(OutgoingMail, and_(OutgoingMail.kind == LETTER, OutgoingMail.subject_key == _mail_key()))
        .options(joinedload(Invitation.basis, innerjoin=True))
        .order_by(Invitation.id.desc())
        .limit(PAGE + 1)
    )
    if outcome is not None:
        query = query.where(_outcome(now()) == outcome.value)
    if before_id is not None:
        query = query.where(Invitation.id < before_id)
    return [Sent(row, status or "", sent_at, error) for row, status, sent_at, error in session().execute(query)]


def counts_by_outcome() -> dict[Outcome, int]:
    """How many invitations came to what, every outcome named."""
    outcome = _outcome(now()).label("outcome")
    counted = dict(session().execute(select(outcome, func.count()).group_by(outcome)).all())
    return {each: counted.get(each.value, 0) for each in Outcome}


def accounts_of(person: Person) -> list[Author]:
    """The public accounts that are this person's."""
    return list(
        session().scalars(
            select(Author).join(PersonAuthor).where(PersonAuthor.person_id == person.id).order_by(Author.id)
        )
    )


def quotable_mentions(person: Person, *, limit: int = 5) -> list[Mention]:
    """What a letter may quote: the mentions that brought the most points, the newest where none is scored."""
    contributions = session().scalar(
        select(Score.contributions).where(Score.person_id == person.id).order_by(Score.day.desc()).limit(1)
    )
    ranked = sorted(contributions or [], key=lambda line: float(line[1]) + float(line[2]), reverse=True)
    best = [int(line[0]) for line in ranked[:limit]]
    query = (
        select(Mention)
        .join(PersonAuthor, PersonAuthor.author_id == Mention.author_id)
        .where(PersonAuthor.person_id == person.id, func.length(func.trim(Mention.text)) > 0)
        .order_by(Mention.created_at.desc(), Mention.id.desc())
        .limit(limit)
    )
    if best:
        found = session().scalars(query.where(Mention.id.in_(best))).all()
        return sorted(found, key=lambda mention: best.index(mention.id))
    return list(session().scalars(query))


def is_theirs(mention: Mention, person: Person) -> bool:
    """Whether this person wrote this mention."""
    link = session().get(PersonAuthor, mention.author_id)
    return link is not None and link.person_id == person.id


def _is_unanswered() -> ColumnElement[bool]:
    return and_(Invitation.accepted_at.is_(None), Invitation.declined_at.is_(None), Invitation.withdrawn_at.is_(None))


def _outcome(at: datetime) -> ColumnElement[str]:
    """`Invitation.outcome` in the words of the database."""
    return case(
        (Invitation.accepted_at.is_not(None), Outcome.ACCEPTED.value),
        (Invitation.declined_at.is_not(None), Outcome.DECLINED.value),
        (Invitation.withdrawn_at < Invitation.expires_at, Outcome.WITHDRAWN.value),
        (Invitation.expires_at <= at, Outcome.EXPIRED.value),
        else_=Outcome.OPEN.value,
    )


def _mail_key() -> ColumnElement[str]:
    return literal("invitation:") + cast(Invitation.id, String)
