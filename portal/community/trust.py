"""What of somebody's words waits for a look before others see them: by who they are, by words, by links.

The rule is the community's, the held row is the ledger's, and deciding about it is moderation's: so a
suggestion is held in the transaction that makes it, and no stage knows one above it.
"""

import re
from enum import StrEnum

from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import EntryRule, Member
from portal.foundation.database import session
from portal.foundation.text import fold
from portal.foundation.text import gettext as _

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


class HeldBecause(StrEnum):
    """Why words wait."""

    NEW = "new"
    WORDS = "words"
    LINKS = "links"

    @property
    def label(self) -> str:
        """The words on the page."""
        return {"new": _("new here"), "words": _("one of your words"), "links": _("holds a link")}[self.value]


def entry_rule() -> EntryRule:
    """The rule in force; before anyone has set one, nothing is held."""
    return session().get(EntryRule, 1) or EntryRule(id=1, first_held=0, holds_links=False, words="")


def why_held(by: User, words: str, *, approved: int) -> HeldBecause | None:
    """Why these words wait before others see them, or None.

    Staff and whoever is trusted never wait.

    Args:
        words: all that was written, title and text.
        approved: how much of theirs others see already.
    """
    if by.is_staff:
        return None
    rule = entry_rule()
    if not (rule.first_held or rule.holds_links or rule.words):
        return None
    if session().scalar(select(Member.trusted_at).where(Member.user_id == by.id)):
        return None
    if approved < rule.first_held:
        return HeldBecause.NEW
    if any(_stands_in(line, fold(words)) for line in rule.lines()):
        return HeldBecause.WORDS
    return HeldBecause.LINKS if rule.holds_links and _LINK.search(words) else None


def _stands_in(line: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold(line))}(?!\w)", words) is not None
