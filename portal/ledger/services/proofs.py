"""Files that show what an entry says: kept before the entry is written, taken away again if it is not."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from portal.foundation.storage import remove_stored, store_upload
from portal.foundation.text import gettext as _
from portal.ledger.models import ProofFile
from portal.ledger.services.refusals import TooMany

PROOFS = 4
_NAME = 100


@dataclass(frozen=True)
class Upload:
    """A file as it was sent, with the name that its sender gives it."""

    name: str
    stream: IO[bytes]


@contextmanager
def proofs_kept(uploads: Iterable[Upload], *, beside: int = 0) -> Iterator[tuple[ProofFile, ...]]:
    """Keep files while an entry is written; whatever stops that takes them away again.

    Args:
        beside: how many files the entry has already.

    Raises:
        TooMany: more than four in all.
        BadFile, BadPicture, NotJustNow: see `store_upload`.
    """
    given = list(uploads)
    if beside + len(given) > PROOFS:
        raise TooMany(_("An entry has at most %(limit)s files.", limit=PROOFS))
    kept: list[ProofFile] = []
    try:
        for upload in given:
            stored = store_upload(upload.name, upload.stream)
            kept.append(ProofFile(file_name(upload.name, is_picture=stored.width is not None), stored))
        yield tuple(kept)
    except BaseException:
        forget_proofs(kept)
        raise


def forget_proofs(files: Iterable[ProofFile]) -> None:
    """Take files away that no entry shows."""
    for file in files:
        remove_stored(file.stored)


def file_name(name: str, *, is_picture: bool) -> str:
    """What people call a file, safe to show and to save: no folders, and no marks that turn the reading around.

    Args:
        is_picture: it is kept as WebP, whatever it came as.
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(mark for mark in unicodedata.normalize("NFC", last) if unicodedata.category(mark)[0] != "C")
    path = PurePosixPath(" ".join(shown.split()))
    stem = path.stem.strip(". ")[:_NAME] or _("file")
    return f"{stem}{'.webp' if is_picture else path.suffix.lower()}"
