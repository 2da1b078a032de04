"""The form of one's own page."""

import secrets
from functools import cache
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from portal.foundation.text import gettext as _


@cache
def zones() -> list[tuple[str, str]]:
    """The time zones by the places they are named after, below the one without a place."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    # A company's own zone is UTC until it says otherwise.
    return [(name, name.replace("_", " ")) for name in ("UTC", *names)]


class ProfileForm(FlaskForm):
    """What someone says about themselves."""

    name = StringField(
        _("Your name"),
        [DataRequired(_("Write the name that others should use.")), Length(max=120)],
        render_kw={"autocomplete": "name"},
    )
    about = TextAreaField(_("What you make"), [Length(max=500)], render_kw={"rows": 4})
    links = TextAreaField(
        _("Where to see it"), [Optional(), Length(max=4000)], render_kw={"rows": 4, "inputmode": "url"}
    )
    time_zone = SelectField(_("Your time zone"), choices=lambda: [("", _("As the company has it")), *zones()])
    is_listed = BooleanField(_("Other members find me"), default=True)
    is_named_publicly = BooleanField(_("My name may stand on the public ledger"))


class ThanksForm(FlaskForm):
    """A short note to one member."""

    words = TextAreaField(
        _("Your words"),
        [DataRequired(_("Write them a line or two.")), Length(max=600, message=_("At most 600 characters."))],
        render_kw={"rows": 3, "maxlength": 600},
    )
    # The same form sent twice thanks once.
    form_key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[Length(max=80)])
