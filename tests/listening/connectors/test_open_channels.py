"""Every open channel polls its server into the stream, through deaths of the worker and arrivals between pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from portal.foundation.clock import pretend
from portal.foundation.database import session
from portal.listening.models import Health
from portal.listening.services.turns import ask, claim_turn, keep_answer
from tests.channels.api_server import NOON, ApiServer, Corpus, Post, posts
from tests.channels.bluesky_server import DID, BlueskyServer
from tests.channels.discourse_server import DiscourseServer
from tests.channels.github_server import GitHubServer
from tests.channels.hackernews_server import HackerNewsServer
from tests.channels.mastodon_server import MastodonServer
from tests.channels.stackexchange_server import StackExchangeServer
from tests.listening.connectors.asking import listen, take_turns
from tests.listening.heard import stored_mentions

SNOWFLAKE = int(NOON.timestamp() * 1000) << 16


@dataclass
class Case:
    server: Callable[[Corpus], ApiServer]
    settings: Callable[[ApiServer], dict[str, str]]
    start: int = 0
    name: Callable[[int], str] = str


def _nothing(server: ApiServer) -> dict[str, str]:
    return {}


def _place(server: ApiServer) -> dict[str, str]:
    return {"url": server.url("").rstrip("/")}


def _search(server: ApiServer) -> dict[str, str]:
    return {**_place(server), "how": "search", "token": "good"}


def _account(server: ApiServer) -> dict[str, str]:
    return {"how": "search", "identifier": "brand.example", "password": "good"}


CASES = {
    "hackernews": Case(HackerNewsServer, _nothing, 40_000_000),
    "stackexchange": Case(StackExchangeServer, lambda server: {"site": "diy"}, name=lambda number: f"q{number}"),
    "github": Case(
        GitHubServer,
        lambda server: {"token": "good", "kinds": "both"},
        name=lambda number: f"{'discussion' if number % 2 else 'issue'}:lumen/lamps/{number}",
    ),
    "discourse": Case(DiscourseServer, _place),
    "mastodon": Case(MastodonServer, _place, SNOWFLAKE),
    "mastodon search": Case(MastodonServer, _search, SNOWFLAKE),
    "bluesky": Case(BlueskyServer, _account, name=lambda number: f"at://{DID}/app.bsky.feed.post/{number}"),
}


@pytest.mark.parametrize("channel", CASES)
def test_a_channel_polls_its_server_into_the_stream(db, channel):
    case = CASES[channel]
    key = channel.partition(" ")[0]
    corpus = Corpus(posts(1, 2, 3, 4, 5, start=case.start))
    with case.server(corpus) as server:
        server.between_pages = posts(6, start=case.start)
        with pretend(NOON + timedelta(hours=1)):
            source = listen(key, server, **case.settings(server))
            take_turns(source, dying=True)
            assert (source.health, source.failures, source.last_error) == (Health.GOOD, 0, None)
        corpus.say(*server.between_pages, *posts(7, 8, start=case.start))
        with pretend(NOON + timedelta(hours=26)):
            take_turns(source)

    mentions = stored_mentions()
    wanted = sorted(case.name(case.start + number) for number in range(1, 9))
    assert sorted(mention.external_id for mention in mentions) == wanted
    assert {mention.channel for mention in mentions} == {key}
    assert all("lamp" in mention.text and mention.author.handle for mention in mentions)
    assert mentions[0].created_at in {post.at for post in corpus.posts}


@pytest.mark.parametrize("channel", ["hackernews", "stackexchange", "github"])
def test_more_of_one_second_than_a_page_holds_is_all_read(db, channel):
    case = CASES[channel]
    even = [Post(str(case.start + 2 * number), f"The lamp, number {number}", NOON) for number in range(1, 8)]
    with case.server(Corpus(even)) as server, pretend(NOON + timedelta(hours=1)):
        source = listen(channel, server, **case.settings(server))
        take_turns(source)

    assert len(stored_mentions()) == 7
    assert source.health is Health.GOOD


def test_something_deleted_between_two_pages_hides_nothing_else(db):
    corpus = Corpus(posts(1, 2, 3, 4, 5, 6))
    with HackerNewsServer(corpus) as server, pretend(NOON + timedelta(hours=1)):
        source = listen("hackernews", server)
        turn = claim_turn()
        keep_answer(turn, ask(turn))
        session().flush()
        corpus.forget("6")
        corpus.forget("5")
        session().refresh(source)
        take_turns(source)

    assert len(stored_mentions()) == 6


def test_an_account_that_asks_not_to_be_found_is_marked_and_stays_so(db):
    asking, later = posts(1, 2, start=SNOWFLAKE)
    asking.more = {"account": {"indexable": False}}
    later.more = {"account": {"indexable": True}}
    other = posts(3, start=SNOWFLAKE)[0]
    other.author = "omar"
    with MastodonServer(Corpus([asking])) as server, pretend(NOON + timedelta(hours=1)):
        source = listen("mastodon", server, **_place(server))
        take_turns(source)
        server.corpus.say(later, other)
        take_turns(source)

    marked = {mention.external_id: mention.author.is_unlisted for mention in stored_mentions()}
    assert marked == {asking.id: True, later.id: True, other.id: False}
