"""A year of invented mentions, the same for the same seed."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from portal.demo import words
from portal.demo.cast import ALSO, FIRST_NAMES, LAST_NAMES, MAKERS, Maker
from portal.listening.drafts import AuthorDraft, MediaDraft, MentionDraft

PASSERS_BY = 420
_ADDRESS = {
    "mastodon": "https://social.example.org/@{handle}/{number}",
    "youtube": "https://video.example.org/watch/{number}",
    "instagram": "https://photos.example.org/{handle}/{number}",
    "reddit": "https://board.example.org/r/lamps/{number}",
    "bluesky": "https://sky.example.org/{handle}/{number}",
    "blog": "https://{handle}.example.org/{number}",
    "forum": "https://forum.example.org/t/{number}",
}
_KIND = {"youtube": "video", "instagram": "photo", "blog": "article"}


def a_year(end: datetime, seed: int = 7) -> Iterator[MentionDraft]:
    """Every mention of the year before `end`, in no order."""
    chance = random.Random(seed)  # noqa: S311 - chance that repeats is the point
    number = 1000
    for maker in (*MAKERS, *ALSO):
        for draft in _of_maker(maker, end, chance, number):
            number += 1
            yield draft
    for index in range(PASSERS_BY):
        number += 1
        yield _of_passer_by(index, end, chance, number)


def _of_maker(maker: Maker, end: datetime, chance: random.Random, number: int) -> Iterator[MentionDraft]:
    for month in range(12):
        # The newer half of the makers found the brand during the year.
        if maker.member_number == 0 and month > chance.randint(4, 11) and not maker.quiet_for:
            continue
        for _ in range(max(1, round(chance.gauss(maker.pace, 0.8)))):
            number += 1
            moment = end - timedelta(days=30 * month + chance.uniform(0, 29), hours=_waking_hour(chance))
            # Everyone has their hours of the day.
            hour = 17 + len(maker.handle) % 5 + chance.choice((0, 0, 0, 1, 1, 2, -6))
            moment = min(moment.replace(hour=min(23, hour)), end - timedelta(hours=chance.uniform(1, 9)))
            draft = _draft(maker, chance, moment, number)
            if moment < end - timedelta(days=maker.quiet_for):
                yield draft


def _draft(maker: Maker, chance: random.Random, moment: datetime, number: int) -> MentionDraft:
    lamp = chance.choice(words.LAMPS)
    dice = chance.random()
    kind, title, parent = "post", None, None
    if dice < (0.42 if maker.warmth >= 0.2 else 0.25):
        text = chance.choice(words.MADE[maker.craft])
        kind = _KIND.get(maker.channel, "post")
        if kind == "video":
            title = chance.choice(words.VIDEO_TITLES).format(lamp=lamp)
        elif kind == "article":
            title = chance.choice(words.ARTICLE_TITLES).format(lamp=lamp)
    elif dice < (0.66 if maker.warmth >= 0.2 else 0.4):
        text, kind, parent = chance.choice(words.ADVICE), "reply", f"passer_{chance.randint(0, 60)}"
    elif maker.warmth >= 0.2 and dice < 0.66 + 0.22 * maker.warmth:
        text = chance.choice(words.PRAISE)
    elif maker.warmth < 0.2:
        text = chance.choice(3 * words.GRUMBLES + words.SUGGESTIONS)
    elif maker.warmth < 0.5:
        text = chance.choice(words.GRUMBLES + words.SUGGESTIONS)
    else:
        text = chance.choice(words.SUGGESTIONS)
    text += " " + chance.choice(words.ENDINGS).format(days=chance.randint(2, 40), watt=chance.randint(3, 60))
    likes = int(chance.expovariate(1 / (4 + maker.followers / 800)))
    return MentionDraft(
        channel=maker.channel,
        external_id=f"demo-{maker.handle}-{number}",
        kind=kind,
        title=title,
        text=text.format(lamp=lamp),
        lang="en",
        url=_ADDRESS[maker.channel].format(handle=maker.handle, number=number),
        created_at=moment,
        author=AuthorDraft(
            channel=maker.channel,
            handle=maker.handle,
            name=maker.name,
            url=f"https://profiles.example.org/{maker.handle}",
            followers=maker.followers,
        ),
        parent_id=f"demo-question-{number}" if parent else None,
        parent_author=parent,
        likes=likes,
        replies=int(likes * chance.random() * 0.4),
        media=_pictured(maker, kind, title or text, number),
    )


def _pictured(maker: Maker, kind: str, words_of_it: str, number: int) -> tuple[MediaDraft, ...]:
    """What a film, a photo or an article shows; nobody fetches it, for the demonstration draws its own."""
    if kind not in {"video", "photo", "article"}:
        return ()
    still = f"https://pictures.example.org/{maker.craft}/{number}.jpg"
    shown = "video" if kind == "video" else "image"
    return (MediaDraft(kind=shown, url=f"{still}#{shown}", thumb_url=still, alt=words_of_it[:120]),)


def _of_passer_by(index: int, end: datetime, chance: random.Random, number: int) -> MentionDraft:
    channel = chance.choice(("mastodon", "instagram", "reddit", "bluesky", "reddit", "bluesky"))
    handle = f"passer_{index}"
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
    return MentionDraft(
        channel=channel,
        external_id=f"demo-{handle}-{number}",
        kind="post",
        text=chance.choice(words.PASSING).format(lamp=chance.choice(words.LAMPS)),
        lang="en",
        url=_ADDRESS[channel].format(handle=handle, number=number),
        created_at=end - timedelta(days=chance.uniform(0, 360), hours=_waking_hour(chance)),
        author=AuthorDraft(channel=channel, handle=handle, name=name, followers=int(chance.expovariate(1 / 300))),
        likes=int(chance.expovariate(1 / 3)),
    )


def _waking_hour(chance: random.Random) -> float:
    return chance.triangular(0, 16, 5)
