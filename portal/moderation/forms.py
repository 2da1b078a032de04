"""The forms of moderation: colleagues, reporting, deciding, appealing, and what waits for a look."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from portal.accounts.models import STAFF_ROLES, Role
from portal.community.forms import MendedForm
from portal.community.models import EntryRule
from portal.community.services.trust import MOST_HELD
from portal.foundation.text import gettext as _
from portal.moderation.models import Concern
from portal.moderation.services import LIMIT

APPROVE, TRUST, CHANGE, REMOVE = "approve", "trust", "change", "remove"


def _roles() -> list[SelectChoice]:
    return [SelectChoice(role.value, role.label) for role in STAFF_ROLES]


class ColleagueForm(FlaskForm):
    """Somebody new on the staff."""

    name = StringField(_("Their name"), [DataRequired(_("Write their name, as members will see it.")), Length(max=120)])
    email = EmailField(
        _("Their mail address"),
        [DataRequired(_("Write the address that they read.")), Length(max=320)],
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    role = RadioField(
        _("What are they here for?"),
        choices=_roles,
        coerce=Role,
        default=Role.RESPONDER,
        validators=[InputRequired(_("Choose one."))],
    )


class RoleForm(FlaskForm):
    """What a colleague is here for."""

    role = SelectField(
        _("What are they here for?"), choices=_roles, coerce=Role, validators=[InputRequired(_("Choose one."))]
    )


class ReportForm(FlaskForm):
    """What is wrong."""

    concern = RadioField(
        _("What is wrong with it?"),
        choices=lambda: [SelectChoice(concern.value, concern.label) for concern in Concern],
        coerce=Concern,
        validators=[InputRequired(_("Choose one."))],
    )
    words = TextAreaField(_("Anything we should know"), [Optional(), Length(max=LIMIT)], render_kw={"rows": 3})


class DecisionForm(FlaskForm):
    """What happens with it."""

    # What the one who decides has read: the words may have changed since.
    seen = HiddenField()
    ruling = RadioField(
        _("What happens with it?"),
        validators=[InputRequired(_("Choose one."))],
    )
    # Some choices need it, so it is not called optional.
    reason = TextAreaField(_("The reason, for its author"), [Length(max=LIMIT)], render_kw={"rows": 4})
    note = TextAreaField(_("A note for your colleagues"), [Optional(), Length(max=LIMIT)], render_kw={"rows": 2})

    def offer(self, *, is_held: bool, can_change: bool, has_author: bool) -> "DecisionForm":
        """Let it be what fits the words.

        Args:
            is_held: others do not see them yet; what they see can only stay or go.
            can_change: their author can change them.
            has_author: they were written here, so that there is somebody to trust.
        """
        choices = {
            APPROVE: _("Approve: others see it") if is_held else _("Keep it"),
            TRUST: _("Approve, and trust its author from now on") if is_held else _("Keep it, and trust its author"),
            CHANGE: _("Ask its author for a change first"),
            REMOVE: _("Take it out"),
        }
        left_out = {TRUST: not has_author, CHANGE: not (is_held and can_change)}
        self.ruling.choices = [SelectChoice(key, words) for key, words in choices.items() if not left_out.get(key)]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """A change and a removal need their reason."""
        if not super().validate(extra_validators):
            return False
        if self.ruling.data in {CHANGE, REMOVE} and not (self.reason.data or "").strip():
            self.reason.errors = [*self.reason.errors, _("Give the reason; its author reads it.")]
            return False
        return True


class ReasonForm(FlaskForm):
    """A reason, and a note that stays inside."""

    reason = TextAreaField(
        _("The reason, as they will read it"),
        [DataRequired(_("Give the reason.")), Length(max=LIMIT)],
        render_kw={"rows": 4},
    )
    note = TextAreaField(_("A note for your colleagues"), [Optional(), Length(max=LIMIT)], render_kw={"rows": 2})


class ReadmissionForm(FlaskForm):
    """A word to whoever is let in again, and a note that stays inside."""

    words = TextAreaField(_("A word to them"), [Optional(), Length(max=LIMIT)], render_kw={"rows": 3})
    note = TextAreaField(_("A note for your colleagues"), [Optional(), Length(max=LIMIT)], render_kw={"rows": 2})


class AppealForm(FlaskForm):
    """Why another look is due."""

    words = TextAreaField(
        _("Why should we look again?"),
        [DataRequired(_("Say why; a person reads it.")), Length(max=LIMIT)],
        render_kw={"rows": 4},
    )


class OutcomeForm(FlaskForm):
    """How an appeal ends."""

    outcome = RadioField(
        _("After another look"),
        choices=lambda: [SelectChoice("yes", _("Put it back")), SelectChoice("no", _("It stays out"))],
        validators=[InputRequired(_("Choose one."))],
    )
    reason = TextAreaField(_("Your answer to its author"), [Optional(), Length(max=LIMIT)], render_kw={"rows": 3})


class RuleForm(MendedForm):
    """What waits for a look before others see it."""

    first_held = IntegerField(
        _("Of each new member, look first at so many"),
        [InputRequired(_("Write a number; 0 looks at none.")), NumberRange(0, MOST_HELD)],
        render_kw={"min": 0, "max": MOST_HELD, "inputmode": "numeric"},
    )
    holds_links = BooleanField(_("Look first at whatever holds a link"))
    words = TextAreaField(_("Look first at whatever holds one of these"), [Optional(), Length(max=10_000)])

    def show(self, rule: EntryRule) -> "RuleForm":
        """Fill in what holds now."""
        self.first_held.data, self.holds_links.data, self.words.data = rule.first_held, rule.holds_links, rule.words
        return self.note_seen()
