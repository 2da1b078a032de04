"""What two of the staff may change at once: the second is shown what the first wrote, and loses nothing typed."""

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any, Self

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateTimeLocalField, Field, HiddenField, MultipleFileField, SelectField
from wtforms.validators import Length

from portal.foundation.text import date_words, tidy
from portal.foundation.text import gettext as _


class MendedForm(FlaskForm):
    """A form that is filled in with what stands, and knows when something else stands by the time it comes back."""

    # What stood there when the form was shown, in short.
    seen = HiddenField()
    # The same form sent twice makes one row.
    form_key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[Length(max=80)])

    def note_seen(self) -> Self:
        """Remember what is filled in as what its reader has seen."""
        self.seen.data = self._short()
        return self

    def changed_since(self, stands: Self) -> list[tuple[str, str]]:
        """What stands now in place of what was shown: label and words of each field that was typed differently.

        Empty where nobody changed anything meanwhile. From then on the form counts as shown anew.

        Args:
            stands: the same form, filled in with what stands now.
        """
        if not self.seen.data or self.seen.data == stands.seen.data:
            return []
        self.seen.data = stands.seen.data
        pairs = zip(self._compared(), stands._compared(), strict=True)
        # By their words: a browser sends no seconds, and other ends of lines.
        return [(field.label.text, _words(other)) for field, other in pairs if _words(field) != _words(other)]

    def _compared(self) -> list[Field]:
        return [field for field in self if not isinstance(field, HiddenField | MultipleFileField)]

    def _short(self) -> str:
        said = "\n".join(f"{field.name}:{field.data}" for field in self._compared())
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def _words(field: Field) -> str:
    if isinstance(field, SelectField):
        # Its stubs know them as tuples.
        choices: Iterable[Any] = field.iter_choices()
        return ", ".join(str(choice.label) for choice in choices if choice.selected)
    if isinstance(field, BooleanField):
        return _("yes") if field.data else _("no")
    if isinstance(field, DateTimeLocalField) and field.data:
        return f"{date_words(field.data.date())}, {field.data:%H:%M}"
    return tidy(str(field.data if field.data is not None else ""))
