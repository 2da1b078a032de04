"""Profiles are asked for in batches, only for people with a first score, once in thirty days."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.drafts import AuthorDraft
from portal.listening.models import Author
from portal.listening.services import (
    PROFILE_KEPT,
    ask_profiles,
    channels_with_profiles,
    claim_profiles,
    keep_profiles,
    pause_source,
    take_in,
)
from portal.makers.models import Person, PersonAuthor
from portal.makers.queries.profiles import FIRST_SCORE, authors_worth_a_profile
from portal.makers.services import place_mentions
from tests.channels.api_server import as_json
from tests.channels.bluesky_server import BlueskyServer
from tests.channels.github_server import GitHubServer
from tests.channels.x_server import XServer
from tests.channels.youtube_server import YouTubeServer
from tests.listening.connectors.asking import listen
from tests.listening.heard import make_draft, stored_authors


def people(channel: str, *names: str, score: float = FIRST_SCORE) -> None:
    """People with one account each, all of this score."""
    take_in([
        make_draft(name, channel=channel, author=AuthorDraft(channel=channel, handle=name, external_id=name))
        for name in names
    ])  # fmt: skip
    place_mentions(100)
    session().execute(update(Person).values(score=score))
    session().flush()


def look_up() -> int | None:
    batch = claim_profiles(authors_worth_a_profile(channels_with_profiles(), older_than=PROFILE_KEPT))
    if batch is None:
        return None
    known = keep_profiles(batch, ask_profiles(batch))
    session().flush()
    return known


def test_followers_and_words_of_a_profile_are_kept_and_asked_for_once(db):
    with YouTubeServer() as server:
        listen("youtube", server, key="good-key")
        people("youtube", "UCa", "UCb")

        assert look_up() == 2
        assert look_up() is None
        first = stored_authors()[0]
        assert (first.followers, first.name, first.handle, first.revision) == (1200, "Uca", "UCa", 2)
        assert len(server.asked) == 1
        first.profiled_at = now() - PROFILE_KEPT - timedelta(hours=1)
        session().flush()
        assert look_up() == 1


def test_nobody_is_looked_up_without_a_first_score_a_source_or_a_channel_that_can(db, sam):
    with YouTubeServer() as server:
        people("youtube", "UCa", score=FIRST_SCORE - 1)
        people("hackernews", "juno", score=FIRST_SCORE - 1)
        source = listen("youtube", server, key="good-key")
        assert look_up() is None

        session().execute(update(Person).values(score=FIRST_SCORE))
        pause_source(source, by=sam)
        session().flush()
        assert look_up() is None
        assert server.asked == []


def test_whoever_is_known_by_handle_alone_is_found_under_the_number_that_comes_back(db):
    with GitHubServer() as server:
        told = {"login": "juno", "id": 4, "followers": 12, "html_url": "https://github.com/juno", "type": "User"}
        server.at("/users/juno", lambda _asked, _query: as_json(told))
        listen("github", server, token="good", kinds="both")
        people("github", "juno")
        session().execute(update(Author).values(external_id=None))

        assert look_up() == 1
        assert [(author.followers, author.external_id) for author in stored_authors()] == [(12, "4")]


def test_money_for_profiles_is_counted_and_stops_at_the_cap(db):
    with XServer() as server:
        source = listen("x", server, token="good", cap="0.015")
        people("x", "7")
        assert look_up() == 1
        assert (source.usage["micros"], stored_authors()[0].followers) == (10_000, 321)

        people("x", "8")
        assert look_up() == 0
        assert len(server.asked) == 1
        # Tomorrow it is tried again.
        assert look_up() is None
        left_out = next(author for author in stored_authors() if author.handle == "8")
        assert left_out.profiled_at < now() - PROFILE_KEPT + timedelta(days=2)


@pytest.mark.parametrize("answer", [as_json({"items": "odd"}), as_json({"items": [{"id": 5}, {}]}), as_json([])])
def test_an_odd_answer_leaves_everyone_as_they_were(db, answer):
    with YouTubeServer() as server:
        server.faults = [answer]
        listen("youtube", server, key="good-key")
        people("youtube", "UCa")

        assert look_up() == 0
        assert session().query(Author).one().followers is None


def test_bluesky_is_asked_for_25_at_once_and_the_page_shows_what_they_say_of_themselves(db, sam, sign_in):
    with BlueskyServer() as server:
        said = {
            "did": "did:plc:a",
            "handle": "juno.example",
            "followersCount": 55,
            "description": "I fold <b>lamps</b>",
        }
        server.at("/xrpc/app.bsky.actor.getProfiles", lambda _asked, _query: as_json({"profiles": [said, "odd"]}))
        listen("bluesky", server, how="search", identifier="brand.example", password="good")
        people("bluesky", "did:plc:a", "did:plc:b")

        assert look_up() == 1
        known = stored_authors()[0]
        assert (known.followers, known.bio) == (55, "I fold <b>lamps</b>")
        session().commit()
        person_id = session().query(PersonAuthor).filter_by(author_id=known.id).one().person_id
        page = sign_in(sam).get(f"/people/{person_id}")

    assert "I fold &lt;b&gt;lamps&lt;/b&gt;" in page.get_data(as_text=True)
