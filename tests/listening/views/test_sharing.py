"""The stream is drawn once for every manager, and never shows what was blanked, muted or read otherwise since."""

import re

import pytest

from portal.accounts.models import Role
from portal.foundation.clock import now
from portal.foundation.database import begin_work, session
from portal.foundation.database.revisions import store
from portal.listening.jobs import sort_in_mentions, sweep_new_trackers
from portal.listening.models import Match, Tracker
from portal.listening.queries import TOPIC
from portal.listening.services import add_tracker, mute_author, take_in
from portal.listening.services.keeping import blank
from portal.topics import topics_of_tables
from tests.factories import make_user
from tests.listening.heard import make_draft, stored_authors, stored_mentions

PATHS = ("/mentions", "/mentions?words=lamp", "/mentions?channel=bluesky")
# What a request asks for beside the parts that it shows.
OF_THE_READER = {"session", "user", "revision"}
SAID = {"1": "A lamp of brass", "2": "A lamp of glass", "3": "A lamp of paper", "4": "I love this wonderful lamp"}


@pytest.fixture
def heard(db):
    store.clear()
    take_in([make_draft(number, text=text, author=f"a{number}", channel="bluesky") for number, text in SAID.items()])
    session().commit()
    sort_in_mentions()


def pages(browser) -> list[str]:
    return [browser.get(path).text for path in PATHS]


def shown(browser, words: str) -> set[bool]:
    return {words in page for page in pages(browser)}


def test_what_changes_is_seen_by_the_next_reader_of_every_page(heard, sam, sign_in):
    browser, judging = sign_in(make_user("extra@example.com", "Extra", Role.MANAGER)), sign_in(sam)
    before = pages(browser)
    assert all(words in page for page in before for words in SAID.values())
    mentions = {mention.external_id: mention.id for mention in stored_mentions()}
    pressed = re.compile(r'value="tone:negative"[^>]*aria-pressed="true"')

    begin_work(writing=True)
    blank([row for row in stored_mentions() if row.external_id == "1"], now())
    session().commit()
    assert shown(browser, SAID["1"]) == {False}

    begin_work(writing=True)
    mute_author(next(row for row in stored_authors() if row.handle == "a2"), by=session().merge(sam))
    session().commit()
    assert shown(browser, SAID["2"]) == {False}
    assert SAID["2"] in browser.get("/mentions?muted=yes").text

    assert judging.post(f"/mentions/{mentions['3']}/word-mutes", data={"words": "paper"}).status_code == 303
    sweep_new_trackers()
    assert shown(browser, SAID["3"]) == {False}

    assert not any(pressed.search(page) for page in pages(browser))
    judged = judging.post(f"/mentions/{mentions['4']}/judgements", data={"said": "tone:negative"})
    assert judged.status_code == 303
    assert all(pressed.search(page) for page in pages(browser))

    begin_work(writing=True)
    tracker = add_tracker(name="Wonders", query="wonderful", by=session().merge(sam))
    session().flush()
    session().add(Match(mention_id=mentions["4"], tracker_id=tracker.id, terms="wonderful"))
    session().commit()
    assert shown(browser, 'title="wonderful">Wonders<') == {True}
    begin_work(writing=True)
    session().get_one(Tracker, tracker.id).name = "Marvels"
    session().commit()
    assert shown(browser, 'title="wonderful">Marvels<') == {True}


def test_a_page_is_drawn_once_for_all_and_each_reader_has_their_own_token(heard, sam, rosa, sign_in, queries):
    add_tracker(name="Lamps", query="lamp", by=sam)
    session().commit()
    first, second = sign_in(sam), sign_in(make_user("extra@example.com", "Extra", Role.MANAGER))
    session().commit()
    queries.clear()
    first.get("/mentions/days")
    drawn = first.get("/mentions?author=1&undo=1&unmute=1&tone=positive&words=lamp").text + pages(first)[0]
    read = {name for words in queries for name in re.findall(r'(?:FROM|JOIN) "?([a-z_]+)', words)}
    pages(second)
    queries.clear()

    again = second.get("/mentions").text

    # Who reads, and which sources are silent by now: that changes with the clock, and no row with it.
    assert len(queries) == 2
    tokens = [set(re.findall(r'name="csrf_token" value="([^"]+)"', page)) for page in (drawn, again)]
    assert [len(found) for found in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
    watched = {name for name, belongs in topics_of_tables().items() if TOPIC in belongs}
    assert {"mention", "author", "match", "tracker", "stream_due"} <= read
    assert (read & set(topics_of_tables())) - OF_THE_READER - {"source"} <= watched
    assert sign_in(rosa).get("/mentions").status_code in {403, 404}
