"""Trackers, and their way back through what was stored before them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.matching import QueryError
from portal.listening.models import Match, Tracker
from portal.listening.services import (
    AlreadyTracked,
    add_tracker,
    pause_tracker,
    resume_tracker,
    sweep_tracker,
    take_in,
    trackers,
)
from tests.listening.heard import make_draft, stored_authors


def found_by(tracker: Tracker) -> int:
    return len(session().scalars(select(Match).where(Match.tracker_id == tracker.id)).all())


def settled(tracker: Tracker) -> Tracker:
    tracker.created_at = now() - timedelta(minutes=5)
    session().flush()
    return tracker


def test_a_query_that_cannot_be_read_points_at_the_character(sam):
    with pytest.raises(QueryError) as caught:
        add_tracker(name="", query='lamp "desk', by=sam)

    assert caught.value.position == 5


def test_a_query_is_tracked_once_however_it_is_spaced(sam):
    add_tracker(name="Lamp", query="lamp  light", by=sam)

    with pytest.raises(AlreadyTracked):
        add_tracker(name="Again", query=" lamp light ", by=sam)


def test_a_new_tracker_finds_what_was_stored_before_it(sam):
    take_in([make_draft("1"), make_draft("2", text="Nothing about it"), make_draft("3", author="omar")])
    before = {author.handle: author.revision for author in stored_authors()}
    tracker = settled(add_tracker(name="Lamp", query="lamp", by=sam))

    while sweep_tracker() is not None:
        # Each step looks through a part.
        pass

    assert found_by(tracker) == 2
    assert tracker.swept_at is not None
    assert {author.handle: author.revision for author in stored_authors()} == {
        "juno": before["juno"] + 1,
        "omar": before["omar"] + 1,
    }


def test_each_step_back_is_bounded(sam, monkeypatch):
    monkeypatch.setattr(trackers, "SWEEP_STEP", 2)
    take_in([make_draft(str(number)) for number in range(5)])
    tracker = settled(add_tracker(name="Lamp", query="lamp", by=sam))

    steps = [sweep_tracker() for _ in range(4)]

    assert steps == [2, 2, 1, None]
    assert found_by(tracker) == 5


def test_a_young_tracker_looks_again_for_what_is_stored_late(sam):
    tracker = add_tracker(name="Lamp", query="lamp", by=sam)
    session().flush()
    take_in([make_draft("1")], matcher=trackers.matcher_of(()))

    assert sweep_tracker() is None
    assert (tracker.swept_at, found_by(tracker)) == (None, 1)
    settled(tracker)
    assert sweep_tracker() is not None
    assert tracker.swept_at is not None


def test_looking_back_twice_finds_nothing_twice(sam):
    take_in([make_draft("1")])
    tracker = settled(add_tracker(name="Lamp", query="lamp", by=sam))
    sweep_tracker()
    tracker.swept_at, tracker.swept_to = None, 0

    sweep_tracker()

    assert found_by(tracker) == 1


def test_a_resumed_tracker_looks_through_what_it_missed(sam):
    tracker = settled(add_tracker(name="Lamp", query="lamp", by=sam))
    sweep_tracker()
    pause_tracker(tracker, by=sam)
    take_in([make_draft("1")])
    assert sweep_tracker() is None

    resume_tracker(tracker, by=sam)
    sweep_tracker()

    assert found_by(tracker) == 1
