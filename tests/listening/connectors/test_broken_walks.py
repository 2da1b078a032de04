"""Walks that were interrupted: by a page that is not known any more, and by a rest that the channel asked for."""

from datetime import timedelta

import pytest

from portal.foundation.clock import now, pretend
from portal.listening.models import Health
from tests.channels.api_server import NOON, Corpus, as_json, posts
from tests.channels.graph_server import GraphServer, graph_error
from tests.channels.x_server import SNOWFLAKE, XServer
from tests.channels.youtube_server import YouTubeServer, refusal
from tests.listening.connectors.asking import listen, take_turns
from tests.listening.heard import stored_mentions


@pytest.fixture(autouse=True)
def at_noon():
    with pretend(NOON + timedelta(hours=1)):
        yield


@pytest.mark.parametrize(
    ("channel", "settings", "start", "faults"),
    [
        ("x", {"token": "good", "cap": "20"}, SNOWFLAKE, [None, as_json({"detail": "next_token"}, status=400)]),
        ("youtube", {"key": "good-key"}, 10_000_000_000, [None, None, refusal(400, "invalidPageToken")]),
        ("facebook", {"page_id": "100", "token": "good"}, 0, [None, graph_error(100)]),
    ],
)
def test_a_page_that_is_not_known_any_more_begins_the_walk_anew(db, channel, settings, start, faults):
    server = {"x": XServer, "youtube": YouTubeServer, "facebook": GraphServer}[channel]
    with server(Corpus(posts(1, 2, 3, 4, 5, start=start))) as running:
        source = listen(channel, running, **settings)
        running.faults = list(faults)
        take_turns(source)
        assert (source.health, len(stored_mentions())) == (Health.FAILING, 2)

        take_turns(source)
        assert (source.health, source.failures, source.taken_in) == (Health.GOOD, 0, 5)

        # Refused at its beginning, the question itself is wrong.
        running.faults = [faults[-1]]
        take_turns(source)

    assert source.health is Health.STOPPED


def test_after_a_rest_a_channel_is_asked_at_its_own_pace_again(db):
    with GraphServer(Corpus(posts(1))) as server:
        source = listen("facebook", server, page_id="100", token="good")
        server.usage = '{"call_count":96}'
        take_turns(source)
        assert source.next_due_at - now() == timedelta(hours=1)
        server.usage = '{"call_count":1}'
        take_turns(source)

    assert source.next_due_at - now() == timedelta(minutes=10)
