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

    links = (
        "[a](//shop.example)", "[a](&#104;ttps://shop.example)", "[a][b]\n\n[b]: https://shop.example",
        "See lamps.de.", "t.me/lamps", "SHOP.COM", "write to lou@shop.co.uk", "münchen-lampen.de", "лампа.рф",
        "xn--mnchen-3ya.example.xn--p1ai", "shop．com", "sho\u200bp.com", "[a](http://localhost:8000.evil.org)",
    )  # fmt: skip
    for words in links:
        assert held(words) is HeldBecause.LINKS, words
    for words in (
        "It folds flat.It is 3.5 mm, e.g. of brass, z.B. README.md or lamp.py", "http://localhost:8000/ideas/3",
        "[that one](http://localhost:8000/ideas/3#c)", "1.2.3", "And so on... or not",
    ):  # fmt: skip
        assert held(words) is None, words
    for words in ("sn\u00adake oil", "**snake** oil", "Snake\noil", "sn&#97;ke oil"):
        assert held(words) is HeldBecause.WORDS, words
    assert held("[the other one](/ideas/3), and or/and") is None
    set_entry_rule(
        first_held=0, holds_links=False, words="Crème brûlée\ncasino*\n赌博\nтабак\n5 €\nGewinnspiel\nhell", by=sam
    )
    for words in (
        "creme-brulee", "CRÈME BRÛLÉES", "Casinospiele", "在线赌博网站", "Та́бак", "for 5 € only", "Bei Gewinnspielen",
        "ｃａｓｉｎｏ", "*Crème*, brûlée", "crème_brûlée", "hell", "Ga\u0308be es Gewinnspiele",
    ):  # fmt: skip
        assert held(words) is HeldBecause.WORDS, words
    for words in ("hello", "occasion", "табакерка", "15 €", "creme of brulee", "Gewinn"):
        assert held(words) is None, words
    set_entry_rule(first_held=0, holds_links=True, words="snake oil", by=sam)
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
