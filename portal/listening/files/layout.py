"""How one file is to be read: columns and constants, from its format, its names and what a person said."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import methodcaller

from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.files.formats import (
    ALL_COLUMNS,
    FORMATS,
    Format,
    detect,
    plain,
    suggest_constants,
    suggest_mapping,
)
from portal.listening.files.row import Cells

_REQUIRED = ("channel", "author_handle", "created_at")
_PLACE = re.compile(r"\{([^{}]*)\}")


class LayoutRefused(Refusal):
    """The file cannot be read like this; the message says what is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is read.

    Attributes:
        format: the format it was taken for.
        mapping: our column to theirs: a name, several with `|` between them (the first that is filled
            counts), or a pattern such as `{topic}/{post}` (nothing if one of its cells is empty).
        constants: our columns that have one value in every row.
        columns: the names of all columns of the file.
    """

    format: Format
    mapping: Mapping[str, str]
    constants: Mapping[str, str]
    columns: tuple[str, ...]


def plan(
    columns: Sequence[str],
    *,
    format_name: str = "auto",
    maps: Iterable[str] = (),
    sets: Iterable[str] = (),
) -> Layout:
    """Settle how a file with these columns is read.

    Args:
        columns: the names of its columns.
        format_name: a key of `FORMATS`, or `auto`.
        maps: `ours=theirs`, each ahead of what the format says; `ours=` leaves the column out.
        sets: `ours=value`, for every row.

    Raises:
        LayoutRefused: a name is unknown, or something that every mention needs is missing.
    """
    if format_name != "auto" and format_name not in FORMATS:
        raise LayoutRefused(
            _(
                "“%(name)s” is not a known format. Known are: auto, %(known)s.",
                name=format_name,
                known=", ".join(FORMATS),
            )
        )
    chosen = detect(columns) if format_name == "auto" else FORMATS[format_name]
    _refuse_silent(chosen)
    mapping = suggest_mapping(columns, chosen)
    constants = {**suggest_constants(columns, chosen)}
    for ours, theirs in map(_pair, maps):
        constants.pop(ours, None)
        mapping.pop(ours, None)
        if theirs:
            mapping[ours] = _known(theirs, columns)
    for ours, value in map(_pair, sets):
        mapping.pop(ours, None)
        constants[ours] = value
    _check(columns, {**mapping, **constants})
    return Layout(chosen, mapping, constants, tuple(columns))


def cell_getter(wanted: str, columns: Iterable[str]) -> Callable[[Cells], object]:
    """A function that takes the wanted cell, or the cells of a pattern, out of a row."""
    if wanted in columns:
        # A quarter faster than a function of ours, and asked for each cell of each row.
        return methodcaller("get", wanted)
    names = _PLACE.findall(wanted)
    if not names:
        choices = wanted.split("|")
        return lambda cells: next((cells[name] for name in choices if cells.get(name)), None)
    pieces = _PLACE.split(wanted)

    def fill(cells: Cells) -> str | None:
        filled = [cells.get(piece) if place % 2 else piece for place, piece in enumerate(pieces)]
        return None if any(piece in {None, ""} for piece in filled[1::2]) else "".join(map(str, filled))

    return fill


def _refuse_silent(chosen: Format) -> None:
    """Refuse a file whose rows are votes or people: it would be read as mentions that nobody wrote."""
    if chosen.holds == "votes":
        raise LayoutRefused(
            _(
                "This is a list of votes (%(format)s); nobody says anything in it. Import the ideas instead.",
                format=chosen.title,
            )
        )
    if chosen.holds:
        raise LayoutRefused(
            _(
                "This is a list of people (%(format)s); nobody says anything in it. Import their ideas instead.",
                format=chosen.title,
            )
        )


def _pair(words: str) -> tuple[str, str]:
    ours, equals, theirs = words.partition("=")
    ours = ours.strip()
    if not equals or ours not in ALL_COLUMNS:
        raise LayoutRefused(
            _(
                "“%(words)s” should be OURS=THEIRS, where OURS is one of: %(known)s.",
                words=words,
                known=", ".join(ALL_COLUMNS),
            )
        )
    return ours, theirs.strip()


def _known(wanted: str, columns: Sequence[str]) -> str:
    """The wanted column as the file writes it; patterns and alternatives part by part."""
    if wanted in columns:
        return wanted
    places = _PLACE.findall(wanted)
    if places:
        return _PLACE.sub(lambda place: f"{{{_one(place[1], columns)}}}", wanted)
    return "|".join(_one(name.strip(), columns) for name in wanted.split("|"))


def _one(name: str, columns: Sequence[str]) -> str:
    if name in columns:
        return name
    alike = [column for column in columns if plain(column) == plain(name)]
    if not alike:
        raise LayoutRefused(
            _(
                "The file has no column “%(name)s”. It has: %(columns)s.",
                name=name,
                columns=", ".join(columns),
            )
        )
    return alike[0]


def _check(columns: Sequence[str], given: Mapping[str, str]) -> None:
    missing = [name for name in _REQUIRED if not given.get(name)]
    if not given.get("text") and not given.get("url"):
        missing.append(_("text (or url)"))
    if missing:
        example = missing[0].partition(" ")[0]
        raise LayoutRefused(
            _(
                "The file does not say which column is: %(missing)s. Its columns are: %(columns)s. Name the "
                "right one with --map %(example)s=COLUMN, or give one value for all rows with "
                "--set %(example)s=VALUE.",
                missing=", ".join(missing),
                columns=", ".join(columns),
                example=example,
            )
        )
