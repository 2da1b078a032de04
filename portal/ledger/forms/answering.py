"""The company's answer, and the words that one can begin with."""

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from portal.accounts.languages import LANGUAGES, language_name
from portal.community.forms import MendedForm
from portal.foundation.text import MARKDOWN_LIMIT
from portal.foundation.text import gettext as _
from portal.ledger.forms.fields import mark, stripped
from portal.ledger.forms.progress import ProgressFields
from portal.ledger.models import ActionStage, AnswerDraft, ProofFile, Reason, ResponseKind
from portal.ledger.queries import ActionChoice
from portal.ledger.reasons import gives_a_reason
from portal.ledger.services import Typed
from portal.ledger.services.answers import LANGUAGES_BESIDE
from portal.ledger.services.reasons import REASON_TITLE, REASON_WORDS
from portal.ledger.services.refusals import TITLE_LIMIT

NEW_ACTION = 0
NO_REASON = 0
MYSELF = 0
# The fields that a draft keeps as they are.
_AS_KEPT = ("kind", "message", "title", "target_date", "stage", "words", "proof_url", "happened_on", "repeats")


def _languages() -> list[SelectChoice]:
    return [SelectChoice(code, language_name(code)) for code in LANGUAGES]


def _reasons(known: Sequence[tuple[int, str]]) -> list[SelectChoice]:
    own = SelectChoice(str(NO_REASON), _("Your own words"))
    return [own, *(SelectChoice(str(number), title) for number, title in known)]


class VersionForm(Form):
    """The same answer in another language."""

    language = SelectField(_("Language"), choices=_languages)
    words = TextAreaField(
        _("The same answer"),
        [Optional(), Length(max=MARKDOWN_LIMIT, message=_("That is longer than 20,000 characters."))],
        render_kw={"rows": 5},
    )


class ResponseForm(ProgressFields):
    """The company's next answer; which fields count depends on its kind."""

    # The newest answer that stood on the page; 0 for none.
    seen = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, 2**53)])
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
    # Words of the company to begin an explanation with.
    reason = SelectField(
        _("Begin with"),
        coerce=int,
        default=NO_REASON,
        choices=lambda: [SelectChoice(str(NO_REASON), _("Your own words"))],
    )
    language = SelectField(_("Your words are in"), choices=_languages, default=LANGUAGES[0])
    versions = FieldList(FormField(VersionForm), max_entries=LANGUAGES_BESIDE)
    action = SelectField(_("Which action"), coerce=int, default=NEW_ACTION)
    title = StringField(
        _("What we do, in one line"), [Length(max=TITLE_LIMIT)], filters=[stripped],
        render_kw={"maxlength": TITLE_LIMIT, "autocomplete": "off"},
    )  # fmt: skip
    owner = SelectField(
        _("Who does it"), coerce=int, default=MYSELF, choices=lambda: [SelectChoice(str(MYSELF), _("I do it myself"))]
    )
    target_date = DateField(_("Until when"), [Optional()])
    # Of those that wait with the draft.
    drop_files = BooleanField(_("Leave these files out"))
    # Pressed on purpose, once it was pointed out that these words were given before.
    repeats = BooleanField(_("Give these words again"))

    def offer(
        self,
        actions: Sequence[ActionChoice],
        reasons: Sequence[tuple[int, str]] = (),
        people: Sequence[tuple[int, str]] = (),
    ) -> "ResponseForm":
        """Let the answer name one of these actions, or a new one, and begin with one of these reasons (id, title).

        Args:
            people: (id, name) of those who could do a new one.
        """
        self.reason.choices = _reasons(reasons)
        self.owner.choices = [SelectChoice(str(MYSELF), _("I do it myself"))] + [
            SelectChoice(str(number), name) for number, name in people
        ]
        self.action.choices = [SelectChoice(str(NEW_ACTION), _("A new action"))] + [
            SelectChoice(str(known.id), f"{known.title} ({known.stage.label})") for known in actions
        ]
        return self

    def leave_out(self, *, is_open: bool) -> "ResponseForm":
        """Offer no kind that would be refused: what came of it while it is open, a first word once it is decided.

        One that was chosen stays, with the sentence that refuses it.
        """
        unfit = ResponseKind.OUTCOME if is_open else ResponseKind.ACKNOWLEDGEMENT
        # Its stubs know them as tuples.
        kinds: list[Any] = list(self.kind.choices or ())
        self.kind.choices = [one for one in kinds if one.value != unfit.value or self.kind.data is unfit]
        return self

    def fill(self, draft: AnswerDraft) -> "ResponseForm":
        """Begin where a draft ended."""
        for name in _AS_KEPT:
            self[name].data = getattr(draft, name)
        self.kept = draft.proof_files
        self.action.data = draft.action_id or NEW_ACTION
        self.owner.data = draft.action_owner_id or MYSELF
        self.language.data = draft.language or LANGUAGES[0]
        for code, words in (draft.in_languages or {}).items():
            self.versions.append_entry({"language": code, "words": words})
        return self

    def begin_with(self, reason: Reason) -> None:
        """Put the words of a reason in front of what stands there; twice the same changes nothing."""
        words = (self.message.data or "").strip()
        if not words.startswith(reason.words):
            self.message.data = f"{reason.words} {words}".strip()
        self.kind.data = ResponseKind.EXPLANATION

    def mark_repeats(self) -> None:
        """Show the box that says that words are given again on purpose."""
        self.repeats.render_kw = {"class": "repeats"}

    def add_version(self) -> None:
        """One more language, one that does not stand there yet."""
        taken = {self.language.data, *(entry.form.language.data for entry in self.versions)}
        code = next((code for code in LANGUAGES if code not in taken), None)
        if code is not None and len(self.versions) < LANGUAGES_BESIDE:
            self.versions.append_entry({"language": code, "words": ""})

    @property
    def files(self) -> tuple[ProofFile, ...]:
        """What came earlier and stays."""
        return () if self.drop_files.data else self.kept

    @property
    def typed(self) -> Typed:
        """The answer as it was typed, without files sent just now; what cannot be read is left out."""
        versions = {
            entry.form.language.data: entry.form.words.data or ""
            for entry in self.versions
            if (entry.form.words.data or "").strip()
        }
        return Typed(
            kind=self.kind.data if isinstance(self.kind.data, ResponseKind) else None,
            message=self.message.data or "",
            language=self.language.data if versions else None,
            in_languages=versions or None,
            action_id=self.action.data or None if isinstance(self.action.data, int) else None,
            title=self.title.data or "",
            owner_id=self.owner.data or None if isinstance(self.owner.data, int) else None,
            target_date=self.target_date.data,
            stage=self.stage.data if isinstance(self.stage.data, ActionStage) else ActionStage.PLANNED,
            words=self.words.data or "",
            proof_url=self.proof_url.data or "",
            happened_on=self.happened_on.data,
            repeats=bool(self.repeats.data),
            files=self.files,
        )

    def repeats_a_language(self) -> bool:
        """Mark a version whose language stands there already."""
        seen = {self.language.data}
        for entry in self.versions:
            code = entry.form.language.data
            if (entry.form.words.data or "").strip() and code in seen:
                return mark(entry.form.language, _("Choose another language for each version."))
            seen.add(code)
        return False

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
            return not mark(self.message, _("Write your question."))
        if self.kind.data is ResponseKind.EXPLANATION and not gives_a_reason(words):
            reason = _("An explanation needs its reason: at least one full sentence that the author can follow.")
            return not mark(self.message, reason)
        if self.kind.data is ResponseKind.OUTCOME and not gives_a_reason(words):
            return not mark(self.message, _("Tell in at least one full sentence what came of it."))
        if self.opens_action and not self.title.data:
            return not mark(self.title, _("Say in one line what the company does."))
        if self.repeats_a_language():
            return False
        return not (self.opens_action and self.lacks_proof())


class ReasonForm(MendedForm):
    """Words that an explanation can begin with."""

    title = StringField(
        _("Its name on the list"), [DataRequired(_("Give it a name.")), Length(max=REASON_TITLE)], filters=[stripped],
        render_kw={"maxlength": REASON_TITLE, "autocomplete": "off"},
    )  # fmt: skip
    words = TextAreaField(
        _("How the explanation begins"),
        [DataRequired(_("Write the words that an explanation begins with.")), Length(max=REASON_WORDS)],
        render_kw={"rows": 4},
    )
