"""Language: by script, by small words, by the model; rather none than a wrong one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.signals.language import detect_language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The lamp that I got is not what you would expect", "en"),
        ("Die Lampe ist nicht das, was ich mir gewünscht habe", "de"),
        ("La lampe est dans une boîte avec vous", "fr"),
        ("La lámpara que compré no es lo que quería, pero funciona", "es"),
        ("A lâmpada não é o que você queria, mas funciona muito bem", "pt"),
        ("Lampan som jag köpte är tyvärr alldeles för mörk på kvällen", "sv"),
        ("新しいランプを買いました", "ja"),
        ("새로운 램프를 샀어요 lamp", "ko"),
        ("我买了一盏新灯", "zh"),
        ("ฉันซื้อโคมไฟใหม่", "th"),
        ("Αγόρασα μια νέα λάμπα", "el"),
        ("Я купил новую лампу и очень доволен ею", "ru"),
        ("Ile kosztuje wysyłka", "pl"),
        ("Hoe lang moet ik op de lamp wachten", "nl"),
    ],
)
def test_a_clear_text_is_known(text, lang):
    assert detect_language(text) == lang


@pytest.mark.parametrize(
    "text", ["", "lamp", "lol 😂", "@lumen https://lumen.example #lamp", "12345", "$LMP $GLW to 120"]
)
def test_a_text_that_says_too_little_is_not_guessed(text):
    assert detect_language(text) is None


def test_names_tags_and_addresses_do_not_count():
    assert detect_language("@der_die_das #und_nicht The lamp is what I wanted for my desk") == "en"


def test_only_the_languages_that_are_asked_for_are_answered():
    german = "Die Lampe ist nicht das, was ich mir gewünscht habe"

    assert detect_language(german, limited_to=frozenset({"en", "fr"})) != "de"
    assert detect_language("새로운 램프를 샀어요", limited_to=frozenset({"en"})) in {None, "en"}


@given(st.text())
def test_no_text_raises(text):
    detect_language(text)
