"""The readings on texts that people labelled. Needs HEARD_DATA, a folder of sets; nothing is learned from them."""

import os
from pathlib import Path

import pytest

from portal.listening.services.evaluating import read_labelled, try_learning, try_readings
from portal.listening.services.evaluating.trial import half_of

FOLDER = os.environ.get("HEARD_DATA")
pytestmark = pytest.mark.skipif(not FOLDER, reason="HEARD_DATA names no folder of data sets")

AIRLINES = ("airline-tweets/tweets.csv", {"text": "text", "labels": ["tone=airline_sentiment"], "lang": "en"})
# File, how it is read, the least accuracy and macro-F1 of tone.
TONE = [
    (*AIRLINES, 0.65, 0.61),
    ("app-reviews-ko/reviews.csv", {"text": "content", "labels": ["tone=score"]}, 0.70, 0.57),
    ("stocktwits-eth/messages.csv", {"text": "body", "labels": ["tone=tag"], "lang": "en"}, 0.40, 0.45),
]
SUGGESTIONS = [
    ("suggestion-mining/V1.4_Training.csv", {"text": "2", "labels": ["suggestion=3"], "lang": "en"}, 0.72),
    (
        "suggestion-mining/SubtaskA_Trial_Test_Labeled.csv",
        {"text": "2", "labels": ["suggestion=3"], "lang": "en"},
        0.75,
    ),
]


def read(name, given):
    return read_labelled(Path(FOLDER, name), **given).texts


def second_half(texts):
    return [each for each in texts if half_of(each.text, 1)]


@pytest.mark.parametrize(("name", "given", "accuracy", "macro_f1"), TONE)
def test_tone_is_above_its_floor_and_above_vader_on_the_half_held_out(name, given, accuracy, macro_f1):
    (trial,) = try_readings(second_half(read(name, given)))

    assert trial.scores.accuracy >= accuracy
    assert trial.scores.macro_f1 >= macro_f1
    assert trial.scores.accuracy > trial.peer_scores.accuracy
    assert trial.scores.macro_f1 > trial.peer_scores.macro_f1


@pytest.mark.parametrize(("name", "given", "f1"), SUGGESTIONS)
def test_suggestions_are_found_on_the_half_held_out(name, given, f1):
    (trial,) = try_readings(second_half(read(name, given)))

    assert trial.scores.of("yes").f1 >= f1


def test_three_hundred_labels_teach():
    # Every second one, which is enough to see that it learns; the command tries them all.
    draws = try_learning(read(*AIRLINES)[::2], "tone", 300)

    assert sum(draw.learned.accuracy for draw in draws) / len(draws) >= 0.74
    assert sum(draw.learned.macro_f1 for draw in draws) / len(draws) >= 0.64
