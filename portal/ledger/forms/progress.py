"""What an entry of an action holds, alone or with the answer that opens it."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    TextAreaField,
    URLField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from portal.foundation.storage import DOCUMENTS, PICTURE_SUFFIXES
from portal.foundation.text import MARKDOWN_LIMIT
from portal.foundation.text import gettext as _
from portal.ledger.forms.fields import mark, stripped
from portal.ledger.models import Action, ActionStage, ProofFile
from portal.ledger.reasons import gives_a_reason
from portal.ledger.services import Upload
from portal.ledger.services.refusals import URL_LIMIT


class ProgressFields(FlaskForm):
    """What an entry of an action holds; `kept` are files that came with it earlier."""

    kept: tuple[ProofFile, ...] = ()

    @property
    def files(self) -> tuple[ProofFile, ...]:
        """What came earlier and stays."""
        return self.kept

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
        filters=[stripped],
        render_kw={"placeholder": "https://", "autocomplete": "off"},
    )
    proof_files = MultipleFileField(
        _("Files to see it"), [Optional()], render_kw={"accept": ",".join([*PICTURE_SUFFIXES, *DOCUMENTS])}
    )
    happened_on = DateField(_("The day it happened"), [Optional()])

    def ask_for_files_again(self) -> None:
        """Say that files which were sent with a refused form are gone, since no browser fills them in."""
        if self.proof_files.data:
            mark(self.proof_files, _("Choose the files once more: a browser does not keep them."))

    @property
    def uploads(self) -> list[Upload]:
        """The files that were sent."""
        return [Upload(file.filename or "", file.stream) for file in self.proof_files.data or ()]

    def lacks_proof(self) -> bool:
        """Mark the fields that a done or a dropped entry needs."""
        has_proof = self.proof_url.data or self.proof_files.data or self.files or self.happened_on.data
        if self.stage.data is ActionStage.DONE and not has_proof:
            return mark(
                self.proof_url, _("Done needs something to see: a link, a file, or the day on which it happened.")
            )
        if self.stage.data is ActionStage.DROPPED and not gives_a_reason(self.words.data or ""):
            why = _("Say why it was dropped, in at least one full sentence; the people behind it read it.")
            return mark(self.words, why)
        return False


class ProgressForm(ProgressFields):
    """The next entry of an action."""

    # The newest entry that stood on the page.
    seen = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, 2**53)])
    target_date = DateField(_("A new date, if it moved"), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Done needs proof, dropped needs words."""
        return super().validate(extra_validators) and not self.lacks_proof()

    def lacks_word(self, action: Action) -> bool:
        """Mark the words where a later day, or one that is over, asks for them."""
        if (self.words.data or "").strip() or not action.takes_longer(self.stage.data, self.target_date.data):
            return False
        return mark(self.words, _("Say why it takes longer; the people behind it read it."))
