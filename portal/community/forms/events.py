"""The forms of events: planning one, calling it off, saying who came, and thanking them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.accounts.models import User
from portal.community.forms.asks import EVERYONE
from portal.community.forms.choosing import LastingChoice
from portal.community.forms.members import zones
from portal.community.forms.mending import MendedForm
from portal.community.forms.times import ClockField
from portal.community.models import Circle, Event
from portal.community.services.events import MOST_PLACES, PLACE_LIMIT, TITLE_LIMIT
from portal.foundation.text import MARKDOWN_LIMIT
from portal.foundation.text import gettext as _


class EventForm(MendedForm):
    """A visit or a call; its times are read in the zone that stands beside them."""

    title = StringField(
        _("What it is, in one line"),
        [DataRequired(_("Give it a title.")), Length(max=TITLE_LIMIT, message=_("At most 120 characters."))],
        render_kw={"class": "title-input", "maxlength": TITLE_LIMIT, "autocomplete": "off"},
    )
    about = TextAreaField(_("What happens there"), [Optional(), Length(max=MARKDOWN_LIMIT)], render_kw={"rows": 6})
    place = StringField(
        _("Where"), [Optional(), Length(max=PLACE_LIMIT)], render_kw={"maxlength": PLACE_LIMIT, "autocomplete": "off"}
    )
    link = StringField(
        _("Address of the call"),
        [Optional(), Length(max=500)],
        render_kw={"inputmode": "url", "maxlength": 500, "autocomplete": "off"},
    )
    starts_at = ClockField(_("It begins"), [InputRequired(_("Say when it begins."))])
    ends_at = ClockField(_("It ends"), [InputRequired(_("Say when it ends."))])
    time_zone = SelectField(_("In the time zone"), choices=zones)
    closes_at = ClockField(_("Sign-up closes"), [Optional()])
    places = IntegerField(
        _("Places"),
        [Optional(), NumberRange(1, MOST_PLACES, _("Between 1 and %(max)s, or empty.", max=MOST_PLACES))],
        render_kw={"inputmode": "numeric"},
    )
    circle = LastingChoice(
        _("For whom"),
        gone=_("That circle is closed, or you are not inside any more. Choose again for whom it is."),
        coerce=int,
        default=EVERYONE,
    )
    host = LastingChoice(
        _("Who of you is there for it"), gone=_("They cannot host it there any more. Choose again."), coerce=int
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """What belongs together is said at the field where it is to be mended, each for itself."""
        is_fine = bool(super().validate(extra_validators))
        if not (self.place.data or "").strip() and not (self.link.data or "").strip():
            self.place.errors = [*self.place.errors, _("Say where it is: a place, the address of a call, or both.")]
            is_fine = False
        begins, ends, closes = self.starts_at.data, self.ends_at.data, self.closes_at.data
        if begins and ends and ends <= begins:
            self.ends_at.errors = [*self.ends_at.errors, _("It must end after it begins.")]
            is_fine = False
        if begins and closes and closes > begins:
            self.closes_at.errors = [*self.closes_at.errors, _("Sign-up cannot close after it has begun.")]
            is_fine = False
        return is_fine

    def offer(self, circles: Sequence[Circle], people: Sequence[User]) -> "EventForm":
        """Let it be for one of these circles, with one of these people."""
        self.circle.choices = [
            SelectChoice(str(EVERYONE), _("Every member")),
            *(SelectChoice(str(circle.id), circle.name) for circle in circles),
        ]
        self.host.choices = [SelectChoice(str(person.id), person.name) for person in people]
        return self

    def show(self, event: Event) -> "EventForm":
        """Fill in what is planned now, by the clock of its own zone."""
        self.title.data, self.about.data = event.title, event.about
        self.place.data, self.link.data, self.places.data = event.place, event.link, event.places
        self.circle.data, self.host.data = event.circle_id or EVERYONE, event.host_id
        self.time_zone.data = event.time_zone
        self.starts_at.show_moment(event.starts_at, event.zone)
        self.ends_at.show_moment(event.ends_at, event.zone)
        self.closes_at.show_moment(event.closes_at if event.closes_at != event.starts_at else None, event.zone)
        return self.note_seen()

    def times(self, event: Event | None = None) -> dict[str, datetime | None]:
        """When it begins and ends and when sign-up closes, in UTC, as meant in its zone.

        Args:
            event: what is planned already, where it is changed.

        Raises:
            BadTimes: one of them cannot be meant.
        """
        zone = ZoneInfo(self.time_zone.data)
        fields = {"starts_at": self.starts_at, "ends_at": self.ends_at, "closes_at": self.closes_at}
        return {
            name: field.moment(zone, stands=getattr(event, name) if event else None) for name, field in fields.items()
        }


class CancellationForm(FlaskForm):
    """Why it does not take place."""

    why = TextAreaField(
        _("Why"),
        [DataRequired(_("Say why; everyone who wanted to come reads it.")), Length(max=2000)],
        render_kw={"rows": 4},
    )


class EventThanksForm(FlaskForm):
    """A few words to those who came."""

    words = TextAreaField(
        _("Your words to them"),
        [DataRequired(_("Write them a line or two.")), Length(max=MARKDOWN_LIMIT)],
        render_kw={"rows": 6},
    )
