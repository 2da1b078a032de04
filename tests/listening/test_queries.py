"""Reading what was heard."""

from datetime import timedelta

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Health, Source, Tracker
from portal.listening.queries import (
    StreamFilter,
    active_matcher,
    heard_channels,
    match_counts,
    mention_stream,
    next_due_source,
)
from portal.listening.services import add_tracker, mute_author, take_in
from tests.listening.heard import NOON, make_draft, stored_authors


def test_channels_are_found_without_walking_over_the_mentions(db, queries):
    take_in([make_draft(str(n), channel=("x", "bluesky", "feeds")[n % 3]) for n in range(30)])
    queries.clear()

    assert heard_channels() == ["bluesky", "feeds", "x"]
    assert len(queries) == 1


def test_without_mentions_there_are_no_channels(db):
    assert heard_channels() == []


def test_the_stream_is_newest_first_with_ties_by_id(db):
    take_in([make_draft("1"), make_draft("2"), make_draft("3", created_at=NOON + timedelta(hours=1))])

    assert [mention.external_id for mention in mention_stream(StreamFilter()).mentions] == ["3", "2", "1"]


def test_muted_people_are_out_of_the_stream_and_alone_in_their_own(sam):
    take_in([make_draft("1", author="juno"), make_draft("2", author="omar")])
    mute_author(stored_authors()[0], by=sam)
    session().flush()

    assert [mention.external_id for mention in mention_stream(StreamFilter()).mentions] == ["2"]
    assert [mention.external_id for mention in mention_stream(StreamFilter(muted=True)).mentions] == ["1"]


def test_the_stream_tells_which_tracker_found_what(sam):
    tracker = add_tracker(name="Lamps", query="lamp", by=sam)
    take_in([make_draft("1"), make_draft("2", text="nothing of it")])

    stream = mention_stream(StreamFilter())
    found = [stream.terms.get(mention.id) for mention in stream.mentions]

    assert found == [None, [("Lamps", "lamp")]]
    assert match_counts() == {tracker.id: 1}


def test_a_tracker_that_cannot_be_read_any_more_is_left_out(db):
    session().add_all([Tracker(name="Broken", query='"never closed'), Tracker(name="Whole", query="lamp")])
    session().flush()

    assert len(active_matcher()) == 1


def test_the_source_that_waits_longest_is_next(db):
    for name, minutes, health in (("b", 5, Health.GOOD), ("a", 9, Health.FAILING), ("c", 99, Health.PAUSED)):
        due = now() - timedelta(minutes=minutes)
        session().add(Source(connector="feeds", name=name, address=name, health=health, next_due_at=due))
    session().flush()

    assert next_due_source().name == "a"
