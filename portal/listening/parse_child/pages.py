"""A page's microformats and addresses, read by mf2py: what a webmention's source says of itself."""

import re
from copy import copy
from typing import Any
from urllib.parse import urljoin

import mf2py
from bs4 import BeautifulSoup, Tag
from bs4.element import AttributeValueList

MAX_ADDRESSES = 2000
MAX_PAGE_CHARS = 1 << 20
MAX_INCLUDES, MAX_INCLUDED_CHARS = 50, 20_000
_CLASSIC = {
    "adr", "geo", "hentry", "hfeed", "hproduct", "hrecipe", "hresume", "hreview", "hreview-aggregate", "vcard",
    "vevent",
}  # fmt: skip
_PEOPLE = {"author", "reviewer", "organizer", "attendee", "contact"}
_PARTS = {"fn": "p-name", "url": "u-url", "photo": "u-photo", "note": "p-note", "nickname": "p-nickname"}
_DATES = {"bday", "dtstart", "dtend", "dtreviewed", "published", "reviewed", "rev", "updated"}
_POINTING = {
    "a": "href", "area": "href", "link": "href", "img": "src", "video": "src", "audio": "src", "source": "src",
    "iframe": "src", "object": "data", "embed": "src", "blockquote": "cite", "q": "cite", "del": "cite", "ins": "cite",
}  # fmt: skip


def read_page(body: bytes, *, content_type: str, url: str) -> dict[str, Any]:
    """Title, microformats items and rels, and every address that the page points at, absolute."""
    soup = BeautifulSoup(_text(body, content_type)[:MAX_PAGE_CHARS], "html5lib")
    _bring_in(soup)
    _name_anew(soup)
    found = mf2py.parse(doc=soup, url=url or None)
    title = soup.title.get_text() if soup.title else ""
    base = soup.find("base", href=True)
    root = _joined(url, str(base["href"])) if isinstance(base, Tag) else url
    addresses: dict[str, None] = {}
    for tag in soup.find_all(list(_POINTING)):
        value = tag.get(_POINTING[tag.name]) if isinstance(tag, Tag) else None
        if isinstance(value, str) and value and len(addresses) < MAX_ADDRESSES:
            addresses.setdefault(_joined(root, value))
    return {
        "title": " ".join(title.split())[:500],
        "items": found["items"],
        "rels": found["rels"],
        "addresses": [address for address in addresses if address],
    }


def _bring_in(soup: BeautifulSoup) -> None:
    """Put what a classic microformat only refers to where it refers to it.

    https://microformats.org/wiki/include-pattern: a link or object of the class `include`, the headers of a cell,
    and `itemref`.
    """
    found: list[tuple[Tag, Tag]] = []
    for tag in soup.find_all(_refers, limit=MAX_INCLUDES):
        for name in _references(tag)[:MAX_INCLUDES] if isinstance(tag, Tag) else ():
            part = soup.find(id=name)
            if isinstance(part, Tag) and not any(one is part for one in (tag, *tag.parents)):
                found.append((tag, part))
    short = [(tag, copy(part)) for tag, part in found[:MAX_INCLUDES] if len(part.decode()) <= MAX_INCLUDED_CHARS]
    for tag, part in short:
        del part["id"]
        if tag.name in {"a", "object"}:
            tag.insert_before(part)
        else:
            tag.append(part)


def _name_anew(soup: BeautifulSoup) -> None:
    """Say in today's classes what mf2py does not read in the classic ones: the parts of a person, and a hidden date."""
    for person in soup.find_all(class_="vcard"):
        if isinstance(person, Tag) and _PEOPLE & set(person.get_attribute_list("class")):
            for part in person.find_all(class_=list(_PARTS)):
                classes = part.get_attribute_list("class") if isinstance(part, Tag) else []
                part["class"] = AttributeValueList([*classes, *(_PARTS[name] for name in classes if name in _PARTS)])
    # https://microformats.org/wiki/value-class-pattern#Using_value-title_to_publish_machine-data
    for hidden in soup.find_all(class_="value-title", title=True):
        around = hidden.parent.get_attribute_list("class") if hidden.parent else []
        if any(str(name).startswith("dt-") or name in _DATES for name in around) and isinstance(hidden, Tag):
            hidden.name, hidden["value"] = "data", hidden["title"]
            hidden["class"] = AttributeValueList(["value"])


def _refers(tag: Tag) -> bool:
    classes = set(tag.get_attribute_list("class"))
    if tag.name in {"a", "object"} and "include" in classes:
        return True
    return bool(classes & _CLASSIC) and (tag.has_attr("itemref") or (tag.name == "td" and tag.has_attr("headers")))


def _references(tag: Tag) -> list[str]:
    said = tag.get("href" if tag.name == "a" else "data" if tag.name == "object" else "itemref") or tag.get("headers")
    words = " ".join(said) if isinstance(said, list) else said or ""
    return [word.removeprefix("#") for word in words.split()]


def _text(body: bytes, content_type: str) -> str:
    named = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    said = named or re.search(
        r"<meta[^>]{1,200}?charset=[\"']?([\w.:-]+)", body[:4096].decode("latin-1"), re.IGNORECASE
    )
    try:
        return body.decode(said[1] if said else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _joined(root: str, address: str) -> str:
    try:
        return urljoin(root, address.strip())
    except ValueError:
        return ""
