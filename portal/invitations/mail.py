"""The letter: its words, which the page and the mail share, and the mail."""

import re
from dataclasses import dataclass
from datetime import date

from portal.consent.models import Basis, ContactBasis
from portal.foundation import config
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build
from portal.foundation.text import date_words
from portal.foundation.text import gettext as _
from portal.invitations.models import Invitation
from portal.invitations.queries import LETTER
from portal.listening.channels import channel_name
from portal.listening.models import Mention


@dataclass(frozen=True)
class LetterWords:
    """What a letter says, ready to be set on a page or in a mail; every part is plain text.

    Attributes:
        note: the personal part, as paragraphs of lines.
        source: where and when the quoted words were written.
        why: the basis in a sentence, with its place and its date.
    """

    name: str
    note: list[list[str]]
    quote: str
    source: str
    source_url: str | None
    why: str
    writer: str
    company: str
    open_until: str


def words_of(invitation: Invitation, mention: Mention | None) -> LetterWords:
    """The words of this letter; `mention` is where the quoted ones stand."""
    settings = config.current()
    basis: ContactBasis | None = invitation.basis
    return LetterWords(
        name=invitation.name,
        note=[part.strip().split("\n") for part in re.split(r"\n\s*\n", invitation.note.strip()) if part.strip()],
        quote=invitation.quote,
        source=_source(mention),
        source_url=_plain_web_address(mention),
        why=_why(basis.basis, basis.place, basis.obtained_on) if basis else "",
        writer=invitation.invited_by.name,
        company=settings.COMPANY_NAME,
        open_until=date_words(invitation.expires_at.astimezone(settings.zone).date()),
    )


def letter(invitation: Invitation, *, token: str, mention: Mention | None) -> Message:
    """The letter as a mail, with the link to its page and the one-click "never again"."""
    words = words_of(invitation, mention)
    return build(
        "invitations/mail/letter",
        kind=LETTER,
        subject_key=f"invitation:{invitation.id}",
        to_address=invitation.email,
        to_name=invitation.name,
        from_name=f"{words.writer}, {words.company}",
        unsubscribe_url=address(f"/letters/{token}/objections"),
        letter_url=address(f"/letters/{token}"),
        letter=words,
    )


def _why(basis: Basis, place: str, since: date) -> str:
    values = {"place": place, "day": date_words(since), "company": config.current().COMPANY_NAME}
    sentences = {
        Basis.ASKED_US: _("You asked us to write to you: %(place)s, %(day)s.", **values),
        Basis.CUSTOMER: _("You are a customer of %(company)s: %(place)s, %(day)s.", **values),
        Basis.PUBLISHED_CONTACT: _(
            "You published this address for people who want to reach you: %(place)s, seen on %(day)s.", **values
        ),
        Basis.COMPANY_ADDRESS: _("This is an address of your company: %(place)s, seen on %(day)s.", **values),
    }
    return sentences[basis]


def _source(mention: Mention | None) -> str:
    if mention is None:
        return ""
    day = date_words(mention.created_at.astimezone(config.current().zone).date())
    return _("%(channel)s, %(day)s", channel=channel_name(mention.channel), day=day)


def _plain_web_address(mention: Mention | None) -> str | None:
    """The original's address, if it is one that a browser opens and a mail can carry."""
    url = mention.url if mention else None
    return url if url and re.fullmatch(r"https?://[^\s<>\"]+", url) else None
