"""The forms of the ledger: suggesting, answering, progress, handing over."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
    URLField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from portal.community.models import Circle
from portal.foundation.text import MARKDOWN_LIMIT, tidy
from portal.foundation.text import gettext as _
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.promises import gives_a_reason
from portal.ledger.queries import ActionChoice
from portal.ledger.services.refusals import TITLE_LIMIT, URL_LIMIT
from portal.ledger.titles import propose_title

NEW_ACTION = 0
EVERYONE = 0


def _stripped(words: str | None) -> str | None:
    return words.strip() if words else words


class IdeaForm(FlaskForm):
    """One field first; without a title the words make it."""

    body = TextAreaField(
        _("What would be better?"),
        [
            Optional(),
            Length(max=MARKDOWN_LIMIT, message=_("That is longer than 20,000 characters. Shorten it a little.")),
        ],
        render_kw={"rows": 7},
    )
    title = StringField(
        _("Your suggestion in one line"),
        [
            Optional(),
            Length(max=TITLE_LIMIT, message=_("That is longer than 160 characters. Move the rest to the words above.")),
        ],
        filters=[_stripped],
        render_kw={"maxlength": TITLE_LIMIT, "autocomplete": "off"},
    )
    # Everyone's room, or a circle that they are inside of; what answers an ask stands where the ask stands.
    circle = SelectField(
        _("Who sees it"),
        choices=lambda: [SelectChoice(str(EVERYONE), _("Everyone here"))],
        coerce=int,
        default=EVERYONE,
    )
    pictures = MultipleFileField(
        _("Pictures"), [Optional()], render_kw={"accept": "image/jpeg,image/png,image/webp,image/gif"}
    )
    is_private = BooleanField(_("Only the company reads it"))
    # For staff who write down what somebody else said.
    on_behalf_of = StringField(_("Whose words"), [Optional(), Length(max=120)], filters=[_stripped])
    came_by = StringField(_("How they came"), [Optional(), Length(max=200)], filters=[_stripped])
    mention = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(1, 2**53)])
    ask = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(1, 2**31 - 1)])
    # The same form sent twice is one suggestion.
    form_key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[Length(max=80)])

    def offer(self, circles: Sequence[Circle]) -> "IdeaForm":
        """Let it be for one of these circles, or for everyone."""
        self.circle.choices = [
            SelectChoice(str(EVERYONE), _("Everyone here")),
            *(SelectChoice(str(circle.id), _("Only “%(name)s”", name=circle.name)) for circle in circles),
        ]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """There is something to read."""
        if not super().validate(extra_validators):
            return False
        return bool(self.line) or not _mark(self.body, _("Write what you would like to be better."))

    @property
    def line(self) -> str:
        """The title that was given, or the one that the words make."""
        return tidy(self.title.data) or propose_title(tidy(self.body.data))


class CommentForm(FlaskForm):
    """Words beside a suggestion."""

    body = TextAreaField(
        _("Your comment"),
        [
            DataRequired(_("Write what you want to say.")),
            Length(max=MARKDOWN_LIMIT, message=_("That is longer than 20,000 characters. Shorten it a little.")),
        ],
        render_kw={"rows": 4},
    )
    is_case = BooleanField(_("Me too: count my voice, this is my case"))
    reply_to = IntegerField(validators=[Optional(), NumberRange(1, 2**31 - 1)], widget=HiddenInput())
    # The same form sent twice is one comment.
    form_key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[Length(max=80)])


class MergeForm(FlaskForm):
    """The suggestion to join with, by its number."""

    into = IntegerField(
        _("Its number"),
        [InputRequired(_("Write the number at the end of its address.")), NumberRange(1, 2**31 - 1)],
    )


class TagForm(FlaskForm):
    """One word to sort by."""

    name = StringField(
        _("Tag"), [DataRequired(_("Write a word to sort it by.")), Length(max=40)], filters=[_stripped],
        render_kw={"maxlength": 40, "autocomplete": "off"},
    )  # fmt: skip


class ProgressFields(FlaskForm):
    """What an entry of an action holds."""

    stage = SelectField(
        _("How far it is"),
        choices=lambda: [SelectChoice(stage.value, stage.label) for stage in ActionStage],
        coerce=ActionStage,
        default=ActionStage.PLANNED,
    )
    words = TextAreaField(_("What happened"), [Optional(), Length(max=MARKDOWN_LIMIT)], render_kw={"rows": 3})
    proof_url = URLField(
        _("A link to see it"),
        [Optional(), Length(max=URL_LIMIT)],
        filters=[_stripped],
        render_kw={"placeholder": "https://", "autocomplete": "off"},
    )
    happened_on = DateField(_("The day it happened"), [Optional()])

    def lacks_proof(self) -> bool:
        """Mark the fields that a done or a dropped entry needs."""
        if self.stage.data is ActionStage.DONE and not self.proof_url.data and not self.happened_on.data:
            return _mark(self.proof_url, _("Done needs something to see: a link, or the day on which it happened."))
        if self.stage.data is ActionStage.DROPPED and not (self.words.data or "").strip():
            return _mark(self.words, _("Say why it was dropped; the people behind it read it."))
        return False


class ProgressForm(ProgressFields):
    """The next entry of an action."""

    target_date = DateField(_("A new date, if it moved"), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Done needs proof, dropped needs words."""
        return super().validate(extra_validators) and not self.lacks_proof()


class ResponseForm(ProgressFields):
    """The company's next answer; which fields count depends on its kind."""

    kind = RadioField(
        _("Your answer"),
        choices=[
            SelectChoice(ResponseKind.ACKNOWLEDGEMENT.value, _("Acknowledge")),
            SelectChoice(ResponseKind.QUESTION.value, _("Ask back")),
            SelectChoice(ResponseKind.ACTION.value, _("Action")),
            SelectChoice(ResponseKind.EXPLANATION.value, _("Explain")),
            SelectChoice(ResponseKind.OUTCOME.value, _("Outcome")),
        ],
        coerce=ResponseKind,
        validators=[InputRequired(_("Choose what kind of answer this is."))],
    )
    message = TextAreaField(
        _("Your words"),
        [Length(max=MARKDOWN_LIMIT, message=_("That is longer than 20,000 characters."))],
        render_kw={"rows": 6},
    )
    action = SelectField(_("Which action"), coerce=int, default=NEW_ACTION)
    title = StringField(
        _("What we do, in one line"), [Length(max=TITLE_LIMIT)], filters=[_stripped],
        render_kw={"maxlength": TITLE_LIMIT, "autocomplete": "off"},
    )  # fmt: skip
    target_date = DateField(_("Until when"), [Optional()])
    # Pressed on purpose, once it was pointed out that these words were given before.
    repeats = BooleanField(_("Give these words again"))

    def offer(self, actions: Sequence[ActionChoice]) -> "ResponseForm":
        """Let the answer name one of these actions, or a new one."""
        self.action.choices = [SelectChoice(str(NEW_ACTION), _("A new action"))] + [
            SelectChoice(str(known.id), f"{known.title} ({known.stage.label})") for known in actions
        ]
        return self

    @property
    def opens_action(self) -> bool:
        """Whether a new action comes with this answer."""
        return self.kind.data is ResponseKind.ACTION and self.action.data == NEW_ACTION

    def validate(self, extra_validators: Any = None) -> bool:
        """A no needs a reason, a question its words, a yes its action."""
        if not super().validate(extra_validators):
            return False
        words = (self.message.data or "").strip()
        if self.kind.data is ResponseKind.QUESTION and not words:
            return not _mark(self.message, _("Write your question."))
        if self.kind.data is ResponseKind.EXPLANATION and not gives_a_reason(words):
            reason = _("An explanation needs its reason: at least one full sentence that the author can follow.")
            return not _mark(self.message, reason)
        if self.opens_action and not self.title.data:
            return not _mark(self.title, _("Say in one line what the company does."))
        return not (self.opens_action and self.lacks_proof())


class HandOverForm(FlaskForm):
    """Another named owner, and a word for them."""

    to = SelectField(_("Who answers from now on"), coerce=int)
    word = TextAreaField(
        _("A word for them"),
        [DataRequired(_("Add a word: why them, and what you know already.")), Length(max=2000)],
        render_kw={"rows": 2},
    )

    def offer(self, people: Sequence[tuple[int, str]]) -> "HandOverForm":
        """Let it be one of these, by id and name."""
        self.to.choices = [SelectChoice(str(number), name) for number, name in people]
        return self


class WordForm(FlaskForm):
    """What an author says to an answer; the button says which way."""

    words = TextAreaField(
        _("Your words"),
        [Optional(), Length(max=MARKDOWN_LIMIT, message=_("That is longer than 20,000 characters."))],
        render_kw={"rows": 4},
    )
    helped = SubmitField(_("Yes, it helped"))
    not_helped = SubmitField(_("No, open it again"))


class NewDateForm(FlaskForm):
    """By when a broken promise will be kept, and why it broke."""

    until = DateField(_("The new date"), [InputRequired(_("Choose a day."))])
    words = TextAreaField(
        _("Why it is late"), [DataRequired(_("Say why it is late; its author reads it.")), Length(max=2000)],
        render_kw={"rows": 2},
    )  # fmt: skip


class TermsForm(FlaskForm):
    """What is promised, for the company or one circle; what is empty is as the company's, or as the settings say."""

    circle = SelectField(_("Where"), coerce=int)
    acknowledge_hours = IntegerField(_("A first word within (working hours)"), [Optional(), NumberRange(1, 200)])
    decide_days = IntegerField(_("An action or an explanation within (days)"), [Optional(), NumberRange(1, 365)])
    business_hours = StringField(_("Business hours"), [Length(max=300)], filters=[_stripped])
    closed_days = StringField(_("Days on which nobody answers"), [Length(max=4000)], filters=[_stripped])
    holidays = StringField(_("Public holidays of"), [Length(max=40)], filters=[_stripped])


class FallBackForm(FlaskForm):
    """Who answers what nobody else is named for."""

    owner = SelectField(_("Fall-back person"), coerce=int)


class AbsenceForm(FlaskForm):
    """Who is away, from when until when, and who stands in."""

    person = SelectField(_("Who is away"), coerce=int)
    from_day = DateField(_("First day"), [InputRequired(_("Choose a day."))])
    until_day = DateField(_("Last day"), [InputRequired(_("Choose a day."))])
    stand_in = SelectField(_("Who stands in"), coerce=int)


def _mark(field: Field, error: str) -> bool:
    field.errors = [*field.errors, error]
    return True
