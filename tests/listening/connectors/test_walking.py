"""Walks over pages: what arrives between two of them, what breaks off, what comes twice."""

from datetime import UTC, datetime, timedelta

from portal.listening.connectors.walking import Item, Rounds, Walk

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def item(number: int, content: str = "") -> Item:
    return Item(str(number), NOW - timedelta(hours=100 - number), {"id": number}, content)


def ids(raws) -> list[int]:
    return [raw["id"] for raw in raws]


def test_a_walk_moves_its_mark_only_after_the_last_page():
    walk = Walk.resume({}, NOW)
    assert ids(walk.take([item(9), item(8)], "page 2")) == [9, 8]
    assert walk.high is None

    walk = Walk.resume(walk.state, NOW)
    assert (walk.page, walk.more) == ("page 2", True)
    walk.take([item(7), item(6)])

    assert walk.high == item(9).at
    assert not walk.more
    again = Walk.resume(walk.state, NOW)
    assert again.since == walk.high - timedelta(minutes=10)


def test_what_arrives_between_two_pages_is_left_for_the_next_walk():
    walk = Walk.resume({}, NOW)
    walk.take([item(9), item(8)], "page 2")
    # The newest item pushed number 8 down to the second page.
    walk = Walk.resume(walk.state, NOW)
    assert ids(walk.take([item(8), item(7)])) == [7]

    walk = Walk.resume(walk.state, NOW)
    assert ids(walk.take([item(10), item(9)])) == [10]


def test_an_edited_item_comes_through_again():
    walk = Walk.resume({}, NOW)
    walk.take([item(9, "first words")])

    walk = Walk.resume(walk.state, NOW)

    assert ids(walk.take([item(9, "second words")])) == [9]
    assert ids(Walk.resume(walk.state, NOW).take([item(9, "second words")])) == []


def test_a_time_in_the_future_does_not_make_us_pass_by_what_comes_until_then():
    walk = Walk.resume({}, NOW)

    walk.take([Item("x", NOW + timedelta(days=900), {"id": 1})])

    assert walk.high == NOW


def test_a_quiet_walk_keeps_its_mark():
    walk = Walk.resume({}, NOW)
    walk.take([item(9)])

    quiet = Walk.resume(walk.state, NOW + timedelta(hours=5))
    quiet.take([])

    assert quiet.high == item(9).at


def test_rounds_ask_each_question_to_its_end_before_the_next():
    rounds = Rounds({}, ["lamp", "desk"])
    state, goes_on = rounds.keep({"page": 2}, more=True)
    assert (state["turn"], goes_on) == ("lamp", True)

    rounds = Rounds(state, ["lamp", "desk"])
    assert (rounds.question, rounds.asked) == ("lamp", {"page": 2})
    state, goes_on = rounds.keep({"high": 9}, more=False)
    assert (state["turn"], goes_on) == ("desk", True)

    state, goes_on = Rounds(state, ["lamp", "desk"]).keep({"high": 3}, more=False)
    assert (state["turn"], goes_on) == (None, False)
    assert Rounds(state, ["desk", "shade"]).asked == {"high": 3}
    assert Rounds({}, []).keep({}, more=False) == ({"v": 1, "turn": None, "asks": {}}, False)
