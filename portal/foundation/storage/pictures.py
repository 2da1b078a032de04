"""Pictures: drawn anew at arm's length before they are kept, and marked for who may see them."""

import hashlib
import json
import secrets
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import structlog
from PIL import Image, ImageDraw, ImageFont

from portal.foundation.errors import Refusal
from portal.foundation.storage.files import NotJustNow, read_file, remove_file, write_file
from portal.foundation.text import gettext as _

# What someone may send, in bytes and in dots; more is refused before anything is unpacked.
PICTURE_BYTES = 12 * 1024 * 1024
PICTURE_DOTS = 25_000_000
# As many as come with one suggestion, or with one question.
PICTURES = 6
# What is kept: the longer side of the picture and of its thumbnail, in dots.
LONGEST_SIDE = 2000
THUMBNAIL_SIDE = 480
# What drawing one picture may cost: seconds of the processor, seconds by the clock, bytes of memory.
_CPU_S, _PATIENCE_S, _MEMORY = 20, 40.0, 1 << 30
_DRAWING = Path(__file__).with_name("drawing.py")
# How the names of such files end; whatever is in the file, it is kept as WebP.
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif")


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
    """Where a picture was put, how large it is in dots and bytes, and the SHA-256 of what was kept, in hex."""

    key: str
    width: int
    height: int
    size: int
    digest: str


def store_picture(stream: IO[bytes]) -> StoredPicture:
    """Draw a picture anew and keep it with its thumbnail, under a name that nobody can guess.

    Raises:
        BadPicture: see `redraw`.
        NotJustNow: it could be neither drawn nor kept.
    """
    picture = redraw(stream.read(PICTURE_BYTES + 1))
    key = f"pictures/{secrets.token_hex(16)}"
    try:
        write_file(f"{key}.webp", picture.full)
        write_file(f"{key}-small.webp", picture.thumbnail)
    except NotJustNow:
        _leave_nothing(key)
        raise
    digest = hashlib.sha256(picture.full).hexdigest()
    return StoredPicture(key, picture.width, picture.height, len(picture.full), digest)


def store_pictures(streams: Iterable[IO[bytes]]) -> list[StoredPicture]:
    """Keep several pictures, or none of them if one is refused.

    Raises:
        BadPicture, NotJustNow: see `store_picture`.
    """
    kept: list[StoredPicture] = []
    try:
        for stream in streams:
            kept.append(store_picture(stream))
    except Exception:
        for picture in kept:
            _leave_nothing(picture.key)
        raise
    return kept


def remove_picture(key: str) -> None:
    """Remove a picture and its thumbnail; one that is gone already is no fault.

    Raises:
        NotJustNow: one of them is still there.
    """
    for name in (f"{key}.webp", f"{key}-small.webp"):
        remove_file(name)


def _leave_nothing(key: str) -> None:
    # Why it could not be kept is what whoever sent it reads; that the rest stayed behind is in the log.
    with suppress(NotJustNow):
        remove_picture(key)


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


def redraw(content: bytes, *, memory: int = _MEMORY) -> Picture:
    """A picture and its thumbnail, upright, at most 2,000 and 480 dots long, without anything but its dots.

    It is drawn by a process of its own, which knows nothing of the portal and may use little.

    Raises:
        BadPicture: not a JPEG, PNG, WebP or GIF, more than 12 MB, more than 25 million dots, or broken.
        NotJustNow: the process that draws it could not begin, or was stopped, by its limits or by the machine.
    """
    if len(content) > PICTURE_BYTES:
        raise BadPicture(_("That picture is larger than %(limit)s MB. Send a smaller one.", limit=12))
    limits = (_CPU_S, memory, PICTURE_DOTS, LONGEST_SIDE, THUMBNAIL_SIDE)
    # Every argument is ours; the environment is empty, and no descriptor but the pipes goes along.
    command = [sys.executable, "-I", str(_DRAWING), *map(str, limits)]
    try:
        child = subprocess.run(  # noqa: S603
            command,
            input=content,
            capture_output=True,
            env={"LC_ALL": "C.UTF-8"},
            timeout=_PATIENCE_S,
            check=False,
            start_new_session=True,
        )
    except (subprocess.TimeoutExpired, OSError) as problem:
        raise _stopped(str(problem)) from problem
    if child.returncode < 0:
        raise _stopped(f"signal {-child.returncode}")
    line, _newline, drawn = child.stdout.partition(b"\n")
    about: dict[str, Any] = json.loads(line) if child.returncode == 0 else {"refused": "broken"}
    if "refused" in about:
        raise _refusal(about["refused"])
    full = about["full"]
    return Picture(drawn[:full], drawn[full : full + about["thumbnail"]], about["width"], about["height"])


def _refusal(why: str) -> BadPicture:
    sentences = {
        "dots": _("That picture has too many dots. Send a smaller one."),
        "kind": _("That is no picture that can be shown. Send a JPEG, PNG, WebP or GIF."),
        "broken": _("That picture is broken. Save it anew and send it again."),
    }
    return BadPicture(sentences[why])


def _stopped(why: str) -> NotJustNow:
    structlog.get_logger().error("picture_not_drawn", why=why[:300])
    return NotJustNow(
        _("That picture could not be drawn just now. Send it again in a moment; if that fails too, send a smaller one.")
    )
