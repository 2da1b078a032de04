"""GitHub's issues, pull requests, discussions and comments in the shape of the house."""

from collections.abc import Mapping
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import Context, Contract, Deletion, LeftOut, Raw
from portal.listening.connectors.pieces import (
    address_of,
    count_of,
    id_of,
    moment_of,
    name_of,
    piece,
    text_of,
    title_of,
)
from portal.listening.connectors.walking import Item
from portal.listening.drafts import AuthorDraft, MentionDraft

CHANNEL = "github"
# What a webhook said became of an item, added to it as it is unpacked.
GONE = "heard_gone"


def normalise(raw: Raw, ctx: Context) -> MentionDraft | Deletion:
    """An issue, pull request or comment of the REST API, or a discussion of GraphQL; its author may be gone."""
    if not is_item(raw):
        raise Contract(_("A GitHub item arrived in a shape that is not known."))
    url = address_of(raw.get("html_url")) or address_of(raw.get("url"))
    created_at = moment_of(raw.get("created_at") or raw.get("createdAt") or raw.get("submitted_at"))
    if raw.get("state") == "PENDING":
        raise LeftOut(_("A GitHub review is not published yet."))
    kind, name, parent = _identity(raw, url or "")
    if raw.get(GONE) is True:
        return Deletion(channel=CHANNEL, external_id=name)
    user = raw.get("user") or raw.get("author")
    edited_at = moment_of(raw.get("lastEditedAt"))
    likes = count_of(raw.get("upvoteCount"))
    return MentionDraft(
        channel=CHANNEL,
        external_id=name,
        uri=id_of(raw.get("node_id")) or None,
        kind=kind,
        title=title_of(raw.get("title")),
        text=text_of(raw.get("body") or raw.get("bodyText")),
        url=url,
        # A review in a list may come without its time; it is known from now on.
        created_at=min(created_at or ctx.now, ctx.now),
        edited_at=edited_at,
        author=account_of(user),
        parent_id=parent,
        thread_id=parent or name,
        likes=likes if likes is not None else count_of(piece(raw, "reactions", "total_count")),
        replies=_replies(raw),
    )


def account_of(user: Any, followers: int | None = None) -> AuthorDraft:
    # An account that was deleted is null on the wire; GitHub itself shows it as "ghost".
    handle = name_of(piece(user, "login")) or "ghost"
    return AuthorDraft(
        channel=CHANNEL,
        handle=handle,
        external_id=id_of(piece(user, "id")) or None,
        name=name_of(piece(user, "name")),
        url=address_of(piece(user, "html_url")) or address_of(piece(user, "url")),
        avatar_url=address_of(piece(user, "avatar_url")) or address_of(piece(user, "avatarUrl")),
        followers=followers,
        bio=text_of(piece(user, "bio"))[:1000] or None,
        is_bot=piece(user, "type") == "Bot" or handle.endswith("[bot]"),
    )


def _identity(raw: Raw, url: str) -> tuple[str, str, str | None]:
    """Kind, id and parent; ids are `issue:owner/name/number`, `discussion:…`, `comment:…`.

    A comment on a discussion is `comment:number`.
    """
    place = url.partition("#")[0].split("/")[3:]
    where = place_of(raw, url)
    # GraphQL has ids of its own; the number is the same everywhere.
    number = id_of(raw.get("databaseId")) or id_of(raw.get("id"))
    # A pull request names the issue that it is as well, and has a title that no comment has.
    is_about_issue = "issue_url" in raw and "title" not in raw
    if is_about_issue or "pull_request_url" in raw or "#" in url or "submitted_at" in raw or "commit_id" in raw:
        is_discussion = len(place) >= 4 and place[2] == "discussions"
        parent = f"{'discussion' if is_discussion else 'issue'}:{where}" if where and "commit" not in place else None
        own = f"{'/'.join(place[:2])}/{number}" if "#issuecomment-" in url and len(place) >= 4 else number
        return "comment", f"comment:{own}", parent
    if "bodyText" in raw or "/discussions/" in url:
        return "discussion", f"discussion:{where or number}", None
    return "issue", f"issue:{where or number}", None


def _replies(raw: Raw) -> int | None:
    comments = raw.get("comments")
    return count_of(comments) if not isinstance(comments, Mapping) else count_of(piece(comments, "totalCount"))


def is_item(found: Mapping[str, Any]) -> bool:
    has_words = "body" in found or "bodyText" in found
    has_time = "created_at" in found or "createdAt" in found or "submitted_at" in found
    # A release has a tag, an event only wraps what it is about.
    return has_words and has_time and "tag_name" not in found and ("user" in found or "author" in found)


def place_of(raw: Raw, url: str | None = None) -> str:
    """Where it stands, as `owner/name/number`; empty where its address does not say."""
    place = (address_of(raw.get("html_url")) or "" if url is None else url).partition("#")[0].split("/")[3:]
    return f"{'/'.join(place[:2])}/{place[3]}" if len(place) >= 4 else ""


def changed_item_of(raw: Raw) -> Item:
    """An issue as it was last changed: the same one counts anew after each change."""
    return Item(id_of(raw.get("html_url")), moment_of(raw.get("updated_at")), raw, id_of(raw.get("updated_at")))


def item_of(raw: Raw) -> Item:
    moment = moment_of(raw.get("created_at") or raw.get("createdAt"))
    name = id_of(raw.get("html_url")) or id_of(raw.get("url")) or id_of(raw.get("id"))
    return Item(name, moment, raw, f"{raw.get('title')}{raw.get('body') or raw.get('bodyText')}")
