"""The pages of what is listened for: the look at what a query finds, changing it, and muting words."""

import pytest
from sqlalchemy import select

from portal.foundation.database import session
from portal.listening.models import Match, Tracker, TrackerKind
from portal.listening.services import add_tracker, sweep_tracker, take_in
from tests.listening.heard import make_draft, stored_mentions

pytestmark = pytest.mark.both_databases


@pytest.fixture
def browser(sam, sign_in):
    take_in(
        [
            make_draft("1", text="My Lümen lamp <b>glows</b>"),
            make_draft("2", text="Hiring at Lumen: apply for the job"),
            make_draft("3", text="Does anyone know a good lamp? #sale", author="omar"),
        ]
    )
    session().commit()
    return sign_in(sam)


def in_stream(browser, query="") -> set[str]:
    page = browser.get(f"/mentions{query}").text
    return {each.external_id for each in stored_mentions() if each.text.split("<")[0][:14] in page}


def test_a_query_shows_what_it_finds_with_the_words_marked(browser, queries):
    queries.clear()
    page = browser.get("/trackers/preview?query=lumen+none:(job+nothing)").text

    assert len(queries) <= 8
    assert "<strong>1</strong> of the newest 3 mentions" in page
    assert "My <mark>Lümen</mark> lamp &lt;b&gt;glows&lt;/b&gt;" in page
    assert "none:job</code> keeps 1 out" in page
    assert "none:nothing" not in page
    # An address is found where the words do not show it, so the page says what was.
    take_in([make_draft("4", text="Look at this one", links="https://www.lumen.example/shop/nido")])
    session().commit()
    page = browser.get("/trackers/preview?query=url:lumen.example/shop").text
    assert "links to <mark>lumen.example/shop</mark>" in page
    assert not session().scalars(select(Tracker)).all()


def test_an_opportunity_finds_only_those_who_ask(browser):
    assert "<strong>1</strong> of" in browser.get("/trackers/preview?query=lamp&kind=opportunity").text
    assert "<strong>2</strong> of" in browser.get("/trackers/preview?query=lamp&kind=brand").text


@pytest.mark.parametrize(("query", "place"), [("lamp (", 5), ('none:"a b', 5), ("lamp AND x", 5)])
def test_a_query_that_goes_wrong_is_pointed_at_while_it_is_typed(browser, query, place):
    page = browser.get("/trackers/preview", query_string={"query": query}).text

    assert "\n" + " " * place + "^" in page


def test_looking_without_scripts_saves_nothing(browser):
    answer = browser.post("/trackers", data={"query": "lamp", "kind": "brand", "preview": "yes"})

    assert answer.status_code == 200
    assert "<strong>2</strong> of" in answer.text
    assert not session().scalars(select(Tracker)).all()


def test_a_changed_tracker_forgets_what_it_found_and_looks_again(browser, sam):
    tracker = add_tracker(name="Brand", query="lumen", by=sam)
    session().flush()
    sweep_tracker()
    session().commit()
    assert len(session().scalars(select(Match)).all()) == 2

    answer = browser.post(f"/trackers/{tracker.id}", data={"query": "lumen none:job", "kind": "brand", "name": "Brand"})

    assert answer.status_code == 303
    session().expire_all()
    assert session().scalars(select(Match)).all() == []
    sweep_tracker()
    assert len(session().scalars(select(Match)).all()) == 1


def test_two_trackers_cannot_ask_the_same(browser, sam):
    add_tracker(name="One", query="lumen", by=sam)
    two = add_tracker(name="Two", query="lamp", by=sam)
    session().commit()

    answer = browser.post(f"/trackers/{two.id}", data={"query": " lumen ", "kind": "rival", "name": "Two"})

    assert answer.status_code == 422
    assert "There is a tracker with this query already." in answer.text
    session().expire_all()
    assert two.query == "lamp"


def test_words_are_muted_from_a_mention_and_heard_again(browser):
    third = stored_mentions()[2]

    answer = browser.post(f"/mentions/{third.id}/word-mutes", data={"words": "#sale"})
    sweep_tracker()
    session().commit()

    mute = session().scalars(select(Tracker)).one()
    assert mute.kind == TrackerKind.MUTED
    assert f'action="/trackers/{mute.id}/removals"' in browser.get(answer.headers["Location"]).text
    assert in_stream(browser) == {"1", "2"}
    assert in_stream(browser, "?muted=yes") == {"3"}
    take_in([make_draft("4", text="Another #SALE of bulbs")])
    session().commit()
    assert in_stream(browser) == {"1", "2"}
    browser.post(f"/trackers/{mute.id}/removals")
    assert in_stream(browser) == {"1", "2", "3", "4"}


def test_muting_a_word_twice_is_one_mute_and_a_tracked_word_is_not_muted(browser, sam):
    add_tracker(name="Brand", query="lumen", by=sam)
    session().commit()
    first = stored_mentions()[0]

    for words in ("two words", '"two words"', "lumen"):
        browser.post(f"/mentions/{first.id}/word-mutes", data={"words": words})

    assert sorted(row.query for row in session().scalars(select(Tracker))) == ['"two words"', "lumen"]
