"""Draws a stranger's picture anew, in a process of its own that may use little and knows nothing: bytes in, bytes out.

Run by its path, so that it loads nothing of the portal.
"""

import json
import resource
import sys
from io import BytesIO
from typing import Any

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class Refused(Exception):
    """It is no picture, has too many dots, or is broken; the word for which."""


def limit(kind: int, most: int) -> None:
    """Lower a limit of this process for good; one that is lower already stays."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def main() -> None:
    """Arguments: CPU seconds, bytes of memory, dots, the longer side of the picture and of its thumbnail.

    The answer to the bytes of a picture is a line of JSON, then the picture and its thumbnail if there are any.
    """
    cpu, memory, dots, *sides = map(int, sys.argv[1:])
    limit(resource.RLIMIT_CPU, cpu)
    limit(resource.RLIMIT_AS, memory)
    limit(resource.RLIMIT_CORE, 0)
    # Loaded before the limits on files, which it still needs to read.
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.preinit()
    limit(resource.RLIMIT_FSIZE, 0)
    limit(resource.RLIMIT_NOFILE, 16)

    def redraw(content: bytes) -> tuple[dict[str, Any], bytes, bytes]:
        image = Image.open(BytesIO(content), formats=FORMATS)
        # The head alone was read so far: what would unpack into too much is refused before it does.
        if image.width * image.height > dots:
            raise Refused("dots")
        image.draft("RGB", (sides[0], sides[0]))
        upright = ImageOps.exif_transpose(image)
        has_alpha = "A" in upright.getbands() or "transparency" in upright.info
        plain = upright.convert("RGBA" if has_alpha else "RGB")
        plain.thumbnail((sides[0], sides[0]), Image.Resampling.LANCZOS)
        small = plain.copy()
        small.thumbnail((sides[1], sides[1]), Image.Resampling.LANCZOS)
        full, thumbnail = drawn(plain), drawn(small)
        about = {"width": plain.width, "height": plain.height, "full": len(full), "thumbnail": len(thumbnail)}
        return about, full, thumbnail

    def drawn(image: Any) -> bytes:
        # A new image of the dots alone: profiles, comments and places stay behind.
        bare = Image.new(image.mode, image.size)
        bare.paste(image)
        target = BytesIO()
        bare.save(target, "WEBP", quality=82, method=3)
        return target.getvalue()

    def answer(content: bytes) -> tuple[dict[str, Any], bytes, bytes]:
        try:
            return redraw(content)
        except Refused as refused:
            return {"refused": str(refused)}, b"", b""
        except (UnidentifiedImageError, Image.DecompressionBombError):
            return {"refused": "kind"}, b"", b""
        except Exception:
            return {"refused": "broken"}, b"", b""

    about, full, thumbnail = answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(about).encode() + b"\n" + full + thumbnail)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
