"""What staff fill in about promises and about who keeps them."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.community.forms import LastingChoice, MendedForm
from portal.foundation import config
from portal.foundation.clock import BusinessHours, read_days, read_place
from portal.foundation.text import gettext as _
from portal.ledger.forms.fields import mark, stripped

NOBODY = 0
# As much of it as the record keeps.
HAND_OVER_WORD = 500


def _as_known(words: str | None) -> str | None:
    try:
        return read_place(words) if words else words
    except ValueError:
        # As it was typed; what is wrong with it is said at the field.
        return words


class HandOverForm(FlaskForm):
    """Another named owner, and a word for them."""

    # Nobody is chosen beforehand: whoever writes the word first would give it to the first of the alphabet.
    to = SelectField(
        _("Who answers from now on"),
        [NumberRange(1, message=_("Choose who answers from now on."))],
        coerce=int,
        default=NOBODY,
    )
    word = TextAreaField(
        _("A word for them"),
        [DataRequired(_("Add a word: why them, and what you know already.")), Length(max=HAND_OVER_WORD)],
        render_kw={"rows": 2, "maxlength": HAND_OVER_WORD},
    )

    def offer(self, people: Sequence[tuple[int, str]]) -> "HandOverForm":
        """Let it be one of these, by id and name."""
        named = (SelectChoice(str(number), name) for number, name in people)
        self.to.choices = [SelectChoice(str(NOBODY), _("Choose somebody")), *named]
        return self


class ActionHandOverForm(HandOverForm):
    """Who does it from now on, and a word for them; whoever takes it over themselves needs none."""

    to = SelectField(
        _("Who does it from now on"),
        [NumberRange(1, message=_("Choose who does it from now on."))],
        coerce=int,
        default=NOBODY,
    )
    word = TextAreaField(
        _("A word for them"),
        [Optional(), Length(max=HAND_OVER_WORD)],
        render_kw={"rows": 2, "maxlength": HAND_OVER_WORD},
    )


class NewDateForm(FlaskForm):
    """By when a broken promise will be kept, and why it broke."""

    until = DateField(_("The new date"), [InputRequired(_("Choose a day."))])
    words = TextAreaField(
        _("Why it is late"), [DataRequired(_("Say why it is late; its author reads it.")), Length(max=2000)],
        render_kw={"rows": 2},
    )  # fmt: skip


class TermsForm(MendedForm):
    """What is promised, for the company or one circle; what is empty is as the company's, or as the settings say."""

    circle = LastingChoice(
        _("Where"), gone=_("That circle is closed, or you are not inside any more. Choose again."), coerce=int
    )
    acknowledge_hours = IntegerField(_("A first word within (working hours)"), [Optional(), NumberRange(1, 200)])
    decide_days = IntegerField(_("An action or an explanation within (days)"), [Optional(), NumberRange(1, 365)])
    business_hours = StringField(_("Business hours"), [Optional(), Length(max=300)], filters=[stripped])
    closed_days = StringField(_("Days on which nobody answers"), [Optional(), Length(max=4000)], filters=[stripped])
    holidays = StringField(_("Public holidays of"), [Optional(), Length(max=40)], filters=[stripped, _as_known])

    def validate(self, extra_validators: Any = None) -> bool:
        """What nobody can count by is said at its field, each for itself; a circle has no hours of its own."""
        is_fine = bool(super().validate(extra_validators))
        if self.circle.data:
            return is_fine
        zone = config.current().zone
        readers: tuple[tuple[Field, Callable[[str], object]], ...] = (
            (self.business_hours, lambda words: BusinessHours.parse(words, zone)),
            (self.closed_days, read_days),
            (self.holidays, read_place),
        )
        for field, read in readers:
            try:
                if field.data:
                    read(field.data)
            except ValueError as problem:
                is_fine = not mark(field, _("That cannot be read: %(why)s.", why=problem))
        return is_fine


class FallBackForm(FlaskForm):
    """Who answers what nobody else is named for."""

    owner = SelectField(_("Fall-back person"), coerce=int)


class TagRuleForm(FlaskForm):
    """Who answers what carries a tag."""

    tag = StringField(
        _("Tag"), [DataRequired(_("Write the tag.")), Length(max=40)], filters=[stripped],
        render_kw={"maxlength": 40, "autocomplete": "off", "list": "known-tags"},
    )  # fmt: skip
    owner = SelectField(
        _("Who answers"), [NumberRange(1, message=_("Choose who answers."))], coerce=int, default=NOBODY
    )


class AbsenceForm(FlaskForm):
    """Who is away, from when until when, and who stands in."""

    person = SelectField(_("Who is away"), coerce=int)
    from_day = DateField(_("First day"), [InputRequired(_("Choose a day."))])
    until_day = DateField(_("Last day"), [InputRequired(_("Choose a day."))])
    stand_in = SelectField(
        _("Who stands in"), [NumberRange(1, message=_("Choose who stands in."))], coerce=int, default=NOBODY
    )
