from datetime import timedelta

import pytest

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.makers.models import Backtest, BacktestStatus, Stage
from portal.makers.scoring.backtest import Result, Truth
from portal.makers.services import ask_backtest, claim_backtest, run_backtest
from portal.makers.services.backtesting.history import NothingToTest
from tests.makers.heard import make_author, make_mention, person_of, place_and_score


def a_history():
    """Two who keep talking warmly, three who were heard once; then a hundred days go by."""
    for name in ("ann", "ben"):
        author = make_author(name)
        for week in range(4):
            make_mention(author, days=110 + 7 * week, tone=0.6)
        make_mention(author, days=80, tone=0.6, likes=2)
    for name in ("cleo", "dan", "eve"):
        make_mention(make_author(name), days=130, tone=0.6)
    make_mention(make_author("later"), days=50, tone=0.6)
    place_and_score()


def tried(sam, **given):
    asked = {"until": (now() - timedelta(days=100)).date(), "horizon": 60, "truth": Truth.POSITIVE} | given
    row = ask_backtest(**asked, by=sam)
    session().flush()
    assert claim_backtest() == row.id
    run_backtest(row.id)
    return row


@pytest.mark.parametrize("truth", [Truth.POSITIVE, Truth.LIKED])
def test_the_own_history_is_ranked_as_it_was_known(db, sam, truth):
    a_history()

    row = tried(sam, truth=truth)

    assert row.status is BacktestStatus.DONE
    assert row.result
    result = Result.of(row.result)
    assert (result.known, result.came_true) == (5, 2)
    assert result.ours.auc
    assert result.ours.auc.value == 1
    assert result.ours.curve == {5: 0.4}


def test_bots_and_own_staff_are_not_ranked(db, sam):
    a_history()
    cleo = make_author("robot", is_bot=True)
    make_mention(cleo, days=120)
    place_and_score()

    assert person_of(cleo).stage is Stage.BOT
    assert Result.of(tried(sam).result or {}).known == 5


@pytest.mark.parametrize(("days", "words"), [(4000, "Nobody had been heard"), (20, "nobody turned out as looked for")])
def test_what_cannot_be_measured_is_said(db, sam, days, words):
    a_history()

    row = tried(sam, until=(now() - timedelta(days=days)).date())

    assert row.status is BacktestStatus.FAILED
    assert words in (row.error or "")


def test_a_day_that_is_not_over_is_refused(db, sam):
    with pytest.raises(NothingToTest):
        ask_backtest(until=now().date(), horizon=10, truth=Truth.POSITIVE, by=sam)


def test_a_worker_that_went_away_leaves_its_backtest_to_the_next(db, sam):
    row = ask_backtest(until=(now() - timedelta(days=9)).date(), horizon=5, truth=Truth.POSITIVE, by=sam)
    session().flush()

    first, second = claim_backtest(), claim_backtest()
    session().get_one(Backtest, row.id).lease_until = now() - timedelta(minutes=1)
    session().flush()

    assert (first, second) == (row.id, None)
    assert claim_backtest() == row.id
