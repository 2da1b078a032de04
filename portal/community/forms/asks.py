"""The forms of asks: putting one, choosing in its poll, and closing it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from portal.accounts.models import User
from portal.community.forms.choosing import LastingChoice
from portal.community.forms.mending import MendedForm
from portal.community.forms.pictures import PicturesField
from portal.community.forms.times import ClockField
from portal.community.models import Ask, Circle
from portal.community.queries import Poll
from portal.community.services import BadTimes
from portal.community.services.asks import CHOICES, QUESTION_LIMIT
from portal.foundation.clock import now
from portal.foundation.text import MARKDOWN_LIMIT
from portal.foundation.text import gettext as _

EVERYONE = 0
_MOST_OFTEN = timedelta(days=14)
_EVENING = 18


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
    circle = LastingChoice(
        _("Who may answer"),
        gone=_("That circle is closed, or you are not inside any more. Choose again who may answer."),
        coerce=int,
        default=EVERYONE,
    )
    owner = LastingChoice(
        _("Who asks, and reads every answer"), gone=_("They cannot ask there any more. Choose again."), coerce=int
    )
    opens_at = ClockField(_("It opens"), [InputRequired(_("Say when it opens."))])
    closes_at = ClockField(_("It closes"), [InputRequired(_("Say when it closes."))])
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

    def show(self, ask: Ask, zone: ZoneInfo) -> "AskForm":
        """Fill in what the ask says now."""
        self.question.data, self.background.data = ask.question, ask.background
        self.circle.data, self.owner.data = ask.circle_id or EVERYONE, ask.owner_id
        self.opens_at.show_moment(ask.opens_at, zone)
        self.closes_at.show_moment(ask.closes_at, zone)
        self._show_rules(ask)
        return self.note_seen()

    def suggest_times(self, zone: ZoneInfo) -> None:
        """Fill in what most questions have: open at once, for two weeks, until the end of a day's work."""
        last_day = (now() + _MOST_OFTEN).astimezone(zone)
        for field, moment in ((self.opens_at, now()), (self.closes_at, last_day.replace(hour=_EVENING, minute=0))):
            field.show_moment(moment, zone)
            # Nobody typed it, so what somebody did type before may take its place.
            field.render_kw = {"data-given": ""}

    def keep_rules(self, ask: Ask) -> "AskForm":
        """Leave what cannot be changed once it is open as it is, whatever was sent."""
        if ask.opened_at is not None:
            self._show_rules(ask)
        return self

    def _show_rules(self, ask: Ask) -> None:
        self.shows_others.data = ask.shows_others
        self.choices.data = "\n".join(choice.words for choice in ask.choices)

    def times(self, zone: ZoneInfo, ask: Ask | None = None) -> tuple[datetime, datetime]:
        """When it opens and closes, in UTC, as meant in this zone.

        Args:
            ask: what stands already, where it is mended.

        Raises:
            BadTimes: one of them cannot be meant.
        """
        opens_at = self.opens_at.moment(zone, stands=ask.opens_at if ask else None)
        closes_at = self.closes_at.moment(zone, stands=ask.closes_at if ask else None)
        if opens_at is None or closes_at is None:
            raise BadTimes(_("Say when it opens and when it closes."))
        return opens_at, closes_at

    def lines(self) -> list[str]:
        """The choices of the poll."""
        return [line.strip() for line in (self.choices.data or "").splitlines() if line.strip()]

    def validate(self, extra_validators: Any = None) -> bool:
        """A poll has at least two choices, and it closes after it opens."""
        is_whole: bool = super().validate(extra_validators)
        # Whatever else is wrong, so that nobody is told of one thing after the other.
        opens, closes = self.opens_at.data, self.closes_at.data
        if opens and closes and closes <= opens:
            self.closes_at.errors = [*self.closes_at.errors, _("It must close after it opens.")]
            is_whole = False
        if len(self.lines()) == 1 or len(self.lines()) > CHOICES:
            words = _("Write two to %(limit)s choices, or none.", limit=CHOICES)
            self.choices.errors = [*self.choices.errors, words]
            return False
        return is_whole


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
