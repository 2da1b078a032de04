"""Sources, asked over real HTTP on loopback, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.connectors.contract import Gone, PollResult, Transient
from portal.listening.models import Health, Source
from portal.listening.services import (
    SourceRefused,
    add_source,
    add_tracker,
    ask,
    check_source,
    claim_turn,
    fetch_now,
    keep_answer,
    pause_source,
    remove_source,
    resume_source,
    take_in,
)
from portal.listening.services.turns import LeaseLost
from tests.channels.feed_server import Answer, Feed, FeedServer, Item
from tests.conftest import settings_for_tests
from tests.listening.heard import make_draft, stored_mentions

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def server(db):
    config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True))
    with FeedServer() as running:
        yield running


def item(number: int, text: str = "A word about the lamp on my desk") -> Item:
    return Item(f"g{number}", f"Post {number}", f"{text}, number {number}", f"https://blog.example/{number}", AT)


def make_source(sam, address: str, **given) -> Source:
    values = {"connector": "feeds", "settings": {"url": address}, "name": "Notes", "keeps_all": True, "by": sam}
    source = add_source(**{**values, **given})
    session().flush()
    return source


def take_turn() -> None:
    turn = claim_turn()
    assert turn is not None
    keep_answer(turn, ask(turn))
    session().flush()


def due_again(source: Source) -> None:
    source.next_due_at = now()
    session().flush()


def test_checking_an_address_says_what_is_there(server):
    url = server.serve("/feed", Feed(item(1), item(2)))

    checked = check_source("feeds", {"url": url})

    assert checked.ok
    assert checked.title == "Workbench notes"
    assert "2" in checked.sentence


def test_a_turn_brings_mentions_and_the_place_to_go_on_from(server, sam):
    feed = Feed(item(1), item(2))
    source = make_source(sam, server.serve("/feed", feed))

    take_turn()

    assert [mention.source_id for mention in stored_mentions()] == [source.id] * 2
    assert (source.health, source.failures, source.taken_in, source.lease_until) == (Health.GOOD, 0, 2, None)
    assert source.last_good_at is not None
    assert source.next_due_at > now()
    assert source.interval_s >= 900
    assert source.state["etag"]

    feed.items.append(item(3))
    due_again(source)
    take_turn()
    due_again(source)
    take_turn()

    assert source.taken_in == 3
    assert [bool(asked.headers.get("if-none-match")) for asked in server.asked] == [False, True, True]


def test_only_what_a_tracker_wants_is_kept(server, sam):
    add_tracker(name="Lamp", query="lamp", by=sam)
    make_source(sam, server.serve("/feed", Feed(item(1), item(2, "Weather"))), keeps_all=False)

    take_turn()

    assert [mention.title for mention in stored_mentions()] == ["Post 1"]


def test_a_fault_that_passes_is_tried_again_soon_and_one_that_stays_up_to_a_day_later(server, sam):
    source = make_source(sam, server.serve("/feed", Answer(500)))
    waits = []
    for _ in range(14):
        due_again(source)
        take_turn()
        waits.append((source.next_due_at - now()).total_seconds() / 60)

    # By chance below one, two, four, eight and fifteen minutes; then a quarter of an hour, and ever twice as long.
    assert all(wait <= most for wait, most in zip(waits, (1, 2, 4, 8, 15), strict=False))
    assert len(set(waits[:5])) == 5
    assert [round(wait) for wait in waits[5:]] == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    assert (source.health, source.failures) == (Health.FAILING, 14)
    assert "500" in source.last_error
    server.serve("/feed", Feed(item(1)))
    due_again(source)
    take_turn()
    assert (source.health, source.failures, source.last_error) == (Health.GOOD, 0, None)


def test_a_feed_that_is_gone_stops_with_its_reason(server, sam):
    source = make_source(sam, server.serve("/feed", Answer(410)))

    take_turn()

    assert source.health is Health.STOPPED
    assert source.last_error
    assert claim_turn() is None
    resume_source(source, by=sam)
    session().flush()
    assert claim_turn() is not None


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(server, sam):
    target = server.serve("/new", Feed(item(1)))
    source = make_source(sam, server.redirect("/feed", target, status=301))

    take_turn()

    assert source.address == target
    assert source.taken_in == 1


def test_one_turn_is_held_by_one(server, sam):
    source = make_source(sam, server.serve("/feed", Feed(item(1))))
    first = claim_turn()

    assert claim_turn() is None
    source.lease_until = now() - timedelta(seconds=1)
    session().flush()
    second = claim_turn()
    answer = ask(first)
    with pytest.raises(LeaseLost):
        keep_answer(first, answer)
    keep_answer(second, answer)

    assert source.taken_in == 1


def test_a_crash_between_fetching_and_storing_loses_and_doubles_nothing(server, sam):
    source = make_source(sam, server.serve("/feed", Feed(item(1), item(2))))
    crashed = claim_turn()
    ask(crashed)
    source.lease_until = now() - timedelta(seconds=1)
    session().flush()

    take_turn()
    due_again(source)
    take_turn()

    assert len(stored_mentions()) == 2


def test_an_item_of_no_known_shape_is_skipped_and_the_rest_stored(server, sam):
    make_source(sam, server.serve("/feed", Feed(item(1))))
    turn = claim_turn()
    answer = ask(turn)
    keep_answer(turn, PollResult(items=({"odd": 1}, *answer.items), state=answer.state))

    assert len(stored_mentions()) == 1


def test_a_paused_source_is_not_asked_and_stays_paused(server, sam):
    source = make_source(sam, server.serve("/feed", Feed(item(1))))
    turn = claim_turn()
    pause_source(source, by=sam)
    session().flush()

    keep_answer(turn, ask(turn))

    assert source.health is Health.PAUSED
    due_again(source)
    assert claim_turn() is None
    with pytest.raises(SourceRefused):
        fetch_now(source)


def test_a_source_that_is_silent_for_three_intervals_is_stale(sam):
    source = make_source(sam, "https://blog.example/feed")

    assert not source.is_stale(now() + timedelta(minutes=44))
    assert source.is_stale(now() + timedelta(minutes=46))


def test_an_address_is_listened_to_once(sam):
    make_source(sam, "https://blog.example/feed")

    with pytest.raises(SourceRefused):
        make_source(sam, "https://blog.example/feed")


def test_removing_a_source_leaves_what_it_brought(sam):
    source = make_source(sam, "https://blog.example/feed")
    take_in([make_draft("1")], source=source)

    remove_source(source, by=sam)
    session().flush()

    assert [mention.source_id for mention in stored_mentions()] == [None]
    assert not session().scalars(select(Source)).all()


@pytest.mark.parametrize(("error", "health"), [(Gone("gone"), Health.STOPPED), (Transient("busy"), Health.FAILING)])
def test_what_the_other_side_says_decides(sam, error, health):
    source = make_source(sam, "https://blog.example/feed")

    keep_answer(claim_turn(), error)

    assert (source.health, source.last_error) == (health, str(error))


def test_a_wish_to_wait_longer_is_granted(sam):
    source = make_source(sam, "https://blog.example/feed")

    keep_answer(claim_turn(), Transient("busy", retry_after=7200))

    assert timedelta(minutes=119) < source.next_due_at - now() <= timedelta(hours=2)
