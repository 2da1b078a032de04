"""Who says what in a page's microformats (https://microformats.org/wiki/microformats2, indieweb.org/authorship)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.listening.connectors.pieces import address_of, id_of, piece, pieces, text_of, words_of

# What an entry may be to the page it points at, in the order in which it is asked.
_RELATIONS = ("rsvp", "like-of", "repost-of", "bookmark-of", "in-reply-to", "quotation-of")
_SAYING_PICTURE = re.compile(r'<img\b[^<>]*?\balt="([^"<>]+)"[^<>]*>', re.IGNORECASE)
_SPEAKING = ("h-entry", "h-event", "h-review", "h-product", "h-recipe", "h-resume", "h-item")


@dataclass(frozen=True, slots=True)
class Card:
    """A person or an organisation."""

    name: str
    url: str | None
    photo: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a page says.

    Attributes:
        photos: kind (image, video, audio), address, and the words that stand for it.
        relation: like-of, in-reply-to and so on, if it points at the target with it; empty for a plain mention.
        rating: as written, with the best there is.
    """

    name: str
    content: str
    url: str | None
    published: str
    updated: str
    relation: str
    photos: tuple[tuple[str, str, str], ...]
    categories: tuple[str, ...]
    author: Card | None
    rating: tuple[str, str] | None = None


def entry_of(
    items: Sequence[Any], *, page: str = "", target: str = "", rels: Mapping[str, Any] | None = None
) -> Entry | None:
    """The entry whose address is the page's own, else one that points at the target, else the first there is.

    None on a page without one.
    """
    found = [(item, parent) for item, parent in _walk(items, None) if _is(item, *_SPEAKING)]
    if not found:
        return None
    own = [pair for pair in found if page and page in _texts(pair[0], "url")]
    pointing = [pair for pair in found if target and _points_at(pair[0], target)]
    item, parent = (own or pointing or found)[0]
    content = next(iter(_values(item, "content")), None)
    words = _words_with_pictures(piece(content, "html")) if piece(content, "html") else _text(content)
    names = _texts(item, "name")
    rating, best = _texts(item, "rating"), _texts(item, "best")
    return Entry(
        name=names[0] if names else "",
        content=words or next(iter(_texts(item, "summary") or _texts(item, "description")), ""),
        url=next(iter(_addresses(item, "url")), None),
        published=next(iter(_texts(item, "published") or _texts(item, "start")), ""),
        updated=next(iter(_texts(item, "updated")), ""),
        relation=_relation(item, target),
        photos=tuple(_shown(item)),
        categories=tuple(_texts(item, "category")),
        author=_author(item, parent, items, page, rels or {}),
        rating=(rating[0], best[0] if best else "5") if rating else None,
    )


def card_of(items: Sequence[Any]) -> Card | None:
    """The first person or organisation of a page."""
    return next((_card(item) for item, _parent in _walk(items, None) if _is(item, "h-card")), None)


def representative_card(items: Sequence[Any], rels: Mapping[str, Any], page: str) -> Card | None:
    """Whose page it is (https://microformats.org/wiki/representative-h-card-parsing); None where it does not say."""
    cards = [item for item, _parent in _walk(items, None) if _is(item, "h-card")]
    here = [item for item in cards if _is_same(page, _addresses(item, "url"))]
    own = [item for item in here if _is_same(page, _addresses(item, "uid"))]
    mine = {address for address in pieces(rels, "me") if isinstance(address, str)}
    claimed = [item for item in cards if mine & set(_addresses(item, "url"))]
    chosen = own or claimed or (here if len(cards) == 1 else [])
    return _card(chosen[0]) if chosen else None


def _author(
    item: Mapping[str, Any], parent: Mapping[str, Any] | None, items: Sequence[Any], page: str, rels: Mapping[str, Any]
) -> Card | None:
    """The entry's own author, else the feed's around it, else the page's (https://indieweb.org/authorship-spec)."""
    for holder in (item, parent):
        for found in _values(holder, "author") + (_values(holder, "reviewer") if holder else []):
            if isinstance(found, Mapping) and found.get("type"):
                return _card(found)
            words = _text(found)
            if address_of(words):
                return _card_at(words, items)
            if words:
                return Card(words, None, None)
    named = next((address for address in pieces(rels, "author") if address_of(address)), None)
    if named:
        return _card_at(named, items)
    # Else the one card beside the entry in its feed, whose page it is, or the one card of the page.
    for holders in (pieces(parent, "children"), items):
        cards = [_card(top) for top in holders if isinstance(top, Mapping) and _is(top, "h-card")]
        if len(cards) == 1:
            return cards[0]
    return representative_card(items, rels, page)


def _card_at(address: str, items: Sequence[Any]) -> Card:
    """The card of the page with this address, or the address alone: its own page may say more."""
    same = [card for card in _cards(items) if _is_same(address, [card.url or ""])]
    return same[0] if same else Card("", address, None)


def _is_same(address: str, others: Sequence[str]) -> bool:
    """Whether an address is among others, with or without the slash at its end."""
    return bool(address) and address.rstrip("/") in {other.rstrip("/") for other in others}


def _card(item: Mapping[str, Any]) -> Card:
    name = next(iter(_texts(item, "name")), "") or id_of(item.get("value"))
    return Card(
        name=name,
        url=next(iter(_addresses(item, "url")), None),
        photo=next(iter(_addresses(item, "photo")), None),
        note=next(iter(_texts(item, "note")), ""),
    )


def _cards(items: Sequence[Any]) -> list[Card]:
    return [_card(item) for item, _parent in _walk(items, None) if _is(item, "h-card")]


def _points_at(value: Any, target: str, depth: int = 8) -> bool:
    """Whether an entry itself holds an address: as a value, or in its markup; not in entries below it."""
    if isinstance(value, str):
        return value == target or f'="{target}"' in value
    if isinstance(value, Mapping):
        value = [part for name, part in value.items() if name != "children"]
    return depth > 0 and isinstance(value, list) and any(_points_at(part, target, depth - 1) for part in value)


def _relation(item: Mapping[str, Any], target: str) -> str:
    for name in _RELATIONS:
        values = _values(item, name)
        if name == "rsvp":
            if values and (not target or target in _named(item, "in-reply-to")):
                return name
        elif values and (not target or target in _named(item, name)):
            return name
    return ""


def _named(item: Mapping[str, Any], name: str) -> list[str]:
    """Every address under a property, be it plain or that of a citation."""
    found = []
    for value in _values(item, name):
        found += [_text(value), *(_texts(value, "url") if isinstance(value, Mapping) else [])]
    return found


def _walk(
    items: Sequence[Any], parent: Mapping[str, Any] | None, depth: int = 8
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any] | None]]:
    for item in items:
        if isinstance(item, Mapping) and depth:
            yield item, parent
            yield from _walk(pieces(item, "children"), item, depth - 1)
            properties = item.get("properties")
            for values in properties.values() if isinstance(properties, Mapping) else ():
                if isinstance(values, list):
                    nested = [value for value in values if isinstance(value, Mapping) and value.get("type")]
                    yield from _walk(nested, item, depth - 1)


def _words_with_pictures(markup: Any) -> str:
    """Words of markup in which a picture stands for what it says, as an emoji that is drawn does."""
    return words_of(_SAYING_PICTURE.sub(r" \1 ", markup)) if isinstance(markup, str) else ""


def _is(item: Mapping[str, Any], *kinds: str) -> bool:
    return any(kind in kinds for kind in pieces(item, "type"))


def _values(item: Any, name: str) -> list[Any]:
    return pieces(item, "properties", name)


def _texts(item: Any, name: str) -> list[str]:
    return [words for words in map(_text, _values(item, name)) if words]


def _addresses(item: Any, name: str) -> list[str]:
    return [address for address in map(address_of, _texts(item, name)) if address]


def _shown(item: Any) -> Iterator[tuple[str, str, str]]:
    """Pictures, films and sounds; an address is a string, or an object with the words beside it."""
    for name, kind in (("photo", "image"), ("video", "video"), ("audio", "audio")):
        for value in _values(item, name):
            address = address_of(_text(value))
            if address:
                yield kind, address, id_of(piece(value, "alt"))


def _text(value: Any) -> str:
    """A value is a string, or an object whose `value` is one."""
    if isinstance(value, Mapping):
        return text_of(value.get("value")) or next(iter(_texts(value, "name")), "")
    return text_of(value)
