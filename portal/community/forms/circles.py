"""The forms of circles: what one is, and who sits there."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Length, Optional

from portal.accounts.models import User
from portal.community.forms.mending import MendedForm
from portal.community.models import Circle
from portal.community.services.circles import NAME_LIMIT
from portal.foundation.text import MARKDOWN_LIMIT
from portal.foundation.text import gettext as _

NOBODY = 0


class ButtonForm(FlaskForm):
    """A button that carries nothing but its proof."""


class CircleForm(MendedForm):
    """What a circle is."""

    name = StringField(
        _("Its name"),
        [DataRequired(_("Give it a name.")), Length(max=NAME_LIMIT, message=_("At most 80 characters."))],
        render_kw={"autocomplete": "off", "maxlength": NAME_LIMIT},
    )
    about = TextAreaField(_("What it is for"), [Optional(), Length(max=MARKDOWN_LIMIT)], render_kw={"rows": 4})
    note = TextAreaField(_("What everyone confirms"), [Optional(), Length(max=MARKDOWN_LIMIT)], render_kw={"rows": 5})
    owner = SelectField(_("Who answers there"), coerce=int, default=NOBODY)

    def offer(self, people: Sequence[User]) -> "CircleForm":
        """Let it be one of these."""
        self.owner.choices = [
            SelectChoice(str(NOBODY), _("Whoever of its staff has the least to do")),
            *(SelectChoice(str(person.id), person.name) for person in people),
        ]
        return self

    def show(self, circle: Circle) -> "CircleForm":
        """Fill in what it is now."""
        self.name.data, self.about.data, self.note.data = circle.name, circle.about, circle.note
        self.owner.data = circle.owner_id or NOBODY
        return self.note_seen()


class PeopleForm(FlaskForm):
    """Whom to give a seat."""

    people = TextAreaField(
        _("Who gets a place"),
        [DataRequired(_("Write a name or a mail address on each line.")), Length(max=20_000)],
        render_kw={"rows": 4, "autocomplete": "off"},
    )
