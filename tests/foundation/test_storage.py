"""Pictures are drawn anew before they are kept, and what is none is refused."""

import os
import signal
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from portal.foundation import config
from portal.foundation.storage import (
    LONGEST_SIDE,
    PICTURE_BYTES,
    BadPicture,
    NotJustNow,
    read_file,
    redraw,
    remove_picture,
    store_picture,
    store_pictures,
)
from tests.conftest import settings_for_tests
from tests.pictures import photo


def test_a_picture_keeps_its_dots_and_nothing_else() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRET CAMERA"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 0.0)

    drawn = redraw(photo(exif=exif, comment=b"SECRET WORDS"))

    assert b"SECRET" not in drawn.full
    shown = Image.open(BytesIO(drawn.full))
    # Turned upright by what the camera said, which is then forgotten.
    assert (shown.format, shown.size, (drawn.width, drawn.height)) == ("WEBP", (40, 60), (40, 60))
    assert not shown.getexif()
    assert "exif" not in shown.info


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_the_usual_kinds_are_taken(kind: str) -> None:
    drawn = redraw(photo(kind, size=(2600, 30)))

    assert drawn.width == LONGEST_SIDE
    assert Image.open(BytesIO(drawn.thumbnail)).width == 480


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it has this many dots."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "no picture"), (b"no picture", "no picture"), (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
     (photo("BMP"), "no picture"), (photo()[:200], "broken"), (bomb(100_000, 100_000), "no picture|too many dots"),
     (bomb(5_001, 5_000), "too many dots"), (b"x" * (PICTURE_BYTES + 1), "larger than 12 MB")],
    ids=["empty", "words", "drawing", "bitmap", "cut", "bomb", "dots", "endless"],
)  # fmt: skip
def test_what_is_no_picture_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(BadPicture, match=why):
        redraw(content)


def test_a_picture_that_takes_too_much_breaks_the_process_that_draws_it_and_no_other() -> None:
    with pytest.raises(BadPicture, match="broken"):
        redraw(photo(), memory=1 << 20)

    assert redraw(photo()).width == 60


def test_a_picture_is_stored_read_and_removed(tmp_path) -> None:
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))

    kept = store_picture(BytesIO(photo()))

    assert (kept.width, kept.height) == (60, 40)
    assert len(read_file(f"{kept.key}.webp") or b"") == kept.size
    assert read_file(f"{kept.key}-small.webp")
    remove_picture(kept.key)
    remove_picture(kept.key)
    assert read_file(f"{kept.key}.webp") is None
    assert not list((tmp_path / "files").rglob("*.webp"))


def test_what_cannot_be_kept_is_said_in_a_sentence_and_leaves_nothing(tmp_path) -> None:
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "pictures").write_text("no folder")
    for keep in (lambda: store_picture(BytesIO(photo())), lambda: store_pictures([BytesIO(photo())])):
        with pytest.raises(NotJustNow, match="could not be kept just now"):
            keep()
    for name, words in ((read_file, "cannot be read just now"), (remove_picture, "could not be taken away just now")):
        with pytest.raises(NotJustNow, match=words):
            name("pictures/lamp")

    assert [path.name for path in folder.rglob("*")] == ["pictures"]


def test_a_drawing_that_is_stopped_from_outside_is_not_the_pictures_fault() -> None:
    def drawing() -> list[int]:
        tasks = Path("/proc/self/task").glob("*/children")
        children = [int(number) for task in tasks for number in task.read_text().split()]
        return [one for one in children if b"drawing.py" in Path(f"/proc/{one}/cmdline").read_bytes()]

    with ThreadPoolExecutor(1) as pool:
        drawn = pool.submit(redraw, photo(size=(4000, 4000)))
        while not (found := drawing()):
            assert not drawn.done()
        os.kill(found[0], signal.SIGKILL)
        with pytest.raises(NotJustNow, match="could not be drawn just now"):
            drawn.result()
