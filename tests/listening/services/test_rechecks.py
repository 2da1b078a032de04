"""What is stored is looked up in time, by whoever can, and one strange answer hides no other."""

from datetime import timedelta

import pytest

from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.listening.connectors import connector_for
from portal.listening.jobs import look_again_at_mentions
from portal.listening.models import Health
from portal.listening.services import add_source, change_source, pause_source, remove_source
from portal.listening.services.keeping import blank_expired
from tests.channels.api_server import NOON, Corpus, as_json, posts
from tests.channels.bluesky_server import DID, BlueskyServer
from tests.channels.feed_server import Answer
from tests.channels.hackernews_server import HackerNewsServer
from tests.channels.mastodon_server import MastodonServer
from tests.listening.connectors.asking import listen, take_turns
from tests.listening.heard import stored_mentions

MONTH = 30 * 24


@pytest.fixture
def heard(db):
    """Three comments on Hacker News, and their source."""
    with HackerNewsServer(Corpus(posts(1, 2, 3))) as server, pretend(NOON + timedelta(hours=1)):
        source = listen("hackernews", server)
        take_turns(source)
        session().commit()
        yield server, source


def look(*hours: float) -> None:
    for hour in hours:
        with pretend(NOON + timedelta(hours=hour)):
            look_again_at_mentions()
    session().expire_all()


def gone() -> list[str]:
    return [mention.external_id for mention in stored_mentions() if mention.gone_at]


def test_a_paused_source_is_asked_for_nothing_new_and_still_looks_up_what_it_brought(heard, sam):
    server, source = heard
    pause_source(source, by=sam)
    session().commit()
    server.corpus.forget("2")

    look(MONTH + 2, MONTH + 4)

    assert gone() == ["2"]


def test_what_could_not_be_looked_up_is_due_again_in_an_hour(heard):
    server, _source = heard
    server.corpus.forget("2")
    server.faults = [Answer(503)] * 3

    look(MONTH + 2)
    asked = len(server.asked)
    look(MONTH + 2.5)
    assert (gone(), server.faults, len(server.asked)) == ([], [], asked)
    look(MONTH + 3.5, MONTH + 5)

    assert gone() == ["2"]


def test_one_strange_answer_hides_no_other(heard):
    server, _source = heard
    server.corpus.posts[0].more = {"by": None, "time": "soon"}
    server.corpus.forget("3")

    look(MONTH + 2, MONTH + 4)

    assert gone() == ["3"]


def test_whoever_is_shown_only_to_people_who_are_signed_in_goes_and_the_rest_is_looked_up(db):
    corpus = Corpus(posts(1, 2, 3))
    with BlueskyServer(corpus) as server, pretend(NOON + timedelta(hours=1)):
        take_turns(listen("bluesky", server, how="search", identifier="brand.example", password="good"))
        session().commit()
        hidden = {"did": DID, "handle": "juno.example", "labels": [{"val": "!no-unauthenticated"}]}
        corpus.posts[0].more = {"author": hidden}
        corpus.posts[1].text = "The lamp is mended"

        look(8 * 24)

    found = {mention.external_id[-1]: mention.text for mention in stored_mentions()}
    assert (found["1"], found["2"]) == ("", "The lamp is mended")


def test_what_a_removed_source_brought_is_looked_up_by_another_one(heard, sam):
    server, source = heard
    with pretend(NOON + timedelta(hours=1)):
        other = listen("hackernews", server, words="desk")
        assert remove_source(source, by=sam) is None
    session().commit()
    server.corpus.forget("2")

    look(MONTH + 2, MONTH + 4)

    assert {mention.source_id for mention in stored_mentions()} == {other.id}
    assert gone() == ["2"]


def test_what_nobody_can_look_up_any_more_goes_unless_a_source_comes_in_time(heard, sam):
    _server, source = heard
    assert remove_source(source, by=sam) == 30
    session().commit()
    assert {mention.keep_until for mention in stored_mentions()} == {now() + timedelta(days=30)}

    heir = add_source(connector="hackernews", settings={"words": "desk"}, name="Again", keeps_all=True, by=sam)
    session().commit()
    assert {(mention.source_id, mention.keep_until) for mention in stored_mentions()} == {(heir.id, None)}

    remove_source(heir, by=sam)
    session().commit()
    with pretend(now() + timedelta(days=31)):
        assert blank_expired() == 3


def test_another_server_is_not_asked_for_what_it_never_had(db, sam):
    start = int(NOON.timestamp() * 1000) << 16
    with MastodonServer(Corpus(posts(1, 2, start=start))) as server, pretend(NOON + timedelta(hours=1)):
        source = listen("mastodon", server, url=server.url("").rstrip("/"))
        take_turns(source)
        session().commit()
        moved = {**source.settings, "url": server.url("", host="localhost").rstrip("/")}
        change_source(source, moved, name="Moved", keeps_all=True, by=sam)
        session().commit()
        server.corpus.posts = []

        look(8 * 24, 8 * 24 + 2)

    assert gone() == []
    assert {(mention.source_id, mention.keep_until) for mention in stored_mentions()} == {
        (None, NOON + timedelta(days=7, hours=1))
    }


def test_items_of_no_known_shape_are_told_of_on_the_page_of_sources(db):
    corpus = Corpus(posts(1, 2))
    with HackerNewsServer(corpus) as server, pretend(NOON + timedelta(hours=1)):
        server.at("/search_by_date", lambda _asked, _query: as_json({"hits": [
            {"objectID": "1", "created_at_i": int(NOON.timestamp()), "comment_text": "A lamp", "author": "juno"},
            {"objectID": "2", "created_at_i": int(NOON.timestamp()), "comment_text": "A lamp"},
        ], "nbPages": 1}))  # fmt: skip
        source = listen("hackernews", server)
        take_turns(source)

    assert (source.health, source.taken_in) == (Health.GOOD, 1)
    assert source.last_error == "1 item had a shape that is not known and was passed by."


def test_x_is_looked_up_twice_within_a_day():
    days = connector_for("x").caps.recheck_days

    assert timedelta(days=days) + timedelta(hours=1) < timedelta(days=1)
