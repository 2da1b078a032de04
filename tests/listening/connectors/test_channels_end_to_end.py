"""Every keyed channel polls its server into the stream, through deaths of the worker and arrivals between pages."""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from portal.foundation.clock import pretend
from portal.foundation.database import session
from portal.listening.connectors import connector_for
from portal.listening.models import Health
from portal.listening.services.rechecks import claim_recheck, keep_recheck, look_again
from tests.channels.api_server import NOON, ApiServer, Corpus, posts
from tests.channels.feed_server import Answer
from tests.channels.flickr_server import FlickrServer
from tests.channels.graph_server import GraphServer
from tests.channels.reddit_server import RedditServer
from tests.channels.review_servers import AppStoreServer, LinkedInServer, PlayServer, TrustpilotServer, YelpServer
from tests.channels.tumblr_server import TumblrServer
from tests.channels.x_server import SNOWFLAKE, XServer
from tests.channels.youtube_server import YouTubeServer
from tests.listening.connectors.asking import listen, take_turns
from tests.listening.heard import stored_mentions


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@functools.cache
def service_account() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return json.dumps({"client_email": "heard@example.iam", "private_key": pem(key)})


@dataclass
class Case:
    server: Callable[[Corpus], ApiServer]
    settings: dict[str, str]
    start: int = 0
    secrets: Callable[[], dict[str, str]] = dict
    prefix: str = ""
    suffix: str = ""
    more: dict[str, str] = field(default_factory=dict)


CASES = {
    "youtube": Case(YouTubeServer, {"key": "good-key"}, 10_000_000_000),
    "x": Case(XServer, {"token": "good", "users": "yes", "cap": "20"}, SNOWFLAKE),
    "reddit": Case(
        RedditServer,
        {"client_id": "client", "client_secret": "secret", "account": "lumen", "approved": "yes"},
        prefix="t3_",
    ),
    "facebook": Case(GraphServer, {"page_id": "100", "token": "good", "app_secret": "s"}),
    "instagram": Case(GraphServer, {"account_id": "200", "token": "good"}),
    "threads": Case(GraphServer, {"token": "good", "approved": "yes"}),
    "tumblr": Case(TumblrServer, {"key": "good-key"}, SNOWFLAKE),
    "flickr": Case(FlickrServer, {"key": "good-key", "approved": "yes"}),
    "yelp": Case(YelpServer, {"key": "good-key", "businesses": "lumen"}),
    "trustpilot": Case(TrustpilotServer, {"key": "good-key", "business": "lumen.example"}),
    "google-play": Case(PlayServer, {"package": "com.example.lamp"}, secrets=lambda: {"account": service_account()}),
    "app-store": Case(
        AppStoreServer,
        {"app": "77", "issuer": "i", "key_id": "k"},
        secrets=lambda: {"private_key": pem(ec.generate_private_key(ec.SECP256R1()))},
    ),
    "linkedin": Case(
        LinkedInServer,
        {"organization": "9", "token": "good", "version": "202611", "approved": "yes"},
        prefix="urn:li:comment:(urn:li:activity:1,",
        suffix=")",
    ),
}


@pytest.mark.parametrize("channel", CASES)
def test_a_channel_polls_its_server_into_the_stream(db, channel):
    case = CASES[channel]
    corpus = Corpus(posts(1, 2, 3, 4, 5, start=case.start))
    late = posts(6, start=case.start)
    with case.server(corpus) as server:
        server.between_pages = late
        with pretend(NOON + timedelta(hours=1)):
            source = listen(channel, server, **case.settings, **case.secrets())
            take_turns(source, dying=True)
            assert (source.health, source.failures, source.last_error) == (Health.GOOD, 0, None)
        corpus.say(*server.between_pages, *posts(7, 8, start=case.start))
        with pretend(NOON + timedelta(hours=26)):
            take_turns(source)

    wanted = sorted(case.prefix + str(case.start + number) + case.suffix for number in range(1, 9))
    mentions = stored_mentions()
    assert sorted(mention.external_id for mention in mentions) == wanted
    assert {mention.channel for mention in mentions} == {channel}
    assert all("lamp" in f"{mention.title} {mention.text}" and mention.author.handle for mention in mentions)
    assert (mentions[0].created_at - NOON).total_seconds() == pytest.approx(60, abs=1)


DELETING = {
    "youtube": YouTubeServer, "x": XServer, "reddit": RedditServer, "facebook": GraphServer, "instagram": GraphServer,
    "threads": GraphServer, "tumblr": TumblrServer, "flickr": FlickrServer,
}  # fmt: skip


def look_again_at(*hours: float) -> None:
    """What the worker's sweep does, at these hours after noon."""
    for hour in hours:
        with pretend(NOON + timedelta(hours=hour)):
            while due := claim_recheck():
                keep_recheck(due, look_again(due))
                session().flush()


@pytest.mark.parametrize("channel", DELETING)
def test_what_is_deleted_or_edited_there_is_blanked_or_edited_here_and_an_outage_is_no_deletion(db, channel):
    case = CASES[channel]
    corpus = Corpus(posts(1, 2, 3, start=case.start))
    with DELETING[channel](corpus) as server:
        with pretend(NOON + timedelta(hours=1)):
            take_turns(listen(channel, server, **case.settings, **case.secrets()))
        assert len(stored_mentions()) == 3
        first, second = (case.prefix + str(case.start + number) for number in (1, 2))

        corpus.forget(str(case.start + 1))
        next(post for post in corpus.posts if post.id == str(case.start + 2)).text = "The lamp is mended now"
        days = connector_for(channel).caps.recheck_days * 24
        server.faults = [Answer(503)] * 40
        look_again_at(days + 2)
        assert all(mention.text for mention in stored_mentions())
        server.faults = []
        look_again_at(2 * days + 3, 2 * days + 3.5)
        found = {mention.external_id: mention for mention in stored_mentions()}
        assert found[first].text
        look_again_at(2 * days + 5)

    found = {mention.external_id: mention for mention in stored_mentions()}
    assert (found[first].text, found[first].title, found[first].url) == ("", None, None)
    if channel not in {"instagram", "threads"}:
        assert "mended" in f"{found[second].title} {found[second].text}"
    if connector_for(channel).caps.renews:
        assert found[second].keep_until > NOON + timedelta(days=31)
