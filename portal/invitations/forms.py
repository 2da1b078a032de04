"""The form of a letter."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from portal.consent.models import Basis
from portal.foundation.text import gettext as _
from portal.invitations.services import NOTE_LIMIT
from portal.listening.models import Mention


def _trimmed(words: str | None) -> str | None:
    return words.strip() if words else words


class InvitationForm(FlaskForm):
    """To whom, on what ground, and what only a person can say."""

    email = EmailField(
        _("Their address"),
        [DataRequired(_("Write the address the letter goes to.")), Length(max=320)],
        filters=[_trimmed],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    name = StringField(
        _("Their name"),
        [DataRequired(_("Write the name you would say.")), Length(max=120)],
        render_kw={"autocomplete": "off"},
    )
    basis = SelectField(
        _("Why we may write to it"),
        [DataRequired(_("Choose one. Without a ground, no letter goes out."))],
    )
    place = StringField(
        _("Where that stands"),
        [DataRequired(_("Say where that stands, so that others can look it up.")), Length(max=300)],
        filters=[_trimmed],
        render_kw={"autocomplete": "off"},
    )
    obtained_on = DateField(_("Since when"), [DataRequired(_("Choose the day."))])
    quoted_mention = RadioField(_("Their words, quoted in the letter"), default="", validate_choice=True)
    note = TextAreaField(
        _("Your note"),
        [DataRequired(_("Write at least one sentence of your own: why them, and why now.")), Length(max=NOTE_LIMIT)],
        filters=[_trimmed],
        render_kw={"rows": 9},
    )

    def offer(self, mentions: Iterable[Mention]) -> None:
        """Name the grounds, and the mentions that may be quoted; the strongest is chosen to begin with."""
        self.basis.choices = [
            ("", _("Choose…")),
            (Basis.ASKED_US.value, _("They asked us to write")),
            (Basis.CUSTOMER.value, _("They are a customer")),
            (Basis.PUBLISHED_CONTACT.value, _("They published this address to be reached at")),
            (Basis.COMPANY_ADDRESS.value, _("It is the address of a company")),
        ]
        offered = [str(mention.id) for mention in mentions]
        self.quoted_mention.choices = [*((each, each) for each in offered), ("", _("Quote nothing"))]
        if not self.is_submitted():
            self.quoted_mention.process_data(offered[0] if offered else "")
