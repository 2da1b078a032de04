"""Rows made into drafts: what goes in, what is refused, and what is asked."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.drafts import MentionDraft
from portal.listening.files.formats import ALL_COLUMNS
from portal.listening.files.layout import LayoutRefused, plan
from portal.listening.files.row import Unreadable
from portal.listening.files.rows import RowProblem, RowReader, prepare
from portal.listening.files.times import DayOrderNeeded, ZoneNeeded

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ROW = {
    "channel": "mastodon",
    "external_id": "17",
    "created_at": "2021-07-04T17:06:00Z",
    "author_handle": "@maya",
    "text": "I built a lamp",
}


def read(row, *, sets=(), **settings):
    reader = RowReader(plan(ALL_COLUMNS, sets=sets), now=NOW, **settings)
    return reader.read(2, {name: value for name, value in row.items() if value is not None})


def test_a_row_becomes_a_draft():
    draft = read(
        {
            **ROW,
            "url": "https://example.org/17", "kind": "build", "title": "A lamp", "author_name": "Maya",
            "author_url": "https://example.org/@maya", "author_followers": "1,200", "author_id": "900", "lang": "en-GB",
            "likes": "3", "replies": "0", "shares": "", "views": "1.2K", "rating": "4.5", "parent_id": "16.0",
            "parent_author": "@omar", "thread_id": "15", "edited_at": "2021-07-05T00:00:00Z",
        }
    )  # fmt: skip

    assert isinstance(draft, MentionDraft)
    assert (draft.channel, draft.external_id, draft.kind, draft.title) == ("mastodon", "17", "build", "A lamp")
    assert (draft.text, draft.url, draft.lang) == ("I built a lamp", "https://example.org/17", "en")
    assert (draft.likes, draft.replies, draft.shares, draft.views, draft.rating) == (3, 0, None, 1200, 4.5)
    assert (draft.parent_id, draft.parent_author, draft.thread_id) == ("16", "omar", "15")
    assert draft.created_at == datetime(2021, 7, 4, 17, 6, tzinfo=UTC)
    assert draft.edited_at == datetime(2021, 7, 5, tzinfo=UTC)
    assert (draft.author.handle, draft.author.external_id, draft.author.name) == ("maya", "900", "Maya")
    assert (draft.author.followers, draft.author.url) == (1200, "https://example.org/@maya")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"author_handle": ""}, "no author"),
        ({"author_handle": "@"}, "no author"),
        ({"author_handle": None}, "no author"),
        ({"created_at": ""}, "no time"),
        ({"created_at": "soon"}, "“soon” is not a time"),
        ({"created_at": "1950-01-01T00:00:00Z"}, "before 1990"),
        ({"text": " "}, "neither a text nor a web address"),
        ({"text": "", "url": "javascript:alert(1)"}, "neither a text nor a web address"),
        ({"likes": "many"}, "“many” is not a count"),
        ({"rating": "good"}, "not a rating"),
        ({"kind": "sculpture"}, "not a kind"),
        ({"channel": ""}, "channel"),
        ({"author_followers": "lots"}, "“lots” is not a count"),
    ],
)
def test_a_bad_row_says_why(change, reason):
    problem = read({**ROW, **change})

    assert isinstance(problem, RowProblem)
    assert problem.line == 2
    assert reason in problem.reason


def test_a_row_that_could_not_be_read_keeps_its_reason():
    reader = RowReader(plan(ALL_COLUMNS), now=NOW)

    assert reader.read(9, Unreadable("too wide", ("a",))) == RowProblem(9, "too wide")


def test_an_address_alone_is_enough():
    assert isinstance(read({**ROW, "text": "", "url": "https://example.org/a"}), MentionDraft)


def test_a_title_alone_is_enough():
    assert isinstance(read({**ROW, "text": "", "title": "Dim the lamp"}), MentionDraft)


def test_without_an_id_the_same_row_gets_the_same_one():
    row = {**ROW, "external_id": ""}

    assert read(row).external_id == read(row).external_id
    assert read(row).external_id != read({**row, "text": "I built two"}).external_id
    assert read({**row, "external_id": "5.7E+17"}).external_id == read(row).external_id


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({}, "post"),
        ({"parent_id": "3"}, "reply"),
        ({"is_reply": "1"}, "reply"),
        ({"rating": "5"}, "review"),
        ({"is_repost": "True"}, "repost"),
        ({"is_quote": "https://example.org/1"}, "quote"),
        ({"text": "RT @maya: I built a lamp"}, "repost"),
        ({"parent_id": "3", "is_repost": "True"}, "repost"),
        ({"kind": "video", "parent_id": "3"}, "video"),
    ],
)
def test_the_kind_is_read_off_the_row(change, kind):
    assert read({**ROW, **change}).kind == kind


def test_a_kind_that_was_set_holds_for_every_row():
    assert read({**ROW, "parent_id": "3"}, sets=["kind=comment"]).kind == "comment"


def test_the_entities_of_x_are_decoded_and_those_of_others_left():
    text = "made &lt;this&gt; &amp; that"

    assert read({**ROW, "channel": "x", "text": text}).text == "made <this> & that"
    assert read({**ROW, "channel": "stocktwits", "text": "&#39;up&#39;"}).text == "'up'"
    assert read({**ROW, "text": text}).text == text


def test_long_words_are_cut():
    draft = read({**ROW, "text": "a" * 30_000, "title": "b" * 900})

    assert (len(draft.text), len(draft.title)) == (20_000, 500)


def test_one_author_is_one_object_and_news_of_them_another():
    reader = RowReader(plan(ALL_COLUMNS), now=NOW)
    first, again, later = (reader.read(2, {**ROW, "author_followers": count}) for count in ("1", "1", "2"))

    assert first.author is again.author
    assert later.author.followers == 2


def test_a_time_without_a_zone_asks_before_the_import():
    rows = [(2, {**ROW, "created_at": "2021-07-04 17:06"})]

    with pytest.raises(ZoneNeeded):
        prepare(plan(ALL_COLUMNS), rows, now=NOW)
    assert prepare(plan(ALL_COLUMNS), rows, zone=ZoneInfo("UTC"), now=NOW)


def test_a_column_of_devices_is_no_channel_but_of_reviews_it_is_their_shop():
    columns = ("message_id", "created_at", "username", "platform", "body")
    cells = dict(zip(columns, ("7", "2021-07-04T17:06:00Z", "maya", "iOS", "A lamp"), strict=True))
    web = (2, {**cells, "platform": "Web"})

    with pytest.raises(LayoutRefused, match=r"“platform” names devices, such as “iOS”.*--set channel="):
        prepare(plan(columns), [web, (3, cells)], now=NOW)
    told = prepare(plan(columns, sets=["channel=stocktwits"]), [web, (3, cells)], now=NOW)
    assert told.read(3, cells).channel == "stocktwits"
    reviews = prepare(plan((*columns, "rating")), [(3, cells)], now=NOW)
    assert reviews.read(3, {**cells, "rating": "4"}).channel == "app-store"
    assert reviews.read(4, {**cells, "rating": "4", "platform": "Android"}).channel == "google-play"


def test_the_first_rows_tell_the_order_of_day_and_month():
    rows = [(2, {**ROW, "created_at": "4/7/2021"}), (3, {**ROW, "created_at": "25/7/2021"}), (4, Unreadable("", ()))]
    reader = prepare(plan(ALL_COLUMNS), rows, zone=ZoneInfo("UTC"), now=NOW)

    assert reader.read(*rows[0]).created_at.month == 7

    with pytest.raises(DayOrderNeeded):
        prepare(plan(ALL_COLUMNS), rows[:1], zone=ZoneInfo("UTC"), now=NOW)


CELL = st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.none(), st.booleans(), st.lists(st.text()))


@given(st.dictionaries(st.sampled_from(ALL_COLUMNS), CELL))
def test_no_row_raises(cells):
    reader = RowReader(plan(ALL_COLUMNS), zone=ZoneInfo("UTC"), day_order="day-first", now=NOW)

    outcome = reader.read(2, {**ROW, **cells})

    assert isinstance(outcome, MentionDraft | RowProblem)
    if isinstance(outcome, MentionDraft):
        outcome.text.encode()
        outcome.author.handle.encode()
