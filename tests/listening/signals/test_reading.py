"""All signals of a text together."""

from hypothesis import given
from hypothesis import strategies as st

from portal.listening.drafts import MENTION_KINDS
from portal.listening.signals import read


def test_a_text_is_read_whole():
    signals = read(
        "I built a wonderful lamp! Does anyone know where to get the cable? You should sell it.", lang="en-US"
    )

    assert (signals.lang, signals.lang_source) == ("en", "channel")
    assert signals.tone > 0
    assert [word for word, _weight in signals.tone_words] == ["wonderful"]
    assert (signals.is_question, signals.is_suggestion, signals.is_creation) == (True, True, True)
    assert signals.marks["creation"] == ("i built a",)


def test_a_language_that_nobody_gave_is_detected():
    signals = read("The lamp that I got is not what you would expect")

    assert (signals.lang, signals.lang_source) == ("en", "detected")


def test_signs_of_web_pages_are_read_as_what_they_mean():
    assert read("The lamp isn&#39;t useful &amp; I don&#39;t like it", lang="en").tone < 0


def test_the_channel_is_believed():
    assert read("The lamp that I got is not what you would expect", lang="de").lang == "de"


def test_a_tag_that_names_no_language_is_no_tag():
    assert read("The lamp that I got is not what you would expect", lang="und").lang_source == "detected"


def test_a_language_that_cannot_be_read_has_no_tone():
    signals = read("Lamppu on kamala ja vihaan sitä", lang="fi")

    assert (signals.tone, signals.tone_words) == (None, ())


def test_its_emoji_are_read():
    assert read("La lámpara 😍", lang="es").tone > 0


def test_a_short_text_is_read_if_its_words_are_known():
    assert (read("great!").lang, read("great!").lang_source) == (None, None)
    assert read("great!").tone > 0
    assert read("lamp 12").tone is None


def test_what_is_made_by_its_kind_is_a_creation():
    signals = read("Lumen desk lamp", kind="video")

    assert signals.is_creation
    assert signals.marks == {"creation": ("video",)}


def test_a_question_by_its_kind_is_one():
    assert read("Cable length", kind="question").is_question


def test_a_repost_makes_and_asks_nothing():
    signals = read("RT @maya: I built a lamp?", kind="repost")

    assert signals.marks == {}
    assert not signals.is_creation


@given(st.text(), st.one_of(st.none(), st.text()), st.sampled_from(sorted(MENTION_KINDS)))
def test_no_text_raises(text, lang, kind):
    signals = read(text, lang=lang, kind=kind)

    assert signals.tone is None or -1 <= signals.tone <= 1
