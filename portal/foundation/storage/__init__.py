"""Files in a folder, or in an S3-compatible store by one setting; what people send is made harmless first."""

from portal.foundation.storage.documents import DOCUMENTS, FILE_BYTES, BadFile, StoredFile, remove_stored, store_upload
from portal.foundation.storage.files import NotJustNow, read_file, remove_file, write_file
from portal.foundation.storage.pictures import (
    LONGEST_SIDE,
    PICTURE_BYTES,
    PICTURE_DOTS,
    PICTURE_SUFFIXES,
    PICTURES,
    BadPicture,
    Picture,
    StoredPicture,
    read_marked,
    redraw,
    remove_picture,
    store_picture,
    store_pictures,
)

__all__ = [
    "DOCUMENTS", "FILE_BYTES", "LONGEST_SIDE", "PICTURES", "PICTURE_BYTES", "PICTURE_DOTS", "PICTURE_SUFFIXES",
    "BadFile", "BadPicture", "NotJustNow", "Picture", "StoredFile", "StoredPicture", "read_file", "read_marked",
    "redraw", "remove_file", "remove_picture", "remove_stored", "store_picture", "store_pictures", "store_upload",
    "write_file",
]  # fmt: skip
