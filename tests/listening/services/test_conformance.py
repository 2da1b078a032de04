"""Recorded answers run through a channel: what goes through, what differs, and that nothing unseen breaks it."""

import json

import pytest

from portal.app import create_app
from portal.listening.connectors import known_connectors
from portal.listening.services.conformance import Verdict, conform
from tests.conftest import settings_for_tests

HIT = {
    "objectID": "17", "created_at_i": 1700000000, "author": "juno", "title": "A lamp", "story_text": "It <i>glows</i>",
    "points": 3, "_tags": ["story"],
}  # fmt: skip
FEED = """<!-- Description: x
Expect: not bozo and entries[0]['title'] == '{title}' and entries[0]['link'] == 'http://a.example/1'
--><rss version="2.0"><channel><title>T</title><item><title>A lamp</title><link>http://a.example/1</link>
<description>Words</description></item></channel></rss>"""
PAGE = """<html><body><div class="h-entry"><h1 class="p-name">My lamp</h1><a class="p-author h-card"
href="http://ada.example/">Ada</a><div class="e-content">It glows</div></div></body></html>"""


def test_items_are_found_in_any_envelope(tmp_path):
    (tmp_path / "list.json").write_text(json.dumps([HIT, HIT]))
    (tmp_path / "envelope.json").write_text(json.dumps({"a": {"hits": [HIT]}, "unknown": 1}))
    (tmp_path / "lines.jsonl").write_text(json.dumps(HIT) + "\n" + json.dumps(HIT) + "\n")
    answers = [{"method": "GET", "url": "u", "status": status, "headers": {}, "body": [HIT]} for status in (200, 500)]
    (tmp_path / "cassette.yaml").write_text(json.dumps(answers))
    (tmp_path / "raw").write_bytes(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + json.dumps(HIT).encode()
    )
    (tmp_path / "README.md").write_text("not a recording")

    report = conform("hackernews", [tmp_path])

    assert (report.recordings, report.items[Verdict.THROUGH], report.misses) == (6, 7, [])


def test_a_pair_in_one_file_is_compared(tmp_path):
    right = {"text": "It glows", "author": "juno", "likes": 3, "kind": "post", "title": "A lamp"}
    (tmp_path / "right.json").write_text(json.dumps({"payload": HIT, "expected": right}))
    (tmp_path / "wrong.json").write_text(json.dumps({"payload": HIT, "expected": {**right, "likes": 4}}))

    report = conform("hackernews", [tmp_path])

    assert (report.compared, report.equal) == (2, 1)
    assert [miss.reason for miss in report.misses] == ["likes: expected '4', found '3'"]


def test_what_a_feed_and_a_page_expect_is_compared(tmp_path):
    (tmp_path / "same.xml").write_text(FEED.format(title="A lamp"))
    (tmp_path / "other.xml").write_text(FEED.format(title="A desk"))
    (tmp_path / "page.html").write_text(PAGE)
    card = {"type": ["h-card"], "properties": {"name": ["Ada"], "url": ["http://ada.example/"]}}
    words = [{"html": "It glows", "value": "It glows"}]
    entry = {"type": ["h-entry"], "properties": {"name": ["My lamp"], "author": [card], "content": words}}
    (tmp_path / "page.json").write_text(json.dumps({"items": [entry], "rels": {}}))

    feeds = conform("feeds", [tmp_path / "same.xml", tmp_path / "other.xml"])
    page = conform("webmention", [tmp_path / "page.html"])

    assert (feeds.compared, feeds.equal) == (2, 1)
    assert "A desk" in feeds.misses[0].reason
    assert (page.compared, page.equal, page.misses) == (1, 1, [])


STRANGE = [
    "", "null", "0", '"x"', "[]", "{}", "[[[{}]]]", "[1, null, {}]", '{"id": {}, "author": [], "text": 5}', "{", "\x00",
    '{"objectID": [], "created_at_i": "x"}', '{"uri": 1, "record": {"text": {}}, "author": {"did": []}}',
    '{"content": 4, "account": 3, "created_at": [], "visibility": {}}', '{"question_id": null, "creation_date": -1e40}',
    '{"body": {}, "created_at": 9e99, "user": []}', '{"kind": "commit", "did": 1, "commit": []}',
    '{"id": 1, "cooked": [], "created_at": {}, "username": {}}', '{"items": [{"type": ["h-entry"], "properties": 3}]}',
    '{"type": [[]], "object": {"type": {}}, "verb": 4, "attachment": [[[]]]}', "[" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("channel", [connector.key for connector in known_connectors()])
def test_nothing_strange_breaks_a_channel(channel, tmp_path):
    # A parser of its own takes its time for each document, so those that start one get a few.
    strange = STRANGE if channel not in {"feeds", "webmention"} else [STRANGE[place] for place in (0, 3, 9, 18, 19)]
    for number, body in enumerate(strange):
        (tmp_path / f"{number:02}.json").write_text(body)

    report = conform(channel, [tmp_path])

    assert not report.has_raised, report.misses


def test_the_command_prints_the_shares_and_says_when_something_broke(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps(HIT))
    runner = create_app(settings_for_tests()).test_cli_runner()

    good = runner.invoke(args=["listening", "conform", "hackernews", str(tmp_path)])
    unknown = runner.invoke(args=["listening", "conform", "pigeon", str(tmp_path)])

    assert good.exit_code == 0
    assert "1 items went through (100.0%)" in good.output
    assert unknown.exit_code == 2
    assert "hackernews" in unknown.stderr
