"""Who may report and decide, in terms of roles."""

from portal.accounts.models import Role, User
from portal.ledger.models import Idea
from portal.moderation.policies import may_decide, may_give_role, may_report, may_suspend


def person(role: Role, number: int) -> User:
    return User(id=number, role=role, email="x@example.org", name="X")


def test_nobody_reports_or_decides_about_their_own_words():
    idea = Idea(proposed_by_id=1)

    assert not may_report(person(Role.MEMBER, 1), idea)
    assert may_report(person(Role.MEMBER, 2), idea)
    assert not may_decide(person(Role.MANAGER, 1), idea)
    assert may_decide(person(Role.MANAGER, 2), idea)
    assert not may_decide(person(Role.RESPONDER, 2), idea)
    assert not may_suspend(person(Role.MANAGER, 2), person(Role.ADMIN, 3))
    assert may_suspend(person(Role.ADMIN, 2), person(Role.MANAGER, 3))


def test_admins_give_roles_to_colleagues_and_never_to_themselves():
    admin, manager = person(Role.ADMIN, 1), person(Role.MANAGER, 2)

    assert may_give_role(admin, manager)
    assert not may_give_role(admin, admin)
    assert not may_give_role(admin, person(Role.MEMBER, 3))
    assert not may_give_role(manager, person(Role.RESPONDER, 3))
