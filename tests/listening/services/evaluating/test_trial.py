"""Readings beside labels."""

from portal.listening.services.evaluating import LabelledText, try_learning, try_readings
from portal.listening.services.evaluating.trial import half_of


def text(words, **labels):
    return LabelledText(1, words, "en", labels)


def test_each_labelled_signal_is_tried_with_the_words_that_fired():
    trials = try_readings(
        [
            text("I love this lamp", tone="positive", question="no"),
            text("Does it fit?", tone="neutral", question="yes"),
            text("You should add a dimmer", suggestion="yes"),
        ]
    )

    assert [trial.signal for trial in trials] == ["tone", "question", "suggestion"]
    assert [trial.scores.accuracy for trial in trials] == [1, 1, 1]
    assert [trial.scores.total for trial in trials] == [2, 2, 1]
    assert trials[0].predictions[0].words == ("i love +2.6",)
    assert (trials[0].peer, trials[0].peer_scores.total) == ("VADER", 2)
    assert trials[1].peer_scores.accuracy == 1


def test_the_halves_are_about_equal_and_always_the_same():
    first = [half_of(f"text {number}", 1) for number in range(1000)]

    assert 400 < sum(first) < 600
    assert first == [half_of(f"text {number}", 1) for number in range(1000)]
    assert first != [half_of(f"text {number}", 2) for number in range(1000)]


def test_learning_from_some_labels_is_tried_on_the_rest():
    texts = [text(f"pure glim {n}", tone="positive") for n in range(20)]
    texts += [text(f"pure murk {n}", tone="negative") for n in range(20)]

    draws = try_learning(texts, "tone", 20)

    assert [draw.learned.total for draw in draws] == [20] * 5
    assert min(draw.learned.accuracy for draw in draws) > 0.9 > max(draw.default.accuracy for draw in draws)
    assert try_learning(texts, "tone", 40) == []
