"""Builders of makers with words of their own, and of letters to them."""

import re
from datetime import date, timedelta

from sqlalchemy import select

from portal.accounts.models import User
from portal.consent.models import Basis
from portal.foundation.clock import now
from portal.foundation.database import Base, session
from portal.foundation.mail.outbox import OutgoingMail
from portal.invitations.models import Invitation
from portal.invitations.services import invite
from portal.listening.models import Author, Mention
from portal.makers.models import Person, PersonAuthor, Stage

NOTE = "Your cloud lamp made our whole workshop stop and stare. I would love to hear what you would change."


def make_maker(
    name="Nora Field", handle="nora", *, words=("I built a lamp from your old frames.",), **account
) -> Person:
    """A person with one account and a mention for each of these words, the last one the newest."""
    stage = account.pop("stage", Stage.SHORTLISTED)
    author = Author(channel="bluesky", handle=handle, handle_key=handle.lower(), name=name, **account)
    person = Person(name=name, stage=stage)
    session().add_all([author, person])
    session().flush()
    session().add(PersonAuthor(author_id=author.id, person_id=person.id))
    start = now() - timedelta(days=30)
    for number, text in enumerate(words):
        session().add(
            Mention(
                channel="bluesky",
                external_id=f"{handle}-{number}",
                author_id=author.id,
                kind="post",
                text=text,
                url=f"https://social.example/{handle}/{number}",
                created_at=start + timedelta(days=number),
                first_seen_at=start,
            )
        )
    session().commit()
    return person


def letter_fields(**changes) -> dict:
    """What `invite` is told, the person aside."""
    given = {
        "email": "nora@example.org",
        "name": "Nora Field",
        "basis": Basis.PUBLISHED_CONTACT,
        "place": "https://nora.example/contact",
        "obtained_on": date(2026, 3, 1),
        "note": NOTE,
        "quoted_mention": None,
    }
    return {**given, **changes}


def write_letter(person: Person, by: User, **changes) -> tuple[Invitation, str]:
    """A letter in the outbox, and the secret of its link."""
    invitation = invite(person, by=by, **letter_fields(**changes))
    session().commit()
    return invitation, token_in(letter_mail(invitation).text)


def letter_mail(invitation: Invitation) -> OutgoingMail:
    """The mail of an invitation, as it stands in the outbox."""
    mail = select(OutgoingMail).where(OutgoingMail.subject_key == f"invitation:{invitation.id}")
    return session().scalars(mail.execution_options(populate_existing=True)).one()


def token_in(text: str) -> str:
    """The secret of the letter's link."""
    return re.search(r"http://localhost:8000/letters/([\w-]{43})$", text, re.MULTILINE)[1]


def everything() -> list[tuple]:
    """Every row that an answer to a letter could change, for comparing before and after."""
    names = ("invitation", "person", "member", "objection", "outgoing_mail", "audit_entry", "sign_in_link", "user")
    tables = [Base.metadata.tables[name] for name in names]
    return [(table.name, *row) for table in tables for row in session().execute(select(table).order_by(table.c.id))]
