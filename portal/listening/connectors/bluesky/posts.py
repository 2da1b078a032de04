"""Bluesky posts in the shape of the house, from search, feeds, threads, bare records and the stream; pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import Context, Contract, Deletion, LeftOut, Raw
from portal.listening.connectors.pieces import (
    address_of,
    count_of,
    id_of,
    links_of,
    media_of,
    moment_of,
    name_of,
    piece,
    pieces,
    text_of,
)
from portal.listening.drafts import AuthorDraft, MediaDraft, MentionDraft
from portal.listening.languages import primary_language

CHANNEL = "bluesky"
POST = "app.bsky.feed.post"
_HIDDEN = "!no-unauthenticated"


def is_post(found: Mapping[str, Any]) -> bool:
    """Whether an object is a post view, a record with its address, a line of the stream, or a bare record."""
    if "uri" in found and isinstance(found.get("record"), Mapping) and isinstance(found.get("author"), Mapping):
        return "text" in found["record"]
    if "uri" in found and isinstance(found.get("value"), Mapping):
        return "text" in found["value"] and "likeCount" not in found["value"]
    if id_of(found.get("kind")) in {"commit", "account"} and "did" in found:
        return True
    return found.get("$type") == POST and "text" in found and "createdAt" in found


def normalise(raw: Raw, ctx: Context) -> MentionDraft | Deletion:
    """One post, or the news from the stream that a post or an account is gone.

    A bare record names neither its author nor its address, so those two come from around it: `uri` and `did`.

    Raises:
        Contract: it is no post.
        LeftOut: its author shows it only to people who are signed in.
    """
    if raw.get("kind") == "account":
        return _account(raw)
    if raw.get("kind") == "commit":
        return _commit(raw, ctx)
    record = next((part for part in (raw.get("record"), raw.get("value"), raw) if isinstance(part, Mapping)), raw)
    if "text" not in record:
        raise Contract(_("A Bluesky post arrived in a shape that is not known."))
    return _draft(id_of(raw.get("uri")), record, raw, ctx)


def _account(raw: Raw) -> Deletion:
    did = id_of(raw.get("did"))
    status = id_of(piece(raw, "account", "status"))
    if did and piece(raw, "account", "active") is False and status in {"deleted", "takendown"}:
        return Deletion(channel=CHANNEL, author_id=did)
    raise LeftOut(_("A Bluesky account says nothing that concerns us."))


def _commit(raw: Raw, ctx: Context) -> MentionDraft | Deletion:
    commit, did = raw.get("commit"), id_of(raw.get("did"))
    if piece(commit, "collection") != POST or not did or not id_of(piece(commit, "rkey")):
        raise Contract(_("A line of the stream is no post."))
    uri = f"at://{did}/{POST}/{id_of(piece(commit, 'rkey'))}"
    if piece(commit, "operation") == "delete":
        return Deletion(channel=CHANNEL, external_id=uri)
    record = piece(commit, "record")
    if not isinstance(record, Mapping) or "text" not in record:
        raise Contract(_("A line of the stream holds no post."))
    return _draft(uri, record, {"author": {"did": did}, "indexedAt": None}, ctx)


def written_at(line: Raw) -> str:
    """The address of the post that a line of the stream says was written; empty for what is gone."""
    commit, did = line.get("commit"), id_of(line.get("did"))
    is_written = piece(commit, "collection") == POST and piece(commit, "operation") in {"create", "update"}
    return f"at://{did}/{POST}/{id_of(piece(commit, 'rkey'))}" if is_written and did else ""


def profile_of(view: Raw) -> AuthorDraft:
    """An account as `app.bsky.actor.getProfiles` shows it."""
    did = id_of(view.get("did"))
    return AuthorDraft(
        channel=CHANNEL,
        handle=name_of(view.get("handle")) or did or "unknown",
        external_id=did or None,
        name=name_of(view.get("displayName")),
        url=address_of(f"https://bsky.app/profile/{did}") if did else None,
        avatar_url=address_of(view.get("avatar")),
        followers=count_of(view.get("followersCount")),
        bio=text_of(view.get("description"))[:1000] or None,
    )


def _draft(uri: str, record: Mapping[str, Any], view: Raw, ctx: Context) -> MentionDraft:
    author = view.get("author")
    did = id_of(piece(author, "did")) or (uri.split("/")[2] if uri.startswith("at://") and uri.count("/") >= 4 else "")
    if _HIDDEN in {piece(label, "val") for label in pieces(author, "labels")}:
        raise LeftOut(_("A Bluesky account is shown only to people who are signed in."))
    written, seen = moment_of(record.get("createdAt")), moment_of(view.get("indexedAt"))
    # Whoever posts writes createdAt, so a later time than the server's own is not believed.
    said = [moment for moment in (written, seen or ctx.now) if moment]
    key = uri.rsplit("/", 1)[-1]
    reply, embed = record.get("reply"), record.get("embed")
    return MentionDraft(
        channel=CHANNEL,
        external_id=uri or f"{did}/{id_of(record.get('createdAt'))}",
        uri=uri or None,
        kind="quote" if _quoted(embed) else ("reply" if reply else "post"),
        text=text_of(record.get("text")),
        lang=primary_language(id_of(piece(record, "langs", 0))),
        url=address_of(f"https://bsky.app/profile/{did}/post/{key}") if did and uri else None,
        created_at=min(said),
        author=AuthorDraft(
            channel=CHANNEL,
            handle=name_of(piece(author, "handle")) or did or "unknown",
            external_id=did or None,
            name=name_of(piece(author, "displayName")),
            url=address_of(f"https://bsky.app/profile/{did}") if did else None,
            avatar_url=address_of(piece(author, "avatar")),
            followers=count_of(piece(author, "followersCount")),
        ),
        parent_id=id_of(piece(reply, "parent", "uri")) or None,
        thread_id=id_of(piece(reply, "root", "uri")) or None,
        likes=count_of(view.get("likeCount")),
        replies=count_of(view.get("replyCount")),
        shares=count_of(view.get("repostCount")),
        media=_media(view.get("embed") or embed),
        links=links_of(*linked(record)),
    )


def linked(record: Any) -> Iterable[Any]:
    """Addresses in the facets and the card of a record: what the text shows may be shortened."""
    for facet in pieces(record, "facets"):
        yield from (piece(feature, "uri") for feature in pieces(facet, "features"))
    for holder in (piece(record, "embed"), piece(record, "embed", "media")):
        yield piece(holder, "external", "uri")


def _quoted(embed: Any) -> bool:
    kind = id_of(piece(embed, "$type"))
    return kind.startswith(("app.bsky.embed.record", "app.bsky.embed.recordWithMedia"))


def _media(embed: Any) -> tuple[MediaDraft, ...]:
    def all_of() -> Iterable[tuple[str, Any, Any, Any]]:
        for holder in (embed, piece(embed, "media")):
            for image in pieces(holder, "images"):
                yield (
                    "image",
                    piece(image, "fullsize") or piece(image, "thumb"),
                    piece(image, "alt"),
                    piece(image, "thumb"),
                )
            yield "video", piece(holder, "playlist"), piece(holder, "alt"), piece(holder, "thumbnail")
            external = piece(holder, "external")
            yield "link", piece(external, "uri"), piece(external, "title"), piece(external, "thumb")

    return media_of(all_of())
