"""A row on its way from a file: its cells by column, or what is left of one that could not be read."""

from dataclasses import dataclass
from typing import TypeAlias

from portal.foundation.text import gettext as _
from portal.listening.files.decoding import MAX_ROW_CHARS

Cells: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is none: the reason, and its cells as far as they could be read."""

    reason: str
    cells: tuple[str, ...]


Row: TypeAlias = tuple[int, Cells | Unreadable]


def too_long() -> Unreadable:
    """What stands for a row that ran past the bound."""
    return Unreadable(_("the row has more than %(limit)s characters: a quote may never close", limit=MAX_ROW_CHARS), ())
