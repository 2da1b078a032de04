"""A verified page in the shape of the house; pure."""

import contextlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag

from portal.foundation.text import fold
from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import Context, Contract, Deletion, LeftOut, Raw
from portal.listening.connectors.pieces import (
    address_of,
    host_of,
    id_of,
    links_of,
    media_of,
    name_of,
    pieces,
    text_of,
    title_of,
)
from portal.listening.connectors.values import moment
from portal.listening.connectors.webmention.documents import card_of_document, entry_of_document, is_microformats
from portal.listening.connectors.webmention.microformats import (
    Card,
    Entry,
    card_of,
    entry_of,
    representative_card,
)
from portal.listening.drafts import AuthorDraft, MentionDraft

CHANNEL = "webmention"
_KINDS = {"in-reply-to": "reply", "repost-of": "repost", "quotation-of": "quote"}
_SAYING = {
    "like-of": "Likes this.",
    "repost-of": "Reposted this.",
    "bookmark-of": "Bookmarked this.",
    "rsvp": "Answered.",
}


def identity(source: str, target: str) -> str:
    """Source and target name a webmention; what is sent again is the same one."""
    return f"{source} {target}"


def points_at(said: Mapping[str, Any], target: str) -> bool:
    """Whether a page really points at the target: an address of its markup, a value of its JSON, or in its words."""
    wanted = {target, urldefrag(target)[0]}
    if "addresses" in said:
        return any(address in wanted or urldefrag(address)[0] in wanted for address in said["addresses"])
    if "document" in said:
        return _holds(said["document"], wanted)
    return target in str(said.get("text", ""))


def normalise(raw: Raw, ctx: Context) -> MentionDraft | Deletion:
    """A page with `source` and `target`, and what it says in `items`, `document` or `text`; or `gone`.

    Raises:
        LeftOut: it says nothing that a mention could be made of.
    """
    source, target = id_of(raw.get("source")), id_of(raw.get("target"))
    name = identity(source, target).strip()
    if raw.get("gone"):
        return Deletion(channel=CHANNEL, external_id=name, certain=raw.get("certain") is not False)
    document = raw.get("document")
    items = pieces(document, "items") if is_microformats(document) else pieces(raw, "items")
    entry = entry_of(items, page=source, target=target, rels=raw.get("rels"))
    if entry is None and document is not None:
        entry = entry_of_document(document, target)
    card = entry.author if entry else (card_of(items) or card_of_document(document))
    if card and not card.name and isinstance(raw.get("author"), Mapping):
        # Named by address alone; their own page says who they are.
        page = raw["author"]
        card = representative_card(pieces(page, "items"), page.get("rels") or {}, id_of(page.get("url"))) or card
    url = address_of(source) or (entry.url if entry else None)
    words = _words(raw, entry, card)
    if not words and not (entry and (entry.name or entry.photos)):
        # A follow, an invitation, an undo: something is done, and nothing is said.
        raise LeftOut(_("The page says nothing in words."))
    title = entry.name if entry else id_of(raw.get("title"))
    external_id = name or url or title
    if not external_id:
        raise Contract(_("The page has neither an address nor a name."))
    published = _moment(entry.published if entry else None)
    updated = _moment(entry.updated if entry else None)
    return MentionDraft(
        channel=CHANNEL,
        external_id=external_id,
        kind=_kind(entry),
        title=None if title == words else title_of(title),
        text=words,
        url=url,
        created_at=min(published or updated or ctx.now, ctx.now),
        edited_at=updated if updated and published and updated > published else None,
        author=_author(card, url),
        rating=_rating(entry),
        media=media_of(entry.photos if entry else ()),
        # That it links there is all that makes it a webmention.
        links=links_of(target),
    )


def _moment(said: str | None) -> datetime | None:
    """A time as pages write it: ISO 8601, a day of the year, a month, or the form of mails."""
    for form in ("%Y-%m", "%Y-%j"):
        with contextlib.suppress(ValueError):
            return datetime.strptime((said or "").strip(), form).replace(tzinfo=UTC)
    return moment(said)


def _words(raw: Raw, entry: Entry | None, card: Card | None) -> str:
    if entry:
        return entry.content or entry.name or _SAYING.get(entry.relation, "")
    return text_of(raw.get("text")) or (card.note or card.name if card else "") or text_of(raw.get("title"))


def _kind(entry: Entry | None) -> str:
    if entry and entry.rating:
        return "review"
    return _KINDS.get(entry.relation, "webmention") if entry else "webmention"


def _rating(entry: Entry | None) -> float | None:
    """Out of five, whatever the page counts to."""
    if not entry or not entry.rating:
        return None
    try:
        value, best = (float(words) for words in entry.rating)
    except ValueError:
        return None
    return round(value / best * 5, 2) if best > 0 and 0 <= value <= best else None


def _author(card: Card | None, page: str | None) -> AuthorDraft:
    """A person is known by their page's address; one who has none, by name within the host."""
    home = card.url if card else None
    host = host_of(page or "") or "web"
    site = re.sub(r"^https?://(www\.)?", "", home or "").split("?")[0].rstrip("/") if home else ""
    slug = re.sub(r"[\W_]+", "-", fold(card.name)).strip("-")[:80] if card and card.name else ""
    return AuthorDraft(
        channel=CHANNEL,
        handle=site or (f"{slug}@{host}" if slug else host),
        external_id=home,
        name=(name_of(card.name) if card else None) or host,
        url=home or (f"https://{host}/" if "." in host else None),
        avatar_url=card.photo if card else None,
    )


def _holds(value: Any, wanted: set[str], depth: int = 20) -> bool:
    if isinstance(value, str):
        return value in wanted
    if isinstance(value, Mapping):
        value = list(value.values())
    return depth > 0 and isinstance(value, list) and any(_holds(inner, wanted, depth - 1) for inner in value)
