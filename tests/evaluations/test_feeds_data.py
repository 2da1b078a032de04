"""Collected feeds, whole folders of them, through the parser and into mentions; needs HEARD_DATA."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.listening.connectors.contract import Context
from portal.listening.connectors.feeds import Feeds, raw_items
from portal.listening.drafts import MENTION_KINDS
from portal.listening.parse_child.documents import read_document
from portal.listening.parsing import ParsedFeed

FOLDER = Path(os.environ.get("HEARD_DATA", "/nonexistent")) / "feeds"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the collected feeds are not part of the project")


def test_every_collected_feed_is_read_and_normalised() -> None:
    context = Context(now=NOW, config={"url": "https://feed.example/feed.xml"})
    files = [path for path in sorted(FOLDER.rglob("*")) if path.is_file() and path.name != "README.md"]
    with_entries = entries = 0

    for path in files:
        # In this process, since a thousand new ones would only measure how fast they start.
        document = read_document(path.read_bytes(), content_type="", url=context.config["url"])
        items = raw_items(ParsedFeed.from_document(document))
        drafts = [Feeds().normalise(item, context) for item in items]
        with_entries += bool(drafts)
        entries += len(drafts)
        for draft in drafts:
            assert draft.kind in MENTION_KINDS, path
            assert draft.created_at <= NOW, path
            assert "\x00" not in draft.text, path

    # Most of the rest are samples of a feed's head without an entry.
    assert with_entries / len(files) >= 0.68
    print(f"{len(files)} files, {with_entries} with entries, {entries} mentions")  # noqa: T201
