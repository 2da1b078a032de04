"""What a view does with a refusal: its sentence goes to whoever asked, on their form or above the next page."""

from collections.abc import Callable
from types import TracebackType

from flask import flash
from wtforms import Field, Form

from portal.foundation.errors import Refusal


def refusals_on(place: Form | Field) -> "_Told":
    """A block in which a service may refuse; its sentence then stands on the form, and the view goes on below.

    Args:
        place: the form, or the field of it that every refusal is about.
    """
    if isinstance(place, Form):
        return _Told(place.form_errors.append)

    def mark(words: str) -> None:
        place.errors = [*place.errors, words]

    return _Told(mark)


def refusals_flashed() -> "_Told":
    """A block in which a service may refuse; its sentence then stands above the next page."""
    return _Told(lambda words: flash(words, "warning"))


class _Told:
    """Ends a block at its first refusal, and says it; every other error passes through."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, _kind: type[BaseException] | None, problem: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if not isinstance(problem, Refusal):
            return False
        self._tell(str(problem))
        return True
