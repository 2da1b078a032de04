"""Cells made into values: clean words, counts, ratings, ids, addresses, channels and kinds."""

import math
import re
from functools import lru_cache
from urllib.parse import urlsplit

from portal.foundation.text import gettext as _
from portal.listening.drafts import MENTION_KINDS, clean_text

MAX_ID_CHARS = 255
MAX_URL_CHARS = 2_000

_NOTHING = {"", "null", "none", "nan", "n/a", "na", "nat", "<na>", "\\n", "undefined", "-"}
_NO = {"false", "0", "0.0", "no", "f", "n", *_NOTHING}
_COMMON_NO = {"", "0", "False"}
_GROUPED = re.compile(r"\d{1,3}(?:[., '\u2019\u00a0\u202f]\d{3})+")
_WHOLE = re.compile(r"(\d{1,18})(?:[.,]0*)?")
_SHORTENED = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s?([km])", re.IGNORECASE)
# What a database of 64 bits and a browser can both count.
_MOST = 2**53
_SCHEMES = {"http", "https"}
_FLOAT_ID = re.compile(r"(\d+)\.0+")
_ROUNDED_ID = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)

_CHANNEL = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CHANNEL_NAMES = {"twitter": "x", "x-twitter": "x", "ycombinator": "hackernews", "hacker-news": "hackernews"}
_CHANNEL_HOSTS = {
    "twitter.com": "x", "x.com": "x", "t.co": "x", "reddit.com": "reddit", "redd.it": "reddit",
    "facebook.com": "facebook", "instagram.com": "instagram", "youtube.com": "youtube", "youtu.be": "youtube",
    "bsky.app": "bluesky", "threads.net": "threads", "threads.com": "threads", "tumblr.com": "tumblr",
    "flickr.com": "flickr", "github.com": "github", "linkedin.com": "linkedin", "tiktok.com": "tiktok",
    "news.ycombinator.com": "hackernews", "stackoverflow.com": "stackexchange",
    "stackexchange.com": "stackexchange", "yelp.com": "yelp", "trustpilot.com": "trustpilot",
    "producthunt.com": "producthunt", "play.google.com": "google-play", "apps.apple.com": "app-store",
    "vimeo.com": "vimeo", "medium.com": "medium", "pinterest.com": "pinterest", "t.me": "telegram",
}  # fmt: skip
_KIND_NAMES = {
    "tweet": "post", "status": "post", "text": "post", "link": "post", "message": "post", "share": "repost",
    "retweet": "repost", "boost": "repost", "reblog": "repost", "quotetweet": "quote", "image": "photo",
    "picture": "photo", "blog": "article", "news": "article", "thread": "discussion", "topic": "discussion",
    "bug": "issue", "howto": "tutorial",
}  # fmt: skip


class BadValue(ValueError):
    """A cell cannot be what its column says; the message is the reason."""


def read_id(value: object) -> str | None:
    """An id as text; None for none, and for one that a spreadsheet has rounded to `5.70306E+17`."""
    if isinstance(value, str) and value.isdigit() and len(value) <= MAX_ID_CHARS:
        return value
    if isinstance(value, float):
        value = f"{value:.0f}" if value.is_integer() and abs(value) < _MOST else None
    text = clean_text(value, MAX_ID_CHARS)
    if text.lower() in _NOTHING or _ROUNDED_ID.fullmatch(text):
        return None
    whole = _FLOAT_ID.fullmatch(text)
    return whole[1] if whole else text


def read_count(value: object) -> int | None:
    """A count from 0 up; `1,234`, `3.0` and `1.2K` are read, nothing is None, less than nothing is 0.

    Raises:
        BadValue: it is no number.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return _count_of(value)
    if isinstance(value, int | float) and abs(value) < _MOST:
        return max(0, int(value))
    if isinstance(value, float) and math.isnan(value):
        return None
    raise BadValue(_no_count(value))


@lru_cache(maxsize=8192)
def _count_of(words: str) -> int | None:
    text = words.strip()
    if text.lower() in _NOTHING:
        return None
    digits = text.lstrip("+-")
    whole = _WHOLE.fullmatch(digits)
    short = _SHORTENED.fullmatch(digits)
    if whole:
        number = int(whole[1])
    elif _GROUPED.fullmatch(digits):
        number = int(re.sub(r"\D", "", digits))
    elif short:
        number = round(float(short[1]) * (1_000 if short[2] in "kK" else 1_000_000))
    else:
        raise BadValue(_no_count(words))
    if number >= _MOST:
        raise BadValue(_no_count(words))
    return 0 if text.startswith("-") else number


def _no_count(value: object) -> str:
    return _("“%(value)s” is not a count", value=str(value)[:40])


def read_rating(value: object) -> float | None:
    """A rating from 0 to 100; None for none.

    Raises:
        BadValue: it is no number, or outside.
    """
    words = str(value).strip().lower()
    if value is None or words in _NOTHING:
        return None
    try:
        number = float(words.replace(",", "."))
    except ValueError:
        number = math.nan
    if not 0 <= number <= 100:
        raise BadValue(_("“%(value)s” is not a rating", value=words[:40]))
    return number


def read_address(value: object) -> str | None:
    """A web address that a person can open; None for anything else."""
    if not value:
        return None
    text = clean_text(value, MAX_URL_CHARS + 1)
    if text.startswith("www."):
        text = f"https://{text}"
    if not text.startswith(("https://", "http://")) and text[:8].lower().partition("://")[0] not in _SCHEMES:
        return None
    return text if text.isprintable() and " " not in text and len(text) <= MAX_URL_CHARS else None


@lru_cache(maxsize=2048)
def read_channel(value: str) -> str:
    """The key of a channel, by its name (`Twitter`) or by an address on it; `web` for an unknown address.

    Raises:
        BadValue: it names none.
    """
    words = value.strip().lower()
    if "." in words:
        return _channel_of_host(words)
    key = re.sub(r"[\s_/()]+", "-", words).strip("-")
    if not _CHANNEL.fullmatch(key) or len(key) > 40:
        raise BadValue(_("“%(value)s” does not name a channel", value=value[:40]))
    return _CHANNEL_NAMES.get(key, key)


def _channel_of_host(words: str) -> str:
    try:
        host = urlsplit(words if "://" in words else f"//{words}").hostname or ""
    except ValueError:
        host = ""
    parts = host.split(".")
    ends = (".".join(parts[start:]) for start in range(len(parts) - 1))
    return next((_CHANNEL_HOSTS[end] for end in ends if end in _CHANNEL_HOSTS), "web")


@lru_cache(maxsize=256)
def read_kind(value: str) -> str | None:
    """One of our kinds, also under the names that channels give them; None for none.

    Raises:
        BadValue: it names none of ours.
    """
    words = re.sub(r"[\s_-]+", "", value.lower())
    if words in _NOTHING:
        return None
    kind = _KIND_NAMES.get(words, words)
    if kind not in MENTION_KINDS:
        raise BadValue(
            _("“%(value)s” is not a kind of mention", value=value[:40]),
        )
    return kind


def is_set(value: object) -> bool:
    """Whether a flag is raised: `True`, `1`, `yes`, or any id or address in its place."""
    if isinstance(value, str):
        return value not in _COMMON_NO and value.strip().lower() not in _NO
    return bool(value) and value == value
