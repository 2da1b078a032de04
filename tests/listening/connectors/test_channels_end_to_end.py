"""Every keyed channel polls its server into the stream, through deaths of the worker and arrivals between pages."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from portal.foundation.clock import pretend
from portal.listening.models import Health
from tests.channels.api_server import NOON, ApiServer, Corpus, posts
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
