"""What is edited is changed here and read again, what is gone is blanked, and what may not be kept is let go."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Change, Deletion
from portal.listening.jobs import blank_what_expired, look_again_at_mentions
from portal.listening.models import Author, Match, Mention, Source
from portal.listening.services import add_tracker, blank_expired
from portal.listening.services.keeping import change_known, keep_heard, note_deletion
from tests.channels.api_server import NOON, Corpus, Post, posts
from tests.channels.feed_server import Answer
from tests.channels.github_server import GitHubServer
from tests.channels.hackernews_server import HackerNewsServer
from tests.channels.mastodon_server import MastodonServer
from tests.channels.stackexchange_server import StackExchangeServer
from tests.listening.connectors.asking import listen, take_turns
from tests.listening.heard import make_draft, stored_mentions


@pytest.fixture
def source(db, sam) -> Source:
    row = Source(connector="feeds", name="Test", address="https://b.example/f", keeps_all=True)
    session().add(row)
    session().flush()
    return row


def hear(source: Source, *heard):
    taken = keep_heard(heard, connector=connector_for("feeds"), source=source)
    session().flush()
    return taken


def only() -> Mention:
    return stored_mentions()[0]


def test_new_words_are_read_and_matched_again(source, sam):
    add_tracker(name="Desk", query="desk", by=sam)
    add_tracker(name="Shade", query="shade", by=sam)
    hear(source, make_draft("1", text="I love my desk"))
    before = session().scalars(select(Author.revision)).one()
    assert (only().tone > 0, session().scalars(select(Match.terms)).all()) == (True, ["desk"])

    taken = hear(source, make_draft("1", text="I hate this broken shade, why?", likes=4))

    assert taken.added == 0
    mention = only()
    assert (mention.text, mention.likes) == ("I hate this broken shade, why?", 4)
    assert (mention.tone < 0, mention.is_question) == (True, True)
    assert session().scalars(select(Match.terms)).all() == ["shade"]
    assert session().scalars(select(Author.revision)).one() > before


def test_what_is_the_same_is_left_alone(source):
    hear(source, make_draft("1", likes=2))
    before = session().scalars(select(Author.revision)).one()

    assert change_known([make_draft("1", likes=2)]) == 0

    assert session().scalars(select(Author.revision)).one() == before


def test_a_change_touches_only_what_it_names(source):
    hear(source, make_draft("1", title="A title", likes=2))

    change_known([Change(channel="bluesky", external_id="1", likes=9), Change(channel="x", external_id="1", likes=1)])

    assert (only().title, only().likes) == ("A title", 9)


def test_a_certain_deletion_blanks_at_once_and_for_good(source):
    hear(source, make_draft("1", title="T", url="https://a.example/1"), Deletion(channel="bluesky", external_id="1"))
    hear(source, make_draft("1", text="It comes again"))

    mention = only()
    assert (mention.text, mention.title, mention.url, mention.marks) == ("", None, None, None)
    assert session().scalars(select(Author.name)).one() is None


def test_one_miss_is_no_proof_and_a_second_one_an_hour_later_is(source):
    hear(source, make_draft("1"))
    missing = Deletion(channel="bluesky", external_id="1", certain=False)

    assert note_deletion(missing) == 0
    with pretend(now() + timedelta(minutes=59)):
        assert note_deletion(missing) == 0
    assert only().text
    with pretend(now() + timedelta(minutes=61)):
        assert note_deletion(missing) == 1
    assert only().text == ""


def test_a_miss_that_was_none_is_forgotten(source):
    hear(source, make_draft("1"))
    note_deletion(Deletion(channel="bluesky", external_id="1", certain=False))

    change_known([make_draft("1")])
    session().flush()

    assert only().missed_at is None


def test_what_may_not_be_kept_longer_is_blanked(source):
    hear(source, make_draft("1"), make_draft("2", keep_until=now() + timedelta(days=1)))
    assert only().keep_until - now() > timedelta(days=729)
    assert blank_expired() == 0

    with pretend(now() + timedelta(days=2)):
        session().commit()
        assert blank_what_expired() == 1
        assert blank_what_expired() == 0

    session().expire_all()
    assert [bool(mention.text) for mention in stored_mentions()] == [True, False]
    assert session().scalars(select(Author.handle)).one() == "juno"


def looked_again(days: float) -> None:
    with pretend(NOON + timedelta(days=days)):
        session().commit()
        look_again_at_mentions()
    session().expire_all()


CASES = {
    "hackernews": (HackerNewsServer, {}, 31),
    "stackexchange": (StackExchangeServer, {"site": "diy"}, 31),
    "mastodon": (MastodonServer, {"url": ""}, 8),
}


@pytest.mark.parametrize("channel", CASES)
def test_what_stands_here_is_looked_for_at_its_channel(db, channel):
    make, settings, days = CASES[channel]
    start = int(NOON.timestamp() * 1000) << 16 if channel == "mastodon" else 0
    corpus = Corpus(posts(1, 2, start=start))
    with make(corpus) as server:
        place = {"url": server.url("").rstrip("/")} if "url" in settings else {}
        with pretend(NOON + timedelta(hours=1)):
            take_turns(listen(channel, server, **{**settings, **place}))
        corpus.forget(str(start + 1))
        corpus.posts[0].text = "The lamp hums"

        looked_again(days)
        first, second = stored_mentions()
        assert "number 1" in first.text
        assert "The lamp hums" in second.text
        assert (first.missed_at is not None, second.missed_at) == (True, None)

        # An outage proves nothing.
        server.faults = [Answer(503)] * 9
        server.scripts.clear()
        server.serve("/api/v1/statuses", Answer(503))
        looked_again(days + 0.01)
        assert "number 1" in stored_mentions()[0].text
        server.install()
        server.faults = []
        looked_again(days + 0.2)

    first, second = stored_mentions()
    assert (first.text, first.gone_at is not None) == ("", True)
    assert "The lamp hums" in second.text


def test_a_channel_that_says_gone_is_believed_at_once(db):
    corpus = Corpus([Post("2", "The lamp", NOON)])
    with GitHubServer(corpus) as server:
        with pretend(NOON + timedelta(hours=1)):
            take_turns(listen("github", server, token="good", kinds="issues"))
        corpus.forget("2")
        looked_again(31)

    assert only().text == ""


def test_where_a_channel_allows_no_trace_not_even_counts_outlive_the_words(source):
    hear(source, make_draft("1", channel="reddit", likes=4, replies=2), make_draft("1", likes=4, replies=2))

    for channel in ("reddit", "bluesky"):
        note_deletion(Deletion(channel=channel, external_id="1"))

    counts = {mention.channel: (mention.text, mention.likes, mention.replies) for mention in stored_mentions()}
    assert counts == {"reddit": ("", None, None), "bluesky": ("", 4, 2)}
