from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Author, Mention
from portal.makers.models import Opinion, Person, RescoringPart, Score, Verdict, Weighting
from portal.makers.queries.proof import judged_people, rescoring, weights_in_use
from portal.makers.scoring.bars import recompute, total_of
from portal.makers.scoring.weights import WEIGHTS
from portal.makers.services import claim_part, propose_weights, score_everyone_anew, score_part, switch_back, switch_on
from portal.makers.services.weighing import InUseAlready, TooFewVerdicts
from tests.makers.heard import make_author, make_mention, make_person, place_and_score

ONLY_LOVE = {"create": 0.0, "persist": 0.0, "love": 1.0, "advise": 0.0, "reach": 0.0}


def many_judged(sam, count):
    """People with one mention each, every other one warm, and the verdicts follow the warmth."""
    authors = [make_author(f"person{number}") for number in range(count)]
    for number, author in enumerate(authors):
        make_mention(author, days=1 + number % 7, tone=0.8 if number % 2 else 0.0)
    place_and_score()
    rows = session().execute(select(Score.id, Score.person_id, Score.love).order_by(Score.person_id)).all()
    for score_id, person_id, love in rows:
        opinion = Opinion.FIT if love > 0 else Opinion.NOT_A_FIT
        session().add(Verdict(person_id=person_id, opinion=opinion, score_id=score_id, judged_by_id=sam.id))
    session().commit()


def make_weighting(sam, shares=None):
    row = Weighting(shares=shares or ONLY_LOVE, figures={"labels": 60}, proposed_by_id=sam.id)
    session().add(row)
    session().commit()
    return row


def work_off():
    """What the worker does after a change of weights."""
    while (part_id := claim_part()) is not None:
        score_part(part_id)
    session().commit()
    session().expire_all()


def test_verdicts_propose_weights_that_nobody_has_to_take(db, sam):
    many_judged(sam, 52)

    row = propose_weights(sam)

    assert row.shares["love"] > WEIGHTS.shares["love"]
    assert row.figures
    assert row.figures["labels"] == 52
    assert weights_in_use() is WEIGHTS
    assert judged_people().result.figures[0].auc


def test_too_few_verdicts_teach_nothing(db, sam):
    many_judged(sam, 4)

    with pytest.raises(TooFewVerdicts, match="50 verdicts"):
        propose_weights(sam)


def test_switching_on_scores_everyone_anew_and_back_again(db, sam):
    lena = make_person("lena", mentions=3)
    before = lena.score

    switch_on(make_weighting(sam), sam)
    waiting = rescoring()
    work_off()
    loved = session().get_one(Person, lena.id).score
    switch_back(sam)
    work_off()

    assert waiting
    assert (waiting.done, waiting.parts) == (0, 1)
    assert rescoring() is None
    assert loved == 0
    assert session().get_one(Person, lena.id).score == pytest.approx(before, abs=0.01)
    verbs = list(session().scalars(select(AuditEntry.verb).where(AuditEntry.verb.like("weights.%"))))
    assert verbs == ["weights.switched_on", "weights.switched_on"]
    newest = session().scalars(select(Score).where(Score.person_id == lena.id)).one()
    assert newest.version > WEIGHTS.version


def test_weights_in_use_are_not_switched_on_again(db, sam):
    row = make_weighting(sam)
    switch_on(row, sam)

    with pytest.raises(InUseAlready):
        switch_on(row, sam)
    switch_back(sam)
    with pytest.raises(InUseAlready):
        switch_back(sam)


def test_a_part_is_worked_on_by_one_and_falls_free_again(db):
    make_person("lena")
    score_everyone_anew()
    session().commit()

    first, second = claim_part(), claim_part()
    session().execute(update(RescoringPart).values(lease_until=now() - timedelta(minutes=1)))
    third = claim_part()

    assert first == third is not None
    assert second is None
    assert first is not None
    assert (score_part(first), score_part(first)) == (1, 0)


def test_a_part_of_an_older_rescoring_is_left_alone(db):
    make_person("lena")
    score_everyone_anew()
    old = claim_part()
    assert old is not None
    score_everyone_anew()

    gone = session().get(RescoringPart, old)

    assert gone is None or gone.lease_until is None


def test_a_thousand_scores_come_out_of_their_contributions_again(db):
    authors = [Author(channel="forum", handle=f"p{number}", handle_key=f"p{number}") for number in range(1000)]
    session().add_all(authors)
    session().flush()
    for number, author in enumerate(authors):
        session().add_all(varied_mentions(author, number))
    session().commit()
    place_and_score()

    rows = session().scalars(select(Score)).all()

    assert len(rows) == 1000
    for row in rows:
        bars = recompute(row.contributions, reach=row.reach)
        assert tuple(bars) == (row.create, row.persist, row.love, row.advise, row.reach)
        assert total_of(bars) == row.total


def varied_mentions(author, number):
    """One to three mentions unlike those of the next."""
    kinds = ("post", "video", "reply", "repost", "question")
    for step in range(1 + number % 3):
        yield Mention(
            channel="forum",
            external_id=f"m{number}-{step}",
            author_id=author.id,
            kind=kinds[(number + step) % 5],
            text="x" * (20 + number % 300),
            created_at=now() - timedelta(days=number % 700 + step * 3.3),
            first_seen_at=now(),
            tone=(number % 21 - 10) / 10,
            is_copy=number % 7 == 0,
            is_creation=number % 11 == 0,
        )
