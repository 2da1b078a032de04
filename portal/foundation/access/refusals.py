"""What a view does with a refusal: its sentence goes to whoever asked, on their form or above the next page."""

from collections.abc import Callable
from types import TracebackType

from flask import flash
from wtforms import Field, Form

from portal.foundation.errors import Refusal


def refusals_on(place: Form | Field) -> "_Told":
    """A block in which a service may refuse; its sentence then stands on the form, and the view goes on below.

    Args:
        place: the form, or the field of it that every refusal is about. On a form it stands at the field that is
            called as what it is about, where there is one.
    """

    def tell(refusal: Refusal) -> None:
        if isinstance(place, Form) and refusal.about not in place:
            place.form_errors.append(str(refusal))
            return
        field = place[refusal.about] if isinstance(place, Form) else place
        field.errors = [*field.errors, str(refusal)]

    return _Told(tell)


def refusals_flashed() -> "_Told":
    """A block in which a service may refuse; its sentence then stands above the next page."""
    return _Told(lambda refusal: flash(str(refusal), "warning"))


class _Told:
    """Ends a block at its first refusal, and says it; every other error passes through."""

    def __init__(self, tell: Callable[[Refusal], None]) -> None:
        self._tell = tell

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, _kind: type[BaseException] | None, problem: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if not isinstance(problem, Refusal):
            return False
        self._tell(problem)
        return True
