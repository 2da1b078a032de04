"""Places: each event has its own, and whoever leaves gives back no more than what was theirs to leave."""

from datetime import timedelta

import pytest

from portal.community.models import Rsvp
from portal.community.queries import people_of_event
from portal.community.services import (
    BadTimes,
    NoPlace,
    cancel_event,
    give_back,
    give_back_all,
    mark_came,
    plan_event,
    take_place,
    take_seat,
    thank_people,
)
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from tests.community.test_events import PLANNED, START, change, plan
from tests.factories import make_circle, make_user


def coming(event) -> list[tuple[str, bool]]:
    return [(rsvp.user.name, rsvp.has_place) for rsvp in people_of_event(event)]


def test_a_place_that_comes_free_is_for_those_who_wait_for_this_event(maya, omar, rosa):
    lee = make_user("lee@example.org", "Lee Park")
    earlier, event = plan(rosa), plan(rosa)
    for where, people in ((earlier, (maya, lee)), (event, (maya, omar))):
        for person in people:
            take_place(where, by=person)

    give_back(event, maya, by=maya)

    assert coming(event) == [("Omar Haddad", True)]
    assert coming(earlier) == [("Maya Lindqvist", True), ("Lee Park", False)]
    # As many come in as there are places, and no more.
    change(earlier, rosa, places=None)
    assert coming(earlier) == [("Maya Lindqvist", True), ("Lee Park", True)]


def test_whoever_leaves_a_circle_keeps_their_places_elsewhere(maya, omar, rosa):
    circle, other = (make_circle(maya, omar, rosa, name=name) for name in ("Shade", "Cord"))
    events = inside, elsewhere, everyones = [plan(rosa, circle=room, places=2) for room in (circle, other, None)]
    for event in events:
        for person in (maya, omar):
            take_place(event, by=person)

    take_seat(circle, maya, by=rosa)

    assert coming(inside) == [("Omar Haddad", True)]
    for event in (elsewhere, everyones):
        assert coming(event) == [("Maya Lindqvist", True), ("Omar Haddad", True)]
    # Whoever leaves altogether keeps none, and nobody else loses theirs.
    give_back_all(None, maya, by=rosa)
    assert [coming(event) for event in events] == [[("Omar Haddad", True)]] * 3


def test_what_has_begun_keeps_its_people_when_somebody_leaves(maya, rosa):
    circle = make_circle(maya, rosa)
    event = plan(rosa, circle=circle)
    take_place(event, by=maya)

    with pretend(START):
        take_seat(circle, maya, by=rosa)

    assert coming(event) == [("Maya Lindqvist", True)]


def test_an_event_is_moved_to_no_time_that_is_over_and_is_closed_from_the_start_at_no_time(maya, rosa):
    event, moment = plan(rosa), now()
    for starts_at in (moment - timedelta(hours=1), moment):
        with pytest.raises(BadTimes, match="begin in the future"), pretend(moment):
            change(event, rosa, starts_at=starts_at)
    with pytest.raises(BadTimes, match="closed from the start"), pretend(moment):
        plan(rosa, closes_at=moment)

    assert event.starts_at == START


def test_the_same_form_for_another_room_plans_another_event(rosa):
    circle = make_circle(rosa)
    given = {**PLANNED, "host": rosa, "by": rosa, "form_key": "k"}

    first, again, inside = plan_event(**given), plan_event(**given), plan_event(**given, circle=circle)

    assert (again.id, inside.id == first.id, inside.circle) == (first.id, False, circle)


def test_nobody_who_never_asked_has_a_place_to_give_back(maya, rosa):
    event = plan(rosa)
    with pytest.raises(NoPlace):
        give_back(event, maya, by=maya)

    assert session().query(Rsvp).count() == 0


def test_nobody_came_to_what_was_called_off_and_only_those_with_a_place_come(maya, omar, rosa):
    off, event = plan(rosa), plan(rosa, places=1)
    for one in (off, event):
        take_place(one, by=maya)
    take_place(event, by=omar)
    cancel_event(off, why="The roof leaks.", by=rosa)

    with pretend(START + timedelta(days=1)):
        with pytest.raises(NoPlace):
            mark_came(off, [maya.id], by=rosa)
        # Whoever only waited did not come, whatever a page says.
        assert mark_came(event, [maya.id, omar.id], by=rosa) == 1
        session().get_one(Rsvp, (off.id, maya.id)).came = True
        with pytest.raises(NoPlace):
            thank_people(off, words="Thank you.", by=rosa)
        thank_people(event, words="Thank you.", by=rosa)

    assert session().get_one(Rsvp, (event.id, omar.id)).came is None
    assert (off.thanked_at, event.thanked_by) == (None, rosa)
