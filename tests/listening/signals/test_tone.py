"""Tone: praise and blame, what stands around them, and emoji for every language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.signals.tone import read_tone, tone_class
from portal.listening.signals.tone.elsewhere import LANGUAGES
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
                "It does not disappoint",
                "My old one was great and I couldn't ask for a better one",
                "the new shade is sooooo goooood",
                "Long day, but the light is lovely =)",
                "★★★★★ for the shade",
                "I cannot recommend it enough",
                "You won't find better",
                "It no longer crashes",
            ),
        ),
        (
            "negative",
            (
                "Do not waste your time on this",
                "It leaves a lot to be desired",
                "They let me down",
                "The worst lamp ever, I hate it",
                "The lamp is not good",
                "Looks great, but it stopped working after two days",
                "Still waiting for my refund",
                "Lamp arrived broken, nobody answers. Great job",
                "It never got bright enough to be useful",
                "I would not recommend this to anyone",
                "oh great, cancelled again",
                "I don't think that it is any good",
                "I never said it was a nice shade",
                "It is anything but beautiful",
                "We didn't like the shade",
                "I wanted to love this lamp",
                "no light since monday :/",
            ),
        ),
        (
            "neutral",
            (
                "The lamp has a switch",
                "Where can I buy the spare shade?",
                "It would be great if there was a dimmer",
                "Is there a good time to call?",
                "Notes at https://lumen.example/=)/D:/x",
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


@pytest.mark.parametrize("text", ["Tämä lamppu toimii", "Re:Ding", "<30 kpl", "http://lamppu.example", "fixD:", ""])
def test_without_signs_nothing_was_read(text):
    assert tone_of(text, "fi") == (None, ())


def test_where_money_is_talked_of_words_mean_what_they_mean_there():
    assert class_of("puts the cable down, long and green") != "positive"
    assert class_of("$LUM breaking out, long from here") == "positive"
    assert class_of("$LUM down again, selling my shares") == "negative"
    assert class_of("Revenue fell and the loss widened") == "negative"
    assert class_of("It costs $20 and puts the cable away") == "neutral"


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
        ("de", "Nicht schlecht, sehr schöne Verarbeitung", "Funktioniert seit dem Umzug leider nicht"),
        ("de", "Begeisterte Käufer, tolles Licht", "Gefällt mir gar nicht"),
        ("de", "Funktioniert nicht nur gut, sondern super", "Sie geht leider nicht mehr, bin sehr enttäuscht"),
        ("fr", "Pas mal du tout, livraison rapide", "Je n'ai pas aimé la couleur"),
        ("sv", "Jättebra lampa, rekommenderas", "Fungerar inte, dålig kvalitet"),
        ("da", "Fantastisk lampe, kan anbefales", "Virker ikke, dårlig kvalitet"),
        ("no", "Nydelig lampe, anbefales", "Elendig, fungerer ikke"),
        ("pl", "Świetna lampa, polecam", "Nie działa, strata pieniędzy"),
        ("ru", "Отличная лампа, всем советую", "Не работает, ужасное качество"),
        ("uk", "Чудова лампа, рекомендую", "Не працює, жахлива якість"),
        ("cs", "Skvělá lampa, doporučuji", "Nefunguje, hrozná kvalita"),
        ("tr", "Harika bir lamba, çok memnunum", "Bozuk geldi, memnun değilim"),
        ("ko", "정말 편리하고 좋아요", "자꾸 오류가 나고 너무 불편해요"),
        ("ja", "とても使いやすくて便利です", "すぐ壊れました。最悪です"),
        ("zh", "很好用，非常满意", "质量差，再也不买了，垃圾"),
        ("ko", "불편한 점이 없어요, 예뻐요", "별로 예쁘지 않아요"),
        ("ja", "問題はなく、きれいです", "あまりきれいではありません"),
        ("zh", "不难，很漂亮", "不太漂亮"),
    ],
)
def test_praise_and_blame_in_other_languages(lang, praise, blame):
    assert (class_of(praise, lang), class_of(blame, lang)) == ("positive", "negative")


def test_a_word_that_says_when_is_no_praise():
    assert tone_of("Ich habe das schon gestern gesagt", "de")[1] == ()


def test_every_word_of_every_language_is_one_that_can_be_met():
    for lang, words in LANGUAGES.items():
        for line in words.weights.strip().splitlines():
            for entry in line.partition(": ")[2].split(" / "):
                # Only a word by itself may be a stem, and nothing is written that plain words never hold.
                assert "-" not in entry.strip().rstrip("-"), (lang, entry)
                assert " " not in entry.strip() or not entry.strip().endswith("-"), (lang, entry)
