"""What waits for a look."""

from portal.community.models import Member
from portal.community.services import set_entry_rule, trust
from portal.community.trust import HeldBecause, why_held
from portal.foundation.database import session


def test_nothing_waits_before_a_rule_is_set_and_nothing_of_the_trusted(maya, rosa, sam):
    assert why_held(maya, "https://example.org", approved=0) is None
    session().add(Member(user_id=maya.id, founding_number=1))
    set_entry_rule(first_held=99, holds_links=True, words="", by=sam)

    assert why_held(maya, "Hello", approved=19) is HeldBecause.NEW
    assert why_held(maya, "Hello", approved=20) is None
    assert why_held(maya, "www.example.org", approved=20) is HeldBecause.LINKS
    assert why_held(rosa, "www.example.org", approved=0) is None
    assert trust(maya, by=sam)
    assert not trust(maya, by=sam)
    assert not trust(rosa, by=sam)
    assert why_held(maya, "www.example.org", approved=0) is None
