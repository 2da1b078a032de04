"""Answers to many suggestions at once: drafts that go out together, and one action for all of them."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SearchField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from portal.foundation.text import MARKDOWN_LIMIT
from portal.foundation.text import gettext as _
from portal.ledger.forms.fields import stripped


class PublishForm(FlaskForm):
    """Which drafts go on the record, and whether those behind them are told by mail."""

    tells = BooleanField(_("Tell everyone behind them by mail"), default=True)


class LinkForm(PublishForm):
    """Which suggestions an action answers too, and what is said to everyone behind them."""

    # The newest answer to anything that could stand on the page.
    seen = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, 2**53)])
    words = SearchField(
        _("Find others"),
        [Optional(), Length(max=200)],
        filters=[stripped],
        render_kw={"maxlength": 200, "autocomplete": "off"},
    )
    message = TextAreaField(
        _("Your words to everyone behind them"),
        [Optional(), Length(max=MARKDOWN_LIMIT, message=_("That is longer than 20,000 characters."))],
        render_kw={"rows": 4},
    )
