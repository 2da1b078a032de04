"""Who may read the outbox, and which keys stay hidden."""

import pytest

from portal.accounts.models import Role, User
from portal.foundation.clock import now
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import Idea
from portal.updates.policies import DOORS, hidden_doors, may_follow, may_read_mail, may_try_mail


def person(role: Role, *, suspended: bool = False) -> User:
    return User(email="x@example.org", name="X", role=role, suspended_at=now() if suspended else None)


@pytest.mark.parametrize(
    ("role", "may"), [(Role.MEMBER, False), (Role.RESPONDER, False), (Role.MANAGER, True), (Role.ADMIN, True)]
)
def test_managers_and_admins_read_the_outbox(role: Role, may: bool) -> None:
    assert may_read_mail(person(role), OutgoingMail()) is may
    assert may_read_mail(person(role, suspended=True), OutgoingMail()) is False


def test_only_what_failed_is_tried_again() -> None:
    manager = person(Role.MANAGER)

    assert may_try_mail(manager, OutgoingMail(status="failed"))
    assert not may_try_mail(manager, OutgoingMail(status="pending"))
    assert not may_try_mail(person(Role.RESPONDER), OutgoingMail(status="failed"))


def test_keys_of_mails_that_are_sent_are_hidden_from_everyone() -> None:
    assert hidden_doors(person(Role.ADMIN), is_sending=True) == DOORS
    assert hidden_doors(person(Role.MANAGER), is_sending=True) == DOORS


def test_where_nothing_is_sent_only_an_admin_sees_the_key_to_the_door() -> None:
    assert hidden_doors(person(Role.ADMIN), is_sending=False) == ()
    assert hidden_doors(person(Role.MANAGER), is_sending=False) == ("sign-in",)


def test_everyone_inside_may_follow() -> None:
    assert may_follow(person(Role.MEMBER), Idea())
    assert not may_follow(person(Role.MEMBER, suspended=True), Idea())
