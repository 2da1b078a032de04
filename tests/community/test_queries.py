"""Reading members, asks and events: in their order, a page at a time, without those who are suspended."""

from datetime import timedelta

from portal.community.models import CircleMember, Event, Member, Rsvp
from portal.community.queries import (
    EVENTS_SHOWN,
    asks_for,
    asks_in,
    asks_to_end,
    asks_without_summary,
    circle_cards,
    circles_to_speak_in,
    count_members,
    directory,
    events_gone,
    events_in,
    events_just_over,
    events_to_come,
    events_to_remind,
    is_name_of_staff,
    lacks_manager,
    last_founding_number,
    member_of,
    members,
    next_event,
    running_asks,
    seats_inside,
    staff_for,
    users_named,
)
from portal.community.seats import seat_of
from portal.community.services import (
    ask_who_came,
    cancel_event,
    close_ask,
    close_circle,
    end_ask,
    give_back,
    plan_event,
    put_ask,
    take_place,
)
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from tests.factories import make_circle, make_user


def join(user, number):
    member = Member(user_id=user.id, founding_number=number)
    session().add(member)
    session().commit()
    return member


def test_members_come_in_the_order_of_their_numbers(db, maya, omar):
    join(omar, 2)
    join(maya, 1)

    assert [member.user.name for member in members(maya)] == ["Maya Lindqvist", "Omar Haddad"]
    assert [member.founding_number for member in members(maya, after_number=1)] == [2]
    assert last_founding_number() == 2


def test_a_suspended_member_is_not_listed_and_keeps_the_number(db, maya, omar):
    join(maya, 1)
    join(omar, 2)
    omar.suspended_at = now()
    session().commit()

    assert [member.founding_number for member in members(maya)] == [1]
    assert count_members(maya) == 1
    assert last_founding_number() == 2


def test_staff_have_no_membership(db, maya, sam):
    join(maya, 1)

    assert member_of(maya).founding_number == 1
    assert member_of(sam) is None


def test_a_name_of_the_staff_is_known_however_it_is_written(db, maya, sam):
    assert is_name_of_staff("sám  OKAFOR".replace("  ", " "), besides=maya)
    assert not is_name_of_staff("Sam Okafor", besides=sam)


def test_what_begins_or_closes_at_the_same_moment_is_on_one_of_the_pages(maya, rosa, sam):
    moment = now() + timedelta(days=1)
    for number in range(EVENTS_SHOWN + 2):
        plan_event(
            title=f"Call {number}", starts_at=moment, ends_at=moment + timedelta(hours=1), time_zone="Europe/Berlin",
            host=rosa, by=sam, place="Here",
        )  # fmt: skip
    asks = [
        put_ask(question=f"Which {number}?", opens_at=now(), closes_at=moment, owner=rosa, by=sam)
        for number in range(3)
    ]

    first = [card.event.id for card in events_to_come(maya)][:EVENTS_SHOWN]
    later = [card.event.id for card in events_to_come(maya, after=(moment, first[-1]))]
    assert (len(later), sorted(first + later)) == (2, first + later)
    assert asks_for(maya, before=(moment, asks[-1].id)) == [asks[1], asks[0]]
    with pretend(moment + timedelta(days=1)):
        assert [card.event.id for card in events_gone(maya, before=(moment, first[1]))] == [first[0]]


def ask_until(closes_at, by, **given):
    given.setdefault("opens_at", now() - timedelta(minutes=1))
    return put_ask(question="Which shade?", closes_at=closes_at, owner=by, by=by, **given)


def test_what_closes_last_comes_first_and_the_next_page_goes_on_behind_it(maya, rosa):
    soon = now() + timedelta(days=1)
    last, twin, other_twin, first = (ask_until(soon + timedelta(days=days), rosa) for days in (2, 1, 1, 0))

    assert asks_for(maya) == [last, other_twin, twin, first]
    assert asks_for(maya, before=(other_twin.closes_at, other_twin.id)) == [twin, first]


def test_a_circle_shows_what_was_asked_there_and_has_opened(maya, rosa):
    circle, other = make_circle(maya, rosa), make_circle(maya, rosa, name="Another circle")
    soon = now() + timedelta(days=1)
    last, twin, other_twin = (ask_until(soon + timedelta(days=days), rosa, circle=circle) for days in (1, 0, 0))
    ask_until(soon, rosa, circle=circle, opens_at=now() + timedelta(hours=1))
    ask_until(soon, rosa, circle=other)
    ask_until(soon, rosa)

    end_ask(twin, by=rosa)
    assert asks_in(circle) == [last, other_twin, twin]
    assert running_asks(circle) == [last, other_twin]


def test_what_ended_owes_a_summary_to_those_who_see_it_the_oldest_first(maya, rosa):
    soon = now() + timedelta(days=1)
    first, second, summed, running = (ask_until(soon, rosa) for _number in range(4))
    elsewhere = ask_until(soon, rosa, circle=make_circle(rosa))
    for ask in (second, elsewhere, summed, first):
        end_ask(ask, by=rosa)
    close_ask(summed, heard="Warm ones are missing.", will_do="We make one.", by=rosa)

    assert asks_without_summary(maya) == [second, first]
    assert asks_to_end(soon + timedelta(days=1)) == [running.id]


def test_each_finds_their_own_circles_and_a_manager_all_of_them(db, maya, omar, rosa, sam):
    lee = make_user("lee@example.org", "Lee Park")
    make_circle(maya, rosa, sam, lee, name="Shades")
    closed, left = make_circle(rosa, name="Adapters"), make_circle(maya, name="Brass")
    session().add(CircleMember(circle_id=closed.id, user_id=maya.id, added_by_id=rosa.id))
    seat_of(maya, left.id).left_at = lee.suspended_at = now()
    close_circle(closed, is_closed=True, by=sam)
    session().flush()

    def seen(reader):
        cards = circle_cards(reader)
        return [(card.circle.name, card.people, card.has_seat, card.is_inside, card.has_manager) for card in cards]

    assert seen(omar) == []
    assert seen(maya) == [("Shades", 3, True, True, True), ("Adapters", 1, True, False, False)]
    assert seen(sam) == [
        ("Brass", 0, False, False, False), ("Shades", 3, True, True, True), ("Adapters", 2, False, False, False),
    ]  # fmt: skip


def test_a_directory_shows_those_inside_who_want_to_be_found_and_the_reader(db, maya, omar, rosa, sam):
    """Who hides is seen by themselves, whoever has no access, has left or did not confirm by nobody."""
    people = [make_user(f"{name.lower()}@example.org", name) for name in ("Ann", "Bo", "Cy", "Di", "Eve")]
    hidden, unlisted, suspended, gone, asked = people
    circle = make_circle(maya, omar, rosa, *people)
    join(hidden, 1).is_listed = False
    join(omar, 2)
    seat_of(unlisted, circle.id).is_listed = False
    seat_of(asked, circle.id).confirmed_at = None
    suspended.suspended_at = seat_of(gone, circle.id).left_at = now()
    session().flush()

    def found(reader):
        return [seat.user.name for seat in directory(circle, reader)]

    assert found(maya) == ["Rosa Pereira", "Maya Lindqvist", "Omar Haddad"]
    assert found(hidden) == ["Rosa Pereira", "Ann", "Maya Lindqvist", "Omar Haddad"]
    assert found(unlisted) == ["Rosa Pereira", "Bo", "Maya Lindqvist", "Omar Haddad"]
    assert [seat.user.name for seat in seats_inside(circle)] == [
        "Rosa Pereira", "Ann", "Bo", "Maya Lindqvist", "Omar Haddad",
    ]  # fmt: skip
    assert lacks_manager(circle)
    assert not lacks_manager(make_circle(sam, name="Another circle"))


def test_who_speaks_and_who_asks_in_a_circle_is_inside_and_it_is_open(db, maya, rosa, sam):
    speaks = [make_circle(maya, rosa, name=name) for name in ("Shades", "Brass")]
    make_circle(rosa, name="Somebody else's")
    left, unconfirmed, closed = (make_circle(maya, rosa, name=name) for name in ("Left", "To be confirmed", "Closed"))
    seat_of(maya, left.id).left_at = now()
    seat_of(maya, unconfirmed.id).confirmed_at = None
    close_circle(closed, is_closed=True, by=sam)
    session().flush()

    assert circles_to_speak_in(maya) == speaks[::-1]
    assert staff_for(speaks[0]) == [rosa]
    assert staff_for(speaks[0], holder=rosa) == [rosa]
    assert staff_for(speaks[0], holder=sam) == [sam, rosa]
    assert {rosa, sam} <= set(staff_for(None))


def test_a_line_names_nobody_who_has_no_access_any_more(db, maya, omar):
    """By their address, by their name, and by their name without its accents."""
    zoe = make_user("zoe@example.org", "ZOÉ Park")
    spelt = ["zoé park", "zoe park", "ZOÉ Park"]
    assert users_named(spelt) == {line: [zoe] for line in spelt}

    zoe.suspended_at = omar.suspended_at = now()
    session().flush()
    lines = ["zoe@example.org", "zoe park", "ZOÉ Park", "omar haddad", "Maya Lindqvist"]
    assert {line: people for line, people in users_named(lines).items() if people} == {"Maya Lindqvist": [maya]}


def call_at(starts_at, host, **given):
    given = {"ends_at": starts_at + timedelta(hours=1), "place": "Here", "time_zone": "Europe/Berlin", **given}
    return plan_event(title="A call", starts_at=starts_at, host=host, by=host, **given)


def test_events_stand_in_their_order_and_the_next_page_goes_on_behind_the_last(maya, rosa):
    soon = now() + timedelta(days=1)
    late, twin, other_twin, early = (call_at(soon + timedelta(days=days), rosa) for days in (2, 1, 1, 0))

    def numbers(cards):
        return [card.event.id for card in cards]

    assert numbers(events_to_come(maya)) == [early.id, twin.id, other_twin.id, late.id]
    assert numbers(events_to_come(maya, after=(twin.starts_at, twin.id))) == [other_twin.id, late.id]
    assert events_gone(maya) == []
    with pretend(soon + timedelta(days=3)):
        assert events_to_come(maya) == []
        assert numbers(events_gone(maya)) == [late.id, other_twin.id, twin.id, early.id]
        assert numbers(events_gone(maya, before=(other_twin.starts_at, other_twin.id))) == [twin.id, early.id]


def test_a_circle_shows_its_own_events_to_come_to_those_inside(maya, omar, rosa):
    circle = make_circle(maya, rosa)
    soon = now() + timedelta(days=1)
    later, first = call_at(soon + timedelta(days=1), rosa, circle=circle), call_at(soon, rosa, circle=circle)
    call_at(soon, rosa)
    call_at(soon, rosa, circle=make_circle(maya, rosa, name="Another circle"))

    assert [card.event for card in events_in(circle, maya)] == [first, later]
    assert events_in(circle, omar) == []
    with pretend(later.starts_at):
        assert [card.event for card in events_in(circle, maya)] == [later]


def test_what_comes_next_is_what_the_reader_has_a_place_at_then_what_takes_names(maya, omar, rosa):
    soon = now() + timedelta(days=2)
    asked, first, second = (call_at(soon + timedelta(days=days), rosa) for days in (2, 0, 1))
    call_at(soon, rosa, circle=make_circle(rosa))
    call_at(soon - timedelta(days=1), rosa, closes_at=now() + timedelta(minutes=1))
    take_place(asked, by=maya)
    take_place(first, by=omar)

    def comes_next(reader):
        card = next_event(reader)
        return card and card.event

    with pretend(now() + timedelta(minutes=2)):
        assert comes_next(maya) == asked
        cancel_event(first, why="The room is taken.", by=rosa)
        assert comes_next(omar) == second
        give_back(asked, maya, by=maya)
        assert comes_next(maya) == second
    with pretend(second.ends_at):
        assert comes_next(maya) == asked
    with pretend(asked.ends_at):
        assert comes_next(maya) is None


def test_what_begins_within_a_day_is_due_for_a_reminder_unless_it_was_called_off_or_told(maya, rosa):
    moment, day, moments = now(), timedelta(days=1), timedelta(seconds=1)
    begins = {"now": moment, "soon": moment + moments, "tomorrow": moment + day, "later": moment + day + moments}
    events = {name: _event(rosa, starts_at=starts, ends_at=starts + day) for name, starts in begins.items()}
    for given in ({"cancelled_at": moment, "cancelled_why": "Ice."}, {"reminded_at": moment}):
        _event(rosa, starts_at=moment + moments, ends_at=moment + day, **given)

    assert events_to_remind(moment) == [events["soon"].id, events["tomorrow"].id]


def test_what_just_ended_with_somebody_there_waits_for_thanks_once(maya, omar, rosa):
    moment, day, moments = now(), timedelta(days=1), timedelta(seconds=1)
    ends = {"long ago": moment - day, "yesterday": moment - day + moments, "now": moment, "later": moment + moments}
    events = {name: _event(rosa, starts_at=over - day, ends_at=over) for name, over in ends.items()}
    done = {"starts_at": moment - day, "ends_at": moment}
    others = [
        _event(rosa, **done, cancelled_at=moment, cancelled_why="Ice."),
        _event(rosa, **done, thanked_at=moment, thanks="Thank you."),
    ]
    for event in (*events.values(), *others):
        session().add(Rsvp(event_id=event.id, user_id=maya.id, turn=1, given_at=moment - day))
    waited = _event(rosa, **done)
    session().add(Rsvp(event_id=waited.id, user_id=omar.id, turn=1))
    session().flush()

    assert events_just_over(moment) == [events["yesterday"].id, events["now"].id]
    ask_who_came(events["now"])
    assert events_just_over(moment) == [events["yesterday"].id]


def _event(host, **given):
    plan = {"title": "A visit", "place": "Hamburg", "time_zone": "UTC", "host": host, "closes_at": given["starts_at"]}
    event = Event(**plan, **given)
    session().add(event)
    session().flush()
    return event
