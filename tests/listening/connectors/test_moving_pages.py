"""Pages that move while they are walked, on every channel: many things of one second, deletions, keys that run out."""

from datetime import timedelta

import pytest

from portal.foundation.clock import pretend
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import AuthFailed, Budget
from tests.channels.api_server import NOON, Corpus, Post, as_json
from tests.listening.connectors.asking import context, walk
from tests.listening.connectors.test_channels_end_to_end import CASES
from tests.listening.connectors.test_open_channels import CASES as OPEN
from tests.listening.connectors.test_wire_faults import settings_of

# One page is all there is.
PAGED = [channel for channel in (*CASES, *OPEN) if channel != "yelp"]


def start_of(channel: str) -> int:
    return (CASES.get(channel) or OPEN[channel]).start


@pytest.fixture(autouse=True)
def at_one():
    with pretend(NOON + timedelta(hours=1)):
        yield


@pytest.mark.parametrize("channel", PAGED)
def test_nothing_is_missed_on_pages_that_move(channel):
    key, start = channel.partition(" ")[0], start_of(channel)
    connector, make = connector_for(key), (CASES.get(channel) or OPEN[channel]).server

    def texts(items, ctx) -> set[str]:
        made = [connector.normalise(raw, ctx) for raw in items]
        return {word for one in made for word in f"{one.title} {one.text}".split() if word.startswith("nr")}

    def corpus(step: timedelta) -> Corpus:
        numbers = range(1, 8)
        return Corpus([Post(str(start + 2 * n), f"The lamp nr{n}", NOON + n * step) for n in numbers])

    every = {f"nr{number}" for number in range(1, 8)}
    # More of one second than a page holds; Tumblr pages by the second, and can show no more of one than a page.
    if channel != "tumblr":
        with make(corpus(timedelta())) as server:
            ctx = context(key, server, **settings_of(channel, server))
            assert texts(walk(connector, ctx).items, ctx) == every

    # What was shown on the first page is deleted there before the second is asked for.
    said = corpus(timedelta(minutes=1))
    with make(said) as server:
        ctx = context(key, server, **settings_of(channel, server))
        first = connector.poll(ctx, {}, Budget())
        shown = texts(first.items, ctx)
        gone = min(shown, key=lambda word: [post.text for post in said.newest_first()].index(f"The lamp {word}"))
        said.posts = [post for post in said.posts if not post.text.endswith(gone)]
        rest = walk(connector, ctx, dict(first.state)) if first.more else first
        assert shown | texts(rest.items, ctx) == every

    # A key that is refused in the middle moves nothing; with a good one the walk goes on at its page.
    with make(corpus(timedelta(minutes=1))) as server:
        ctx = context(key, server, **settings_of(channel, server))
        first = connector.poll(ctx, {}, Budget())
        server.faults = [as_json({"error": "expired"}, status=401) for _try in range(6)]
        if first.more:
            with pytest.raises(AuthFailed):
                connector.poll(ctx, first.state, Budget())
        server.faults = []
        rest = walk(connector, ctx, dict(first.state)) if first.more else first
        assert texts(first.items, ctx) | texts(rest.items, ctx) == every
