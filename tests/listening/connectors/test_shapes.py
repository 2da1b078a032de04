"""Items of every keyed channel in the shape of the house, and payloads nobody has seen: a miss, no traceback."""

import copy
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Change, Contract, Deletion
from portal.listening.drafts import MAX_TEXT_CHARS, MentionDraft
from tests.channels import (
    bluesky_server,
    discourse_server,
    flickr_server,
    github_server,
    graph_server,
    hackernews_server,
    mastodon_server,
    reddit_server,
    review_servers,
    stackexchange_server,
    tumblr_server,
    x_server,
    youtube_server,
)
from tests.channels.api_server import NOON, Post
from tests.listening.connectors.asking import context

POST = Post("1991000000000000123", "Tom &amp; the lamp \U0001f4a1 \u202eevil", NOON, "juno")


SAMPLES: dict[str, list[Any]] = {
    "youtube": [
        {"items": [youtube_server.video(POST), youtube_server.comment(POST)]},
        {
            "items": [
                {
                    "kind": "youtube#commentThread",
                    "id": "t",
                    "snippet": {"videoId": "v", "totalReplyCount": 1, "topLevelComment": youtube_server.comment(POST)},
                    "replies": {"comments": [youtube_server.comment(POST)]},
                }
            ]
        },
    ],
    "x": [{**x_server.bodies([POST], users=True, names=names), "meta": {}} for names in ("tweet", "post")]
    + [
        {
            "statuses": [
                {
                    "id": 414075829182676992,
                    "id_str": "414075829182676992",
                    "text": "a &lt;lamp&gt;",
                    "created_at": "Fri Dec 20 16:52:25 +0000 2013",
                    "in_reply_to_status_id_str": "5",
                    "user": {"id": 5, "screen_name": "juno", "followers_count": 4},
                    "favorite_count": 1,
                }
            ]
        }
    ],
    "reddit": [
        {"kind": "Listing", "data": {"children": [reddit_server.post_thing(POST), reddit_server.comment_thing(POST)]}}
    ],
    "facebook": [
        {
            "data": [
                graph_server.page_post(POST)
                | {
                    "attachments": {"data": [{"media": {"image": {"src": "https://cdn.example/a.jpg"}}, "title": "t"}]},
                    "comments": {
                        "data": [
                            {
                                "id": "1_2",
                                "message": "so",
                                "created_time": "2026-11-20T12:00:00+0000",
                                "parent": {"id": "1_1"},
                            }
                        ]
                    },
                }
            ]
        }
    ],
    "instagram": [
        {
            "data": [
                graph_server.medium(POST)
                | {
                    "children": {"data": [{"media_type": "VIDEO", "media_url": "https://cdn.example/b.mp4"}]},
                    "comments": {
                        "data": [{"id": "c", "text": "so", "timestamp": "2026-11-20T12:00:00+0000", "username": "omar"}]
                    },
                }
            ]
        }
    ],
    "threads": [{"data": [graph_server.thread(POST) | {"replied_to": {"id": "5"}}]}],
    "tumblr": [
        {
            "meta": {},
            "response": [tumblr_server.body(POST) | {"parent_post_id": "4", "blog": {"uuid": "t:x", "title": "J"}}],
        },
        {
            "response": {
                "posts": [
                    {
                        "id": 131192373805,
                        "blog_name": "juno",
                        "timestamp": 1444873560,
                        "type": "photo",
                        "caption": "<p>There&rsquo;s light</p>",
                        "photos": [{"caption": "", "original_size": {"url": "https://x.example/a.png"}}],
                    }
                ]
            }
        },
    ],
    "flickr": [{"photos": {"photo": [flickr_server.body(POST)]}, "stat": "ok"}],
    "yelp": [{"reviews": [review_servers.yelp_review(POST)]}],
    "trustpilot": [{"reviews": [review_servers.trust_review(POST)]}],
    "google-play": [{"reviews": [review_servers.play_review(POST)]}],
    "app-store": [
        {"data": [review_servers.connect_review(POST)]},
        {"feed": {"entry": review_servers.feed_entry(POST)}},
    ],
    "linkedin": [{"elements": [review_servers.notification(POST)]}],
    "bluesky": [{"posts": [bluesky_server.view(POST)]}, bluesky_server.line(POST)],
    "mastodon": [[mastodon_server.status(POST)]],
    "discourse": [{"latest_posts": [discourse_server.shown(POST)]}],
    "github": [
        {"items": [github_server.issue(POST), github_server.comment(POST)]},
        {"data": {"search": {"nodes": [github_server.discussion(POST)]}}},
    ],
    "hackernews": [{"hits": [hackernews_server.hit(POST)]}],
    "stackexchange": [{"items": [stackexchange_server.question(POST)]}],
    "webmention": [
        {
            "document": {
                "type": "Note",
                "id": "https://a.example/1",
                "name": "A lamp",
                "attributedTo": {
                    "name": "Juno",
                    "url": "https://a.example/",
                    "icon": {"url": "https://a.example/j.png"},
                },
            }
        },
        {
            "items": [
                {
                    "type": ["h-entry"],
                    "properties": {
                        "name": ["A lamp"],
                        "content": [{"html": "<p>It hums", "value": "It hums"}],
                        "published": ["2026-11-20"],
                        "author": [
                            {"type": ["h-card"], "properties": {"name": ["Juno"], "url": ["https://a.example/"]}}
                        ],
                        "in-reply-to": [{"type": ["h-cite"], "properties": {"url": ["https://shop.example/"]}}],
                    },
                }
            ]
        },
    ],
    "webhook": [
        {
            "mentions": [
                {
                    "id": "1",
                    "text": "a",
                    "created_at": "2026-11-20T12:00:00Z",
                    "author": {"handle": "juno"},
                    "media": [{"kind": "image", "url": "https://a.example/b.jpg"}],
                }
            ],
            "deleted": ["5", {"id": 6}],
        }
    ],
}

STRANGE: tuple[Any, ...] = (
    None, "", 0, -1, 10**40, 1.5, float("nan"), True, [], {}, [None], [[]], {"a": None}, "\x00\ud800", "9" * 5000,
    "2026-13-45T99:99:99Z", "//", "javascript:alert(1)", "https://[", ["x"], {"id": {}},
    "http://\ud800/", 'a b"<c', "w" * 20_001,
)  # fmt: skip


# What a page may link to and a database can keep.
ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f\ud800-\udfff]+")


def mutants(value: Any) -> Iterator[Any]:
    """The document with each of its parts missing, and with each replaced by every strange value."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield {other: kept for other, kept in value.items() if other != name}
            for strange in (*STRANGE, *mutants(part)):
                yield {**value, name: strange}
    elif isinstance(value, list):
        for place, part in enumerate(value):
            for strange in mutants(part):
                yield [*value[:place], strange, *value[place + 1 :]]


@pytest.mark.parametrize("channel", SAMPLES)
def test_a_sample_becomes_a_mention_and_no_mutant_of_it_a_traceback(channel):
    connector, ctx = connector_for(channel), context(channel, package="com.example.lamp")
    whole = 0
    for sample in SAMPLES[channel]:
        for raw in connector.unwrap(copy.deepcopy(sample)):
            heard = connector.normalise(raw, ctx)
            whole += isinstance(heard, MentionDraft)
            if isinstance(heard, MentionDraft):
                assert heard.author.handle
                assert heard.created_at.utcoffset() is not None
                assert not heard.url or heard.url.startswith(("https://", "http://"))
    assert whole

    for sample in SAMPLES[channel]:
        for mutant in mutants(sample):
            try:
                raws = connector.unwrap(mutant)
            except Contract:
                continue
            for raw in raws:
                try:
                    heard = connector.normalise(raw, ctx)
                except Contract:
                    continue
                assert isinstance(heard, MentionDraft | Deletion | Change)
                if isinstance(heard, MentionDraft):
                    assert heard.external_id
                    for part in (heard.text, heard.title, heard.external_id, heard.author.name, heard.author.handle):
                        assert "\x00" not in str(part)
                        assert len(str(part).encode()) <= 80_000
                    assert len(heard.text) <= MAX_TEXT_CHARS
                    shown = [media.url for media in heard.media]
                    for address in (heard.url, heard.author.url, heard.author.avatar_url, *shown):
                        assert not address or ADDRESS.fullmatch(address), address


def only(channel: str, document: Any, **settings: str) -> Any:
    connector, ctx = connector_for(channel), context(channel, **settings)
    (heard,) = [connector.normalise(raw, ctx) for raw in connector.unwrap(document)]
    return heard


def test_a_video_of_a_search_has_its_entities_decoded_once():
    item = {
        "id": {"kind": "youtube#video", "videoId": "abc"},
        "snippet": {
            "publishedAt": "2026-11-20T12:00:00Z",
            "channelId": "UC1",
            "channelTitle": "Juno",
            "title": "Tom &amp; &quot;lamp&quot; &amp;lt;3",
        },
    }

    heard = only("youtube", {"items": [item]})

    assert (heard.title, heard.url, heard.author.handle) == (
        'Tom & "lamp" &lt;3',
        "https://www.youtube.com/watch?v=abc",
        "UC1",
    )


def test_a_reply_under_a_comment_knows_its_place():
    reply = youtube_server.comment(POST)
    reply["snippet"] |= {"parentId": "Ugp", "updatedAt": "2026-11-20T13:00:00Z"}

    heard = only("youtube", {"items": [reply]})

    assert (heard.kind, heard.parent_id, heard.thread_id) == ("reply", "Ugp", "Ugp")
    assert heard.edited_at == datetime(2026, 11, 20, 13, tzinfo=UTC)


def test_channels_and_playlists_are_no_mentions():
    document = {
        "items": [
            {"kind": "youtube#channel", "id": "UC1", "snippet": {"title": "x", "publishedAt": "2026-11-20T12:00:00Z"}}
        ]
    }

    assert connector_for("youtube").unwrap(document) == []


def test_an_edited_post_stays_one_mention_and_a_post_without_a_time_has_that_of_its_id():
    post = {
        "id": "1991000000000000009",
        "text": "new",
        "edit_history_tweet_ids": ["1991000000000000001", "1991000000000000009"],
    }

    heard = only("x", {"data": [post]})

    assert (heard.external_id, heard.author.handle) == ("1991000000000000001", "hidden-1991000000000000009")
    assert (heard.created_at.year, heard.edited_at) == (2025, heard.created_at)


def test_kinds_on_x_follow_what_a_post_refers_to():
    kinds = {"retweeted": "repost", "quoted": "quote", "replied_to": "reply", "unheard_of": "post"}
    for said, kind in kinds.items():
        for part in ("referenced_tweets", "referenced_posts"):
            post = {"id": "1991000000000000001", "text": "a", part: [{"type": said, "id": "5"}]}
            assert only("x", {"data": [post]}).kind == kind


def test_users_and_counts_of_x_are_no_posts():
    document = {"data": [{"id": "5", "username": "juno", "name": "Juno"}, {"start": "x", "tweet_count": 4}]}

    assert connector_for("x").unwrap(document) == []


@pytest.mark.parametrize(
    "more",
    [{"selftext": "[removed]"}, {"removed_by_category": "moderator"}, {"selftext": "[deleted]", "author": "[deleted]"}],
)
def test_what_is_deleted_on_reddit_is_a_deletion(more):
    post = Post("abc", "lamp", NOON, "juno", more)

    heard = only("reddit", {"data": {"children": [reddit_server.post_thing(post)]}})

    assert heard == Deletion(channel="reddit", external_id="t3_abc")


def test_two_hidden_writers_are_not_taken_for_one():
    posts = [{"id": f"1_{number}", "message": "so", "created_time": "2026-11-20T12:00:00+0000"} for number in (1, 2)]
    connector, ctx = connector_for("facebook"), context("facebook")
    handles = {connector.normalise(raw, ctx).author.handle for raw in connector.unwrap({"data": posts})}

    assert handles == {"hidden-1_1", "hidden-1_2"}


def test_a_page_or_a_private_message_is_no_mention():
    page = {"id": "100", "name": "Lumen", "fan_count": 5}
    message = {"id": "m_abc", "message": "hi", "created_time": "2026-11-20T12:00:00+0000"}

    assert connector_for("facebook").unwrap({"data": [page, message]}) == []


def test_yelp_means_pacific_time():
    review = review_servers.yelp_review(POST) | {"time_created": "2026-07-01 05:00:00"}

    assert only("yelp", {"reviews": [review]}).created_at == datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_a_review_on_play_has_title_words_and_its_app_s_address():
    review = review_servers.play_review(POST)
    review["comments"][0]["userComment"]["text"] = "Dark\tThe lamp is off"
    review["comments"].append({"developerComment": {"text": "Sorry"}})

    heard = only("google-play", {"reviews": [review]}, package="com.example.lamp")

    assert (heard.title, heard.text, heard.rating, heard.replies) == ("Dark", "The lamp is off", 2.0, 1)
    assert heard.url.startswith("https://play.google.com/store/apps/details?id=com.example.lamp")


def test_a_photo_says_its_tags_and_who_uploaded_it():
    heard = only("flickr", {"photos": {"photo": [flickr_server.body(POST)]}})

    assert heard.text == "On my desk\n#lamp #desk"
    assert heard.url == "https://www.flickr.com/photos/12345@N00/1991000000000000123/"
    assert heard.author.avatar_url == "https://farm66.staticflickr.com/65535/buddyicons/12345@N00.jpg"


def test_an_id_beyond_a_float_is_kept_digit_by_digit():
    assert only("tumblr", {"response": [tumblr_server.body(POST)]}).external_id == "1991000000000000123"
