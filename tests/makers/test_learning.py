from random import Random

import pytest

from portal.makers.scoring.learning import Label, can_learn, learn
from portal.makers.scoring.weights import BARS, WEIGHTS


def labels(count, *, by):
    """People whose verdict follows one bar, with a little noise."""
    chance = Random(5)
    made = []
    for number in range(count):
        bars = tuple(chance.random() for _bar in BARS)
        made.append(Label(number, bars, bars[BARS.index(by)] + chance.gauss(0, 0.1) > 0.5))
    return made


def test_fifty_verdicts_of_both_kinds_are_enough():
    assert can_learn(labels(60, by="advise"))
    assert not can_learn(labels(49, by="advise"))
    assert not can_learn([Label(number, (0.1,) * 5, True) for number in range(80)])


def test_what_the_verdicts_follow_counts_more():
    lesson = learn(labels(200, by="advise"), WEIGHTS.shares)

    assert lesson.shares["advise"] > 2 * WEIGHTS.shares["advise"]
    assert sum(lesson.shares.values()) == pytest.approx(1)
    assert min(lesson.shares.values()) >= 0
    assert lesson.auc[0] > lesson.auc[1] + 0.1


def test_the_same_verdicts_teach_the_same_in_any_order():
    given = labels(80, by="create")

    assert learn(given, WEIGHTS.shares) == learn(given[::-1], WEIGHTS.shares)


def test_verdicts_that_follow_nothing_do_not_look_good_when_held_back():
    chance = Random(8)
    noise = [Label(number, tuple(chance.random() for _bar in BARS), chance.random() < 0.5) for number in range(200)]

    assert learn(noise, WEIGHTS.shares).auc[0] < 0.6


def test_bars_that_are_all_the_same_change_nothing():
    flat = [Label(number, (0.5,) * 5, number % 2 == 0) for number in range(60)]

    assert learn(flat, WEIGHTS.shares).shares == pytest.approx(WEIGHTS.shares, abs=0.02)
