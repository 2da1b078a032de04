"""Who may ask someone in."""

import pytest

from portal.accounts.models import Role, User
from portal.foundation.clock import now
from portal.invitations.policies import may_invite, may_withdraw


@pytest.mark.parametrize(
    ("role", "may"), [(Role.MEMBER, False), (Role.RESPONDER, False), (Role.MANAGER, True), (Role.ADMIN, True)]
)
def test_only_managers_and_admins_write_letters_and_take_them_back(role, may):
    user = User(email="x@example.com", name="X", role=role)

    assert may_invite(user) is may
    assert may_withdraw(user, None) is may


def test_nobody_writes_while_suspended():
    user = User(email="x@example.com", name="X", role=Role.ADMIN, suspended_at=now())

    assert not may_invite(user)
    assert not may_withdraw(user, None)
