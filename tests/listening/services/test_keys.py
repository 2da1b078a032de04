"""Numbers that are equal where two mentions are one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.services.keys import address_key, canonical_address, handle_key, text_key
from tests.listening.heard import make_draft


@pytest.mark.parametrize(
    "other",
    [
        "http://blog.example/a?x=1&y=2",
        "https://www.blog.example/a/?y=2&x=1",
        "https://BLOG.example:443/a?x=1&y=2#comments",
        "https://blog.example/a?x=1&utm_source=mail&y=2&fbclid=abc",
    ],
)
def test_all_ways_of_writing_an_address_share_a_key(other):
    assert address_key(other) == address_key("https://blog.example/a?x=1&y=2")


@pytest.mark.parametrize(
    "other", ["https://blog.example/b", "https://blog.example/a?x=2", "https://blog.example:8080/a"]
)
def test_other_pages_have_other_keys(other):
    assert address_key(other) != address_key("https://blog.example/a")


@pytest.mark.parametrize("words", ["", "no address", "http://[broken", "https://e.example:99999/"])
def test_what_is_no_address_has_no_key(words):
    assert address_key(words) is None


def test_keys_fit_a_signed_column():
    drafts = [make_draft(str(n), text=f"One two three four five {n}") for n in range(500)]

    keys = [text_key(draft) for draft in drafts]

    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert len(set(keys)) == 500
    assert text_key(make_draft("1", text="too short")) is None


def test_a_text_keeps_the_key_that_is_stored_for_it():
    stored = 1618606338668024698

    assert text_key(make_draft("1", text="The new lamp from Lumen is out today")) == stored
    assert text_key(make_draft("1", text="", title="The NEW lamp from Lumen – is out today…")) == stored


def test_a_handle_is_the_same_however_it_is_written():
    assert handle_key("JunoBäckt") == handle_key("junobackt")


@given(st.text())
def test_no_words_raise(words):
    canonical_address(words)
    address_key(f"https://e.example/{words}")
    handle_key(words)
