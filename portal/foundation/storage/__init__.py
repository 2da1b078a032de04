"""Files in a folder, or in an S3-compatible store by one setting; pictures made harmless before they are kept."""

from portal.foundation.storage.files import read_file, remove_file, write_file
from portal.foundation.storage.pictures import (
    LONGEST_SIDE,
    PICTURE_BYTES,
    PICTURE_DOTS,
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
    "LONGEST_SIDE", "PICTURES", "PICTURE_BYTES", "PICTURE_DOTS", "BadPicture", "Picture", "StoredPicture", "read_file",
    "read_marked", "redraw", "remove_file", "remove_picture", "store_picture", "store_pictures", "write_file",
]  # fmt: skip
