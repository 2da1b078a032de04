"""Posts and comments of Reddit in the shape of the house; pure."""

from collections.abc import Mapping
from datetime import datetime

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract, Deletion, Raw
from portal.listening.connectors.pieces import links_of, media_of, name_of, piece, title_of
from portal.listening.drafts import AuthorDraft, MediaDraft, MentionDraft

CHANNEL = "reddit"
_GONE = {"[deleted]", "[removed]", "[ removed by reddit ]", "[deleted by user]"}
_SITE = "https://www.reddit.com"


def raw_items(payload: object) -> list[Raw]:
    """Every post and comment of an answer, replies included; a thing is told by its prefix, t1 or t3."""
    return [
        {"kind": _kind_of(thing), "data": thing["data"]}
        for thing in values.walk(payload)
        if isinstance(thing.get("data"), Mapping) and _kind_of(thing)
    ]


def normalise_item(raw: Raw) -> MentionDraft | Deletion:
    """A post (t3) or comment (t1); a tombstone where its words are deleted or removed.

    Raises:
        Contract: it is another thing.
    """
    data = values.mapping(raw, "data")
    kind = _kind_of(raw)
    if kind is None:
        raise Contract("A Reddit item arrived that is neither a post nor a comment.")
    external_id = _fullname(data, kind)
    if _is_gone(data, kind):
        return Deletion(channel=CHANNEL, external_id=external_id)
    created_at = values.need_moment(data.get("created_utc"), "Reddit item")
    return MentionDraft(
        channel=CHANNEL,
        external_id=external_id,
        kind="post" if kind == "t3" else _comment_kind(data),
        title=title_of(values.decoded(data.get("title") if kind == "t3" else data.get("link_title"))),
        # With raw_json=1 nothing is encoded; without it `<`, `>` and `&` are.
        text=values.decoded(data.get("selftext") if kind == "t3" else data.get("body")),
        url=_permalink(data, kind),
        created_at=created_at,
        edited_at=_edited_at(data, created_at),
        author=_author(data, external_id),
        parent_id=values.identifier(data.get("parent_id")) if kind == "t1" else None,
        thread_id=external_id if kind == "t3" else values.identifier(data.get("link_id")),
        likes=None if data.get("score_hidden") is True else values.count(data.get("score")),
        replies=values.count(data.get("num_comments")) if kind == "t3" else None,
        shares=values.count(data.get("num_crossposts")) if kind == "t3" else None,
        media=_media(data) if kind == "t3" else (),
        # A link post says where it leads beside its words; what they link to stands in them.
        links=links_of(data.get("url_overridden_by_dest") or data.get("url")) if kind == "t3" else None,
    )


def _kind_of(thing: Raw) -> str | None:
    """The prefix, by the wrapper or, where a recording has lost it, by the parts that only one of them has."""
    kind = thing.get("kind")
    data = values.mapping(thing, "data")
    if kind in ("t1", "t3") and data:
        return str(kind)
    name = data.get("name")
    if kind is None and isinstance(name, str) and name[:3] in {"t1_", "t3_"} and "created_utc" in data:
        return name[:2]
    return None


def _fullname(data: Raw, kind: str) -> str:
    given = values.identifier(data.get("name"))
    return (
        given if given and given.startswith(f"{kind}_") else f"{kind}_{values.need_id(data.get('id'), 'Reddit item')}"
    )


def _is_gone(data: Raw, kind: str) -> bool:
    words = str((data.get("selftext") if kind == "t3" else data.get("body")) or "").strip().lower()
    if kind == "t3":
        return bool(data.get("removed_by_category")) or words in _GONE
    return words in _GONE


def _comment_kind(data: Raw) -> str:
    return "reply" if str(data.get("parent_id") or "").startswith("t1_") else "comment"


def _permalink(data: Raw, kind: str) -> str | None:
    path = data.get("permalink")
    if not isinstance(path, str) or not path.startswith("/"):
        # Comments in older answers and in the inbox carry no link of their own.
        context = data.get("context")
        path = context.partition("?")[0] if isinstance(context, str) and context.startswith("/") else None
    if path is None and kind == "t1" and values.identifier(data.get("link_id")):
        path = f"/comments/{str(data['link_id']).removeprefix('t3_')}/_/{data.get('id')}/"
    return values.web_address(f"{_SITE}{path.partition('?')[0]}") if path and not path.startswith("//") else None


def _edited_at(data: Raw, created_at: datetime) -> datetime | None:
    # `edited` is false, true (very old items) or the time of the last edit.
    edited = data.get("edited")
    return created_at if edited is True else values.moment(edited)


def _author(data: Raw, external_id: str) -> AuthorDraft:
    handle = name_of(data.get("author"))
    if handle in {"[deleted]", "[removed]"}:
        handle = None
    return values.named_author(
        CHANNEL,
        handle,
        fallback=external_id,
        external_id=values.identifier(data.get("author_fullname")),
        url=values.web_address(f"{_SITE}/user/{handle}") if handle else None,
        is_bot=handle == "AutoModerator",
    )


def _media(data: Raw) -> tuple[MediaDraft, ...]:
    address = data.get("url_overridden_by_dest") or data.get("url")
    hint = str(data.get("post_hint") or "")
    found: list[tuple[str, object, object]] = []
    if hint == "image" or str(address).partition("?")[0].lower().endswith((".jpg", ".jpeg", ".png", ".gif", ".webp")):
        found.append(("image", address, None))
    video = piece(data, "media", "reddit_video", "fallback_url")
    found.append(("video", video, None))
    for entry in values.mapping(data, "media_metadata").values():
        source = values.first_filled(piece(entry, "s", "u"), piece(entry, "s", "gif"))
        found.append(("image", values.decoded(source), None))
    return media_of(found)
