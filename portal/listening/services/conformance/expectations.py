"""What a recording says should come out of it: a feed's own comment, a page's JSON twin, or a pair in one file."""

import ast
import calendar
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from portal.foundation.text import fold
from portal.listening.connectors.contract import Change, Deletion, Heard
from portal.listening.connectors.pieces import moment_of, words_of
from portal.listening.connectors.webmention.microformats import Card, Entry, card_of, entry_of
from portal.listening.drafts import MentionDraft
from portal.listening.services.conformance.recordings import Recording

_EXPECT = re.compile(rb"Expect:\s*(.*?)\s*-->", re.DOTALL)
# feedparser's names for what a mention keeps; other parts of a feed are not ours.
_FEED_PARTS = {
    "title": "title", "title_detail.value": "title", "link": "url", "id": "uri", "guid": "uri",
    "summary": "text", "summary_detail.value": "text", "description": "text", "content.value": "text",
    "author": "author", "author_detail.name": "author", "authors.name": "author",
    "author_detail.href": "author's page", "author_detail.url": "author's page",
    "published_parsed": "published", "created_parsed": "published", "updated_parsed": "updated",
    "enclosures.href": "media", "media_content.url": "media", "media_thumbnail.url": "media", "language": "lang",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that came out other than it should."""

    part: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.part}: expected {self.expected[:120]!r}, found {self.found[:120]!r}"


def compare(recording: Recording, heard: Sequence[Heard]) -> list[Difference] | None:
    """Where the outcome differs from what the recording expects; None when it expects nothing that we keep."""
    if recording.expected is not None:
        return _by_name(recording.expected, heard)
    if recording.content_type == "text/html":
        twin = recording.path.with_suffix(".json")
        return _by_twin(twin.read_bytes(), heard) if twin.exists() and twin != recording.path else None
    if recording.content_type == "application/xml":
        said = _EXPECT.search(recording.body[:8192])
        return _by_comment(said[1].decode("utf-8", "replace"), heard) if said else None
    return None


def _by_name(expected: Any, heard: Sequence[Heard]) -> list[Difference]:
    wanted = expected if isinstance(expected, list) else [expected]
    found = []
    if len(wanted) != len(heard):
        found.append(Difference("count", str(len(wanted)), str(len(heard))))
    for item, made in zip(wanted, heard, strict=False):
        for name, value in item.items() if isinstance(item, Mapping) else ():
            ours = _value(made, str(name))
            same = ours == value or _plain(ours) == _plain(value) or (value and moment_of(value) == ours)
            if not same:
                found.append(Difference(str(name), str(value), str(ours)))
    return found


def _value(made: Heard, name: str) -> Any:
    if name == "deleted":
        return isinstance(made, Deletion)
    if name.startswith("author_") and isinstance(made, MentionDraft):
        return getattr(made.author, name.removeprefix("author_"), None)
    value = getattr(made, name, None)
    return value.handle if name == "author" and value is not None and not isinstance(made, Change) else value


def _by_twin(body: bytes, heard: Sequence[Heard]) -> list[Difference] | None:
    """The parsed microformats that a page should give: its entry, else its card, by the same reading."""
    try:
        document = json.loads(body)
        items = document.get("items", [])
    except (ValueError, AttributeError):
        return None
    entry, card = entry_of(items, rels=document.get("rels")), card_of(items)
    if entry is None and card is None:
        return None
    made = next((item for item in heard if isinstance(item, MentionDraft)), None)
    if made is None and entry and not (entry.content or entry.name or entry.photos):
        # What says nothing in words is left out, and nothing of it is kept.
        return None
    author = entry.author if entry else card
    wanted = [*(_of_entry(entry, made) if entry else ()), *(_of_author(author, made) if author else ())]
    return [Difference(part, said, ours) for part, said, ours in wanted if _plain(said) != _plain(ours)]


def _of_entry(entry: Entry, made: MentionDraft | None) -> Iterator[tuple[str, str, str]]:
    words = entry.content or entry.name
    if words:
        yield "content", words, made.text if made else ""
    if entry.name and _plain(entry.name) != _plain(words):
        yield "name", entry.name, (made.title or "") if made else ""
    published = moment_of(entry.published)
    if published:
        yield "published", str(published), str(made.created_at) if made else ""


def _of_author(author: Card, made: MentionDraft | None) -> Iterator[tuple[str, str, str]]:
    if author.name:
        yield "author", author.name, (made.author.name or "") if made else ""
    if author.url:
        yield "author's page", author.url, (made.author.url or "") if made else ""


def _by_comment(sentence: str, heard: Sequence[Heard]) -> list[Difference] | None:
    """`not bozo and entries[0]['title'] == 'x'`: the comparisons of entries that a mention keeps."""
    try:
        tree = ast.parse(" ".join(sentence.split()), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    drafts = [made for made in heard if isinstance(made, MentionDraft)]
    found, asked = [], 0
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or not all(isinstance(way, ast.Eq) for way in node.ops):
            continue
        # `entries[0]['link'] == entries[1]['link'] == 'x'` asks for both.
        *asked_for, value = [node.left, *node.comparators]
        wanted = _wanted(value)
        for place, part in map(_place, asked_for):
            if place is None or part not in _FEED_PARTS or not wanted:
                continue
            asked += 1
            ours = _feed_values(drafts[place], _FEED_PARTS[part]) if place < len(drafts) else []
            # A plain title may hold what looks like a tag, so it may also stand as it was written.
            if not {_plain(one) for one in ours} & {_plain(one) for one in wanted}:
                found.append(Difference(f"entry {place + 1}, {part}", wanted[0], ", ".join(ours)))
    return found if asked else None


def _wanted(node: ast.expr) -> list[str]:
    """A text, in words and as written, or a time tuple; empty for what no mention could hold."""
    try:
        value = ast.literal_eval(node)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return []
    if isinstance(value, tuple) and len(value) == 9 and all(isinstance(part, int) for part in value):
        return [str(datetime.fromtimestamp(calendar.timegm(value), UTC))]
    words = words_of(value) if isinstance(value, str) else ""
    return [words, value] if words else []


def _place(node: ast.expr) -> tuple[int | None, str]:
    """`entries[0]['content'][0]['value']` is entry 0, content.value; other counts than the first are nobody's."""
    keys: list[Any] = []
    while isinstance(node, ast.Subscript):
        keys.insert(0, node.slice.value if isinstance(node.slice, ast.Constant) else None)
        node = node.value
    if not isinstance(node, ast.Name) or node.id != "entries" or len(keys) < 2 or not isinstance(keys[0], int):
        return None, ""
    return keys[0], ".".join(str(key) for key in keys[1:] if key != 0)


def _feed_values(draft: MentionDraft, name: str) -> list[str]:
    """What a mention holds under a name; where a feed tells more than one time or picture, any of them."""
    author = draft.author
    held: dict[str, list[Any]] = {
        "author": [author.name],
        "author's page": [author.url],
        "media": [media.url for media in draft.media],
        "published": [draft.created_at],
        "updated": [draft.edited_at, draft.created_at],
        "lang": [draft.lang],
    }
    values = held[name] if name in held else [getattr(draft, name)]
    return [str(value) for value in values if value]


def _plain(value: Any) -> str:
    return re.sub(r"[\W_]+", " ", fold(str(value if value is not None else ""))).strip()
