"""Webmentions: accepted by shape, believed by fetch, updated on resend, blanked when the link is gone."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.listening.connectors import connector_for
from portal.listening.connectors.webmention.mentions import normalise
from portal.listening.jobs import look_again_at_mentions, read_pushes
from portal.listening.models import Author, Push, PushStatus
from portal.listening.parsing import parse_here
from portal.listening.services import add_source, push_address, pushes
from portal.listening.services.turns import make_context
from tests.channels.feed_server import Answer, FeedServer
from tests.conftest import settings_for_tests
from tests.listening.heard import stored_mentions

TARGET = "https://shop.example/lamp"
RFC_822 = "Fri, 20 Nov 2026 10:00:00 GMT"
PAGE = """<html><head><title>Ada's notes</title></head><body><article class="h-entry">
<a class="p-author h-card u-url" href="https://ada.example/">Ada</a>
<time class="dt-published" datetime="2026-03-04T12:00:00Z">then</time>
<div class="e-content">My {words} with <a class="{kind}" href="{target}">this lamp</a></div></article></body></html>"""


def page(words: str = "reading corner", kind: str = "u-in-reply-to", target: str = TARGET) -> Answer:
    body = PAGE.format(words=words, kind=kind, target=target).encode()
    return Answer(headers={"Content-Type": "text/html; charset=utf-8"}, body=body)


@pytest.fixture
def server(app):
    config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True))
    with FeedServer() as running:
        yield running


@pytest.fixture
def door(server, sam) -> str:
    source = add_source(
        connector="webmention", settings={"sites": "shop.example, blog.example"}, name="Ours", keeps_all=True, by=sam
    )
    session().commit()
    known = push_address(source)
    assert known is not None
    return known.url.removeprefix(config.current().BASE_URL)


def tell(client, door: str, source: str, target: str = TARGET, *, minutes: int = 0):
    with pretend(now() + timedelta(minutes=minutes)):
        answer = client.post(door, data={"source": source, "target": target})
        session().commit()
        read_pushes()
    session().expire_all()
    return answer


def test_a_page_that_links_to_us_becomes_a_mention_with_its_author(client, door, server):
    url = server.serve("/note", page())

    assert tell(client, door, url).status_code == 202

    (mention,) = stored_mentions()
    assert (mention.channel, mention.kind, mention.url) == ("webmention", "reply", url)
    assert mention.text == "My reading corner with this lamp"
    assert mention.created_at.isoformat() == "2026-03-04T12:00:00+00:00"
    assert session().scalars(select(Author.name)).one() == "Ada"
    assert session().scalars(select(Author.handle)).one() == "ada.example"


def test_sent_again_it_is_updated_and_without_the_link_it_is_blanked(client, door, server):
    url = server.serve("/note", page())
    tell(client, door, url)

    server.serve("/note", page("writing desk"))
    tell(client, door, url, minutes=2)
    assert [mention.text for mention in stored_mentions()] == ["My writing desk with this lamp"]

    server.serve("/note", page(target="https://else.example/"))
    tell(client, door, url, minutes=4)
    assert [(mention.text, mention.url) for mention in stored_mentions()] == [("", None)]


def test_a_page_that_is_gone_takes_its_mention_with_it_at_the_next_look(client, door, server):
    url = server.serve("/note", page())
    tell(client, door, url)
    server.serve("/note", Answer(503))
    with pretend(now() + timedelta(days=31)):
        look_again_at_mentions()
    assert stored_mentions()[0].text

    # Not found once is no proof.
    server.serve("/note", Answer(404))
    with pretend(now() + timedelta(days=62)):
        look_again_at_mentions()
    assert stored_mentions()[0].text

    server.serve("/note", Answer(410))
    with pretend(now() + timedelta(days=62, hours=2)):
        look_again_at_mentions()

    assert [mention.text for mention in stored_mentions()] == [""]


def test_addresses_longer_than_a_column_are_updated_and_blanked_as_well(client, door, server):
    target = f"{TARGET}?{'a' * 400}"
    url = server.serve("/note", page(target=target))
    tell(client, door, url, target)

    server.serve("/note", page("writing desk", target=target))
    tell(client, door, url, target, minutes=2)
    assert [mention.text for mention in stored_mentions()] == ["My writing desk with this lamp"]

    server.serve("/note", Answer(410))
    tell(client, door, url, target, minutes=4)
    assert [mention.text for mention in stored_mentions()] == [""]


def test_a_crowd_from_one_server_is_asked_to_come_later(client, door, server, monkeypatch):
    monkeypatch.setattr(pushes, "CROWD", 2)
    url = server.serve("/note", page())

    answers = [client.post(door, data={"source": f"{url}?{n}", "target": TARGET}).status_code for n in range(3)]
    other = client.post(door, data={"source": "https://ada.example/", "target": TARGET}).status_code
    with pretend(now() + timedelta(minutes=11)):
        later = client.post(door, data={"source": f"{url}?9", "target": TARGET}).status_code

    assert (answers, other, later) == ([202, 202, 429], 202, 202)


def test_an_author_named_by_address_is_looked_up_at_their_own_page(client, door, server):
    home = server.url("/ada/")
    note = PAGE.replace('<a class="p-author h-card u-url" href="https://ada.example/">Ada</a>', "{author}")
    cards = f"""<p class="h-card"><a class="u-url" href="/bo">Bo</a></p><p class="h-card">
        <a class="u-url u-uid" href="{home}"><img class="u-photo" src="/a.png" alt="">Ada L</a></p>"""
    server.serve("/ada/", Answer(headers={"Content-Type": "text/html"}, body=cards.encode()))
    ways = {
        "/own": f'<a class="u-author" href="{home.rstrip("/")}">me</a>',
        "/rel": f'<a rel="author" href="{home}">me</a>',
        "/away": '<a class="u-author" href="http://10.0.0.1/">me</a>',
    }
    for path, author in ways.items():
        body = note.format(words="corner", kind="u-in-reply-to", target=TARGET, author=author).encode()
        tell(client, door, server.serve(path, Answer(headers={"Content-Type": "text/html"}, body=body)))

    found = {mention.url.rpartition("/")[2]: (mention.author.name, mention.author.url) for mention in stored_mentions()}
    assert found == {"own": ("Ada L", home), "rel": ("Ada L", home), "away": ("127.0.0.1", "http://10.0.0.1/")}


def test_what_does_not_link_to_us_is_not_believed(client, door, server):
    url = server.serve("/note", page(target="https://shop.example/lamps"))

    assert tell(client, door, url).status_code == 202

    assert stored_mentions() == []


def test_a_page_that_cannot_be_reached_is_tried_again_and_then_given_up(client, door, server):
    url = server.serve("/note", Answer(500))
    tell(client, door, url)
    push = session().scalars(select(Push)).one()
    assert (push.status, push.tries) == (PushStatus.WAITING, 1)

    for _try in range(4):
        with pretend(push.due_at + timedelta(seconds=1)):
            read_pushes()
        session().refresh(push)

    assert (push.status, push.tries, push.body) == (PushStatus.FAILED, 5, b"")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("", TARGET), ("https://ada.example/", ""), ("ftp://ada.example/x", TARGET), (TARGET, TARGET),
        (TARGET + "#a", TARGET), ("https://ada.example/", "https://other.example/"), ("javascript:x", TARGET),
        ("https://ada.example/", "https://shop.example.evil.example/"), ("https://user@ada.example/", TARGET),
    ],
)  # fmt: skip
def test_what_is_no_pair_of_pages_is_refused_at_once(client, door, server, source, target):
    answer = tell(client, door, source, target)

    assert answer.status_code == 400
    assert answer.text
    assert not session().scalars(select(Push)).all()


def test_more_fields_than_a_webmention_has_are_refused(client, door, server):
    assert client.post(door, data={f"field{number}": "x" for number in range(40)}).status_code == 400


def test_the_endpoint_says_what_it_is_and_the_page_shows_its_line(client, door, sam, sign_in):
    assert "webmention endpoint" in client.get(door).text
    page = sign_in(sam).get("/sources").text
    assert "it tells us by itself" in page


def test_json_and_text_can_link_too(client, door, server):
    note = {
        "type": "Note", "content": "<p>A lamp</p>", "inReplyTo": TARGET, "attributedTo": "https://ada.example/u/ada",
        "published": "2026-03-04T12:00:00Z",
    }  # fmt: skip

    body = json.dumps(note).encode()
    tell(client, door, server.serve("/a", Answer(headers={"Content-Type": "application/activity+json"}, body=body)))
    text = f"See {TARGET} for a lamp".encode()
    tell(client, door, server.serve("/b", Answer(headers={"Content-Type": "text/plain"}, body=text)))

    assert sorted((mention.kind, mention.text) for mention in stored_mentions()) == [
        ("reply", "A lamp"),
        ("webmention", f"See {TARGET} for a lamp"),
    ]


@pytest.mark.parametrize(
    ("properties", "kind", "words"),
    [
        ({"like-of": [TARGET]}, "webmention", "Likes this."),
        ({"repost-of": [{"type": ["h-cite"], "properties": {"url": [TARGET]}}]}, "repost", "Reposted this."),
        ({"in-reply-to": ["https://other.example/"], "content": [{"html": "<b>Hm</b>"}]}, "webmention", "Hm"),
        ({"rating": ["4"], "best": ["8"], "content": ["Fine"]}, "review", "Fine"),
    ],
)
def test_what_an_entry_is_to_us_decides_its_kind(properties, kind, words):
    config.use(settings_for_tests())
    raw = {
        "source": "https://ada.example/1",
        "target": TARGET,
        "items": [{"type": ["h-entry"], "properties": properties}],
    }

    made = normalise(raw, make_context("webmention", {}, {}))

    assert (made.kind, made.text) == (kind, words)
    assert made.rating == (2.5 if kind == "review" else None)


def test_sites_are_host_names():
    config.use(settings_for_tests())
    webmention = connector_for("webmention")

    good = webmention.check(make_context("webmention", {"sites": "https://Shop.example/x, blog.example"}, {}))
    bad = webmention.check(make_context("webmention", {"sites": "shop"}, {}))

    assert (good.ok, good.config) == (True, {"sites": "shop.example, blog.example"})
    assert not bad.ok


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (
            '<div class="e-content">It hums <img src="/e.png" alt="😀"> &amp; <img src="/b.png" alt="">glows</div>',
            {"text": "It hums 😀 & glows", "created_at": None, "author": "blog.example"},
        ),
        (
            f'<p class="p-name">Lamp</p><b class="dt-published">{RFC_822}</b><i class="p-author">Ju\u202eno</i>',
            {"text": "Lamp", "created_at": "2026-11-20T10:00:00+00:00", "author": "Juno"},
        ),
        (
            '<p class="p-name">Lamp</p><time class="dt-published" datetime="2026-324"></time>',
            {"text": "Lamp", "created_at": "2026-11-20T00:00:00+00:00", "author": "blog.example"},
        ),
        (
            '<p class="p-name">Lamp</p><time class="dt-published" datetime="2026-11"></time>',
            {"text": "Lamp", "created_at": "2026-11-01T00:00:00+00:00", "author": "blog.example"},
        ),
    ],
)
def test_what_pages_write_in_odd_ways_is_read(markup, said):
    config.use(settings_for_tests())
    webmention = connector_for("webmention")
    body = f'<!doctype html><div class="h-entry">{markup}</div>'.encode()
    with pretend(now().replace(year=2027)), parse_here():
        (raw,) = webmention.read(body, content_type="text/html; charset=utf-8", url="https://blog.example/1")
        heard = webmention.normalise(raw, make_context("webmention", {"sites": "shop.example"}, {}))

    written = heard.created_at.isoformat() if "dt-published" in markup else None
    assert {"text": heard.text, "created_at": written, "author": heard.author.name} == said


def test_of_a_page_of_many_the_entry_that_points_at_us_is_read():
    config.use(settings_for_tests())
    webmention = connector_for("webmention")
    body = b"""<!doctype html><div class="h-feed"><div class="h-entry"><p class="e-content">The weather</p></div>
      <div class="h-entry"><p class="e-content">My <a href="https://shop.example/lamp">lamp</a> hums</p></div></div>"""
    with parse_here():
        (raw,) = webmention.read(body, content_type="text/html", url="https://blog.example/")
        said = {**raw, "source": "https://blog.example/", "target": "https://shop.example/lamp"}
        heard = webmention.normalise(said, make_context("webmention", {"sites": "shop.example"}, {}))

    assert heard.text == "My lamp hums"
