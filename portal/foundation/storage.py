"""Files in a folder, or in an S3-compatible store by one setting; pictures made harmless before they are kept."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import IO, Any

import obstore
from obstore.store import LocalStore, from_url
from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from portal.foundation import config
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _

# What someone may send, in bytes and in dots; more is refused before anything is unpacked.
PICTURE_BYTES = 12 * 1024 * 1024
PICTURE_DOTS = 50_000_000
# As many as come with one suggestion, or with one question.
PICTURES = 6
# What is kept: the longer side of the picture and of its thumbnail, in dots.
LONGEST_SIDE = 2000
THUMBNAIL_SIDE = 480
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class BadPicture(Refusal):
    """A file that is no picture, too large a one, or one that unpacks into too much."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: drawn anew as WebP, so that nothing of the camera or the sender is left in it."""

    full: bytes
    thumbnail: bytes
    width: int
    height: int


@dataclass(frozen=True)
class StoredPicture:
    """Where a picture was put, and how large it is in dots and bytes."""

    key: str
    width: int
    height: int
    size: int


def store_picture(stream: IO[bytes]) -> StoredPicture:
    """Draw a picture anew and keep it with its thumbnail, under a name that nobody can guess.

    Raises:
        BadPicture: see `redraw`.
    """
    picture = redraw(stream.read(PICTURE_BYTES + 1))
    key = f"pictures/{secrets.token_hex(16)}"
    write_file(f"{key}.webp", picture.full)
    write_file(f"{key}-small.webp", picture.thumbnail)
    return StoredPicture(key, picture.width, picture.height, len(picture.full))


def store_pictures(streams: Iterable[IO[bytes]]) -> list[StoredPicture]:
    """Keep several pictures, or none of them if one is refused.

    Raises:
        BadPicture: see `redraw`.
    """
    kept: list[StoredPicture] = []
    try:
        for stream in streams:
            kept.append(store_picture(stream))
    except Exception:
        for picture in kept:
            remove_picture(picture.key)
        raise
    return kept


def remove_picture(key: str) -> None:
    """Remove a picture and its thumbnail; one that is gone already is no fault."""
    for name in (f"{key}.webp", f"{key}-small.webp"):
        remove_file(name)


@lru_cache(maxsize=48)
def read_marked(name: str, words: str) -> bytes | None:
    """A picture with these words drawn all over it, so that a copy says whose it is; None when there is none.

    A picture never changes, so the last ones drawn are kept: a page of six costs its reader one drawing each.
    """
    content = read_file(name)
    if content is None:
        return None
    image = Image.open(BytesIO(content)).convert("RGBA")
    tile = _tile(words, max(14, max(image.size) // 40))
    for place, down in enumerate(range(-tile.height // 3, image.height, tile.height)):
        # Every second row is moved aside, so that no strip of the picture is without a name.
        for across in range(-tile.width // 2 * (place % 2) - tile.width // 4, image.width, tile.width):
            image.paste(tile, (across, down), tile)
    target = BytesIO()
    image.save(target, "WEBP", quality=80, method=1)
    return target.getvalue()


def _tile(words: str, size: int) -> Image.Image:
    """The words aslant with a soft edge, to be read on dark and on light."""
    font = ImageFont.load_default(size)
    left, top, right, bottom = font.getbbox(words)
    line = Image.new("RGBA", (int(right - left) + 2 * size, int(bottom - top) + size), (0, 0, 0, 0))
    ImageDraw.Draw(line).text(
        (size, size // 2 - top), words, font=font, fill=(255, 255, 255, 120), stroke_width=1, stroke_fill=(0, 0, 0, 90)
    )
    return line.rotate(24, expand=True, resample=Image.Resampling.BICUBIC)


def write_file(name: str, content: bytes) -> None:
    """Keep a file under this name."""
    obstore.put(_store(_place()), name, content)


def read_file(name: str) -> bytes | None:
    """The content of a file; None when there is none."""
    try:
        return bytes(obstore.get(_store(_place()), name).bytes())
    except FileNotFoundError:
        return None


def remove_file(name: str) -> None:
    """Remove a file; one that is gone already is no fault."""
    try:
        obstore.delete(_store(_place()), name)
    except FileNotFoundError:
        return


def redraw(content: bytes) -> Picture:
    """A picture and its thumbnail, upright, at most 2,000 and 480 dots long, without anything but its dots.

    Raises:
        BadPicture: not a JPEG, PNG, WebP or GIF, more than 12 MB, more than 50 million dots, or broken.
    """
    if len(content) > PICTURE_BYTES:
        raise BadPicture(_("That picture is larger than %(limit)s MB. Send a smaller one.", limit=12))
    with _as_refusals():
        image = Image.open(BytesIO(content), formats=_FORMATS)
        # The head alone was read so far: what would unpack into too much is refused before it does.
        if image.width * image.height > PICTURE_DOTS:
            raise BadPicture(_("That picture has too many dots. Send a smaller one."))
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        plain = upright.convert("RGBA" if _has_alpha(upright) else "RGB")
        plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        small = plain.copy()
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
        return Picture(_drawn(plain), _drawn(small), plain.width, plain.height)


@contextmanager
def _as_refusals() -> Iterator[None]:
    try:
        yield
    except Refusal:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise BadPicture(_("That is no picture that can be shown. Send a JPEG, PNG, WebP or GIF.")) from problem
    except (OSError, ValueError, SyntaxError, MemoryError, EOFError, OverflowError) as problem:
        raise BadPicture(_("That picture is broken. Save it anew and send it again.")) from problem


def _has_alpha(image: Image.Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def _drawn(image: Image.Image) -> bytes:
    # A new image of the dots alone: profiles, comments and places stay behind.
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    target = BytesIO()
    bare.save(target, "WEBP", quality=82, method=3)
    return target.getvalue()


def _place() -> str:
    settings = config.current()
    return settings.FILE_STORE or str(settings.DATA_FOLDER / "files")


@lru_cache(maxsize=4)
def _store(place: str) -> Any:
    if "://" in place:
        # Keys and region come from the environment, as every tool for S3 reads them.
        return from_url(place)
    return LocalStore(place, mkdir=True)
