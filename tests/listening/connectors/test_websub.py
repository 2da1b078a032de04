"""WebSub: a feed that names a hub is subscribed to, and only what the hub signed comes in."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode

import pytest
from sqlalchemy import select

from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.listening.connectors.websub import hub_of
from portal.listening.jobs import poll_due_sources, read_pushes
from portal.listening.models import Push, Source
from portal.listening.parsing import ParsedFeed
from portal.listening.services import add_source, push_address
from tests.channels.feed_server import Answer, Feed, FeedServer, Item
from tests.conftest import settings_for_tests
from tests.listening.heard import stored_mentions

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def server(app):
    config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True))
    with FeedServer() as running:
        running.serve("/hub", Answer(202))
        yield running


@pytest.fixture
def feed(server) -> Feed:
    links = (
        f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="hub" href="{server.url("/hub")}"/>'
        '<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="https://blog.example/topic"/>'
    )
    return Feed(Item("g1", "Post 1", "A lamp", "https://blog.example/1", AT), extra=links)


@pytest.fixture
def source(server, feed, sam) -> Source:
    url = server.serve("/feed", feed)
    row = add_source(connector="feeds", settings={"url": url}, name="Notes", keeps_all=True, by=sam)
    session().commit()
    poll_due_sources()
    return row


def poll_again(source: Source, after: timedelta) -> None:
    with pretend(now() + after):
        source.next_due_at = now()
        session().commit()
        poll_due_sources()
    session().refresh(source)


def path_of(source: Source) -> str:
    door = push_address(source)
    assert door is not None
    return door.url.removeprefix(config.current().BASE_URL)


def signed(source: Source, body: bytes, method: str = "sha256") -> dict[str, str]:
    door = push_address(source)
    assert door is not None
    signature = hmac.new(door.secret.encode(), body, method).hexdigest()
    return {"X-Hub-Signature": f"{method}={signature}", "Content-Type": "application/rss+xml"}


def asked_hub(server) -> list[dict[str, list[str]]]:
    return [parse_qs(asked.body.decode()) for asked in server.asked if asked.path == "/hub"]


def test_a_hub_is_asked_once_and_again_each_day_whatever_lease_it_grants(server, source):
    assert asked_hub(server) == []
    poll_again(source, timedelta(minutes=16))

    (form,) = asked_hub(server)
    assert form["hub.mode"] == ["subscribe"]
    assert form["hub.topic"] == ["https://blog.example/topic"]
    assert form["hub.callback"] == [config.current().BASE_URL + path_of(source)]
    assert len(form["hub.secret"][0]) < 200

    poll_again(source, timedelta(hours=20))
    assert len(asked_hub(server)) == 1
    poll_again(source, timedelta(hours=25))
    assert len(asked_hub(server)) == 2


def test_a_hub_is_answered_only_about_what_was_asked_of_it(client, source):
    good = {
        "hub.mode": "subscribe",
        "hub.topic": "https://blog.example/topic",
        "hub.challenge": "c-1",
        "hub.lease_seconds": 9,
    }

    answer = client.get(f"{path_of(source)}?{urlencode(good)}")
    assert (answer.status_code, answer.text) == (200, "c-1")

    for wrong in ({"hub.topic": "https://other.example/"}, {"hub.mode": "unsubscribe"}, {"hub.mode": ""}):
        assert client.get(f"{path_of(source)}?{urlencode({**good, **wrong})}").status_code == 404
    assert client.get(f"{path_of(source)}?hub.mode=denied&hub.reason=x").status_code == 200


@pytest.mark.parametrize("method", ["sha1", "sha512"])
def test_what_a_hub_signed_comes_in(client, source, feed, method):
    feed.items.append(Item("g2", "Post 2", "Another lamp", "https://blog.example/2", AT))
    body = feed.rss()

    assert client.post(path_of(source), data=body, headers=signed(source, body, method)).status_code == 202
    read_pushes()

    assert [mention.title for mention in stored_mentions()] == ["Post 1", "Post 2"]


def test_a_body_altered_by_one_byte_stays_outside(client, source, feed):
    body = feed.rss()
    headers = signed(source, body)
    for wrong in (
        client.post(path_of(source), data=body[:-1] + b"!", headers=headers),
        client.post(path_of(source), data=body),
        client.post(path_of(source), data=body, headers={"X-Hub-Signature": "md5=" + "0" * 32}),
        client.post(path_of(source), data=body, headers={"X-Hub-Signature": "sha256="}),
    ):
        assert wrong.status_code == 403

    assert not session().scalars(select(Push)).all()
    assert hashlib.sha256(body).hexdigest()


def test_the_link_header_comes_before_the_feed():
    feed = ParsedFeed(format="rss20", hub="https://hub.example/a", topic="https://t.example/a")
    header = {"link": '<https://hub.example/b>; rel="hub", </self>; rel=self'}

    assert hub_of(header, feed, "https://t.example/feed") == ("https://hub.example/b", "https://t.example/self")
    assert hub_of({}, feed, "https://t.example/feed") == ("https://hub.example/a", "https://t.example/a")
    assert hub_of({}, ParsedFeed(format="rss20"), "https://t.example/feed") is None
    assert hub_of({"link": "<javascript:x>; rel=hub"}, ParsedFeed(format="rss20"), "https://t.example/") is None


def test_youtube_is_asked_to_tell_though_its_feed_names_no_hub(app, sam):
    """https://developers.google.com/youtube/v3/guides/push_notifications"""
    channel = "UC" + "a" * 22
    with FeedServer() as site:
        here = site.url("").rstrip("/")
        addresses = f"feeds.youtube={here} feeds.youtube-hub={here}/hub"
        config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True, CHANNEL_ADDRESSES=addresses))
        site.serve("/hub", Answer(202))
        site.serve("/feeds/videos.xml", Feed(Item("yt:video:1", "Our lamp", "A film", "https://youtu.be/1", AT)))
        url = f"{here}/feeds/videos.xml?channel_id={channel}"
        row = add_source(connector="feeds", settings={"url": url}, name="Films", keeps_all=True, by=sam)
        session().commit()
        poll_due_sources()
        poll_again(row, timedelta(minutes=16))

        (form,) = asked_hub(site)

    assert form["hub.topic"] == [f"{here}/xml/feeds/videos.xml?channel_id={channel}"]
