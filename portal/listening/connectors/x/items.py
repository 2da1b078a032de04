"""Posts of the X API v2 in the shape of the house, under both sets of names that are live; pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.listening.connectors import values
from portal.listening.connectors.contract import Contract, Raw
from portal.listening.connectors.pieces import links_of, media_of, name_of, piece
from portal.listening.drafts import AuthorDraft, MediaDraft, MentionDraft

CHANNEL = "x"
_SNOWFLAKE_EPOCH_MS = 1288834974657
_FIRST_SNOWFLAKE = 2**40
_MEDIA_KINDS = {"photo": "image", "video": "video", "animated_gif": "gif"}
_KINDS = {"retweeted": "repost", "reposted": "repost", "quoted": "quote", "replied_to": "reply"}


def raw_items(payload: object) -> list[Raw]:
    """Every post of an answer, each with its author, media and the posts it refers to out of `includes`."""
    if isinstance(payload, list):
        return [status for status in payload if isinstance(status, Mapping)]
    if "statuses" in values.mapping(payload):
        return list(values.objects(payload, "statuses"))
    users = _by_id(payload, "users")
    media = _by_id(payload, "media", key="media_key")
    posts = _by_id(payload, "tweets") | _by_id(payload, "posts")
    found: list[Raw] = []
    for post in values.objects(payload, "data"):
        if ("text" not in post and "author_id" not in post) or "permalink" in post:
            # Users, lists, spaces and counts come in the same envelope; Threads' posts have one like it.
            continue
        keys = piece(post, "attachments", "media_keys")
        found.append(
            {
                "post": post,
                "author": users.get(str(post.get("author_id"))),
                "media": [media[str(key)] for key in keys if str(key) in media] if isinstance(keys, list) else [],
                "referred": [posts[str(ref.get("id"))] for ref in _references(post) if str(ref.get("id")) in posts],
                "users": {str(ref): users[str(ref)] for ref in [post.get("in_reply_to_user_id")] if str(ref) in users},
            }
        )
    return found


def normalise_item(raw: Raw) -> MentionDraft:
    """A post with its author, or a status of the first API as old archives hold it.

    Raises:
        Contract: it is something else, such as a user.
    """
    if isinstance(raw.get("user"), Mapping) and "post" not in raw:
        return _old_status(raw)
    post = values.mapping(raw, "post") or raw
    if not isinstance(post.get("text"), str) and not isinstance(piece(post, "note_tweet", "text"), str):
        raise Contract("An X item arrived that is no post.")
    post_id = values.need_id(post.get("id"), "post on X")
    references = _references(post)
    kinds = [_KINDS[str(ref.get("type"))] for ref in references if str(ref.get("type")) in _KINDS]
    kind = next((wanted for wanted in ("repost", "quote", "reply") if wanted in kinds), "post")
    metrics = values.mapping(post, "public_metrics")
    author = _author(raw, post, post_id)
    return MentionDraft(
        channel=CHANNEL,
        # An edited post has a new id; it stays one mention under the first.
        external_id=first_edit_of(post) or post_id,
        kind=kind,
        # Long posts are cut in `text`; entities are written as &amp; &lt; &gt;.
        text=values.decoded(_full_text(post, "note_post") or _full_text(post, "note_tweet") or post.get("text")),
        lang=values.language(post.get("lang")),
        url=values.web_address(f"https://x.com/{author.handle if author.url else 'i'}/status/{post_id}"),
        created_at=values.moment(post.get("created_at")) or values.need_moment(posted_at(post_id), "post on X"),
        edited_at=_edited_at(post),
        author=author,
        parent_id=_referred(references, "replied_to"),
        parent_author=name_of(piece(raw, "users", str(post.get("in_reply_to_user_id")), "username")),
        thread_id=values.identifier(post.get("conversation_id")),
        likes=values.count(metrics.get("like_count")),
        replies=values.count(metrics.get("reply_count")),
        shares=_shares(metrics),
        views=values.count(metrics.get("impression_count")),
        media=_media(raw),
        links=links_of(*_linked(post)),
    )


def profile_of(user: Raw) -> AuthorDraft:
    """An account as a user lookup shows it."""
    handle = name_of(user.get("username"))
    metrics = values.mapping(user, "public_metrics")
    return values.named_author(
        CHANNEL,
        handle or user.get("id"),
        fallback=str(user.get("id")),
        external_id=values.identifier(user.get("id")),
        name=name_of(user.get("name")),
        url=values.web_address(f"https://x.com/{handle}") if handle else None,
        avatar_url=values.web_address(user.get("profile_image_url")),
        followers=values.count(metrics.get("followers_count")),
        bio=values.decoded(user.get("description"), 1000) or None,
        # The label of automated accounts; absent unless asked for.
        is_bot=piece(user, "parody") is not True and str(user.get("verified_type")) == "automated",
    )


def first_edit_of(post: Raw) -> str | None:
    """The id that the post had before it was edited; an edit is a new post with the old ids in its history."""
    history = post.get("edit_history_post_ids") or post.get("edit_history_tweet_ids")
    return values.identifier(history[0]) if isinstance(history, list) and len(history) > 1 else None


def posted_at(post_id: str) -> datetime | None:
    """When an id was given out: Snowflake keeps milliseconds since its epoch above the lower 22 bits."""
    if not (post_id.isascii() and post_id.isdigit()) or not _FIRST_SNOWFLAKE < int(post_id) < 2**63:
        return None
    return values.moment(((int(post_id) >> 22) + _SNOWFLAKE_EPOCH_MS) / 1000)


def _edited_at(post: Raw) -> Any:
    if not first_edit_of(post):
        return None
    return values.moment(post.get("created_at")) or posted_at(str(post.get("id")))


def _full_text(post: Raw, name: str) -> object:
    return piece(post, name, "text")


def _linked(post: Raw) -> list[Any]:
    """Where its links lead: the words show X's own short addresses."""
    holders = (post, values.mapping(post, "note_post"), values.mapping(post, "note_tweet"))
    found = [entry for holder in holders for entry in values.objects(holder, "entities", "urls")]
    return [value for entry in found for value in (entry.get("expanded_url"), entry.get("unwound_url"))]


def _author(raw: Raw, post: Raw, post_id: str) -> AuthorDraft:
    user = values.mapping(raw, "author")
    if user:
        return profile_of(user)
    # Without the expansion only the number is there; a later profile look-up brings the name.
    number = values.identifier(post.get("author_id"))
    return values.named_author(CHANNEL, number, fallback=post_id, external_id=number)


def _references(post: Raw) -> list[Mapping[str, Any]]:
    return values.objects(post, "referenced_posts") or values.objects(post, "referenced_tweets")


def _referred(references: list[Mapping[str, Any]], kind: str) -> str | None:
    return next((values.identifier(ref.get("id")) for ref in references if ref.get("type") == kind), None)


def _shares(metrics: Raw) -> int | None:
    reposts = values.count(metrics.get("repost_count", metrics.get("retweet_count")))
    quotes = values.count(metrics.get("quote_count"))
    return None if reposts is None else reposts + (quotes or 0)


def _media(raw: Raw) -> tuple[MediaDraft, ...]:
    return media_of(
        (
            _MEDIA_KINDS.get(str(entry.get("type")), "link"),
            values.first_filled(entry.get("url"), entry.get("preview_image_url")),
            entry.get("alt_text"),
        )
        for entry in values.objects(raw, "media")
    )


def _by_id(payload: object, name: str, key: str = "id") -> dict[str, Mapping[str, Any]]:
    return {str(entry.get(key)): entry for entry in values.objects(payload, "includes", name)}


def _old_status(raw: Raw) -> MentionDraft:
    """A status of Twitter's API v1.1."""
    status_id = values.need_id(values.first_filled(raw.get("id_str"), raw.get("id")), "post on X")
    user = values.mapping(raw, "user")
    handle = name_of(user.get("screen_name"))
    words = values.first_filled(piece(raw, "extended_tweet", "full_text"), raw.get("full_text"), raw.get("text"))
    reply_to = values.identifier(
        values.first_filled(raw.get("in_reply_to_status_id_str"), raw.get("in_reply_to_status_id"))
    )
    kind = "reply" if reply_to else "post"
    if raw.get("is_quote_status") is True:
        kind = "quote"
    if isinstance(raw.get("retweeted_status"), Mapping):
        kind = "repost"
    return MentionDraft(
        channel=CHANNEL,
        external_id=status_id,
        kind=kind,
        text=values.decoded(words),
        lang=values.language(raw.get("lang")),
        url=values.web_address(f"https://x.com/{handle or 'i'}/status/{status_id}"),
        created_at=values.need_moment(raw.get("created_at"), "post on X"),
        author=values.named_author(
            CHANNEL,
            handle,
            fallback=status_id,
            external_id=values.identifier(values.first_filled(user.get("id_str"), user.get("id"))),
            name=name_of(user.get("name")),
            url=values.web_address(f"https://x.com/{handle}") if handle else None,
            avatar_url=values.web_address(user.get("profile_image_url_https")),
            followers=values.count(user.get("followers_count")),
        ),
        parent_id=reply_to,
        parent_author=name_of(raw.get("in_reply_to_screen_name")),
        likes=values.count(raw.get("favorite_count")),
        replies=values.count(raw.get("reply_count")),
        shares=values.count(raw.get("retweet_count")),
        media=media_of(
            (_MEDIA_KINDS.get(str(entry.get("type")), "link"), entry.get("media_url_https"), entry.get("ext_alt_text"))
            for entry in values.objects(raw, "extended_entities", "media") or values.objects(raw, "entities", "media")
        ),
        links=links_of(*_linked(raw), *_linked(values.mapping(raw, "extended_tweet"))),
    )
