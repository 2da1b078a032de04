"""The pages of readings: one key overrules, an undo stands beside it, and figures come before the switch."""

import re

import pytest
from sqlalchemy import select

from portal.foundation.database import session
from portal.listening.judgements import Judgement, LearnedModel, Signal
from portal.listening.services import judge_reading, learn, take_in
from tests.listening.heard import make_draft, stored_mentions

TEXT = "I love this lamp! Does anyone know who makes it?"


@pytest.fixture
def browser(sam, sign_in):
    return sign_in(sam)


@pytest.fixture
def mention(db):
    take_in([make_draft(text=TEXT)])
    session().commit()
    return stored_mentions()[0]


def pressed(page):
    return re.findall(r'value="([a-z:]+)"[^>]*aria-pressed="true"', page)


def test_a_reading_shows_its_words_and_a_key_overrules_it(browser, mention):
    before = browser.get("/mentions").text

    answer = browser.post(
        f"/mentions/{mention.id}/judgements",
        data={"said": "tone:negative"},
        headers={"Referer": "http://localhost/mentions?channel=bluesky&tone=positive&evil=1"},
    )

    assert "i love +" in before
    assert pressed(before) == ["tone:positive", "question:no"]
    assert answer.status_code == 303
    assert answer.location == f"/mentions?channel=bluesky&tone=positive#reading-{mention.id}"
    page = browser.get("/mentions").text
    assert pressed(page) == ["tone:negative", "question:no"]
    assert "said by a person" in page


def test_a_script_gets_the_line_alone_and_the_undo_works(browser, mention):
    told = browser.post(
        f"/mentions/{mention.id}/judgements", data={"said": "question:no"}, headers={"HX-Request": "true"}
    )
    number = session().scalars(select(Judgement.id)).one()
    undone = browser.post(f"/judgements/{number}/undoings", headers={"HX-Request": "true"})

    assert told.text.lstrip().startswith("<div")
    assert pressed(told.text) == ["tone:positive"]
    assert pressed(undone.text) == ["tone:positive", "question:no"]
    assert browser.post(f"/judgements/{number}/undoings").status_code == 303
    assert browser.post(f"/mentions/{mention.id}/judgements", data={"said": "tone:blue"}).status_code == 400
    assert browser.post(f"/mentions/{mention.id}/judgements", data={"said": "nose:yes"}).status_code == 400


def test_mentions_drawn_at_random_are_judged_one_after_the_other(browser, mention):
    page = browser.get("/readings/next?signal=question").text
    answer = browser.post(f"/mentions/{mention.id}/judgements", data={"said": "question:yes", "drawn": "yes"})

    assert "Macro-F1" in browser.get("/readings").text
    assert "100.0 %" in browser.get("/readings").text
    assert "Does anyone know" in page
    assert not pressed(page)
    assert answer.location == "/readings/next?signal=question"
    assert session().scalars(select(Judgement.is_drawn)).one()
    assert "Nothing left to judge" in browser.get(answer.location).text
    assert browser.get("/readings/next?signal=nose").status_code == 404


def test_the_page_shows_both_figures_and_switches_there_and_back(browser, sam, queries):
    take_in([make_draft(str(n), text=f"This is all {'wick' if n % 2 else 'flux'} number {n}") for n in range(60)])
    session().commit()
    empty = browser.get("/readings").text
    for heard in stored_mentions():
        judge_reading(heard, Signal.TONE, "positive" if "wick" in heard.text else "negative", by=sam)
    number = learn(Signal.TONE).id
    session().commit()

    queries.clear()
    page = browser.get("/readings").text
    counted = list(queries)
    on = browser.post(f"/learned-models/{number}/switch-ons")
    switched = browser.get("/readings").text
    browser.post(f"/learned-models/{number}/switch-offs")

    assert "From 50 on something can be learned" in empty
    assert len(counted) <= 8
    assert "On 60 labels held back" in page
    assert "It beats the default" in page
    assert "not drawn at random" in page
    assert on.status_code == 303
    assert "Back to the default" in switched
    assert not session().scalars(select(LearnedModel)).one().is_on


def test_members_do_not_see_readings(maya, sign_in):
    assert sign_in(maya).get("/readings").status_code in {403, 404}
