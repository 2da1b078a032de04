"""The forms of judging and of looking back: a verdict, a move, notes, a backtest."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.accounts.models import User
from portal.foundation.text import gettext as _
from portal.makers.models import Opinion, Person, Stage
from portal.makers.scoring.backtest import Truth

# Where a person may be put by hand; invitations and members come and go by what they do themselves.
BY_HAND = (Stage.WATCHING, Stage.SHORTLISTED, Stage.MEMBER, Stage.RESTING, Stage.NOT_A_FIT)


class VerdictForm(FlaskForm):
    """Fit, not a fit, or later; and why, if one likes."""

    opinion = SelectField(
        _("Verdict"),
        [DataRequired(_("Say whether they fit."))],
        choices=[SelectChoice(opinion.value) for opinion in Opinion],
    )
    note = TextAreaField(
        _("Why"),
        [Length(max=500, message=_("Keep it under 500 characters; the notes below hold more."))],
        render_kw={"rows": 1},
    )


class MoveForm(FlaskForm):
    """Back to an earlier stage, or to rest."""

    stage = SelectField(_("Stage"), [DataRequired()], choices=[SelectChoice(stage.value) for stage in BY_HAND])
    why = StringField(_("Why"), [Optional(), Length(max=500, message=_("Keep it under 500 characters."))])


class NotesForm(FlaskForm):
    """What staff know about a person."""

    notes = TextAreaField(
        _("Notes"),
        [Length(max=10_000, message=_("Keep it under 10,000 characters."))],
        render_kw={"rows": 4},
    )


class StepForm(FlaskForm):
    """Who keeps in touch with a person, and what comes next."""

    owner = SelectField(_("Who keeps in touch"), validate_choice=False)
    next_step = StringField(
        _("What comes next"), [Optional(), Length(max=300, message=_("Keep it under 300 characters."))]
    )
    next_step_on = DateField(_("On"), [Optional()])
    zone = StringField(
        _("Their time zone"), [Optional(), Length(max=64)], description=_("Such as Europe/Berlin; empty if not known.")
    )

    def offer(self, keepers: Sequence[User]) -> None:
        """Fill the list of those who can."""
        self.owner.choices = [
            SelectChoice("", _("Nobody yet")),
            *(SelectChoice(str(each.id), each.name) for each in keepers),
        ]

    def leave_the_step(self, person: Person) -> None:
        """Whatever was typed for the step and its day: it does not matter where the one that was planned is done."""
        for field, planned in ((self.next_step, person.next_step), (self.next_step_on, person.next_step_on)):
            field.process(MultiDict(), planned)


class BacktestForm(FlaskForm):
    """A day in the past, how long to look on from it, and for what."""

    until = DateField(_("The day"), [DataRequired(_("Choose the day."))])
    horizon = IntegerField(
        _("Days to look on"),
        [
            InputRequired(_("Say how many days.")),
            NumberRange(min=1, max=3650, message=_("Between a day and ten years.")),
        ],
        default=90,
    )
    truth = SelectField(
        _("What counts as right"),
        choices=[
            SelectChoice(Truth.POSITIVE.value, _("A positive mention")),
            SelectChoice(Truth.LIKED.value, _("A mention that others liked")),
        ],
    )


class ListForm(FlaskForm):
    """A name for what is asked of the list of people."""

    name = StringField(_("Keep this as a list called"), [DataRequired(), Length(max=120)])
    is_frozen = BooleanField(_("Frozen: whoever is found today, and nobody else"))
