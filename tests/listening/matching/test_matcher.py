"""Matching: words at the edges of words, folded, for all trackers at once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.drafts import AuthorDraft, MentionDraft
from portal.listening.matching import Matcher, QueryError, parse_query


def mention(text="", **about):
    handle, followers = about.pop("handle", "maya"), about.pop("followers", None)
    channel = about.pop("channel", "x")
    author = AuthorDraft(channel=channel, handle=handle, followers=followers)
    when = datetime(2021, 7, 4, tzinfo=UTC)
    return MentionDraft(channel=channel, external_id="1", created_at=when, author=author, text=text, **about)


def wants(query, text="", **about):
    return Matcher({1: parse_query(query)}).match(mention(text, **about)).get(1)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("lamp", "My LAMP, at last"),
        ("lamp", "(lamp)"),
        ("lamp", "#lamp @lamp lamp's"),
        ("Café", "cafe"),
        ("cafe", "CAFÉ"),
        ("cafe", "cafe\u0301"),
        ("straße", "STRASSE"),
        ("lumen", "\uff2c\uff35\uff2d\uff25\uff2e"),
        ('"desk lamp"', "a desk, lamp and chair"),
        ('"desk lamp"', "desk\n\nlamp"),
        ('"a b"', "a a b"),
        ("#lumen", "so #Lumen!"),
        ("@lumen", "hey @Lumen: look"),
        ("@lumen", ".@lumen"),
        ("c++", "written in C++, mostly"),
        ("node.js", "Node.js"),
        ("❤️", "we ❤ it"),
        ("url:lumen.example", "see https://www.lumen.example/shop?x"),
        ("url:lumen.example", "see lumen.example."),
        ("url:https://lumen.example/shop/", "http://shop.lumen.example/shop/1"),
        ("ランプ", "新しいランプを作った"),
        ("램프", "램프를 만들었다"),
        ("灯", "台灯很好"),
        ("hsbc", "HSBC은행"),
    ],
)
def test_a_word_is_found(query, text):
    assert wants(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("lamp", "clamp lamps lampé lamp_1 lamp2"),
        ('"desk lamp"', "desk and lamp, desklamp, desk lamps"),
        ("#lumen", "lumen #lumens x#lumen"),
        ("@lumen", "lumen @lumens mail@lumen.example"),
        ("lumen", "bulumen"),
        ("url:lumen.example", "https://notlumen.example https://lumen.example.org me@lumen.example"),
        ("url:lumen.example", "https://other.example/lumen.example"),
        ("url:lumen.example/shop", "https://lumen.example/shopping https://lumen.example/"),
        ("ハス", "バスに乗る"),
        ("lamp", ""),
    ],
)
def test_what_only_looks_like_a_word_is_not_found(query, text):
    assert wants(query, text) is None


def test_the_words_that_were_found_come_back_as_written():
    assert wants('Lamp desk "Night light" glow', "night-light and lamp") == ["Lamp", '"Night light"']


def test_a_title_an_address_and_the_answered_author_are_looked_at():
    assert wants("lamp", title="A lamp")
    assert wants("url:lumen.example", url="https://lumen.example/a")
    assert wants("lumen", url="https://lumen.example/a") is None
    assert wants("@Lumen", parent_author="lumen")


def test_a_phrase_does_not_reach_from_one_mention_into_the_address():
    assert wants('"desk https"', "desk", url="https://lumen.example") is None


def test_all_any_and_none_must_hold_together():
    query = "all:(desk) lamp light none:(sale)"

    assert wants(query, "a desk lamp") == ["lamp", "desk"]
    assert wants(query, "a lamp") is None
    assert wants(query, "a desk") is None
    assert wants(query, "a desk lamp for sale") is None


def test_filters_hold_beside_the_words():
    assert wants("lamp lang:en", "lamp", lang="en-GB")
    assert wants("lamp lang:en", "lamp", lang="de") is None
    assert wants("lamp lang:en", "lamp") is None
    assert wants("lamp channel:x", "lamp")
    assert wants("lamp channel:reddit", "lamp") is None
    assert wants("lamp from:@MAYA", "lamp")
    assert wants("lamp not_from:maya", "lamp") is None
    assert wants("lamp min_followers:10", "lamp", followers=10)
    assert wants("lamp min_followers:10", "lamp", followers=9) is None
    assert wants("lamp min_followers:10", "lamp") is None


def test_a_query_without_words_finds_by_its_filters():
    matcher = Matcher({1: parse_query("from:maya"), 2: parse_query("lamp"), 3: parse_query("channel:feed")})

    assert matcher.match(mention("hello")) == {1: []}
    assert matcher.match(mention("lamp")) == {1: [], 2: ["lamp"]}


def test_each_tracker_gets_its_own_words():
    matcher = Matcher({5: parse_query("lamp desk"), 7: parse_query("all:(lamp chair)"), 9: parse_query("LAMP")})

    assert matcher.match(mention("a lamp on a desk")) == {5: ["lamp", "desk"], 9: ["LAMP"]}


def test_without_trackers_nothing_is_found():
    assert Matcher({}).match(mention("lamp")) == {}


def test_a_text_made_to_be_slow_is_not():
    matcher = Matcher({1: parse_query('url:a.example "a b" "b a"')})

    assert matcher.match(mention("a." * 10_000)) == {}
    assert matcher.match(mention("a " * 10_000)) == {}


@given(st.text(alphabet='ab#@.:" ()é', max_size=20), st.text(alphabet="ab#@.é _", max_size=40))
def test_no_query_and_no_text_raise(query, text):
    try:
        matcher = Matcher({1: parse_query(query)})
    except QueryError:
        return

    matcher.match(mention(text))


@given(st.lists(st.sampled_from(["lamp", "desk", "glow", "und", "été"])), st.sampled_from(["lamp", "desk", "ete"]))
def test_a_word_is_found_exactly_where_it_stands_between_spaces(words, wanted):
    expected = wanted in " ".join(words).replace("é", "e").split()

    assert bool(wants(wanted, " ".join(words))) is expected


@pytest.mark.parametrize("trackers", [1, 2])
def test_a_word_to_leave_out_brings_nothing_up(trackers):
    matcher = Matcher({number: parse_query("lamp none:job") for number in range(trackers)})

    assert matcher.match(mention("a job at the office")) == {}
    assert len(matcher.match(mention("a lamp"))) == trackers


def test_what_is_found_stands_in_the_order_of_the_query():
    matcher = Matcher({1: parse_query("zebra apple all:(mango)")})

    assert matcher.match(mention("apple mango zebra")) == {1: ["zebra", "apple", "mango"]}


def test_muted_words_make_a_mention_unwanted_and_are_no_tracker():
    matcher = Matcher({1: parse_query("lamp"), 2: parse_query("#sale")}, muted=frozenset({2}))

    assert len(matcher) == 1
    assert matcher.wants(matcher.match(mention("a lamp")))
    assert not matcher.wants(matcher.match(mention("a lamp #sale")))
    assert not matcher.wants(matcher.match(mention("nothing")))


def test_an_opportunity_wants_someone_who_asks_and_asks_only_where_its_words_stand():
    asked = []
    query = parse_query("lamp")

    def is_question(draft):
        asked.append(draft.text)
        return "?" in draft.text

    matcher = Matcher({1: replace(query, asks=True)}, is_question=is_question)

    assert matcher.match(mention("which lamp?")) == {1: ["lamp"]}
    assert matcher.match(mention("my lamp")) == {}
    assert matcher.match(mention("which chair?")) == {}
    assert asked == ["which lamp?", "my lamp"]


def test_what_was_read_already_is_not_read_again():
    def never(_draft):
        raise AssertionError("it was read")

    queries = {1: replace(parse_query("lamp"), asks=True), 2: parse_query("lamp lang:de")}
    matcher = Matcher(queries, is_question=never, language=never)

    assert matcher.match(mention("a lamp"), ("de", False)) == {2: ["lamp"]}
    assert matcher.match(mention("a lamp"), ("en", True)) == {1: ["lamp"]}
    assert matcher.match(mention("a lamp"), (None, False)) == {}
