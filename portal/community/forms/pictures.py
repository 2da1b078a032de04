"""Pictures that are sent with a form."""

from typing import Any

from wtforms import MultipleFileField
from wtforms.validators import Optional

from portal.foundation.text import gettext as _


class PicturesField(MultipleFileField):  # type: ignore[misc]
    """Several pictures, none needed; a browser does not keep what was chosen when the form comes back."""

    def __init__(self, **given: Any) -> None:
        kinds = {"accept": "image/jpeg,image/png,image/webp,image/gif"}
        super().__init__(_("Pictures"), [Optional()], render_kw=kinds, **given)

    def ask_again(self) -> None:
        """Say that pictures which were sent with a refused form are gone."""
        if any(file.filename for file in self.data or ()):
            self.errors = [*self.errors, _("Choose these pictures once more: a browser does not keep them.")]
