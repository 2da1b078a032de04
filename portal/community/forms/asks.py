"""The forms of asks: putting one, choosing in its poll, and closing it."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    Field,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.accounts.models import User
from portal.community.forms.mending import MendedForm
from portal.community.forms.pictures import PicturesField
from portal.community.models import Ask, Circle
from portal.community.queries import Poll
from portal.community.services.asks import CHOICES, QUESTION_LIMIT
from portal.foundation.text import MARKDOWN_LIMIT
from portal.foundation.text import gettext as _

EVERYONE = 0


class AskForm(MendedForm):
    """A question to members; times are read in the zone of whoever writes them."""

    question = StringField(
        _("Your question in one line"),
        [DataRequired(_("Write the question.")), Length(max=QUESTION_LIMIT, message=_("At most 160 characters."))],
        render_kw={"class": "title-input", "maxlength": QUESTION_LIMIT, "autocomplete": "off"},
    )
    background = TextAreaField(
        _("What they should know first"), [Optional(), Length(max=MARKDOWN_LIMIT)], render_kw={"rows": 7}
    )
    pictures = PicturesField()
    circle = SelectField(_("Who may answer"), coerce=int, default=EVERYONE)
    owner = SelectField(_("Who asks, and reads every answer"), coerce=int)
    opens_at = DateTimeLocalField(_("It opens"), [InputRequired(_("Say when it opens."))])
    closes_at = DateTimeLocalField(_("It closes"), [InputRequired(_("Say when it closes."))])
    shows_others = BooleanField(_("Members read each other before they have answered"), default=True)
    choices = TextAreaField(_("A short poll"), [Optional(), Length(max=4000)], render_kw={"rows": 4})

    def offer(self, circles: Sequence[Circle], people: Sequence[User]) -> "AskForm":
        """Let it be put to one of these circles, by one of these people."""
        self.circle.choices = [
            SelectChoice(str(EVERYONE), _("Every member")),
            *(SelectChoice(str(circle.id), circle.name) for circle in circles),
        ]
        self.owner.choices = [SelectChoice(str(person.id), person.name) for person in people]
        return self

    def show(self, ask: Ask, zone: tzinfo) -> "AskForm":
        """Fill in what the ask says now."""
        self.question.data, self.background.data = ask.question, ask.background
        self.circle.data, self.owner.data = ask.circle_id or EVERYONE, ask.owner_id
        self.opens_at.data = ask.opens_at.astimezone(zone).replace(tzinfo=None)
        self.closes_at.data = ask.closes_at.astimezone(zone).replace(tzinfo=None)
        self._show_rules(ask)
        return self.note_seen()

    def keep_rules(self, ask: Ask) -> "AskForm":
        """Leave what cannot be changed once it is open as it is, whatever was sent."""
        if ask.opened_at is not None:
            self._show_rules(ask)
        return self

    def _show_rules(self, ask: Ask) -> None:
        self.shows_others.data = ask.shows_others
        self.choices.data = "\n".join(choice.words for choice in ask.choices)

    def times(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """When it opens and closes, in UTC, as meant in this zone."""
        return _moment(self.opens_at, zone), _moment(self.closes_at, zone)

    def lines(self) -> list[str]:
        """The choices of the poll."""
        return [line.strip() for line in (self.choices.data or "").splitlines() if line.strip()]

    def validate(self, extra_validators: Any = None) -> bool:
        """A poll has at least two choices."""
        if not super().validate(extra_validators):
            return False
        if len(self.lines()) == 1 or len(self.lines()) > CHOICES:
            words = _("Write two to %(limit)s choices, or none.", limit=CHOICES)
            self.choices.errors = [*self.choices.errors, words]
            return False
        return True


class PollForm(FlaskForm):
    """One choice of a poll."""

    choice = RadioField(_("Your choice"), coerce=int, validators=[InputRequired(_("Choose one of them."))])

    def offer(self, poll: Poll) -> "PollForm":
        """Let it be one of these."""
        self.choice.choices = [SelectChoice(str(one.id), one.words) for one in poll.choices]
        return self


class SummaryForm(FlaskForm):
    """What the company heard, and what it will do."""

    heard = TextAreaField(
        _("What we heard"),
        [DataRequired(_("Say what you heard.")), Length(max=MARKDOWN_LIMIT)],
        render_kw={"rows": 6},
    )
    will_do = TextAreaField(
        _("What we will do"),
        [DataRequired(_("Say what comes of it, even if it is nothing, and why.")), Length(max=MARKDOWN_LIMIT)],
        render_kw={"rows": 6},
    )


def _moment(field: Field, zone: tzinfo) -> datetime:
    local: datetime = field.data
    return local.replace(tzinfo=zone).astimezone(UTC)
