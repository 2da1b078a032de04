"""The files that commands read and write."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

import click

from portal.foundation.text import gettext as _

_MARK = b"\xef\xbb\xbf"
# Its own marks, or the first letter of a line of JSON beside an empty byte.
_UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"{\0", b"\0{")


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file as it is, or what was packed into it; by its first bytes, whatever it is called.

    Raises:
        ClickException: what was packed is cut off, or broken; it is written in UTF-16; or it comes through a pipe.
    """
    with path.open("rb") as file:
        if not file.seekable():
            # What is set aside is read a second time.
            raise click.ClickException(_("%(path)s can be read only once. Save it as a file first.", path=path))
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        found: Any = gzip.GzipFile(fileobj=file) if packed else file
        try:
            if found.peek(2).startswith(_UTF_16):
                raise click.ClickException(_("%(file)s is written in UTF-16. Save it as UTF-8.", file=path.name))
            yield cast(IO[bytes], found)
        except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
            raise click.ClickException(_("%(file)s is packed, and broken off.", file=path.name)) from problem


@contextmanager
def opened_lines(path: Path) -> Iterator[IO[bytes]]:
    """The same for a file that holds one suggestion a line.

    Raises:
        ClickException: it is one list of all of them.
    """
    with opened(path) as file:
        start = cast(Any, file).peek(512)
        if start.removeprefix(_MARK).lstrip().startswith(b"["):
            words = "%(file)s is one list in JSON; one suggestion a line is needed, as jq -c '.[]' writes them."
            raise click.ClickException(_(words, file=path.name))
        yield file


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A file to write to, in UTF-8 and with the line ends that are written.

    Raises:
        ClickException: it cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            yield file
    except OSError as problem:
        why = problem.strerror or problem
        raise click.ClickException(_("%(path)s cannot be written: %(why)s.", path=path, why=why)) from problem
