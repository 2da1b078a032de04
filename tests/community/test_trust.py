"""What waits for a look."""

from portal.community.models import Member
from portal.community.services import end_trust, set_entry_rule, trust
from portal.community.trust import HeldBecause, why_held
from portal.foundation.database import session


def test_nothing_of_the_trusted_waits(maya, rosa, sam):
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


def test_a_link_or_a_word_is_found_however_it_is_written(maya, sam):
    set_entry_rule(first_held=0, holds_links=True, words="snake oil", by=sam)

    def held(words, before=""):
        return why_held(maya, words, approved=9, before=before)

    for words in ("[a](//shop.example)", "[a](&#104;ttps://shop.example)", "[a][b]\n\n[b]: https://shop.example"):
        assert held(words) is HeldBecause.LINKS, words
    for words in ("sn\u00adake oil", "**snake** oil", "Snake\noil", "sn&#97;ke oil"):
        assert held(words) is HeldBecause.WORDS, words
    assert held("[the other one](/ideas/3), and or/and") is None
    # What was read and approved counts for nothing; what is new beside it does.
    assert held("At https://shop.example now", before="At https://shop.example") is None
    assert held("At https://shop.example/2", before="At https://shop.example") is HeldBecause.LINKS
    assert held("Snake oil", before="No snake oil") is None


def test_before_a_rule_is_set_the_first_two_of_whoever_came_by_a_letter_wait(maya, omar):
    session().add(Member(user_id=maya.id, founding_number=1))
    session().flush()

    assert why_held(maya, "Hello", approved=1) is HeldBecause.NEW
    assert why_held(maya, "https://example.org", approved=2) is None
    # Whom the staff added by name is no stranger, whatever the rule says of strangers.
    assert why_held(omar, "Hello", approved=0) is None


def test_trust_can_be_ended(maya, sam):
    session().add(Member(user_id=maya.id, founding_number=1))
    session().flush()
    assert not end_trust(maya, by=sam)
    trust(maya, by=sam)

    assert end_trust(maya, by=sam)
    assert why_held(maya, "Hello", approved=0) is HeldBecause.NEW
