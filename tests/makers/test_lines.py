"""Scoring with a process beside: the same scores as alone, whatever becomes of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.jobs import Beside
from portal.makers.models import Score
from portal.makers.services import place_mentions, rating, score_people
from portal.makers.services.rating import ScoringBeside
from tests.makers.heard import make_author, make_mention

# The same moment for both ways of scoring.
NOON = now() + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(rating, "BATCH", 2)


def people_with_words():
    for number in range(5):
        author = make_author(handle=f"p{number}", followers=number * 100)
        for place in range(number + 1):
            make_mention(author, text=f"Word {place} on what I built of it", tone=0.3, is_creation=place == 1)
    place_mentions()


def stored():
    session().expire_all()
    rows = session().scalars(select(Score).order_by(Score.person_id))
    return [(row.person_id, row.total, row.persist, row.contributions, row.months, row.best) for row in rows]


def test_the_scores_are_those_that_are_made_alone(db):
    people_with_words()
    with ScoringBeside() as beside:
        beside.is_worth_it = True
        score_people(at=NOON, beside=beside)
        assert beside._beside is not None
    together = stored()

    rating.score_these([row[0] for row in together], at=NOON)

    assert len(together) == 5
    assert stored() == together


def test_if_the_process_goes_away_the_rest_is_scored_here(db):
    people_with_words()
    with ScoringBeside() as beside:
        beside.is_worth_it = True
        beside._beside = Beside("portal.makers.scoring.lines")
        beside._beside._process.kill()
        beside._beside._process.wait()
        score_people(at=NOON, beside=beside)

    assert len(stored()) == 5
