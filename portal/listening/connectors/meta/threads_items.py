"""Posts of Threads in the shape of the house, polled or pushed; pure."""

from collections.abc import Mapping

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract, Deletion, Raw
from portal.listening.connectors.pieces import media_of, name_of, piece, text_of
from portal.listening.drafts import MentionDraft

CHANNEL = "threads"
_SITE = "https://www.threads.com"
_MEDIA_KINDS = {"IMAGE": "image", "VIDEO": "video", "CAROUSEL_ALBUM": "image", "AUDIO": "audio"}


def raw_items(payload: object) -> list[Raw]:
    """The posts of an answer."""
    if isinstance(piece(payload, "data"), list):
        return list(values.objects(payload, "data"))
    return [values.mapping(payload)] if piece(payload, "id") is not None else []


def pushed_items(event: object) -> list[Raw]:
    """What a webhook brings: `values`, one object or a list, each with its `field` and the post as `value`."""
    found: list[Raw] = []
    for entry in values.objects(event, "values"):
        if isinstance(entry.get("value"), Mapping):
            found.append({**entry["value"], "topic": entry.get("field") or piece(event, "topic")})
    return found


def normalise_item(raw: Raw) -> MentionDraft | Deletion:
    """A post, reply or quote; other people's counts are never given.

    Raises:
        Contract: it is something else.
    """
    external_id = values.need_id(raw.get("id"), "post on Threads")
    if raw.get("topic") == "delete" or raw.get("media_type") == "DELETED":
        return Deletion(channel=CHANNEL, external_id=external_id)
    if not any(name in raw for name in ("text", "media_type", "permalink")):
        raise Contract("An item arrived from Threads that is no post.")
    handle = name_of(raw.get("username"))
    parent = values.identifier(piece(raw, "replied_to", "id"))
    shown = values.objects(raw, "children", "data") or [raw]
    return MentionDraft(
        channel=CHANNEL,
        external_id=external_id,
        kind=_kind(raw, parent),
        text=text_of(raw.get("text")),
        url=values.web_address(raw.get("permalink")),
        created_at=values.need_moment(raw.get("timestamp"), "post on Threads"),
        author=values.named_author(
            CHANNEL,
            handle,
            fallback=external_id,
            external_id=values.identifier(piece(raw, "owner", "id")),
            url=values.web_address(f"{_SITE}/@{handle}") if handle else None,
            avatar_url=values.web_address(raw.get("profile_picture_url")),
        ),
        parent_id=parent,
        thread_id=values.identifier(piece(raw, "root_post", "id")) or external_id,
        media=media_of(
            (
                _MEDIA_KINDS.get(str(part.get("media_type")), "image"),
                values.first_filled(part.get("media_url"), part.get("thumbnail_url")),
                part.get("alt_text"),
            )
            for part in shown
        ),
    )


def _kind(raw: Raw, parent: str | None) -> str:
    if raw.get("media_type") == "REPOST_FACADE":
        return "repost"
    if raw.get("is_quote_post") is True:
        return "quote"
    return "reply" if parent or raw.get("is_reply") is True else "post"
