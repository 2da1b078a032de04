"""Who may see the members."""

from portal.accounts.models import Role, User
from portal.community.policies import may_see_members
from portal.foundation.clock import now


def test_members_see_each_other_and_the_suspended_see_nobody():
    maya = User(email="maya@example.org", name="Maya", role=Role.MEMBER)

    assert may_see_members(maya)
    maya.suspended_at = now()
    assert not may_see_members(maya)
