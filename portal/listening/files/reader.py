"""Rows of a file, one by one with their line numbers: CSV, TSV, JSON Lines, a JSON list, or gzip of any."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from types import TracebackType

from portal.foundation.text import gettext as _
from portal.listening.files.decoding import MAX_ROW_CHARS, FileProblem, Lines, RowTooLong
from portal.listening.files.formats import suggest_mapping
from portal.listening.files.json_rows import read_json_items, read_json_lines
from portal.listening.files.rejects import LINE_COLUMN, REASON_COLUMN, REST_COLUMN, restore_cell
from portal.listening.files.row import Cells, Row, Unreadable, too_long

_DELIMITERS = ",\t;|"
_DATA = re.compile(r"https?://|-?\d{3,}(\.\d+)?$|-?\d+\.\d+$|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b")
_SAMPLE_ROWS = 20
# Some tools write what was asked for above the header: a title, the query, the days.
_MOST_ABOVE = 25
_MOST_HEADER_CHARS = 65_536
_SAYING = {"text", "title", "url"}


@dataclass(frozen=True, slots=True)
class Sample:
    """What a person sees before they say yes.

    Attributes:
        columns: the names of the columns, in order.
        rows: the first rows with their line numbers.
        shape: csv, tsv or json.
        encoding: the codec that reads the file.
        has_header: False if the first line already holds data; the columns are then numbered.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    shape: str
    encoding: str
    has_header: bool


class RowFile:
    """One file of rows, open for one walk through it; a context manager.

    Attributes:
        columns: their names; for JSON the keys of the first rows.
        shape: csv, tsv or json.
        encoding: the codec that reads it.
        has_header: False if the first line already holds data.
    """

    def __init__(self, path: Path, encoding: str = "") -> None:
        """Open the file and find out what it is; its encoding too if nobody named one.

        Raises:
            EncodingUnknown: somebody has to name the encoding.
            FileProblem: it cannot be opened, is empty, damaged, or no table.
        """
        self._lines = Lines(path, encoding)
        self.encoding = self._lines.encoding
        self.has_header = True
        try:
            self._rows = self._recognise(path)
        except BaseException:
            self.close()
            raise

    def rows(self, start: int = 0) -> Iterator[Row]:
        """Each row as (line number, cells by column), without the first `start`; bad ones are `Unreadable`.

        Raises:
            FileProblem: the file is damaged further down.
        """
        return islice(self._rows, start, None)

    @property
    def share_read(self) -> float:
        """How much of the file was read so far, from 0 to 1."""
        return self._lines.share_read

    def close(self) -> None:
        """Close the file."""
        self._lines.close()

    def __enter__(self) -> "RowFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _recognise(self, path: Path) -> Iterator[Row]:
        first = self._lines.first()
        if not first:
            raise FileProblem(_("%(file)s is empty.", file=path.name))
        if first.lstrip()[0] in "{[" or (first[-1] in "\r\n" and any(map(_is_whole, self._lines.peek(1)))):
            return self._recognise_json(path, first)
        if first[-1] not in "\r\n" and self._lines.read(1):
            raise FileProblem(_("%(file)s is no table: its first line does not end.", file=path.name))
        first = self._below_preamble(first)
        delimiter = _delimiter(first)
        if first.lower().startswith("sep=") and len(first.strip()) <= 5:
            # Excel's own note of the delimiter, ahead of the header.
            delimiter, first = first[4], ""
        self.shape = "tsv" if delimiter == "\t" else "csv"
        return self._recognise_table(path, first, delimiter)

    def _below_preamble(self, first: str) -> str:
        """The line of the header, where the first one is none and a later one has the names of columns."""
        if _is_header(first):
            return first
        width = len(_cells(first))
        for place, line in enumerate(self._lines.peek(_MOST_ABOVE)):
            if len(_cells(line)) > width and _is_header(line):
                return list(islice(self._lines, place + 1))[-1]
        return first

    def _recognise_table(self, path: Path, first: str, delimiter: str) -> Iterator[Row]:
        # The interpreter's own bound is lower than ours, and one for the whole process.
        csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW_CHARS * 2))
        # The first line was read to recognise the file; the table needs it back.
        table = csv.reader(chain([first] if first else [], self._lines), delimiter=delimiter)
        try:
            header = next(table, [])
        except (RowTooLong, csv.Error):
            raise FileProblem(_("%(file)s is no table: its first line does not end.", file=path.name)) from None
        self.has_header = not any(_DATA.match(cell.strip()) for cell in header)
        names = header if self.has_header else [""] * len(header)
        columns = _unique(names)
        ahead = [] if self.has_header else [(1, header)]
        rows = _table_rows(self._lines, delimiter, columns, ahead)
        if columns[:2] == (LINE_COLUMN, REASON_COLUMN):
            columns, rows = columns[2:], _mended(rows)
            columns = tuple(name for name in columns if name != REST_COLUMN)
        self.columns = columns
        return rows

    def _recognise_json(self, path: Path, first: str) -> Iterator[Row]:
        self.shape = "json"
        # Where the first line is no JSON at all it was looked at because the next one is an object.
        if first.lstrip()[0] not in "{[" or _is_whole(first):
            rows = read_json_lines(self._lines, first)
        else:
            rows = read_json_items(self._lines, first)
        ahead = list(islice(rows, _SAMPLE_ROWS))
        found = [cells for _line, cells in ahead if isinstance(cells, dict)]
        if not found:
            raise FileProblem(_("%(file)s is neither a table nor a list of JSON objects.", file=path.name))
        self.columns = tuple(dict.fromkeys(name for cells in found for name in cells))
        return chain(ahead, rows)


def read_rows(path: Path, start: int = 0) -> Iterator[Row]:
    """The rows of a file, as `RowFile.rows`; the file is closed when the walk ends."""
    with RowFile(path) as file:
        yield from file.rows(start)


def sample(path: Path, n: int = _SAMPLE_ROWS) -> Sample:
    """The first `n` rows of a file and what was found out about it.

    Raises:
        FileProblem: it cannot be opened, is empty, damaged, or no table.
    """
    with RowFile(path) as file:
        rows = tuple(islice(file.rows(), n))
        return Sample(file.columns, rows, file.shape, file.encoding, file.has_header)


def _table_rows(
    lines: Lines, delimiter: str, columns: Sequence[str], ahead: list[tuple[int, list[str]]]
) -> Iterator[Row]:
    width = len(columns)
    for line, cells in ahead:
        yield line, dict(zip(columns, cells, strict=False))
    while True:
        # A reader that stopped half-way in a row begins afresh at the next line.
        table = csv.reader(lines, delimiter=delimiter)
        line = lines.number + 1
        lines.taken = 0
        try:
            for cells in table:
                if len(cells) > width and any(cells[width:]):
                    yield line, Unreadable(_too_wide(len(cells), width), tuple(cells))
                elif cells:
                    yield line, dict(zip(columns, cells, strict=False))
                line = lines.number + 1
                lines.taken = 0
        except RowTooLong:
            yield line, too_long()
        except csv.Error as error:
            yield line, Unreadable(_("the line cannot be read: %(why)s", why=error), ())
        else:
            return


def _mended(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows of a file of rejected rows: the guards of its cells undone, its own columns left out."""
    for line, cells in rows:
        if isinstance(cells, Unreadable):
            yield line, cells
            continue
        whole: Cells = {name: restore_cell(str(cell)) for name, cell in cells.items()}
        del whole[LINE_COLUMN]
        whole.pop(REASON_COLUMN, None)
        rest = whole.pop(REST_COLUMN, "")
        if rest:
            try:
                whole.update(json.loads(str(rest)))
            except (ValueError, TypeError, RecursionError):
                yield line, Unreadable(_too_wide(len(whole) + 1, len(whole)), tuple(map(str, whole.values())))
                continue
        yield line, whole


def _too_wide(cells: int, columns: int) -> str:
    return _(
        "the row has %(cells)s cells where the header has %(columns)s: a comma or quote is out of place",
        cells=cells,
        columns=columns,
    )


def _is_whole(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _delimiter(first: str) -> str:
    """The delimiter that cuts the header into the most cells; a comma if none does."""
    widths = {delimiter: len(next(csv.reader([first], delimiter=delimiter), [])) for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=lambda delimiter: widths[delimiter])


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=_delimiter(line)), [])
    except csv.Error:
        return []


def _is_header(line: str) -> bool:
    """Whether a line names a time, something that was said, and something more."""
    if len(line) > _MOST_HEADER_CHARS:
        return False
    cells = _cells(line)
    named = suggest_mapping(cells)
    is_data = any(_DATA.match(cell.strip()) for cell in cells)
    return not is_data and len(named) > 2 and "created_at" in named and not named.keys().isdisjoint(_SAYING)


def _unique(header: Sequence[str]) -> tuple[str, ...]:
    """Column names as they came; a repeated one gets a number, a missing one its place."""
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        wanted = " ".join(cell.replace("\0", "").split()) or f"column {place}"
        name, copies = wanted, 1
        while name in names:
            copies += 1
            name = f"{wanted} {copies}"
        names.append(name)
    return tuple(names)
