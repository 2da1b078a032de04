"""JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import contextlib
import json
from datetime import datetime
from typing import Any

from portal.listening.parse_child.dates import read_date
from portal.listening.parse_child.words import MAX_ENTRIES, as_moment, as_text, entry, joined, links_in, plain_text


def read_json_feed(body: bytes, url: str = "") -> dict[str, Any] | None:
    """The feed, or None if the JSON is no JSON Feed; items without a usable id are dropped, as it asks.

    Addresses are made whole by `url`, where the feed was found.
    """
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in as_text(feed.get("version")):
        return None
    items = feed.get("items")
    language = as_text(feed.get("language"))
    first = items[:MAX_ENTRIES] if isinstance(items, list) else []
    entries = [_read_item(item, url) for item in first if isinstance(item, dict)]
    name, address, avatar = _author(feed, url)
    return {
        "format": "json",
        "title": as_text(feed.get("title")),
        "link": as_text(feed.get("home_page_url")),
        "language": language,
        "ttl_minutes": None,
        "skip_hours": [],
        "author": name,
        "author_url": address,
        "author_avatar": avatar,
        "hub": _hub(feed.get("hubs")),
        "topic": as_text(feed.get("feed_url")),
        "next": as_text(feed.get("next_url")),
        "entries": [found for found in entries if found["id"]],
    }


def _read_item(item: dict[str, Any], root: str) -> dict[str, Any]:
    name, address, avatar = _author(item, root)
    number = item.get("id")
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    text = as_text(item.get("content_text")) or plain_text(as_text(item.get("content_html")))
    return entry(
        id=str(number) if is_number else as_text(number),
        link=joined(root, item.get("url")) or joined(root, item.get("external_url")),
        title=as_text(item.get("title")),
        text=text or as_text(item.get("summary")),
        author=name,
        author_url=address,
        author_avatar=avatar,
        published=_moment(item.get("date_published")),
        updated=_moment(item.get("date_modified")),
        language=as_text(item.get("language")),
        media=_media(item, root),
        links=_links(item, root),
    )


def _author(holder: dict[str, Any], root: str) -> tuple[str, str, str]:
    """Name, page and picture; version 1 has one `author`, 1.1 a list."""
    people = holder.get("authors")
    person = people[0] if isinstance(people, list) and people else holder.get("author")
    if not isinstance(person, dict):
        return "", "", ""
    return as_text(person.get("name")), joined(root, person.get("url")), joined(root, person.get("avatar"))


def _hub(hubs: object) -> str:
    found = [hub for hub in hubs if isinstance(hub, dict)] if isinstance(hubs, list) else []
    return next((as_text(hub.get("url")) for hub in found if as_text(hub.get("type")).lower() == "websub"), "")


def _media(item: dict[str, Any], root: str) -> list[dict[str, str]]:
    found = [{"kind": "image", "url": joined(root, item.get("image"))}] if item.get("image") else []
    attachments = item.get("attachments")
    for attachment in attachments if isinstance(attachments, list) else []:
        if isinstance(attachment, dict):
            kind = as_text(attachment.get("mime_type")).partition("/")[0]
            found.append({"kind": kind, "url": joined(root, attachment.get("url"))})
    return found


def _links(item: dict[str, Any], root: str) -> list[str]:
    """What its words lead to, and the page elsewhere that it is about."""
    page = joined(root, item.get("url")) or root
    found = [item.get("external_url"), *links_in(as_text(item.get("content_html")))]
    return [address for address in dict.fromkeys(joined(page, link) for link in found) if address][:50]


def _moment(value: object) -> str | None:
    said = as_text(value).strip()
    with contextlib.suppress(ValueError):
        return as_moment(datetime.fromisoformat(said))
    # RFC 3339 is what the specification asks for, and not what all write.
    return as_moment(read_date(said))
