"""Posts and comments of a Facebook Page in the shape of the house, polled or pushed; pure."""

from collections.abc import Mapping

from portal.listening.connectors import values
from portal.listening.connectors.contract import Deletion, LeftOut, Raw
from portal.listening.connectors.pieces import links_of, media_of, name_of, piece, text_of, title_of
from portal.listening.drafts import AuthorDraft, MediaDraft, MentionDraft

CHANNEL = "facebook"
_SITE = "https://www.facebook.com"
_WORDS = {
    "message", "story", "description", "title", "attachments", "attachment", "images", "full_picture", "permalink_url",
}  # fmt: skip
_PUSHED_COMMENT = {"comment"}
_PUSHED_POST = {"post", "status", "photo", "video", "share", "link", "album", "event"}


def raw_items(payload: object) -> list[Raw]:
    """The posts and comments of a Graph answer: `data`, one object, or several under their ids; comments within."""
    found: list[Raw] = []
    for item in filter(_may_be_said, _outer(payload)):
        found.append(item)
        post_id = item.get("id")
        for comment in values.objects(item, "comments", "data"):
            found.append({**comment, "post_id": post_id})
            found += [{**reply, "post_id": post_id} for reply in values.objects(comment, "comments", "data")]
    return found


def _may_be_said(item: Mapping[str, object]) -> bool:
    """Whether it can be a post, a comment or a medium: pages, people and private messages come in the same envelope."""
    has_time = "created_time" in item or "creation_time" in item
    return has_time and bool(_WORDS & item.keys()) and not str(item.get("id")).startswith("m_")


def _outer(payload: object) -> list[Mapping[str, object]]:
    if isinstance(piece(payload, "data"), list):
        return values.objects(payload, "data")
    if isinstance(piece(payload, "id"), str):
        return [values.mapping(payload)]
    # Several ids asked for at once are answered as `{id: object}`.
    return [
        entry for key, entry in values.mapping(payload).items() if isinstance(entry, Mapping) and key == entry.get("id")
    ]


def pushed_items(event: object) -> list[Raw]:
    """What a page's webhook brings: its field `feed`, one item for each change of a post or comment.

    The parts of the value are those of public examples and were not read in a specification [unverified].
    """
    return [
        {"pushed": change["value"], "page": entry.get("id")}
        for entry in values.objects(event, "entry")
        for change in values.objects(entry, "changes")
        if str(change.get("field")) in {"feed", "mention"} and isinstance(change.get("value"), Mapping)
    ]


def normalise_item(raw: Raw) -> MentionDraft | Deletion:
    """A post, comment, photo or video; a pushed change; a tombstone for what was removed.

    Raises:
        Contract: it is something else.
        LeftOut: it says nothing of its own: a like, a sticker, a share without words.
    """
    if "pushed" in raw:
        return _pushed(values.mapping(raw, "pushed"))
    external_id = values.need_id(_id_of(raw), "Facebook item")
    is_comment = _is_comment(raw)
    media = _media(raw)
    words = values.first_filled(*(raw.get(name) for name in ("message", "description", "story", "name", "title")))
    if not isinstance(words, str) and not media:
        raise LeftOut("A Facebook item says nothing of its own.")
    parent = values.identifier(piece(raw, "parent", "id"))
    post_id = values.identifier(raw.get("post_id")) or (_post_of(external_id) if is_comment else external_id)
    return MentionDraft(
        channel=CHANNEL,
        external_id=external_id,
        kind=_kind(raw, is_comment=is_comment, parent=parent),
        title=None if is_comment else title_of(raw.get("title")),
        text=text_of(words),
        url=_address(raw, external_id),
        created_at=values.need_moment(raw.get("created_time") or raw.get("creation_time"), "Facebook item"),
        edited_at=None,
        author=_author(raw, external_id),
        parent_id=parent or (post_id if is_comment else None),
        thread_id=post_id,
        likes=values.count(
            values.first_filled(
                piece(raw, "reactions", "summary", "total_count"),
                piece(raw, "likes", "summary", "total_count"),
                raw.get("like_count"),
            )
        ),
        replies=values.count(
            values.first_filled(piece(raw, "comments", "summary", "total_count"), raw.get("comment_count"))
        ),
        shares=values.count(piece(raw, "shares", "count")),
        media=media,
        links=links_of(raw.get("link"), *_attached(raw)),
    )


def _id_of(raw: Raw) -> object:
    """The id; an answer that was asked without it still has it in its link, `…/posts/1/?comment_id=2`."""
    if raw.get("id"):
        return raw["id"]
    link = str(raw.get("permalink_url") or "")
    post, _, comment = link.partition("comment_id=")
    number = post.rstrip("/?").rpartition("/")[2]
    comment = comment.partition("&")[0]
    return f"{number}_{comment}" if number.isdigit() and comment.isdigit() else None


def _is_comment(raw: Raw) -> bool:
    if "comment_id=" in str(raw.get("permalink_url") or "") or isinstance(raw.get("parent"), Mapping):
        return True
    return "post_id" in raw or "can_reply_privately" in raw or ("comment_count" in raw and "message" in raw)


def _kind(raw: Raw, *, is_comment: bool, parent: str | None) -> str:
    if is_comment:
        return "reply" if parent else "comment"
    if "source" in raw or "live_views" in raw or "embed_html" in raw or "length" in raw:
        return "video"
    return "photo" if "images" in raw else "post"


def _post_of(comment_id: str) -> str | None:
    """A comment's id is `{post}_{comment}` in most answers."""
    post, _, comment = comment_id.partition("_")
    return post if comment else None


def _address(raw: Raw, external_id: str) -> str | None:
    link = values.first_filled(raw.get("permalink_url"), raw.get("link"))
    if isinstance(link, str) and link.startswith("/") and not link.startswith("//"):
        link = f"{_SITE}{link}"
    return values.web_address(link) or values.web_address(f"{_SITE}/{external_id}")


def _author(raw: Raw, external_id: str) -> AuthorDraft:
    # `from` is left out where the person has not allowed the app to see them.
    sender = values.mapping(raw, "from")
    number = values.identifier(sender.get("id"))
    return values.named_author(
        CHANNEL,
        number or sender.get("name"),
        fallback=external_id,
        external_id=number,
        name=name_of(sender.get("name")),
        url=values.web_address(f"{_SITE}/{number}") if number else None,
        avatar_url=values.web_address(piece(sender, "picture", "data", "url")),
    )


def _attached(raw: Raw) -> list[object]:
    """Where a shared link leads, without Facebook's own page in between."""
    found = [*values.objects(raw, "attachments", "data"), *values.objects(raw, "attachment")]
    return [values.first_filled(entry.get("unshimmed_url"), entry.get("url")) for entry in found]


def _media(raw: Raw) -> tuple[MediaDraft, ...]:
    found: list[tuple[str, object, object]] = []
    for entry in [*values.objects(raw, "attachments", "data"), *values.objects(raw, "attachment")]:
        parts = values.objects(entry, "subattachments", "data") or [entry]
        found += [
            (
                "image",
                piece(part, "media", "image", "src"),
                values.first_filled(part.get("title"), part.get("description")),
            )
            for part in parts
        ]
    if not found:
        found += [("image", entry.get("source"), raw.get("alt_text")) for entry in values.objects(raw, "images")[:1]]
        found += [("image", raw.get("full_picture") or raw.get("picture"), None)]
    return media_of(found)


def _pushed(value: Raw) -> MentionDraft | Deletion:
    item, verb = str(value.get("item")), str(value.get("verb"))
    is_comment = item in _PUSHED_COMMENT
    if not is_comment and item not in _PUSHED_POST:
        raise LeftOut(f"A Facebook event says nothing of its own ({item[:40]}).")
    external_id = values.need_id(value.get("comment_id") if is_comment else value.get("post_id"), "Facebook event")
    if verb in {"remove", "removed", "delete", "hide"}:
        return Deletion(channel=CHANNEL, external_id=external_id)
    post_id = values.identifier(value.get("post_id"))
    parent = values.identifier(value.get("parent_id"))
    created_at = values.need_moment(value.get("created_time"), "Facebook event")
    message = value.get("message")
    if not isinstance(message, str) or not message.strip():
        raise LeftOut("A Facebook event says nothing of its own.")
    return MentionDraft(
        channel=CHANNEL,
        external_id=external_id,
        kind=("reply" if parent not in {None, post_id} else "comment") if is_comment else "post",
        text=text_of(message),
        url=values.web_address(piece(value, "post", "permalink_url")) or values.web_address(f"{_SITE}/{external_id}"),
        created_at=created_at,
        edited_at=created_at if verb in {"edit", "edited"} else None,
        author=_author(value, external_id),
        parent_id=parent if is_comment else None,
        thread_id=post_id,
        media=media_of([("image", value.get("photo"), None)]),
    )
