"""Questions, suggestions and creations, by the phrases that fire."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.signals.cues import find_marks
from portal.listening.signals.phrases import CREATION, MAKING, PHRASES, QUESTION, SUGGESTION
from portal.listening.signals.scores import compare
from portal.listening.signals.words import plain_words

TEXTS = Path(__file__).parent / "texts"


def marks(text, lang="en"):
    return find_marks(plain_words(text), lang)


@pytest.mark.parametrize(
    ("mark", "lang", "text"),
    [
        (QUESTION, "en", "Does anyone know where the fuse is"),
        (QUESTION, "en", "Which bulb fits?"),
        (QUESTION, "en", "Hello. How do you change the shade"),
        (QUESTION, "en", "Which spare bulb do I need"),
        (QUESTION, "en", "Just curious, what year did it come out"),
        (QUESTION, "en", "I moved house, where do I change it"),
        (QUESTION, "en", "got any spare shades"),
        (QUESTION, "en", "If I order two, do you send them together"),
        (QUESTION, "en", "Not sure whether the tall one fits"),
        (QUESTION, "en", "Does delivery take long"),
        (QUESTION, "en", "ok but where's the switch"),
        (QUESTION, "es", "Cuándo llega mi pedido"),
        (QUESTION, "de", "Weiß jemand, wo die Sicherung ist"),
        (QUESTION, "de", "Sind die Schirme aus Glas"),
        (QUESTION, "ja", "これはランプですか？"),
        (QUESTION, "ar", "كيف حالك؟"),
        (SUGGESTION, "en", "It would be nice to have a dimmer"),
        (SUGGESTION, "en", "I wish there was a dimmer"),
        (SUGGESTION, "en", "@lumen Please add a dimmer"),
        (SUGGESTION, "en", "Great lamp!\nAdd a dimmer though"),
        (SUGGESTION, "en", "You should make it dimmable"),
        (SUGGESTION, "en", "A second socket would have been handy."),
        (SUGGESTION, "en", "The hall could use a lamp"),
        (SUGGESTION, "en", "Better sockets in the hall please"),
        (SUGGESTION, "en", "The only thing I would change is the cord"),
        (SUGGESTION, "en", "Never touch the bulb with bare hands"),
        (SUGGESTION, "en", "Tip: take the longer cord"),
        (SUGGESTION, "en", "What this lamp needs is a dimmer"),
        (SUGGESTION, "en", "A dimmer would not go amiss"),
        (SUGGESTION, "en", "The hall needs repainting"),
        (SUGGESTION, "en", "Five stars if you add a dimmer"),
        (SUGGESTION, "en", "Stop asking me for a password"),
        (SUGGESTION, "en", "The only thing missing is a dimmer"),
        (SUGGESTION, "en", "If noise bothers you, take the other room"),
        (SUGGESTION, "de", "Ein Dimmer wäre schön"),
        (SUGGESTION, "fr", "J’aimerais un variateur"),
        (SUGGESTION, "es", "Sería genial un regulador"),
        (SUGGESTION, "pt", "Seria bom um regulador"),
        (QUESTION, "it", "Qualcuno sa dove trovo il filo"),
        (QUESTION, "nl", "Weet iemand waar ik de kap koop"),
        (QUESTION, "sv", "Hur byter man kabeln"),
        (QUESTION, "pl", "Czy ktoś wie, gdzie kupić klosz"),
        (QUESTION, "ru", "Подскажите, где купить абажур"),
        (QUESTION, "tr", "Bu lamba nerede satılıyor"),
        (QUESTION, "ko", "이거 어디서 살 수 있나요"),
        (QUESTION, "ja", "どこで買えますか"),
        (QUESTION, "zh", "请问在哪里可以买"),
        (SUGGESTION, "it", "Sarebbe bello un regolatore"),
        (SUGGESTION, "nl", "Een dimmer zou handig zijn"),
        (SUGGESTION, "sv", "En dimmer vore bra"),
        (SUGGESTION, "da", "En lysdæmper ville være rart"),
        (SUGGESTION, "no", "En dimmer hadde vært fint"),
        (SUGGESTION, "pl", "Przydałby się ściemniacz"),
        (SUGGESTION, "ru", "Добавьте, пожалуйста, регулятор"),
        (SUGGESTION, "uk", "Хотілося б регулятор"),
        (SUGGESTION, "tr", "Keşke kısılabilseydi"),
        (SUGGESTION, "ko", "밝기 조절이 있었으면 좋겠어요"),
        (SUGGESTION, "ja", "明るさを変えられるようにしてほしい"),
        (SUGGESTION, "zh", "希望可以调亮度"),
        (CREATION, "it", "Ho costruito un paralume"),
        (CREATION, "en", "I built a shade from driftwood"),
        (CREATION, "en", "I’ve just… I've made my own shade"),
        (CREATION, "en", "My review of the desk lamp"),
        (CREATION, "en", "Made this with two of your lamps"),
        (CREATION, "de", "Den Schirm habe ich gebaut"),
        (CREATION, "fr", "J'ai fabriqué un abat-jour"),
    ],
)
def test_a_phrase_is_a_sign(mark, lang, text):
    assert mark in marks(text, lang)


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        (QUESTION, "See https://lumen.example/?page=2"),
        (QUESTION, "Thanks for the lamp"),
        (QUESTION, "What I want is the green one"),
        (QUESTION, "Everyone in our house has one"),
        (QUESTION, "It does the job. Does the trick for us"),
        (QUESTION, "She did the work for us"),
        (SUGGESTION, "You should be ashamed"),
        (SUGGESTION, "They would not let us plug it in"),
        (SUGGESTION, "We could use some help here"),
        (SUGGESTION, "Please help"),
        (SUGGESTION, "Thanks for the lamp"),
        (CREATION, "I made a reservation"),
        (CREATION, "I've made a complaint"),
        (CREATION, "You made this process hard"),
        (CREATION, "Thanks for the lamp"),
    ],
)
def test_what_only_looks_like_a_sign_is_none(mark, text):
    assert mark not in marks(text)


def test_the_phrases_that_fired_are_kept_once_and_in_order():
    found = marks("I wish it had a dimmer. Please add a dimmer? I wish it had two?")

    assert found == {SUGGESTION: ("i wish it had", "please add"), QUESTION: ("?",)}


@pytest.mark.parametrize(
    ("mark", "texts"),
    [
        (
            QUESTION,
            (
                "so how long does the battery last",
                "hey where r u from",
                "anyone here from Leeds",
                "any news on the green one",
                "Hi. does the shop open on sunday",
                "ok whats the price",
                "did u get it",
                "what part of town is the shop in",
                "huh",
            ),
        ),
        (
            SUGGESTION,
            (
                "It would also be really nice to have a dimmer",
                "Maybe you could offer it in green",
                "Another option is to sell the shade alone",
                "The cable should be longer",
                "Could you guys please bring back the old app",
                "Make sure to ask for a room at the back",
                "Definitely avoid the rooms near the lift",
                "Don't forget to bring your own towels",
                "If you go, book a table in advance",
                "I would recommend the breakfast",
                "My only advice is to arrive early",
            ),
        ),
    ],
)
def test_forms_that_carry_over_from_trade_to_trade(mark, texts):
    assert [text for text in texts if mark not in marks(text)] == []


@pytest.mark.parametrize(
    ("mark", "texts"),
    [
        (
            QUESTION,
            (
                "I know what you mean",
                "When I got home it was broken",
                "What a day",
                "That is how it works",
                "What matters is that it glows",
                "Which is exactly what I wanted",
                "My mother loves it. So do I.",
                "Does not fit the old socket",
                "Their motto is “Why wait?” and they live up to it",
                "All lamps: shop.example/search?q=lamp",
            ),
        ),
        (
            SUGGESTION,
            (
                "The room was clean",
                "Have a great day",
                "We booked it for a week",
                "The staff were friendly",
                "See you",
                "Check in was quick",
                "The sign said we should wait",
                "Must have cost a fortune",
                "They took my suggestion and mended it",
            ),
        ),
    ],
)
def test_what_only_sounds_like_it_is_left_alone(mark, texts):
    assert [text for text in texts if mark in marks(text)] == []


def test_a_longer_phrase_takes_back_only_what_begins_with_it():
    assert CREATION in marks("I made a reservation, and I made a lamp")


@pytest.mark.parametrize(("name", "mark", "least"), [("chats", QUESTION, 0.86), ("stays", SUGGESTION, 0.8)])
def test_texts_written_for_it_are_read_as_people_read_them(name, mark, least):
    """Made up, and written by somebody who knew none of the phrases; see docs/signals.md."""
    with (TEXTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        labelled = [(words, label == "1") for words, label in list(csv.reader(file))[1:]]

    scores = compare([(str(label), str(mark in marks(words, "en"))) for words, label in labelled])

    assert scores.of("True").f1 >= least


def test_every_phrase_is_found_in_itself():
    for lang, by_mark in PHRASES.items():
        for mark, cues in by_mark.items():
            for cue in cues.partition("NOT ")[0].replace("\n", " / ").split(" / "):
                text = " ".join(cue.split()).replace(" ?", "?")
                assert not text or mark in marks(f"{text} x", lang or "ja"), (lang, cue)


def test_makers_deeds_and_things_are_joined():
    assert MAKING["en"].makers.strip().startswith("i ")
    assert marks("We recently carved some lamps")[CREATION] == ("we recently carved some",)


@given(st.text(), st.sampled_from(["en", "de", "ja", "xx", None]))
def test_no_text_raises(text, lang):
    marks(text, lang)
