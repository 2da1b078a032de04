"""What was learned, as a row."""

import pytest

from portal.listening.judgements import LearnedModel


@pytest.mark.parametrize(("learned", "is_better"), [(0.7, True), (0.6, False), (0.5, False)])
def test_a_model_is_better_only_above_the_default(learned, is_better):
    assert LearnedModel(figures={"default_f1": 0.6, "learned_f1": learned}).is_better is is_better
