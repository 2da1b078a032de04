"""What a connector or a file import hands to `take_in`: mentions and authors in one shape, not yet stored."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

MENTION_KINDS = frozenset(
    {
        "post",
        "comment",
        "reply",
        "quote",
        "repost",
        "article",
        "video",
        "photo",
        "review",
        "question",
        "answer",
        "issue",
        "discussion",
        "webmention",
        "tutorial",
        "build",
    }
)
MAX_TITLE_CHARS = 500
MAX_TEXT_CHARS = 20_000

# Controls but tab and newline, halves of surrogate pairs, and code points that are no characters.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
# Marks that turn the direction of what follows could make one name look like another.
_TURNS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaDraft:
    """A picture, film or sound that belongs to a mention; `kind` is image, video, audio, gif or link."""

    kind: str
    url: str
    thumb_url: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorDraft:
    """One account on one channel, as the channel showed it; counts are None where it does not say.

    `is_unlisted` is true of those who ask not to be found by searches: they are heard, and never ranked.
    """

    channel: str
    handle: str
    external_id: str | None = None
    name: str | None = None
    url: str | None = None
    avatar_url: str | None = None
    followers: int | None = None
    bio: str | None = None
    is_bot: bool = False
    is_unlisted: bool = False


# Not frozen, for an import makes a hundred thousand of these and a frozen one takes four times as long to make.
@dataclass(slots=True, kw_only=True)
class MentionDraft:
    """One public mention in the shape of the house.

    `text` is plain text, times are aware UTC, ids are strings, and a count of None means that the
    channel does not say. `channel`, `origin_host` and `external_id` together name the mention. `links` are
    the addresses that it points at, with blanks between them: its words may show them cut short, or not at all.

    Raises:
        ValueError: the kind is unknown, a time has no zone, or an id is empty.
    """

    channel: str
    external_id: str
    origin_host: str | None = None
    uri: str | None = None
    kind: str = "post"
    title: str | None = None
    text: str = ""
    lang: str | None = None
    url: str | None = None
    created_at: datetime
    edited_at: datetime | None = None
    author: AuthorDraft
    parent_id: str | None = None
    parent_author: str | None = None
    thread_id: str | None = None
    likes: int | None = None
    replies: int | None = None
    shares: int | None = None
    views: int | None = None
    rating: float | None = None
    media: tuple[MediaDraft, ...] = ()
    links: str | None = None
    keep_until: datetime | None = None

    def __post_init__(self) -> None:
        if not self.external_id:
            raise ValueError("a mention needs the id its channel gave it")
        if self.kind not in MENTION_KINDS:
            raise ValueError(f"unknown kind of mention: {self.kind!r}")
        for moment in (self.created_at, self.edited_at, self.keep_until):
            if moment is not None and moment.utcoffset() is None:
                raise ValueError(f"{moment} has no time zone")


def clean_text(value: object, limit: int) -> str:
    """Plain text in NFC, without control characters, newlines as one sign, cut at the limit."""
    if not isinstance(value, str):
        value = "" if value is None else str(value)
    if not value.isprintable():
        value = _UNWANTED.sub("", value.replace("\r\n", "\n"))
    if not value.isascii():
        value = unicodedata.normalize("NFC", value)
    value = value.strip()
    return value if len(value) <= limit else value[:limit].rstrip()


def clean_line(value: object, limit: int) -> str | None:
    """One line of plain text that cannot turn the direction of what follows it; None if it is empty."""
    text = clean_text(value, limit)
    if not text.isascii():
        text = _TURNS.sub("", text)
    if not text.isprintable():
        text = " ".join(text.split())
    return text or None
