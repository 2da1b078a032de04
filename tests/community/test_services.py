"""Coming in, and what members say about themselves."""

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Role, Session, SignInLink, User
from portal.community.models import FormerName, Member
from portal.community.queries import count_members, member_of, members
from portal.community.services import NameTaken, NotAName, UnknownZone, admit, introduce, join
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.invitations.services import LetterClosed, accept, decline
from portal.makers.models import Stage
from tests.invitations.letters import make_maker, write_letter


def member_from(sam, name="Nora Field", handle="nora"):
    _, token = write_letter(make_maker(name, handle), sam, name=name, email=f"{handle}@example.org")
    return join(token)


def test_saying_yes_makes_a_member_with_a_number_and_mails_the_way_in(db, sam):
    person = make_maker()
    invitation, token = write_letter(person, sam)

    member = join(token)

    assert (member.user.email, member.user.name, member.user.role) == ("nora@example.org", "Nora Field", Role.MEMBER)
    assert (member.founding_number, member.person_id, member.invitation_id) == (1, person.id, invitation.id)
    assert person.stage is Stage.MEMBER
    mail = session().scalars(select(OutgoingMail).where(OutgoingMail.kind == "sign_in")).one()
    assert mail.recipient == "nora@example.org"
    assert session().scalars(select(Session)).all() == []


def test_pressing_again_changes_nothing_but_mails_a_fresh_link(db, sam):
    _, token = write_letter(make_maker(), sam)

    first, again = join(token), join(token)

    assert again is first
    assert session().scalar(select(func.count()).select_from(Member)) == 1
    assert session().scalar(select(func.count()).select_from(SignInLink)) == 2
    entries = session().scalars(select(AuditEntry.verb).where(AuditEntry.verb == "member.admitted")).all()
    assert len(entries) == 1


def test_numbers_follow_the_order_of_coming(db, sam):
    numbers = [member_from(sam, f"Maker {n}", f"maker{n}").founding_number for n in range(3)]

    assert numbers == [1, 2, 3]


def test_whoever_declined_does_not_come_in(db, sam):
    _, token = write_letter(make_maker(), sam)
    decline(token)

    with pytest.raises(LetterClosed):
        join(token)

    assert session().scalar(select(func.count()).select_from(Member)) == 0
    assert session().scalars(select(User.email)).all() == ["sam@example.com"]


def test_someone_who_became_a_user_in_the_meantime_keeps_their_user(db, sam, omar):
    _, token = write_letter(make_maker(), sam)
    omar.email = "nora@example.org"
    session().commit()

    member = admit(accept(token))

    assert member.user is omar
    assert (omar.name, omar.role) == ("Omar Haddad", Role.MEMBER)


def test_a_suspended_member_gets_no_link(db, sam):
    _, token = write_letter(make_maker(), sam)
    join(token).user.suspended_at = now()
    session().commit()

    join(token)

    assert session().scalar(select(func.count()).select_from(SignInLink)) == 1


def test_members_stand_in_the_order_of_their_numbers_without_the_suspended(db, sam):
    first, second, third = (member_from(sam, f"Maker {n}", f"maker{n}") for n in range(3))
    second.user.suspended_at = now()
    session().commit()

    assert members(first.user) == [first, third]
    assert members(first.user, after_number=1) == [third]
    assert count_members(first.user) == 2
    assert member_of(sam) is None


def test_a_member_says_who_they_are(db, sam):
    member = member_from(sam)

    introduce(
        member.user,
        name="  Nora  Field-Okri ",
        time_zone="Europe/Berlin",
        about="Lamps from\r\nold frames.\x00",
        is_named_publicly=True,
    )

    assert (member.user.name, member.user.time_zone) == ("Nora Field-Okri", "Europe/Berlin")
    assert (member.about, member.is_named_publicly) == ("Lamps from\nold frames.", True)


def test_staff_have_a_name_and_a_zone_only(db, sam):
    introduce(sam, name="Sam O.", time_zone=None, about="Nothing", is_named_publicly=True)

    assert sam.name == "Sam O."
    assert session().scalars(select(Member)).all() == []


@pytest.mark.parametrize(
    "name", ["", "  ", "Nora\r\nBcc: x@y.example", "=?utf-8?q?=0A?=", "a@b.example", "N\u202era", "N" * 121, "N\x00"]
)
def test_a_name_that_could_not_stand_in_a_mail_is_refused(db, sam, name):
    member = member_from(sam)

    with pytest.raises(NotAName):
        introduce(member.user, name=name, time_zone=None)

    assert member.user.name == "Nora Field"


@pytest.mark.parametrize("name", ["Sam Okafor", "sam okafor", " SAM  OKAFOR", "Sám Okafor"])
def test_nobody_takes_the_name_of_someone_who_works_here(db, sam, name):
    member = member_from(sam)

    with pytest.raises(NameTaken):
        introduce(member.user, name=name, time_zone=None)


def test_a_zone_must_be_one(db, sam):
    with pytest.raises(UnknownZone):
        introduce(sam, name="Sam Okafor", time_zone="../etc/passwd")


def test_the_audit_says_when_somebody_agreed_to_be_named_and_when_they_took_it_back(db, sam):
    user = member_from(sam).user
    for is_named, is_listed in ((True, True), (True, True), (False, False)):
        introduce(user, name=user.name, time_zone=None, is_named_publicly=is_named, is_listed=is_listed)
    introduce(user, name="Nora Okri", time_zone=None, is_listed=False)
    session().commit()

    rows = select(AuditEntry).where(AuditEntry.verb == "user.introduced").order_by(AuditEntry.id)
    entries = session().scalars(rows).all()

    assert [(entry.before, entry.after) for entry in entries] == [
        ({"is_named_publicly": False}, {"is_named_publicly": True}),
        (None, None),
        ({"is_named_publicly": True, "is_listed": True}, {"is_named_publicly": False, "is_listed": False}),
        ({"name": "Nora Field"}, {"name": "Nora Okri"}),
    ]
    assert {entry.by_id for entry in entries} == {user.id}


def test_the_last_names_that_a_member_went_by_are_kept_and_those_of_staff_are_not(db, sam):
    user = member_from(sam).user

    def former():
        return session().scalars(select(FormerName.name).order_by(FormerName.given_up_at, FormerName.id)).all()

    introduce(user, name="nora  FIELD", time_zone=None)
    assert former() == []
    for name in ("A One", "B Two", "A One", "C Three", "D Four", "E Five"):
        introduce(user, name=name, time_zone=None)
    introduce(sam, name="Sam O.", time_zone=None)

    # What they went by twice is one name, as late as the second time.
    assert former() == ["nora FIELD", "B Two", "A One", "C Three", "D Four"]
    introduce(user, name="F Six", time_zone=None)
    assert former() == ["B Two", "A One", "C Three", "D Four", "E Five"]
