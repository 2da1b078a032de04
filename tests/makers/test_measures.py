import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.makers.scoring.baselines import decayed, steadiness
from portal.makers.scoring.measures import auc_of, gain_of, precision_at, spread_of, wilson

people = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40)


@settings(deadline=None, max_examples=60)
@given(people)
def test_the_auc_is_the_chance_that_a_positive_stands_higher(said):
    values, truth = [float(value) for value, _ in said], [hit for _, hit in said]
    hits = [value for value, hit in said if hit]
    rest = [value for value, hit in said if not hit]
    spread = spread_of(values, truth)

    if not hits or not rest:
        assert spread is None
    else:
        pairs = [(hit > other) + (hit == other) / 2 for hit in hits for other in rest]
        assert spread
        assert spread.auc == pytest.approx(sum(pairs) / len(pairs))
        estimate = auc_of(spread)
        assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


@settings(deadline=None, max_examples=40)
@given(people, st.integers(1, 60))
def test_ties_count_as_drawn_by_lot_in_any_order(said, k):
    values, truth = [float(value) for value, _ in said], [hit for _, hit in said]

    assert precision_at(values, truth, k) == pytest.approx(precision_at(values[::-1], truth[::-1], k))


def test_precision_counts_the_first_k():
    assert precision_at([4, 3, 2, 1], [True, False, True, False], 2) == 0.5
    assert precision_at([1, 1, 1, 1], [True, False, False, False], 2) == 0.25
    assert precision_at([], [], 10) == 0


def test_delong_agrees_with_a_worked_example():
    # Three rankings apart by one pair each; the variance follows from the placements by hand.
    spread = spread_of([0.9, 0.8, 0.4, 0.7, 0.3, 0.1], [True, True, True, False, False, False])

    assert spread is not None
    assert spread.auc == pytest.approx(8 / 9)
    half = 1.959964 * (((1 / 27) / 3) + ((1 / 27) / 3)) ** 0.5
    assert auc_of(spread).low == pytest.approx(8 / 9 - half)


def test_a_ranking_gains_nothing_over_itself():
    spread = spread_of([3.0, 2.0, 1.0, 0.0], [True, False, True, False])

    assert spread is not None
    gain = gain_of(spread, spread)
    assert (gain.value, gain.low, gain.high) == (0, 0, 0)


def test_the_interval_of_a_share_holds_for_none_and_all():
    assert wilson(0, 10).low == 0
    assert wilson(0, 10).high == pytest.approx(0.278, abs=0.001)
    assert wilson(1, 10).low == pytest.approx(0.722, abs=0.001)


def test_the_baselines_fade_and_prefer_the_steady():
    assert decayed([0, 60]) == 1.5
    assert steadiness([1, 8, 16, 24]) > steadiness([1, 1, 1, 1])
    assert steadiness([70]) < steadiness([1])
