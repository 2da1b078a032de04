"""From the bytes of a file to its lines: gzip, byte order marks, encodings, and a bound on every row."""

import codecs
import gzip
import io
import os
import zlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.files.encodings import encoding_of

MAX_ROW_CHARS = 1_000_000

_HEAD_BYTES = 65_536
_HEAD_CHARS = 65_536
# How workbooks begin, new and old, and documents and pages that are no tables either.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_DOCUMENTS = (b"%pdf-", b"{\\rtf", b"<!doctype", b"<html", b"<table", b"<?xml", b"<rss")


class FileProblem(Refusal):
    """The file as a whole cannot be read; the message says why."""


class EncodingUnknown(FileProblem):
    """How the letters of the file are written cannot be told; a person has to say."""


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

    def __init__(self, path: Path, encoding: str = "") -> None:
        """Open the file.

        Args:
            path: where it lies.
            encoding: the codec that somebody named; told by its first bytes if none was.

        Raises:
            EncodingUnknown: somebody has to name the codec.
            FileProblem: it cannot be opened, is empty, damaged, or no text.
        """
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise FileProblem(_("%(file)s cannot be opened: %(why)s.", file=path.name, why=error.strerror)) from None
        self._path = path
        self._bytes = os.fstat(self._file.fileno()).st_size
        try:
            self._text, self.encoding = self._open_text(encoding)
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

    def _open_text(self, encoding: str) -> tuple[io.TextIOWrapper, str]:
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
        if head.startswith(_WORKBOOKS):
            raise FileProblem(_("%(file)s is a workbook or a zip file. Save it as CSV first.", file=self._path.name))
        if head[:32].lstrip().lower().startswith(_DOCUMENTS):
            raise FileProblem(_("%(file)s is a page or a document and no table of rows.", file=self._path.name))
        encoding = encoding or encoding_of(head) or self._refuse_to_guess()
        return io.TextIOWrapper(content, encoding, errors="western", newline=""), encoding

    def _refuse_to_guess(self) -> NoReturn:
        raise EncodingUnknown(
            _(
                "%(file)s is not written in UTF-8, and does not read as a Western language. Save it as UTF-8, or name "
                "its encoding when it is imported (--encoding), such as cp949 for Korean or cp1251 for Russian.",
                file=self._path.name,
            )
        )
