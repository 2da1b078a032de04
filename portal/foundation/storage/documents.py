"""Files that are no pictures: of a few kinds that are read and not run, kept as they came."""

import hashlib
import secrets
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from portal.foundation.errors import Refusal
from portal.foundation.storage.files import remove_file, write_file
from portal.foundation.storage.pictures import PICTURE_BYTES, PICTURE_SUFFIXES, remove_picture, store_picture
from portal.foundation.text import gettext as _

FILE_BYTES = PICTURE_BYTES
_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
# What may be sent besides pictures, by the end of its name, and what it is served as.
DOCUMENTS = {
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".docx": f"{_OOXML}.wordprocessingml.document",
    ".xlsx": f"{_OOXML}.spreadsheetml.sheet",
    ".pptx": f"{_OOXML}.presentationml.presentation",
    ".odt": f"{_ODF}.text",
    ".ods": f"{_ODF}.spreadsheet",
    ".odp": f"{_ODF}.presentation",
}
_PICTURE = "image/webp"


class BadFile(Refusal):
    """A file that is too large, of a kind that is not taken, or not what its name says."""


@dataclass(frozen=True)
class StoredFile:
    """A file as it is kept.

    Attributes:
        key: its place in the store; of a picture without the ending that tells the full size from the small one.
        size: in bytes.
        digest: the SHA-256 of what is kept, in hex.
        width: of a picture, in dots, as is `height`; None for anything else.
    """

    key: str
    media_type: str
    size: int
    digest: str
    width: int | None = None
    height: int | None = None

    @property
    def path(self) -> str:
        """Under which name its bytes lie in the store."""
        return f"{self.key}.webp" if self.media_type == _PICTURE else self.key


def store_upload(name: str, stream: IO[bytes]) -> StoredFile:
    """Keep a file that somebody sent, under a name that nobody can guess; a picture is drawn anew.

    Args:
        name: as its sender calls it; its end says what it must be.

    Raises:
        BadFile: more than 12 MB, empty, of a kind that is not taken, or not what its name says.
        BadPicture, NotJustNow: see `store_picture`.
    """
    suffix = PurePosixPath(name.lower()).suffix
    if suffix in PICTURE_SUFFIXES:
        picture = store_picture(stream)
        return StoredFile(picture.key, _PICTURE, picture.size, picture.digest, picture.width, picture.height)
    if suffix not in DOCUMENTS:
        raise BadFile(_("Send a picture, a PDF, a text, a table, a document or slides; other files are not taken."))
    content = stream.read(FILE_BYTES + 1)
    if len(content) > FILE_BYTES:
        raise BadFile(_("That file is larger than %(limit)s MB. Send a smaller one, or link to it.", limit=12))
    if not _is_what_it_says(suffix, content):
        raise BadFile(_("That file is not what its name says. Save it anew and send it again."))
    key = f"documents/{secrets.token_hex(16)}"
    write_file(key, content)
    return StoredFile(key, DOCUMENTS[suffix], len(content), hashlib.sha256(content).hexdigest())


def remove_stored(file: StoredFile) -> None:
    """Remove a file; one that is gone already is no fault."""
    if file.media_type == _PICTURE:
        remove_picture(file.key)
    else:
        remove_file(file.key)


def _is_what_it_says(suffix: str, content: bytes) -> bool:
    if suffix == ".pdf":
        return content.startswith(b"%PDF-")
    if DOCUMENTS[suffix].startswith("text/"):
        return _is_text(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _is_office(archive, DOCUMENTS[suffix])
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        # What zipfile raises for what is broken, locked, or packed in a way that it does not know.
        return False


def _is_text(content: bytes) -> bool:
    try:
        return bool(content.strip()) and "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _is_office(archive: zipfile.ZipFile, media_type: str) -> bool:
    """By the list of its parts and the head of one; nothing of it is unpacked beyond that.

    A document of Office names its kind by a folder (ECMA-376 part 2), one of OpenDocument by its `mimetype`
    (OpenDocument 1.3 part 2, 3.3). One with macros is not taken under a name that says it has none.
    """
    names = set(archive.namelist())
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return False
    if media_type.startswith(_ODF):
        if "mimetype" not in names:
            return False
        with archive.open("mimetype") as part:
            return part.read(100).decode("ascii", "replace").strip() == media_type
    folder = {"wordprocessingml": "word/", "spreadsheetml": "xl/", "presentationml": "ppt/"}[
        media_type.removeprefix(f"{_OOXML}.").split(".")[0]
    ]
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)
