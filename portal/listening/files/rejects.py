"""The file of rejected rows: why each was refused, and its cells as they came, to be mended and read again."""

import csv
import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

LINE_COLUMN = "rejected_line"
REASON_COLUMN = "rejected_reason"
REST_COLUMN = "rejected_rest"

# Spreadsheets run cells that begin so. Cells that only look guarded get a further mark, so it can be undone.
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guard_cell(cell: str) -> str:
    """The cell as no spreadsheet will run it."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def restore_cell(cell: str) -> str:
    """The cell as it was before `guard_cell`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def rejected_path(path: Path) -> Path:
    """Where the rejected rows of a file go: `FILE.rejected.csv`, beside it."""
    return path.with_name(f"{path.name}.rejected.csv")


class RejectedRows:
    """Writes rejected rows; the file is made at the first one, readable by its owner only.

    Attributes:
        path: the file.
        count: rows written by this object.
    """

    def __init__(self, path: Path, columns: Sequence[str], *, go_on: bool = False) -> None:
        """Prepare the file; `go_on` adds to what an earlier, stopped import wrote.

        Args:
            path: the file to write.
            columns: the columns of the file that is being read, in their order.
            go_on: keep what is there; otherwise an old file is removed.
        """
        self.path = path
        self.count = 0
        self._columns = tuple(columns)
        self._descriptor: int | None = None
        if not go_on:
            path.unlink(missing_ok=True)

    def add(self, line: int, reason: str, row: Mapping[str, object] | Sequence[str]) -> None:
        """Write one row: a mapping by its columns, a sequence of cells in their order."""
        cells = self._by_column(row) if isinstance(row, Mapping) else list(row)
        self._write([str(line), reason, *cells])
        self.count += 1

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> "RejectedRows":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _by_column(self, row: Mapping[str, object]) -> list[str]:
        cells = [_as_text(row.get(column)) for column in self._columns]
        rest = {name: value for name, value in row.items() if name not in self._columns}
        return [*cells, json.dumps(rest, ensure_ascii=False)] if rest else cells

    def _write(self, cells: list[str]) -> None:
        if self._descriptor is None:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._descriptor = os.open(self.path, flags, 0o600)
            if not os.fstat(self._descriptor).st_size:
                self._write([LINE_COLUMN, REASON_COLUMN, *self._columns, REST_COLUMN])
        line = io.StringIO()
        csv.writer(line).writerow([guard_cell(cell) for cell in cells])
        # Rows are few, and each goes out whole: a stopped import leaves no half row behind.
        os.write(self._descriptor, line.getvalue().encode("utf-8", "replace"))


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
