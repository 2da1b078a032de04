"""Tone: praise and blame, what stands around them, and emoji for every language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.signals.tone import read_tone, tone_class
from portal.listening.signals.tone.signs import _SIGNS, find_signs
from portal.listening.signals.words import plain_words


def tone_of(text, lang="en"):
    return read_tone(text, plain_words(text).split(), lang)


def class_of(text, lang="en"):
    return tone_class(tone_of(text, lang)[0])


@pytest.mark.parametrize(
    ("wanted", "texts"),
    [
        (
            "positive",
            (
                "I love this lamp, it is wonderful",
                "Not bad at all, works like a charm",
                "Thanks so much for the quick reply!",
                "The cable is short but the light is gorgeous",
                "No problems so far",
                "this lamp 😍",
            ),
        ),
        (
            "negative",
            (
                "The worst lamp ever, I hate it",
                "The lamp is not good",
                "Looks great, but it stopped working after two days",
                "Still waiting for my refund",
                "Lamp arrived broken, nobody answers. Great job",
                "It never got bright enough to be useful",
                "I would not recommend this to anyone",
                "oh great, cancelled again",
            ),
        ),
        (
            "neutral",
            (
                "The lamp has a switch",
                "Where can I buy the spare shade?",
                "It would be great if there was a dimmer",
                "Is there a good time to call?",
                "",
            ),
        ),
    ],
)
def test_praise_blame_and_neither(wanted, texts):
    assert {text: class_of(text) for text in texts} == dict.fromkeys(texts, wanted)


def test_the_words_that_made_it_are_kept():
    tone, words = tone_of("I love the lamp but the cable is awful")

    assert tone < 0
    assert words == (("i love", 1.3), ("awful", -3.12))


def test_words_under_a_not_count_the_other_way():
    assert tone_of("not useful")[1] == (("useful", -1.05),)


def test_stronger_words_and_exclamation_marks_add_to_it():
    assert tone_of("a useful lamp")[0] < tone_of("a very useful lamp")[0] < tone_of("a very useful lamp!!")[0]


@pytest.mark.parametrize(
    ("text", "is_good"), [("素敵 ❤️", True), ("정말 좋아요 👍", True), ("no funciona 😡", False), ("mal :(", False)]
)
def test_signs_are_read_in_any_language(text, is_good):
    tone, words = tone_of(text, "xx")

    assert (tone > 0) is is_good
    assert words


def test_every_sign_is_found_by_itself():
    assert [sign for sign in _SIGNS if [found for found, _weight in find_signs(f"so {sign} it")] != [sign]] == []


@pytest.mark.parametrize("text", ["Denna lampa fungerar", "Re:Ding", "<30 Stück", ""])
def test_without_signs_nothing_was_read(text):
    assert tone_of(text, "sv") == (None, ())


@given(st.text(), st.sampled_from(["en", "de", "ko", None]))
def test_any_text_has_a_tone_in_bounds(text, lang):
    tone, _words = tone_of(text, lang)

    assert tone is None or -1 <= tone <= 1


@pytest.mark.parametrize(
    ("lang", "praise", "blame"),
    [
        ("de", "Die Lampe ist wunderbar", "Leider nicht gut, nie wieder"),
        ("fr", "J’adore cette lampe", "Elle ne marche pas, très déçue"),
        ("es", "Me encanta, la recomiendo", "No funciona, una estafa"),
        ("pt", "Adorei, recomendo muito", "Péssimo, não recomendo"),
        ("it", "Bellissima lampada, la consiglio", "Pessimo, non funziona"),
        ("nl", "Prachtige lamp, een aanrader", "Werkt niet, heel slecht"),
        ("ko", "정말 편리하고 좋아요", "자꾸 오류가 나고 너무 불편해요"),
        ("ja", "とても使いやすくて便利です", "すぐ壊れました。最悪です"),
        ("zh", "很好用，非常满意", "质量差，再也不买了，垃圾"),
    ],
)
def test_praise_and_blame_in_other_languages(lang, praise, blame):
    assert (class_of(praise, lang), class_of(blame, lang)) == ("positive", "negative")
