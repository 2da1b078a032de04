"""The small linear model: it learns, packs into plain numbers, and says why."""

import pytest

from portal.listening.signals import read
from portal.listening.signals.learning import CLASSES, LearnedReader, LinearModel, features_in, train
from portal.listening.signals.tone import tone_class

TEXTS = [("glim is here again", "positive"), ("only murk today", "negative"), ("a lamp with a plug", "neutral")] * 12


@pytest.fixture(scope="module")
def model():
    texts = [f"{text} {number}" for number, (text, _label) in enumerate(TEXTS)]
    return train(
        [features_in(text, read(text, lang="en")) for text in texts], [label for _t, label in TEXTS], CLASSES["tone"]
    )


def test_it_learns_words_that_no_rule_knows(model):
    text = "so much glim on my desk"

    assert model.likeliest(features_in(text, read(text, lang="en"))) == "positive"
    assert sum(model.shares({}).values()) == pytest.approx(1)


def test_it_is_kept_in_plain_numbers(model):
    kept = LinearModel.unpacked(model.packed(), model.classes)

    text = "only murk"
    features = features_in(text, read(text, lang="en"))
    assert kept.shares(features) == pytest.approx(model.shares(features))
    with pytest.raises(ValueError, match="do not fit"):
        LinearModel.unpacked(model.packed(), ("yes", "no"))


@pytest.mark.parametrize(
    ("text", "wanted"), [("glim again", "positive"), ("just murk", "negative"), ("a lamp", "neutral")]
)
def test_a_revised_tone_is_within_its_class_and_shows_its_words(model, text, wanted):
    revised = LearnedReader({"tone": model}).revise(text, read(text, lang="en"))

    assert tone_class(revised.tone) == wanted
    assert revised.tone_words or wanted == "neutral"


def test_a_sign_comes_and_goes_with_what_was_learned():
    asks = [(f"any murk {n}", "yes") for n in range(10)] + [(f"is it glim {n}?", "no") for n in range(10)]
    learned = train([features_in(t, read(t, lang="en")) for t, _ in asks], [y for _, y in asks], CLASSES["question"])
    reader = LearnedReader({"question": learned})

    assert reader.revise("more murk", read("more murk", lang="en")).marks["question"]
    revised = reader.revise("is it glim?", read("is it glim?", lang="en"))
    assert (revised.is_question, "question" in revised.marks) == (False, False)
