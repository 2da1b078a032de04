"""One feed entry in the shape of the house; pure, so a stored entry reads the same on any day."""

import hashlib
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from portal.foundation.text import fold
from portal.listening.connectors.contract import Context, Contract, Deletion, Raw
from portal.listening.connectors.pieces import (
    MAX_NAME_CHARS,
    MAX_URL_CHARS,
    address_of,
    count_of,
    host_of,
    id_of,
    links_of,
    media_of,
    piece,
    pieces,
)
from portal.listening.drafts import (
    MAX_TEXT_CHARS,
    MAX_TITLE_CHARS,
    AuthorDraft,
    MediaDraft,
    MentionDraft,
    clean_line,
    clean_text,
)
from portal.listening.languages import primary_language

CHANNEL = "feeds"
RETENTION_DAYS = 730
MAX_ID_CHARS = 255
_EDIT_GRACE = timedelta(minutes=1)
_GOOGLE_HOST = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}\Z")
_ENCODED = re.compile(r"%(?:3F|3D|26|25|2B|23|3B|2C)", re.IGNORECASE)
_MEDIA_KINDS = {"image", "video", "audio"}


def identity_of(raw: Raw) -> str:
    """The entry's own id, else its link, else a hash of what it says; long ones are hashed to fit."""
    name = clean_line(raw.get("id"), 10_000) or clean_line(raw.get("link"), 10_000)
    if name and len(name) <= MAX_ID_CHARS:
        return name
    words = name or "\n".join(str(raw.get(part) or "") for part in ("title", "published", "text"))
    return "sha256:" + hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def content_of(raw: Raw) -> str:
    """A fingerprint of what the entry says; counts and dates are left out, for they change by themselves."""
    words = f"{raw.get('title')}\n{raw.get('text')}{raw.get('gone') or ''}"
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def normalise_entry(raw: Raw, ctx: Context) -> MentionDraft | Deletion:
    """Give an entry of a parsed feed the shape of a mention; one that its feed says is deleted is told as such.

    `raw` is an entry as `parse_feed` hands it out, with the feed's own title, link, language and author under
    `feed`, and `edited` if its words changed since it was last seen. A missing date is the time of `ctx`.

    Raises:
        Contract: it is no such entry.
    """
    feed = raw.get("feed")
    if not isinstance(feed, dict) or not isinstance(raw.get("text"), str):
        raise Contract("A feed entry arrived in a shape that is not known.")
    feed_host = host_of(ctx.config.get("url", ""))
    if raw.get("gone") is True:
        return Deletion(channel=CHANNEL, external_id=identity_of(raw), origin_host=feed_host or None)
    url = _page_of(unwrapped(str(raw.get("link") or "").strip()))
    created_at = _created_at(raw, ctx.now)
    uri = clean_line(raw.get("id"), MAX_URL_CHARS + 1)
    return MentionDraft(
        channel=CHANNEL,
        external_id=identity_of(raw),
        # Ids like "17" are common, so they count within the feed's own host.
        origin_host=feed_host or None,
        uri=uri if uri and len(uri) <= MAX_URL_CHARS else None,
        kind="video" if _is_video(raw, url) else "article",
        title=clean_line(raw.get("title"), MAX_TITLE_CHARS),
        text=clean_text(raw["text"], MAX_TEXT_CHARS),
        lang=primary_language(id_of(raw.get("language")) or id_of(feed.get("language"))),
        url=url,
        created_at=created_at,
        edited_at=_edited_at(raw, created_at, ctx.now),
        author=_author(raw, feed, host_of(url or "") or feed_host),
        replies=count_of(raw.get("replies")),
        likes=count_of(raw.get("likes")),
        views=count_of(raw.get("views")),
        media=_media(pieces(raw, "media")),
        links=links_of(*map(unwrapped, map(id_of, pieces(raw, "links")))),
        keep_until=ctx.now + timedelta(days=RETENTION_DAYS),
    )


def _created_at(raw: Raw, seen_at: datetime) -> datetime:
    said = _moment(raw.get("published")) or _moment(raw.get("updated"))
    # A date in the future is a wish or a mistake; we have seen the entry by now.
    return min(said, seen_at) if said else seen_at


def _edited_at(raw: Raw, created_at: datetime, seen_at: datetime) -> datetime | None:
    updated = _moment(raw.get("updated"))
    if updated and updated - created_at > _EDIT_GRACE:
        return min(updated, seen_at)
    return seen_at if raw.get("edited") else None


def _moment(value: object) -> datetime | None:
    """A time that says its zone: the parser gives no other."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo and moment.year >= 1970 else None


def _author(raw: Raw, feed: dict[str, Any], host: str) -> AuthorDraft:
    """The named writer on this host, else the feed or (for an alert) the page's host itself."""
    # Feeds of one person name them once, at the top.
    about = feed if raw.get("author") in {"", None, feed.get("author")} and not raw.get("author_url") else raw
    name = clean_line(raw.get("author") or feed.get("author"), MAX_NAME_CHARS)
    channel_id = clean_line(raw.get("channel_id"), MAX_NAME_CHARS)
    site = host.removeprefix("www.") or "feed"
    if name is None:
        is_alert = bool(_GOOGLE_HOST.match(host_of(str(raw.get("link") or ""))))
        title = None if is_alert else clean_line(feed.get("title"), MAX_NAME_CHARS)
        home = f"https://{host}/" if host else None
        return AuthorDraft(channel=CHANNEL, handle=channel_id or site, name=title or site, url=home)
    slug = re.sub(r"[\W_]+", "-", fold(name)).strip("-")[:80]
    return AuthorDraft(
        channel=CHANNEL,
        handle=channel_id or (f"{slug}@{site}" if slug else site),
        external_id=channel_id,
        name=name,
        url=address_of(about.get("author_url")),
        avatar_url=address_of(about.get("author_avatar")),
    )


def _media(found: list[Any]) -> tuple[MediaDraft, ...]:
    shown = ((id_of(piece(item, "kind")), piece(item, "url"), None) for item in found)
    return media_of(item for item in shown if item[0] in _MEDIA_KINDS)


def _is_video(raw: Raw, url: str | None) -> bool:
    return str(raw.get("id")).startswith("yt:video:") or host_of(url or "").removeprefix("www.") == "youtube.com"


def _page_of(link: str) -> str | None:
    """The address; a space behind its host is a mistake that every browser mends."""
    scheme, _slashes, rest = link.partition("://")
    host, _slash, path = rest.partition("/")
    return address_of(f"{scheme}://{host}/{path.replace(' ', '%20')}" if " " in path else link)


def unwrapped(link: str) -> str:
    """The page behind a Google Alerts link, `https://www.google.com/url?rct=j&sa=t&url={page}&ct=ga&cd=…`."""
    host = host_of(link)
    parts = urlsplit(link) if host else None
    if not parts or parts.path != "/url" or not _GOOGLE_HOST.match(host):
        return link
    # The page may stand there without percent-encoding; then its own parameters end where Google's go on.
    bare = re.search(r"(?:^|&)(?:url|q)=(https?://.*?)(?=&ct=ga(?:&|$)|&cd=|&usg=|$)", parts.query)
    if bare:
        # Without a query of its own in sight, its marks are encoded once: `watch%3Fv%3Dabc`.
        return bare[1] if "?" in bare[1] else _ENCODED.sub(lambda mark: unquote(mark[0]), bare[1])
    named = parse_qs(parts.query)
    return (named.get("url") or named.get("q") or [link])[0]
