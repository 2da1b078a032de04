"""The forms of updates: what people want to hear."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired

from portal.accounts.languages import LANGUAGES, language_name
from portal.foundation.text import gettext as _
from portal.updates.models import Level


def _levels() -> list[SelectChoice]:
    return [SelectChoice(level.value, level.label) for level in Level]


def _languages() -> list[SelectChoice]:
    browser = SelectChoice("", _("The language of my browser"))
    return [browser, *(SelectChoice(code, language_name(code)) for code in LANGUAGES)]


class PreferenceForm(FlaskForm):
    """What one hears of suggestions and whether by mail, other mails, and the language of answers in several."""

    level = RadioField(
        _("Of suggestions that you made or stand behind"), choices=_levels, coerce=Level, default=Level.ANSWERS
    )
    answers_by_mail = BooleanField(_("Send me that by mail"))
    news_by_mail = BooleanField(_("Send me news of the community"))
    reports_by_mail = BooleanField(_("Tell me what came of what I reported"))
    language = SelectField(_("I read answers in"), choices=_languages, default="")


class LevelForm(FlaskForm):
    """How much of one suggestion somebody hears."""

    level = RadioField(
        _("What you hear of it"), choices=_levels, coerce=Level, validators=[InputRequired(_("Choose one of them."))]
    )


class ButtonForm(FlaskForm):
    """A form with a button and nothing else."""
