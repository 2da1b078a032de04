"""Videos and comments of the YouTube Data API v3 in the shape of the house; pure."""

from dataclasses import replace
from typing import Any

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract, Raw
from portal.listening.connectors.pieces import media_of, name_of, piece, text_of, title_of
from portal.listening.drafts import AuthorDraft, MediaDraft, MentionDraft

CHANNEL = "youtube"
_VIDEO_URL = "https://www.youtube.com/watch?v="
# What other lists of the same interface hold.
_NOT_MENTIONS = {
    "caption", "channel", "channelSection", "guideCategory", "i18nLanguage", "i18nRegion", "member", "playlist",
    "subscription", "videoCategory",
}  # fmt: skip
_THUMBNAILS = ("maxres", "standard", "high", "medium", "default")


def raw_items(payload: object) -> list[Raw]:
    """Every video and comment in a list answer; of a thread, its first comment and the replies it carries."""
    found: list[Raw] = []
    items = values.objects(payload, "items") or ([values.mapping(payload)] if piece(payload, "snippet") else [])
    for item in items:
        kind = piece(item, "id", "kind") or item.get("kind")
        if str(kind).removeprefix("youtube#") in _NOT_MENTIONS:
            continue
        top = piece(item, "snippet", "topLevelComment")
        if isinstance(top, dict):
            about = {"videoId": piece(item, "snippet", "videoId"), "replies": piece(item, "snippet", "totalReplyCount")}
            found.append({**top, "thread": {**about, "id": item.get("id")}})
            found += [
                {**reply, "thread": {**about, "id": item.get("id"), "replies": None}}
                for reply in values.objects(item, "replies", "comments")
            ]
        else:
            found.append(item)
    return found


def normalise_item(raw: Raw) -> MentionDraft:
    """A comment, or a video as search, videos, playlistItems and activities (uploads) write it.

    Raises:
        Contract: it is something else, such as a channel or a playlist.
    """
    snippet = values.mapping(raw, "snippet")
    if "textDisplay" in snippet or "textOriginal" in snippet:
        return _comment(raw, snippet)
    return _video(raw, snippet)


def profile_of(raw: Raw) -> AuthorDraft:
    """A channel as `channels.list` shows it; the number of subscribers is rounded, and may be hidden."""
    channel_id = values.need_id(raw.get("id"), "YouTube channel")
    statistics = values.mapping(raw, "statistics")
    hidden = statistics.get("hiddenSubscriberCount") is True
    author = _author(channel_id, piece(raw, "snippet", "title"), fallback=channel_id)
    picture = values.first_filled(*(piece(raw, "snippet", "thumbnails", size, "url") for size in _THUMBNAILS))
    return replace(
        author,
        avatar_url=values.web_address(picture),
        bio=text_of(piece(raw, "snippet", "description"))[:1000] or None,
        followers=None if hidden else values.count(statistics.get("subscriberCount")),
    )


def _video(raw: Raw, snippet: Raw) -> MentionDraft:
    video_id = values.identifier(_video_id(raw))
    if video_id is None:
        raise Contract("A YouTube item arrived that is neither a video nor a comment.")
    # Of a playlist's item the owner is who listed it; the maker of the video stands beside.
    owner = values.first_filled(snippet.get("videoOwnerChannelId"), snippet.get("channelId"))
    owner_name = values.first_filled(snippet.get("videoOwnerChannelTitle"), snippet.get("channelTitle"))
    published = values.first_filled(piece(raw, "contentDetails", "videoPublishedAt"), snippet.get("publishedAt"))
    statistics = values.mapping(raw, "statistics")
    return MentionDraft(
        channel=CHANNEL,
        external_id=video_id,
        kind="video",
        # Search writes entities into titles and descriptions (`Tom &amp; Jerry`), the other lists do not.
        title=title_of(values.decoded(snippet.get("title"))),
        text=values.decoded(snippet.get("description")),
        lang=values.language(snippet.get("defaultAudioLanguage") or snippet.get("defaultLanguage")),
        url=values.web_address(f"{_VIDEO_URL}{video_id}"),
        created_at=values.need_moment(published, "YouTube video"),
        author=_author(owner, owner_name, fallback=video_id),
        likes=values.count(statistics.get("likeCount")),
        replies=values.count(statistics.get("commentCount")),
        views=values.count(statistics.get("viewCount")),
        media=_thumbnail(snippet),
    )


def _video_id(raw: Raw) -> object:
    """Where each kind of list keeps the id of the video."""
    kind = str(raw.get("kind") or "").removeprefix("youtube#")
    own = raw.get("id")
    if isinstance(own, dict):
        return own.get("videoId")
    if kind == "playlistItem":
        return values.first_filled(
            piece(raw, "snippet", "resourceId", "videoId"), piece(raw, "contentDetails", "videoId")
        )
    if kind == "activity":
        details = values.mapping(raw, "contentDetails")
        return values.first_filled(*(piece(entry, "videoId") for entry in details.values())) or _from_thumbnail(raw)
    return own if kind in {"video", ""} else None


def _from_thumbnail(raw: Raw) -> str | None:
    """The id in `https://i.ytimg.com/vi/{id}/default.jpg`, of an activity without its details."""
    if piece(raw, "snippet", "type") != "upload":
        return None
    pieces = str(piece(raw, "snippet", "thumbnails", "default", "url") or "").split("/")
    return pieces[4] if len(pieces) == 6 and pieces[3] in {"vi", "vi_webp"} else None


def _comment(raw: Raw, snippet: Raw) -> MentionDraft:
    comment_id = values.need_id(raw.get("id"), "YouTube comment")
    video_id = values.identifier(values.first_filled(snippet.get("videoId"), piece(raw, "thread", "videoId")))
    created_at = values.need_moment(snippet.get("publishedAt"), "YouTube comment")
    updated_at = values.moment(snippet.get("updatedAt"))
    parent = values.identifier(snippet.get("parentId"))
    channel_id = piece(snippet, "authorChannelId", "value")
    written = snippet.get("textOriginal")
    return MentionDraft(
        channel=CHANNEL,
        external_id=comment_id,
        kind="reply" if parent else "comment",
        text=text_of(written) if isinstance(written, str) else values.worded(snippet.get("textDisplay")),
        url=values.web_address(f"{_VIDEO_URL}{video_id}&lc={comment_id}") if video_id else None,
        created_at=created_at,
        edited_at=updated_at if updated_at and updated_at > created_at else None,
        author=_author(
            channel_id,
            snippet.get("authorDisplayName"),
            fallback=comment_id,
            avatar_url=values.web_address(snippet.get("authorProfileImageUrl")),
        ),
        parent_id=parent or video_id,
        thread_id=values.identifier(values.first_filled(parent, piece(raw, "thread", "id"))) or comment_id,
        likes=values.count(snippet.get("likeCount")),
        replies=values.count(piece(raw, "thread", "replies")),
    )


def _author(channel_id: object, shown: object, *, fallback: str, avatar_url: str | None = None) -> AuthorDraft:
    """The channel; its id is the handle, for display names are neither unique nor lasting."""
    known = values.identifier(channel_id)
    address = values.web_address(f"https://www.youtube.com/channel/{known}") if known else None
    return values.named_author(
        CHANNEL,
        known or shown,
        fallback=fallback,
        external_id=known,
        name=name_of(shown),
        url=address,
        avatar_url=avatar_url,
    )


def _thumbnail(snippet: Raw) -> tuple[MediaDraft, ...]:
    sizes = values.mapping(snippet, "thumbnails")
    best: Any = values.first_filled(*(piece(sizes, size, "url") for size in _THUMBNAILS))
    return media_of([("image", best, None)])
