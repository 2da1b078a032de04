"""Reading members: in their order, without those who are suspended."""

from portal.community.models import Member
from portal.community.queries import count_members, is_name_of_staff, last_founding_number, member_of, members
from portal.foundation.clock import now
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
