"""What of somebody's words waits for a look before others see them: by who they are, by words, by links.

The rule is the community's, the held row is the ledger's, and deciding about it is moderation's: so a
suggestion is held in the transaction that makes it, and no stage knows one above it.
"""

import re
from enum import StrEnum
from html import unescape

from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import EntryRule, Member
from portal.foundation.database import session
from portal.foundation.text import fold, render_markdown
from portal.foundation.text import gettext as _

_LINK = re.compile(r"(?:\bhttps?:|\bwww\.)[^\s)>]+", re.IGNORECASE)
# As they are drawn: entities, references and addresses without a scheme are links too; those of this portal are not.
_DRAWN = re.compile(r'<a href="((?!/[\w?#])[^"]+)"')
# Before anyone has said otherwise, so many of a new member's suggestions and comments are looked at first. Whoever
# came by a letter is known by what they said in public alone; nothing keeps them from coming in, reading and
# adding their voice meanwhile. Whom the staff added by name themselves is no such stranger, and never waits.
FIRST_HELD = 2
# Marks of Markdown and letters that nobody sees would part a phrase from its reader.
_UNSEEN = re.compile("[*_~`\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


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
    """The rule in force; before anyone has set one, the first two of whoever came by a letter."""
    return session().get(EntryRule, 1) or EntryRule(id=1, first_held=FIRST_HELD, holds_links=False, words="")


def why_held(by: User, words: str, *, approved: int, before: str = "") -> HeldBecause | None:
    """Why these words wait before others see them, or None.

    Staff and whoever is trusted never wait; nor do the first words of whom the staff added by name.

    Args:
        words: all that was written, title and text.
        approved: how much of theirs others see already.
        before: what others have read of them already; only what is new beside it counts.
    """
    if by.is_staff:
        return None
    rule = entry_rule()
    if not (rule.first_held or rule.holds_links or rule.words):
        return None
    member = session().execute(select(Member.trusted_at).where(Member.user_id == by.id)).one_or_none()
    if member is not None and member.trusted_at is not None:
        return None
    if member is not None and approved < rule.first_held:
        return HeldBecause.NEW
    now_read, then_read = _as_read(words), _as_read(before)
    if any(_stands_in(line, now_read) and not _stands_in(line, then_read) for line in rule.lines()):
        return HeldBecause.WORDS
    return HeldBecause.LINKS if rule.holds_links and _links(words) - _links(before) else None


def _as_read(words: str) -> str:
    return " ".join(_UNSEEN.sub("", fold(unescape(words))).split())


def _links(words: str) -> set[str]:
    return {link.casefold() for link in (*_LINK.findall(words), *_DRAWN.findall(render_markdown(words)))}


def _stands_in(line: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_as_read(line))}(?!\w)", words) is not None
