"""The files that commands read."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import click

from portal.foundation.text import gettext as _


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file as it is, or what was packed into it; by its first bytes, whatever it is called.

    Raises:
        ClickException: what was packed is cut off, or broken.
    """
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        try:
            yield cast(IO[bytes], gzip.GzipFile(fileobj=file)) if packed else file
        except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
            raise click.ClickException(_("%(file)s is packed, and broken off.", file=path.name)) from problem
