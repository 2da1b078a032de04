"""Roles: who counts as what."""

import pytest

from portal.accounts.models import Role, User
from portal.accounts.policies import is_admin, is_manager, is_signed_in, is_staff
from portal.foundation.clock import now


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.MEMBER, (True, False, False, False)),
        (Role.RESPONDER, (True, True, False, False)),
        (Role.MANAGER, (True, True, True, False)),
        (Role.ADMIN, (True, True, True, True)),
    ],
)
def test_each_role_may_what_the_lesser_ones_may(role, expected):
    user = User(email="x@example.org", name="X", role=role)

    assert tuple(rule(user) for rule in (is_signed_in, is_staff, is_manager, is_admin)) == expected


@pytest.mark.parametrize("rule", [is_signed_in, is_staff, is_manager, is_admin])
def test_nobody_may_anything_while_suspended(rule):
    assert not rule(User(email="x@example.org", name="X", role=Role.ADMIN, suspended_at=now()))
