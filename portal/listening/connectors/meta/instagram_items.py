"""Media and comments of Instagram in the shape of the house, polled or pushed; pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract, Raw
from portal.listening.connectors.pieces import media_of, name_of, piece, text_of
from portal.listening.drafts import AuthorDraft, MediaDraft, MentionDraft

CHANNEL = "instagram"
_SITE = "https://www.instagram.com"
_MEDIA_KINDS = {"IMAGE": "image", "VIDEO": "video", "REELS": "video", "CAROUSEL_ALBUM": "image"}
_SIGNS = {"text", "caption", "media_type", "media_url", "permalink"}
_WRAPPERS = ("business_discovery", "mentioned_media", "mentioned_comment")


def raw_items(payload: object) -> list[Raw]:
    """The media and comments of a Graph answer, wrapped or not, with the comments and replies they carry."""
    found: list[Raw] = []
    for item in _outer(payload):
        if not _SIGNS & item.keys():
            # Accounts, hashtags and figures come in the same envelope.
            continue
        found.append(item)
        found += [{**comment, "media": {"id": item.get("id")}} for comment in values.objects(item, "comments", "data")]
        found += [
            {**reply, "parent_id": item.get("id"), "media": item.get("media")}
            for reply in values.objects(item, "replies", "data")
        ]
    return found


def _outer(payload: object) -> list[Mapping[str, Any]]:
    whole = values.mapping(payload)
    for wrapper in _WRAPPERS:
        inner = values.mapping(whole, wrapper)
        if inner:
            return values.objects(inner, "media", "data") or [inner]
    if isinstance(whole.get("data"), list):
        return values.objects(whole, "data")
    if whole.get("id") is not None:
        return [whole]
    # Several ids asked for at once are answered as `{id: object}`.
    return [entry for key, entry in whole.items() if isinstance(entry, Mapping) and key == entry.get("id")]


def pushed_items(event: object) -> list[Raw]:
    """The comments that a webhook brings whole; mentions come as ids only, see `pushed_mentions`."""
    return [
        {**values.mapping(change, "value"), "pushed_at": entry.get("time")}
        for entry in values.objects(event, "entry")
        for change in values.objects(entry, "changes")
        if str(change.get("field")) in {"comments", "live_comments"}
    ]


def pushed_mentions(event: object) -> list[tuple[str, str | None]]:
    """Media id, and the comment's id if it was a comment, of each mention that a webhook tells of."""
    found = []
    for entry in values.objects(event, "entry"):
        for change in values.objects(entry, "changes"):
            media_id = values.identifier(piece(change, "value", "media_id"))
            if change.get("field") == "mentions" and media_id:
                found.append((media_id, values.identifier(piece(change, "value", "comment_id"))))
    return found


def normalise_item(raw: Raw, seen_at: datetime) -> MentionDraft:
    """A media object (`caption`, `media_type`) or a comment (`text`).

    Hashtag answers hold media of the last day and give a time only when asked for it; without one the moment
    in which it was seen counts.

    Raises:
        Contract: it is something else.
    """
    external_id = values.need_id(raw.get("id"), "Instagram item")
    if isinstance(raw.get("text"), str):
        return _comment(raw, external_id)
    if "media_type" in raw or "permalink" in raw or "media_url" in raw:
        return _media_item(raw, external_id, seen_at)
    raise Contract("An Instagram item arrived that is neither media nor a comment.")


def _comment(raw: Raw, external_id: str) -> MentionDraft:
    media_id = values.identifier(piece(raw, "media", "id"))
    parent = values.identifier(raw.get("parent_id"))
    said_at = values.first_filled(raw.get("timestamp"), raw.get("created_time"), raw.get("pushed_at"))
    return MentionDraft(
        channel=CHANNEL,
        external_id=external_id,
        kind="reply" if parent else "comment",
        text=text_of(raw["text"]),
        # A comment has no address of its own in any answer.
        url=None,
        created_at=values.need_moment(said_at, "Instagram comment"),
        author=_author(raw, external_id),
        parent_id=parent or media_id,
        thread_id=media_id,
        likes=values.count(raw.get("like_count")),
    )


def _media_item(raw: Raw, external_id: str, seen_at: datetime) -> MentionDraft:
    kind = "video" if str(raw.get("media_type")) in {"VIDEO", "REELS"} else "photo"
    return MentionDraft(
        channel=CHANNEL,
        external_id=external_id,
        kind=kind,
        text=text_of(raw.get("caption")),
        url=values.web_address(raw.get("permalink")),
        created_at=values.moment(raw.get("timestamp")) or seen_at,
        author=_author(raw, external_id),
        thread_id=external_id,
        likes=values.count(raw.get("like_count")),
        replies=values.count(raw.get("comments_count")),
        views=values.count(raw.get("view_count")),
        media=_pictures(raw),
    )


def _author(raw: Raw, external_id: str) -> AuthorDraft:
    """By user name; hashtag answers name nobody [unverified whether that holds for every field set]."""
    handle = name_of(values.first_filled(raw.get("username"), piece(raw, "from", "username")))
    number = values.first_filled(piece(raw, "from", "id"), piece(raw, "owner", "id"), piece(raw, "user", "id"))
    return values.named_author(
        CHANNEL,
        handle,
        fallback=external_id,
        external_id=values.identifier(number),
        url=values.web_address(f"{_SITE}/{handle}/") if handle else None,
    )


def _pictures(raw: Raw) -> tuple[MediaDraft, ...]:
    shown = values.objects(raw, "children", "data") or [raw]
    return media_of(
        (
            _MEDIA_KINDS.get(str(part.get("media_type")), "image"),
            values.first_filled(part.get("media_url"), part.get("thumbnail_url")),
            part.get("alt_text"),
            part.get("thumbnail_url"),
        )
        for part in shown
    )
