"""The forms of updates: what people want to hear."""

from flask_wtf import FlaskForm
from wtforms import BooleanField

from portal.foundation.text import gettext as _


class PreferenceForm(FlaskForm):
    """One switch for all answers, one for the news."""

    answers_by_mail = BooleanField(_("Send me answers by mail"))
    news_by_mail = BooleanField(_("Send me news of the community"))


class ButtonForm(FlaskForm):
    """A form with a button and nothing else."""
