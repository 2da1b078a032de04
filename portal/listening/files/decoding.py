"""From the bytes of a file to its lines: gzip, byte order marks, encodings, and a bound on every row."""

import codecs
import gzip
import io
import os
import zlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _

MAX_ROW_CHARS = 1_000_000

_HEAD_BYTES = 4096
_HEAD_CHARS = 65_536
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class FileProblem(Refusal):
    """The file as a whole cannot be read; the message says why."""


class RowTooLong(Exception):
    """One row ran past the bound; reading can go on at the next line."""


def _western(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, the superset of Latin-1 that old exports are in."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if not error.encoding.startswith("utf-8"):
        return "\ufffd", error.end
    damaged = error.object[error.start : error.end]
    return "".join(bytes((byte,)).decode("cp1252", "replace") for byte in damaged), error.end


codecs.register_error("western", _western)


class Lines:
    """The lines of a file, one by one, whatever it is packed and written in.

    Attributes:
        encoding: the codec that reads it.
        number: how many lines were handed out; the last one has this number.
        taken: characters handed out since the row began; the caller sets it to 0 at each row.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise FileProblem(_("%(file)s cannot be opened: %(why)s.", file=path.name, why=error.strerror)) from None
        self._path = path
        self._bytes = os.fstat(self._file.fileno()).st_size
        try:
            self._text, self.encoding = self._open_text()
        except BaseException:
            self._file.close()
            raise
        self.number = 0
        self.taken = 0
        self._ahead: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else self._next()
        if not line:
            raise StopIteration
        self.number += 1
        self.taken += len(line)
        if self.taken > MAX_ROW_CHARS:
            while line and line[-1] not in "\r\n":
                line = self.read(MAX_ROW_CHARS, whole_lines=True)
            raise RowTooLong
        return line

    def peek(self, count: int) -> list[str]:
        """The next lines, which are handed out all the same; none behind one that runs past the bound."""
        while len(self._ahead) < count and (not self._ahead or self._ahead[-1][-1] in "\r\n"):
            line = self._next()
            if not line:
                break
            self._ahead.append(line)
        return list(self._ahead)[:count]

    def _next(self) -> str:
        return self.read(MAX_ROW_CHARS + 1, whole_lines=True)

    def first(self) -> str:
        """Read the first line that is not blank, or the beginning of a very long one; nothing if there is none."""
        line = "\n"
        while line and not line.strip():
            line = self.read(_HEAD_CHARS, whole_lines=True)
            self.number += 1
        return line

    def read(self, size: int, *, whole_lines: bool = False) -> str:
        """Read at most so many characters, no further than the end of the line if `whole_lines`.

        Raises:
            FileProblem: the file is damaged here.
        """
        try:
            return self._text.readline(size) if whole_lines else self._text.read(size)
        except (OSError, EOFError, zlib.error, UnicodeError):
            raise FileProblem(
                _(
                    "%(file)s is damaged or cut off after line %(line)s.",
                    file=self._path.name,
                    line=self.number,
                )
            ) from None

    @property
    def share_read(self) -> float:
        """How much of the file was read so far, from 0 to 1, counted in its bytes on disk."""
        return min(1.0, self._file.tell() / self._bytes) if self._bytes else 1.0

    def close(self) -> None:
        """Close the file."""
        self._text.close()
        self._file.close()

    def _open_text(self) -> tuple[io.TextIOWrapper, str]:
        packed = self._file.read(2) == b"\x1f\x8b"
        self._file.seek(0)
        content = cast(BinaryIO, gzip.GzipFile(fileobj=self._file)) if packed else self._file
        try:
            head = content.read(_HEAD_BYTES)
            content.seek(0)
        except (OSError, EOFError, zlib.error):
            raise FileProblem(_("%(file)s is a damaged gzip file.", file=self._path.name)) from None
        if not head.strip():
            raise FileProblem(_("%(file)s is empty.", file=self._path.name))
        if head.startswith(b"PK\x03\x04"):
            raise FileProblem(_("%(file)s is a workbook or a zip file. Save it as CSV first.", file=self._path.name))
        encoding = _encoding(head)
        return io.TextIOWrapper(content, encoding, errors="western", newline=""), encoding


def _encoding(head: bytes) -> str:
    for mark, name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name
    # Latin letters in UTF-16 have a zero in every second byte; no other text comes near that.
    zeros = head[0::2].count(0), head[1::2].count(0)
    if max(zeros) > len(head) // 5 and min(zeros) <= max(zeros) // 4:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return "utf-8"
