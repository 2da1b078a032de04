"""Plain words, and the key of near-copies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.signals import copy_key
from portal.listening.signals.words import plain_words

TEXT = "The new lamp from Lumen is out today"


def test_words_stand_alone_between_the_edges_of_sentences():
    assert plain_words("Hi @lumen! It’s CAFÉ-style?\nhttps://a.example/?b") == " . hi . it's cafe style ? . . . "


@pytest.mark.parametrize(
    "copy",
    [
        "the NEW lamp from lumen is out today!!!",
        "The new lamp from Lumen is out today 💡 #lamp?",
        "The new  lamp from Lumen\nis out today https://t.example/abc",
        "RT @maya: The new lamp from Lumen is out today",
        "@omar The new lâmp, from Lumen, is out today",
        "the_new 'lamp' from (lumen) is out... today?",
        "the “new” 'lamp' from Lumen is\tout today…",
    ],
)
def test_a_near_copy_has_the_same_key(copy):
    assert copy_key(copy) == copy_key(TEXT) is not None


@pytest.mark.parametrize("other", ["The old lamp from Lumen is out today", "lamp new The from Lumen is out today"])
def test_another_text_has_another_key(other):
    assert copy_key(other) != copy_key(TEXT)


@pytest.mark.parametrize("text", ["", "happy birthday", "I love this lamp", "@a @b @c @d @e @f", "素敵なランプ"])
def test_a_short_text_has_none(text):
    assert copy_key(text) is None


def test_a_text_without_spaces_has_one_by_its_length():
    assert copy_key("新しいランプを買ってとても満足しています") is not None


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_a_sign_from_another_script_changes_no_key(text):
    assert copy_key(text) == copy_key(f"{text} 💡")


@given(st.text())
def test_no_text_raises(text):
    plain_words(text)
    copy_key(text)
