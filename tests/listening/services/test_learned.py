"""Learning from labels: off until it is switched on, with figures on labels held back, and a way back."""

import pytest
from sqlalchemy import select

from portal.foundation.database import session
from portal.listening.judgements import LearnedModel, Signal
from portal.listening.queries.judged import label_counts
from portal.listening.services import judge_reading, learn, reread_step, switch_off, switch_on, take_in
from tests.listening.heard import make_draft, stored_mentions

# In this trade "wick" is praise and "flux" is blame, which no rule knows.
PRAISE, BLAME = "This one is all wick number {}", "That one is only flux number {}"


def draft(number, words, **given):
    return make_draft(str(number), text=words.format(number), author=f"person{number % 9}", **given)


@pytest.fixture
def _taught(db, sam):
    take_in([draft(n, PRAISE if n % 2 else BLAME) for n in range(100, 160)])
    for n, mention in enumerate(stored_mentions()):
        said = "positive" if "wick" in mention.text else "negative"
        judge_reading(mention, Signal.TONE, said, by=sam, is_drawn=n % 3 == 0)


@pytest.mark.usefixtures("db")
def test_too_few_labels_teach_nothing(sam):
    take_in([draft(1, PRAISE)])
    judge_reading(stored_mentions()[0], Signal.TONE, "positive", by=sam)

    assert learn(Signal.TONE) is None


@pytest.mark.usefixtures("_taught")
def test_what_is_learned_is_off_and_says_how_good_it_is_on_labels_held_back():
    row = learn(Signal.TONE)
    take_in([draft(1, PRAISE)])

    assert (row.is_on, row.labels, row.figures["held_back"]) == (False, 60, 60)
    assert row.figures["learned_f1"] > 0.95
    assert row.figures["default_f1"] < 0.6
    assert row.is_better
    assert len(row.weights) < 1_000_000
    assert label_counts() == {Signal.TONE: (60, 20)}
    assert abs(stored_mentions()[0].tone) < 0.15
    assert learn(Signal.TONE) is None


@pytest.mark.usefixtures("_taught")
def test_switched_on_it_reads_new_and_stored_mentions_and_shows_its_words(sam):
    take_in([draft(1, PRAISE), draft(2, BLAME)])
    judged = stored_mentions()[-1]
    judge_reading(judged, Signal.TONE, "neutral", by=sam)
    row = learn(Signal.TONE)
    revision = stored_mentions()[0].author.revision

    switch_on(row, by=sam)
    take_in([draft(3, BLAME)])
    while reread_step() is not None:
        # Each step reads a part anew; the last one finds nothing left.
        pass

    found = {mention.external_id: mention for mention in stored_mentions()}
    assert found["1"].tone > 0.15
    assert found["3"].tone < -0.15
    assert "flux" in [word for word, _weight in found["3"].marks["tone"]]
    assert found[judged.external_id].tone == 0
    assert found["1"].author.revision > revision

    switch_off(row, by=sam)
    while reread_step() is not None:
        # Each step reads a part anew; the last one finds nothing left.
        pass
    assert abs(stored_mentions()[0].tone) < 0.15


@pytest.mark.usefixtures("_taught")
def test_a_newer_model_waits_beside_the_one_that_is_on(sam):
    first = learn(Signal.TONE)
    switch_on(first, by=sam)
    take_in([draft(n, PRAISE) for n in range(200, 215)])
    for mention in stored_mentions():
        if mention.external_id.startswith("20") or mention.external_id.startswith("21"):
            judge_reading(mention, Signal.TONE, "positive", by=sam)

    second = learn(Signal.TONE)

    assert [row.is_on for row in session().scalars(select(LearnedModel).order_by(LearnedModel.id))] == [True, False]
    switch_on(second, by=sam)
    assert not first.is_on
