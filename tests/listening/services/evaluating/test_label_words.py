"""What people write for labels, and what it means."""

import pytest

from portal.listening.services.evaluating.label_words import guess_signal, meanings, plain


@pytest.mark.parametrize(
    ("signal", "labels", "wanted"),
    [
        ("tone", "Positive Neutral NEGATIVE", "positive neutral negative"),
        ("tone", "1 0 -1", "positive neutral negative"),
        ("tone", "1.0 0.0", "positive negative"),
        ("tone", "0 1 2", "negative neutral positive"),
        ("tone", "0 2 4", "negative neutral positive"),
        ("tone", "1 2 3 4 5", "negative negative neutral positive positive"),
        ("tone", "2 6 10", "negative neutral positive"),
        ("tone", "pos neg", "positive negative"),
        ("tone", "Bullish Bearish", "positive negative"),
        ("tone", "4_stars 1_star", "positive negative"),
        ("question", "question not", "yes no"),
        ("question", "whQuestion Statement ynQuestion Greet", "yes no yes no"),
        ("question", "True False", "yes no"),
        ("suggestion", "suggestion non-suggestion", "yes no"),
        ("suggestion", "1 0", "yes no"),
    ],
)
def test_labels_as_people_write_them(signal, labels, wanted):
    given = [plain(label) for label in labels.split()]
    found = meanings(signal, given)

    assert [found[label] for label in given] == wanted.split()


@pytest.mark.parametrize(
    ("signal", "labels"), [("tone", "blue red"), ("tone", "17 18"), ("question", "a b"), ("tone", "")]
)
def test_what_is_not_known_is_not_guessed(signal, labels):
    assert meanings(signal, labels.split()) is None


@pytest.mark.parametrize(
    ("column", "labels", "signal"),
    [
        ("label", "positive negative", "tone"),
        ("label", "question statement", "question"),
        ("kind", "suggestion not-suggestion", "suggestion"),
        ("is_question", "0 1", "question"),
        ("sentiment", "0 1", "tone"),
        ("stars", "1 2 3 4 5", "tone"),
        ("label", "0 1", None),
        ("label", "cat dog", None),
    ],
)
def test_the_signal_is_told_by_the_labels_or_the_name(column, labels, signal):
    assert guess_signal(column, labels.split()) == signal
