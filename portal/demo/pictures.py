"""Pictures of lamps that never were: drawn by us, the same every time, and fetched from nowhere."""

import random
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter
from sqlalchemy import select

from portal.demo.suggestions import Step
from portal.foundation.database import session
from portal.foundation.storage import write_file
from portal.ledger.services import Upload
from portal.listening.models import MentionMedia

WIDTH, HEIGHT = 360, 240
# Wall and shade of each craft.
_COLOURS = {
    "weaving": ("#8c7a63", "#e9d9b8"),
    "printing": ("#40515c", "#d9e4e8"),
    "folding": ("#7c6a70", "#f4ece4"),
    "repairing": ("#4a4a45", "#c9b184"),
    "felting": ("#6d5a52", "#d7a58c"),
    "electronics": ("#2d3a45", "#9fd0c7"),
    "teaching": ("#6b7357", "#efe3b4"),
    "veneer": ("#5b4636", "#e2b880"),
    "knitting": ("#5e4a5c", "#e3b9c9"),
}
_KEPT = 400


def draw_pictures() -> int:
    """Draw what waits to be fetched in the newest mentions, and say how many; the rest is given up."""
    waiting = select(MentionMedia).where(MentionMedia.due_at.isnot(None)).order_by(MentionMedia.id.desc())
    count = 0
    for media in session().scalars(waiting):
        media.due_at = None
        if count < _KEPT:
            craft, name = media.url.split("/")[-2:]
            media.key, media.width, media.height = f"heard/demo-{name.partition('.')[0]}.webp", WIDTH, HEIGHT
            write_file(media.key, lamp(craft, int(name.partition(".")[0])))
            count += 1
    return count


def sent_with(step: Step) -> Iterator[Upload]:
    """The files of an entry: a picture of a lamp of this craft, or the words themselves."""
    for number, (name, content) in enumerate(step.files):
        is_picture = name.endswith(".webp")
        yield Upload(name, BytesIO(lamp(content, number) if is_picture else content.encode()))


def lamp(craft: str, number: int) -> bytes:
    """A hanging lamp before a wall, as WebP."""
    chance = random.Random(number)  # noqa: S311 - chance that repeats is the point
    wall, shade = _COLOURS.get(craft, ("#5a5a5a", "#e8e0d0"))
    image = Image.new("RGB", (WIDTH, HEIGHT), wall)
    x, top = chance.randint(110, 250), chance.randint(60, 100)
    wide, tall, narrow = chance.randint(45, 85), chance.randint(45, 80), chance.uniform(0.3, 1.1)
    # What is blurred needs few dots.
    glow = Image.new("RGB", (WIDTH // 4, HEIGHT // 4), wall)
    round_it = tuple(edge / 4 for edge in (x - 130, top - 40, x + 130, top + tall + 130))
    ImageDraw.Draw(glow).ellipse(round_it, fill="#ffe2a0")
    glow = glow.filter(ImageFilter.GaussianBlur(10.5)).resize(image.size, Image.Resampling.BICUBIC)
    image = Image.blend(image, glow, 0.72)
    pen = ImageDraw.Draw(image)
    pen.line((x, 0, x, top), fill="#1d1a17", width=3)
    upper = wide * narrow
    pen.polygon([(x - upper, top), (x + upper, top), (x + wide, top + tall), (x - wide, top + tall)], fill=shade)
    for step in range(1, chance.randint(5, 11)):
        share = step / 11
        left, right = x - upper + 2 * upper * share, x - wide + 2 * wide * share
        pen.line((left, top, right, top + tall), fill=wall, width=2)
    pen.ellipse((x - wide, top + tall - 5, x + wide, top + tall + 5), fill="#fff3cf")
    pen.rectangle((0, HEIGHT - chance.randint(18, 34), WIDTH, HEIGHT), fill="#2b241f")
    target = BytesIO()
    image.save(target, "WEBP", quality=74, method=2)
    return target.getvalue()
