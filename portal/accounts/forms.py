"""The forms of sign-in."""

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, StringField
from wtforms.validators import DataRequired, Email, Length

from portal.foundation.text import gettext as _


class SignInForm(FlaskForm):
    """Ask for a link by mail."""

    email = EmailField(
        _("Your mail address"),
        [
            DataRequired(_("Write the address that your invitation came to.")),
            Email(_("That does not look like a mail address.")),
            Length(max=320),
        ],
        filters=[lambda words: words.strip() if words else words],
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    next = HiddenField(default="/")


class CodeForm(FlaskForm):
    """The code that came by mail, for whoever reads their mail elsewhere."""

    code = StringField(
        _("The code in the mail"),
        [DataRequired(_("Type the eight digits of the mail.")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class ButtonForm(FlaskForm):
    """A form with a button and nothing else."""
