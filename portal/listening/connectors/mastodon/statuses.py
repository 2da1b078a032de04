"""Mastodon's statuses in the shape of the house, from timelines, searches and streams; pure."""

import contextlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import Context, Contract, Deletion, LeftOut, Raw
from portal.listening.connectors.pieces import (
    address_of,
    count_of,
    host_of,
    id_of,
    links_of,
    media_of,
    moment_of,
    name_of,
    piece,
    pieces,
    text_of,
    words_of,
)
from portal.listening.drafts import AuthorDraft, MentionDraft
from portal.listening.languages import primary_language
from portal.listening.parse_child.words import links_in

CHANNEL = "mastodon"
_KINDS = {"image": "image", "video": "video", "gifv": "gif", "audio": "audio"}
_OPEN = {"public", "unlisted"}


def read_events(lines: Iterable[bytes]) -> Iterable[Raw]:
    """Server-sent events: `update` and `status.update` carry a status, `delete` an id; `:thump` is a heartbeat."""
    event, data = "", b""
    for line in lines:
        if line.startswith(b":"):
            continue
        if line.startswith(b"event:"):
            event = line[6:].strip().decode("ascii", "replace")
        elif line.startswith(b"data:"):
            data += line[5:].strip()
        elif not line:
            if event == "delete" and data:
                yield {"id": data.decode("utf-8", "replace").strip('"'), "deleted": True}
            elif event in {"update", "status.update"}:
                with contextlib.suppress(ValueError, RecursionError):
                    document = json.loads(data.decode("utf-8", "replace"))
                    if isinstance(document, dict) and is_status(document):
                        yield boosted(document)
            event, data = "", b""


def normalise(raw: Raw, ctx: Context) -> MentionDraft | Deletion:
    """A public or unlisted status; anything narrower is refused, and so is one whose author asks not to be indexed.

    One who only asks not to be found by searches is heard, and never ranked.
    """
    host = host_of(ctx.setting("url")) or None
    number = id_of(raw.get("id"))
    if number and raw.get("deleted"):
        return Deletion(channel=CHANNEL, origin_host=host, external_id=number)
    if not number or not is_status(raw):
        raise Contract(_("A Mastodon status arrived in a shape that is not known."))
    if id_of(raw.get("visibility", "public")) not in _OPEN:
        raise LeftOut(_("A Mastodon status is not public."))
    account = raw.get("account")
    if piece(account, "noindex") is True:
        raise LeftOut(_("A Mastodon account asks not to be found."))
    handle, created_at = name_of(piece(account, "acct")), moment_of(raw.get("created_at"))
    if not handle or not created_at:
        raise Contract(_("A Mastodon status names no time or no author."))
    warning, words = words_of(raw.get("spoiler_text")), words_of(raw.get("content"))
    media = ((_KINDS.get(id_of(piece(found, "type")), "link"), piece(found, "url"), piece(found, "description"),
              piece(found, "preview_url"))
             for found in pieces(raw, "media_attachments"))  # fmt: skip
    return MentionDraft(
        channel=CHANNEL,
        external_id=number,
        origin_host=host,
        uri=address_of(raw.get("uri")),
        kind="quote" if raw.get("quote") else ("reply" if raw.get("in_reply_to_id") else "post"),
        text=text_of("\n".join(part for part in (warning, words) if part)),
        lang=primary_language(id_of(raw.get("language"))),
        url=address_of(raw.get("url")) or address_of(raw.get("uri")),
        created_at=min(created_at, ctx.now),
        edited_at=moment_of(raw.get("edited_at")),
        author=AuthorDraft(
            channel=CHANNEL,
            # A local account has no host in `acct`; elsewhere the same person has one.
            handle=handle if "@" in handle or not host else f"{handle}@{host}",
            external_id=id_of(piece(account, "id")) or None,
            name=name_of(piece(account, "display_name")),
            url=address_of(piece(account, "url")),
            avatar_url=address_of(piece(account, "avatar")),
            followers=count_of(piece(account, "followers_count")),
            is_bot=piece(account, "bot") is True,
            # Servers older than 4.2 do not say.
            is_unlisted=piece(account, "indexable") is False,
        ),
        parent_id=id_of(raw.get("in_reply_to_id")) or None,
        likes=count_of(raw.get("favourites_count")),
        replies=count_of(raw.get("replies_count")),
        shares=count_of(raw.get("reblogs_count")),
        media=media_of(media),
        links=links_of(*_outward(raw), piece(raw, "card", "url")),
    )


def _outward(raw: Raw) -> list[str]:
    """What the words link to, but for the people and tags in them, which link to pages of a server."""
    inward = {piece(found, "url") for name in ("mentions", "tags") for found in pieces(raw, name)}
    said = raw.get("content")
    return [link for link in links_in(said) if link not in inward] if isinstance(said, str) else []


def is_status(found: Mapping[str, Any]) -> bool:
    return "content" in found and "account" in found and "created_at" in found and "visibility" in found


def boosted(raw: Raw) -> Raw:
    inner = raw.get("reblog")
    return inner if isinstance(inner, Mapping) and is_status(inner) else raw
