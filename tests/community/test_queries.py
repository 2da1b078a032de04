"""Reading members, asks and events: in their order, a page at a time, without those who are suspended."""

from datetime import timedelta

from portal.community.models import Member
from portal.community.queries import (
    EVENTS_SHOWN,
    asks_for,
    count_members,
    events_gone,
    events_to_come,
    is_name_of_staff,
    last_founding_number,
    member_of,
    members,
)
from portal.community.services import plan_event, put_ask
from portal.foundation.clock import now, pretend
from portal.foundation.database import session


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
