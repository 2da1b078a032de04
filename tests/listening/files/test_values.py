"""Values: what cells may hold and what becomes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.drafts import clean_line, clean_text
from portal.listening.files.values import (
    BadValue,
    is_set,
    read_address,
    read_channel,
    read_count,
    read_id,
    read_kind,
    read_rating,
)

ANYTHING = st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.lists(st.text()))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  plain ", "plain"), ("a\0b\x07c", "abc"), ("e\u0301", "é"), ("half \ud83d pair", "half  pair"),
        ("one\r\ntwo\tthree", "one\ntwo\tthree"), ("\ufeffmark", "mark"), ("👩‍🚀", "👩‍🚀"), (None, ""), (7, "7"),
        ("much too long a text", "much too long"),
    ],
)  # fmt: skip
def test_text_is_cleaned(value, text):
    assert clean_text(value, 14) == text


def test_a_line_cannot_turn_the_direction_of_what_follows():
    assert clean_line("may\u202eaf", 50) == "mayaf"
    assert clean_line("two\nlines", 50) == "two lines"
    assert clean_line(" \u200e ", 50) is None


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("0", 0), ("12", 12), ("3.0", 3), ("1,234", 1234), ("1.234", 1234), ("1 234 567", 1234567), ("1.2K", 1200),
        ("3m", 3_000_000), ("+5", 5), ("-3", 0), ("", None), ("NULL", None), ("nan", None), ("-", None), (None, None),
        (7, 7), (7.9, 7), (float("nan"), None), (True, 1),
    ],
)  # fmt: skip
def test_a_count_is_read(value, count):
    assert read_count(value) == count


@pytest.mark.parametrize("value", ["many", "1,23", "12 apples", "1e5", str(2**60), 10**30, float("inf"), [1], {}])
def test_what_is_no_count_is_told(value):
    with pytest.raises(BadValue, match="not a count"):
        read_count(value)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("570306133677760513", "570306133677760513"), ("3.0", "3"), (3.0, "3"), (7, "7"), (" t3_abc ", "t3_abc"),
        ("5.70306E+17", None), ("5,70306E+17", None), (5.70306e17, None), ("", None), ("nan", None), (None, None),
        ("1" * 300, "1" * 255),
    ],
)  # fmt: skip
def test_an_id_is_text_and_a_rounded_one_is_none(value, name):
    assert read_id(value) == name


@pytest.mark.parametrize(
    ("value", "rating"), [("5", 5.0), ("4,5", 4.5), (3, 3.0), ("", None), ("n/a", None), (None, None)]
)
def test_a_rating_is_read(value, rating):
    assert read_rating(value) == rating


@pytest.mark.parametrize("value", ["good", "-1", "101", "inf", [5]])
def test_what_is_no_rating_is_told(value):
    with pytest.raises(BadValue, match="not a rating"):
        read_rating(value)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"), ("HTTP://example.org", "HTTP://example.org"),
        ("www.example.org/x", "https://www.example.org/x"), ("javascript:alert(1)", None), ("https://a b", None),
        ("data:text/html,x", None), ("https://a\nb", None), ("https://" + "a" * 3000, None), ("", None), (None, None),
        ("example", None),
    ],
)  # fmt: skip
def test_only_an_address_that_a_person_can_open_is_kept(value, address):
    assert read_address(value) == address


@pytest.mark.parametrize(
    ("value", "channel"),
    [
        ("x", "x"), ("Twitter", "x"), ("https://twitter.com/maya/status/1", "x"), ("www.reddit.com", "reddit"),
        ("old.reddit.com", "reddit"), ("https://notreddit.com/r/x", "web"), ("https://x.com.evil.example/", "web"),
        ("Google Play", "google-play"), ("discourse", "discourse"), ("https://[broken.example", "web"),
    ],
)  # fmt: skip
def test_a_channel_is_known_by_its_name_or_its_address(value, channel):
    assert read_channel(value) == channel


@pytest.mark.parametrize("value", ["", "   ", "x" * 50, "ÄÖ", "<b>"])
def test_what_names_no_channel_is_told(value):
    with pytest.raises(BadValue, match="channel"):
        read_channel(value)


@pytest.mark.parametrize(
    ("value", "kind"), [("Tweet", "post"), ("RETWEET", "repost"), ("how-to", "tutorial"), ("", None)]
)
def test_a_kind_goes_by_its_other_names(value, kind):
    assert read_kind(value) == kind


def test_an_unknown_kind_is_told():
    with pytest.raises(BadValue, match="kind"):
        read_kind("sculpture")


@pytest.mark.parametrize("value", ["True", "1", "yes", "https://example.org", "12", True, 1])
def test_a_raised_flag(value):
    assert is_set(value)


@pytest.mark.parametrize("value", ["False", "0", "no", "", "NULL", None, 0, False, float("nan")])
def test_a_flag_that_is_down(value):
    assert not is_set(value)


@given(ANYTHING)
def test_no_value_raises_anything_but_a_bad_value(value):
    for read in (read_count, read_id, read_rating, read_address, is_set, lambda cell: clean_line(cell, 9)):
        try:
            read(value)
        except BadValue:
            continue
    for read in (read_channel, read_kind):
        try:
            read(str(value))
        except BadValue:
            continue
