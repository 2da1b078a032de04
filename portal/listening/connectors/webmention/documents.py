"""Pages that answer in JSON: microformats as JSON, or ActivityStreams 1 and 2 (https://www.w3.org/TR/activitystreams-core/)."""

from collections.abc import Mapping
from typing import Any

from portal.listening.connectors.pieces import address_of, id_of, piece, text_of, words_of
from portal.listening.connectors.webmention.microformats import Card, Entry

_RELATIONS = {
    "like": "like-of", "favorite": "like-of", "announce": "repost-of", "share": "repost-of", "repost": "repost-of",
    "rsvp-yes": "rsvp", "rsvp-no": "rsvp", "rsvp-maybe": "rsvp", "accept": "rsvp", "bookmark": "bookmark-of",
}  # fmt: skip
_PEOPLE = {"person", "organization", "group", "application", "service"}
_WRAPPERS = {"create", "update", "post", "activity"}


def is_microformats(document: Any) -> bool:
    """Whether JSON is a microformats document: items with a list of types and a map of properties."""
    first = piece(document, "items", 0)
    return isinstance(piece(first, "type"), list) and isinstance(piece(first, "properties"), Mapping)


def entry_of_document(document: Any, target: str = "") -> Entry | None:
    """What an ActivityStreams object says; one that only does something to another is told by its relation."""
    if not isinstance(document, Mapping):
        return None
    verb = _kind(document)
    inner = document.get("object")
    if verb in _WRAPPERS and isinstance(inner, Mapping):
        outer = {name: value for name, value in document.items() if name in {"actor", "published", "updated"}}
        document = {**outer, **inner}
        verb = _kind(document)
    pictures = [
        piece(found, "url") or found for found in (*_listed(document, "image"), *_listed(document, "attachment"))
    ]
    relation = _RELATIONS.get(verb, "") or ("in-reply-to" if document.get("inReplyTo") else "")
    content = words_of(document.get("content")) or words_of(document.get("summary"))
    name = text_of(document.get("name") or document.get("displayName") or document.get("title"))
    author = _author(document)
    if _kind(document) in _PEOPLE or not (content or name or relation or pictures):
        return None
    return Entry(
        name=name,
        content=content,
        url=_address(document.get("url")) or address_of(document.get("id")),
        published=id_of(document.get("published")) or id_of(document.get("startTime")),
        updated=id_of(document.get("updated")),
        relation=relation,
        photos=tuple(("image", address, "") for address in map(_address, pictures) if address),
        categories=tuple(filter(None, (id_of(piece(tag, "name")) for tag in _listed(document, "tag")))),
        author=author,
    )


def card_of_document(document: Any) -> Card | None:
    """The person a document is about, if it is about one, or who acts in it."""
    if not isinstance(document, Mapping):
        return None
    return _card(document) if _kind(document) in _PEOPLE else _author(document)


def _kind(document: Mapping[str, Any]) -> str:
    kind = document.get("verb") or document.get("type") or document.get("@type") or document.get("objectType")
    first = kind[0] if isinstance(kind, list) and kind else kind
    return id_of(first).lower()


def _author(document: Mapping[str, Any]) -> Card | None:
    for name in ("attributedTo", "author", "actor"):
        for found in _listed(document, name):
            if isinstance(found, str) and found:
                return Card("", address_of(found), None) if address_of(found) else Card(text_of(found), None, None)
            if isinstance(found, Mapping):
                return _card(found)
    return None


def _card(found: Mapping[str, Any]) -> Card:
    title = text_of(found.get("name") or found.get("displayName") or found.get("preferredUsername"))
    photo = next(iter(_listed(found, "icon") or _listed(found, "image")), None)
    url = _address(found.get("url")) or address_of(found.get("id"))
    return Card(title, url, _address(photo), words_of(found.get("summary")))


def _listed(holder: Any, name: str) -> list[Any]:
    value = piece(holder, name)
    return value if isinstance(value, list) else ([] if value is None else [value])


def _address(value: Any) -> str | None:
    if isinstance(value, list):
        return next((found for found in map(_address, value) if found), None)
    if isinstance(value, Mapping):
        return _address(value.get("url")) or address_of(value.get("href"))
    return address_of(value)
