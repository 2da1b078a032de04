from datetime import timedelta

from sqlalchemy import select

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.makers.jobs import run_backtests, score_everyone_again
from portal.makers.models import Backtest, Weighting
from tests.makers.heard import make_person
from tests.makers.test_history import a_history
from tests.makers.test_weighing import make_weighting, many_judged


def test_an_empty_page_says_what_to_do(sign_in, sam):
    page = sign_in(sam).get("/people/proof").text

    assert "Not tried yet" in page
    assert "No verdict yet" in page
    assert "From 50 verdicts on" in page


def test_a_manager_looks_back(sign_in, sam):
    a_history()
    browser = sign_in(sam)
    day = (now() - timedelta(days=100)).date().isoformat()

    answer = browser.post("/people/backtests", data={"until": day, "horizon": "60", "truth": "positive"})
    waiting = browser.get("/people/proof").text
    run_backtests()

    page = browser.get("/people/proof").text
    assert answer.status_code == 303
    assert "It waits for a worker" in waiting
    assert "Of 5 people known on that day, 2 had a positive mention" in page
    assert "crowd.dev" in page


def test_a_bad_day_comes_back_with_a_sentence(sign_in, sam):
    browser = sign_in(sam)

    tomorrow = (now() + timedelta(days=1)).date().isoformat()
    late = browser.post("/people/backtests", data={"until": tomorrow, "horizon": "60", "truth": "positive"})
    none = browser.post("/people/backtests", data={"until": "", "horizon": "0", "truth": "x"})

    assert (late.status_code, none.status_code) == (422, 422)
    assert "Choose a day that is over" in late.text
    assert session().scalars(select(Backtest)).all() == []


def test_weights_are_worked_out_shown_switched_on_and_back(sign_in, sam):
    many_judged(sam, 52)
    browser = sign_in(sam)

    browser.post("/people/weights")
    proposed = browser.get("/people/proof").text
    row = session().scalars(select(Weighting)).one()
    browser.post(f"/people/weights/{row.id}/uses")
    busy = browser.get("/people/proof").text
    score_everyone_again()
    browser.post("/people/weights/delivered")

    assert "From 52 verdicts" in proposed
    assert "On verdicts held back: AUC" in proposed
    assert "Everyone is being scored anew" in busy
    assert "As delivered, again" in browser.get("/people/proof").text


def test_too_few_verdicts_are_told(sign_in, sam):
    make_person("lena")
    browser = sign_in(sam)

    browser.post("/people/weights")

    assert "with at least 10 of each kind" in browser.get("/people/proof").text


def test_members_and_responders_stay_out(sign_in, maya, rosa, sam):
    row = make_weighting(sam)

    for person in (maya, rosa):
        browser = sign_in(person)
        assert browser.get("/people/proof").status_code in {403, 404}
        assert browser.post(f"/people/weights/{row.id}/uses").status_code in {403, 404}
        assert browser.post("/people/weights/delivered").status_code in {403, 404}
    assert row.switched_on_at is None
