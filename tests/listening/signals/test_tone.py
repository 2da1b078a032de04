"""Tone: what VADER says, the words that made it, and emoji for every language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from portal.listening.signals.tone import read_signs, read_tone

VADER = SentimentIntensityAnalyzer()
WORDS = st.sampled_from([
    "I", "not", "never", "so", "this", "without", "doubt", "very", "kind", "of", "sort", "just",
    "enough", "good", "GOOD", "bad", "love", "hate", "don't", "isn't", "but", "least", "at", "the",
    "shit", "bomb", "bad", "ass", "yeah", "right", "kiss", "death", "die", "for", "no", "nor", "or",
    "great!", "awful??", ":)", ":(", "😀", "💔", "lamp", "really,", ",", "LOL", "!!!", "?",
])  # fmt: skip


def test_praise_is_above_and_blame_below():
    assert read_tone("I love this lamp, it is wonderful")[0] > 0.5
    assert read_tone("The worst lamp ever, I hate it")[0] < -0.5
    assert read_tone("The lamp has a switch")[0] == 0


def test_the_words_that_made_it_are_kept():
    tone, words = read_tone("I love the lamp but the cable is awful")

    assert tone < 0
    assert words == (("love", 1.6), ("awful", -3.0))


def test_words_under_a_not_count_the_other_way():
    assert read_tone("not good")[1] == (("good", -1.41),)


def test_emoji_count_in_an_english_text():
    assert read_tone("this lamp 😍")[0] > 0


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_it_says_what_the_package_says(text):
    assert read_tone(text)[0] == VADER.polarity_scores(text)["compound"]


@given(st.text())
def test_it_says_what_the_package_says_of_any_text(text):
    assert read_tone(text)[0] == VADER.polarity_scores(text)["compound"]


@pytest.mark.parametrize(
    ("text", "is_good"), [("素敵 ❤️", True), ("정말 좋아요 👍", True), ("no funciona 😡", False), ("mal :(", False)]
)
def test_signs_are_read_in_any_language(text, is_good):
    tone, words = read_signs(text)

    assert (tone > 0) is is_good
    assert words


@pytest.mark.parametrize("text", ["Esta lámpara es bonita", "Re:Ding", "<30 Stück", ""])
def test_without_signs_nothing_was_read(text):
    assert read_signs(text) == (None, ())
