"""What members fill in: a suggestion, a comment; and the small forms beside one."""

import secrets
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from portal.community.forms import LastingChoice, PicturesField
from portal.community.models import Circle
from portal.foundation.text import MARKDOWN_LIMIT, tidy
from portal.foundation.text import gettext as _
from portal.ledger.forms.fields import mark, stripped
from portal.ledger.services.refusals import TITLE_LIMIT
from portal.ledger.titles import propose_title

EVERYONE = 0


class IdeaForm(FlaskForm):
    """One field first; without a title the words make it."""

    body = TextAreaField(
        _("What would be better?"),
        [Length(max=MARKDOWN_LIMIT, message=_("That is longer than 20,000 characters. Shorten it a little."))],
        render_kw={"rows": 7},
    )
    title = StringField(
        _("Your suggestion in one line"),
        [
            Optional(),
            Length(max=TITLE_LIMIT, message=_("That is longer than 160 characters. Move the rest to the words above.")),
        ],
        filters=[stripped],
        render_kw={"maxlength": TITLE_LIMIT, "autocomplete": "off"},
    )
    # Everyone's room, or a circle that they are inside of; what answers an ask stands where the ask stands.
    circle = LastingChoice(
        _("Where it stands"),
        gone=_("The circle that it was for takes nothing from you any more."),
        choices=lambda: [SelectChoice(str(EVERYONE), _("In everyone’s room"))],
        coerce=int,
        default=EVERYONE,
    )
    pictures = PicturesField()
    is_private = BooleanField(_("Only the company reads it"))
    # For staff who write down what somebody else said.
    on_behalf_of = StringField(_("Whose words"), [Optional(), Length(max=120)], filters=[stripped])
    came_by = StringField(_("How they came"), [Optional(), Length(max=200)], filters=[stripped])
    mention = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(1, 2**53)])
    ask = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(1, 2**31 - 1)])
    # The same form sent twice is one suggestion.
    form_key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[Length(max=80)])

    # The circles that it can be for.
    circles: Sequence[Circle] = ()

    def offer(self, circles: Sequence[Circle]) -> "IdeaForm":
        """Let it be for one of these circles, or for everyone."""
        self.circles = circles
        self.circle.choices = [
            SelectChoice(str(EVERYONE), _("In everyone’s room")),
            *(SelectChoice(str(circle.id), _("Only in “%(name)s”", name=circle.name)) for circle in circles),
        ]
        return self

    @property
    def is_roomless(self) -> bool:
        """Whether it was to stand in a circle that its reader cannot write in, or not any more."""
        return not self.ask.data and self.circle.data not in {EVERYONE, *(circle.id for circle in self.circles)}

    def validate(self, extra_validators: Any = None) -> bool:
        """There is something to read, and how words came stands beside whose they are."""
        is_fine = bool(super().validate(extra_validators))
        if self.came_by.data and not self.on_behalf_of.data:
            is_fine = not mark(self.on_behalf_of, _("Write whose words they are, or leave both empty."))
        if not is_fine:
            return False
        return bool(self.line) or not mark(self.body, _("Write what you would like to be better."))

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


class WordForm(FlaskForm):
    """What an author says to an answer; the button says which way."""

    words = TextAreaField(
        _("Your words"),
        [Optional(), Length(max=MARKDOWN_LIMIT, message=_("That is longer than 20,000 characters."))],
        render_kw={"rows": 4},
    )
    helped = SubmitField(_("Yes, it helped"))
    not_helped = SubmitField(_("No, open it again"))

    def asked(self, what: str) -> "WordForm":
        """Say that a reply needs its words, as a verdict need not."""
        self.words.flags.optional, self.words.flags.required = what != "reply", what == "reply"
        return self


class MergeForm(FlaskForm):
    """The suggestion to join with, by its number."""

    into = IntegerField(validators=[InputRequired(), NumberRange(1, 2**31 - 1)], widget=HiddenInput())


class TagForm(FlaskForm):
    """One word to sort by."""

    name = StringField(
        _("Tag"),
        [DataRequired(_("Write a word to sort it by.")), Length(max=40, message=_("A tag has at most 40 characters."))],
        filters=[stripped],
        render_kw={"maxlength": 40, "autocomplete": "off"},
    )
