"""Figures of a reading, against ones counted by hand."""

from portal.listening.signals.scores import compare

PAIRS = [("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no"), ("no", "maybe")]


def test_figures_are_those_counted_by_hand():
    scores = compare(PAIRS, order=("no", "yes"))

    assert scores.classes == ("no", "yes", "maybe")
    assert scores.accuracy == 3 / 5
    assert (scores.of("no").precision, scores.of("no").recall, scores.of("no").support) == (2 / 3, 2 / 3, 3)
    assert scores.of("yes").f1 == 2 / 3
    assert scores.macro_f1 == 2 / 3
    assert scores.of("maybe").f1 == 0


def test_nothing_compared_is_no_error():
    scores = compare([])

    assert (scores.accuracy, scores.macro_f1, scores.total) == (0, 0, 0)
