"""A choice that may be gone by the time it is sent, such as a circle that was closed meanwhile."""

from collections.abc import Iterator
from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import Choice  # type: ignore[attr-defined]  # newer than its stubs

from portal.foundation.text import gettext as _


class LastingChoice(SelectField):
    """One of several. What was chosen and is not on offer any more is asked for again, with nothing chosen.

    A browser shows the first choice where none is selected: words for a few would go to everyone with the next press.
    """

    def __init__(self, label: str, *, gone: str, **given: Any) -> None:
        """Take the sentence that is said when it is gone."""
        super().__init__(label, **given)
        self.invalid_choice_message = self.invalid_value_message = gone

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was sent; where that is no choice at all, none stands, the one that comes first neither."""
        if valuelist:
            self.data = None
        super().process_formdata(valuelist)

    def iter_choices(self) -> Iterator[Any]:
        """What is on offer, below an empty line where the choice has to be made anew."""
        choices: list[Any] = list(super().iter_choices())
        if self.errors and not any(choice.selected for choice in choices):
            yield Choice(value="", label=_("Choose again"), selected=True, render_kw={})
        yield from choices
