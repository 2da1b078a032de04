"""Who is trusted, and what waits for a look."""

from portal.accounts.models import User
from portal.community.models import EntryRule
from portal.community.queries import member_of
from portal.community.trust import entry_rule
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import hold, insert_into, session
from portal.foundation.text import tidy

MOST_HELD = 20


def hold_entry_rule() -> EntryRule:
    """The rule in force, held until this transaction ends, so that nobody sets another meanwhile."""
    # Before anyone has set one there is no row to hold, so the one that holds by itself is written down first.
    default = entry_rule()
    values = {"first_held": default.first_held, "holds_links": default.holds_links, "words": default.words}
    session().execute(insert_into(EntryRule).values(id=1, **values).on_conflict_do_nothing())
    rule = session().get_one(EntryRule, 1)
    hold(rule)
    return rule


def set_entry_rule(*, first_held: int, holds_links: bool, words: str, by: User) -> EntryRule:
    """Say what waits for a look: so many of a new member's words, links, and one word or phrase on each line."""
    rule = hold_entry_rule()
    rule.first_held, rule.holds_links = max(0, min(first_held, MOST_HELD)), holds_links
    rule.words, rule.changed_at = tidy(words)[:10_000], now()
    session().flush()
    record("entry_rule.set", rule, by=by, after={"first_held": rule.first_held, "holds_links": holds_links})
    return rule


def trust(person: User, *, by: User) -> bool:
    """Hold nothing of this person's any more; False when they are trusted already, or no member."""
    member = member_of(person)
    if member is None or member.trusted_at is not None:
        return False
    member.trusted_at = now()
    record("member.trusted", member, by=by)
    return True


def end_trust(person: User, *, by: User) -> bool:
    """Look again at what this person writes, as the rule says; False when they are not trusted."""
    member = member_of(person)
    if member is None or member.trusted_at is None:
        return False
    before, member.trusted_at = member.trusted_at, None
    record("member.trust_ended", member, by=by, before={"trusted_at": before.isoformat()})
    return True
