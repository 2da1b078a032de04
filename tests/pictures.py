"""Plain pictures, for whatever takes some."""

from io import BytesIO
from typing import Any

from PIL import Image


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **how: Any) -> bytes:
    """One of one colour; `how` it is written, such as with `exif`."""
    target = BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **how)
    return target.getvalue()


def shot(name: str = "lamp.jpg", size: tuple[int, int] = (60, 40)) -> tuple[BytesIO, str]:
    """The same as a form sends it, of the kind that its name says."""
    return BytesIO(photo("PNG" if name.endswith(".png") else "JPEG", size)), name
