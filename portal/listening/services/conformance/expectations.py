"""What a recording says should come out of it: a feed's own comment, a page's JSON twin, or a pair in one file."""

import ast
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.foundation.text import fold
from portal.listening.connectors.contract import Change, Deletion, Heard
from portal.listening.connectors.pieces import moment_of, words_of
from portal.listening.connectors.webmention.microformats import card_of, entry_of
from portal.listening.drafts import MentionDraft
from portal.listening.services.conformance.recordings import Recording

_EXPECT = re.compile(rb"Expect:\s*(.*?)\s*-->", re.DOTALL)
# feedparser's names for what a mention keeps; other parts of a feed are not ours.
_FEED_PARTS = {
    "title": "title", "link": "url", "id": "uri", "guid": "uri", "summary": "text", "description": "text",
    "content": "text", "author": "author",
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
        items = json.loads(body).get("items", [])
    except (ValueError, AttributeError):
        return None
    entry, card = entry_of(items), card_of(items)
    author = entry.author if entry else card
    if entry is None and card is None:
        return None
    made = next((item for item in heard if isinstance(item, MentionDraft)), None)
    wanted: list[tuple[str, str, str]] = []
    if entry:
        words = entry.content or entry.name
        if words:
            wanted.append(("content", words, made.text if made else ""))
        if entry.name and _plain(entry.name) != _plain(words):
            wanted.append(("name", entry.name, (made.title or "") if made else ""))
        published = moment_of(entry.published)
        if published:
            wanted.append(("published", str(published), str(made.created_at) if made else ""))
    if author and author.name:
        wanted.append(("author", author.name, (made.author.name or "") if made else ""))
    if author and author.url:
        wanted.append(("author's page", author.url, (made.author.url or "") if made else ""))
    return [Difference(part, said, ours) for part, said, ours in wanted if _plain(said) != _plain(ours)]


def _by_comment(sentence: str, heard: Sequence[Heard]) -> list[Difference] | None:
    """`not bozo and entries[0]['title'] == 'x'`: the comparisons of entries that a mention keeps."""
    try:
        tree = ast.parse(" ".join(sentence.split()), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    drafts = [made for made in heard if isinstance(made, MentionDraft)]
    found, asked = [], 0
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or len(node.ops) != 1 or not isinstance(node.ops[0], ast.Eq):
            continue
        place, part = _place(node.left)
        value = node.comparators[0]
        if place is None or part not in _FEED_PARTS or not isinstance(value, ast.Constant):
            continue
        written = value.value if isinstance(value.value, str) else ""
        said = words_of(written)
        if not said:
            continue
        asked += 1
        draft = drafts[place] if place < len(drafts) else None
        ours = _feed_value(draft, _FEED_PARTS[part]) if draft else ""
        # A plain title may hold what looks like a tag, so it may also stand as it was written.
        if _plain(ours) not in {_plain(said), _plain(written)}:
            found.append(Difference(f"entry {place + 1}, {part}", said, ours))
    return found if asked else None


def _place(node: ast.expr) -> tuple[int | None, str]:
    """`entries[0]['content'][0]['value']` is entry 0, content."""
    keys: list[Any] = []
    while isinstance(node, ast.Subscript):
        keys.insert(0, node.slice.value if isinstance(node.slice, ast.Constant) else None)
        node = node.value
    if not isinstance(node, ast.Name) or node.id != "entries" or len(keys) < 2 or not isinstance(keys[0], int):
        return None, ""
    is_plain = len(keys) == 2 or (keys[1] == "content" and keys[2:] == [0, "value"])
    return (keys[0], str(keys[1])) if is_plain else (None, "")


def _feed_value(draft: MentionDraft, name: str) -> str:
    return (draft.author.name or "") if name == "author" else str(getattr(draft, name) or "")


def _plain(value: Any) -> str:
    return re.sub(r"[\W_]+", " ", fold(str(value if value is not None else ""))).strip()
