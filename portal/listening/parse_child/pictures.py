"""A stranger's picture drawn anew, small: what is kept has nothing of the original in it but its dots."""

import base64
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

MOST_DOTS = 25_000_000
SIDE = 480
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def draw_small(body: bytes, *, content_type: str, url: str) -> dict[str, Any]:
    """The first frame as WebP, at most 480 dots long, in base64, with its size.

    Raises:
        ValueError: it has more than 25 million dots, or fewer than 16 on a side (a counting pixel, an icon).
    """
    image = Image.open(BytesIO(body), formats=_FORMATS)
    # Only the head was read so far: what would unpack into too much is refused before it does.
    if image.width * image.height > MOST_DOTS or min(image.size) < 16:
        raise ValueError("too large or too small")
    image.draft("RGB", (2 * SIDE, 2 * SIDE))
    upright = ImageOps.exif_transpose(image)
    plain = upright.convert("RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB")
    plain.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    target = BytesIO()
    bare.save(target, "WEBP", quality=78, method=3)
    return {"content": base64.b64encode(target.getvalue()).decode(), "width": bare.width, "height": bare.height}
