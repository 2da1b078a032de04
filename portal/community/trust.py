"""What of somebody's words waits for a look before others see them: by who they are, by words, by links.

The rule is the community's, the held row is the ledger's, and deciding about it is moderation's: so a
suggestion is held in the transaction that makes it, and no stage knows one above it.
"""

import re
import unicodedata
from enum import StrEnum
from html import unescape

from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import EntryRule, Member
from portal.foundation import config
from portal.foundation.database import session
from portal.foundation.search import stems
from portal.foundation.text import fold, render_markdown
from portal.foundation.text import gettext as _

# An address with its scheme, or one that everybody reads as such: a domain, with what leads to a page of it.
_LINK = re.compile(r"(?:\bhttps?:|\bwww\.)[^\s)>]+", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?<![\w.-])(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,6}([^\W\d_]{2,24}|xn--[\w-]{2,59})(?![\w-])(?:/[^\s)>]*)?"
)
# The ends of a domain: every country by its two letters, and the common ones. Files are no domains, and a sentence
# that begins without its space in front is none either.
_COMMON_ENDS = (
    "app art biz blog chat cloud club com design dev edu events fun gov info ink link live ltd media mobi museum name "
    "net news online onl org page pics pro pub sale shop site social space store stream studio support tech tips "
    "today tools top video vip web website wiki win work world xyz zone "
    "рф бел укр срб бг мкд мон қаз ευ ελ 中国 中國 台湾 台灣 香港 澳門 한국 ไทย السعودية مصر امارات ایران"
)
_GENERIC = frozenset(_COMMON_ENDS.split())
_FILES = frozenset({"js", "md", "py", "sh", "ts"})
# As they are drawn: entities, references and addresses without a scheme are links too; those of this portal are not.
_DRAWN = re.compile(r'<a href="((?!/[\w?#])[^"]+)"')
# Before anyone has said otherwise, so many of a new member's suggestions and comments are looked at first. Whoever
# came by a letter is known by what they said in public alone; nothing keeps them from coming in, reading and
# adding their voice meanwhile. Whom the staff added by name themselves is no such stranger, and never waits.
FIRST_HELD = 2
# Marks of Markdown and letters that nobody sees would part a word from its reader.
_UNSEEN = re.compile("[*~`\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
# Scripts that put no space between words: what stands there is found within whatever stands around it.
_SOLID = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# What a word may end in besides and be the same word; English has its own rules beyond these.
_ENDINGS = frozenset({"s", "es", "n", "en", "e", "er", "em", "ern"})
_SHORT_ENDINGS = frozenset({"s", "es"})
_LONGEST_ENDING = 3


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
    """The addresses in a text, but those of this portal; a domain alone is one, and so is that of a mail."""
    read = unicodedata.normalize("NFKC", _UNSEEN.sub("", unescape(words)))
    found = {*_LINK.findall(read), *_DRAWN.findall(render_markdown(words))}
    found |= {domain.group() for domain in _DOMAIN.finditer(read) if _ends_a_domain(domain[1])}
    home = config.current().BASE_URL.casefold().rstrip("/")
    here = home.partition("://")[2]
    return {link for each in found if not _leads_to((link := each.casefold()), home, here)}


def _leads_to(link: str, home: str, here: str) -> bool:
    return any(link == each or link.startswith((f"{each}/", f"{each}?", f"{each}#")) for each in (home, here))


def _ends_a_domain(end: str) -> bool:
    if not (end.islower() or end.isupper() or not end.isascii()):
        return False
    end = end.casefold()
    return end in _GENERIC or end.startswith("xn--") or (end.isascii() and len(end) == 2 and end not in _FILES)


def _stands_in(line: str, words: str) -> bool:
    """Whether a line of the rule stands in words as they are read; its last word may be a beginning, `casino*`."""
    wanted = _as_read(line)
    if _SOLID.search(wanted):
        return "".join(wanted.split()) in "".join(words.split())
    parts = _parts(wanted)
    if not parts or any(not (mark.isspace() or mark in "-_'’" or _is_letter(mark)) for mark in wanted):
        # Signs, such as those of a price, are what they are.
        return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", words) is not None
    begins = line.rstrip().endswith("*")
    read = _parts(words)
    tests = [_is_same] * (len(parts) - 1) + [_begins_so if begins else _is_same]
    return any(
        all(test(part, word) for test, part, word in zip(tests, parts, read[at:], strict=False))
        for at in range(len(read) - len(parts) + 1)
    )


def _parts(words: str) -> list[str]:
    """The words one by one; marks that stand on a letter belong to it."""
    return "".join(mark if _is_letter(mark) else " " for mark in words).split()


def _is_letter(mark: str) -> bool:
    return mark.isalnum() or unicodedata.category(mark).startswith("M")


def _begins_so(part: str, word: str) -> bool:
    return word.startswith(part)


def _is_same(part: str, word: str) -> bool:
    if part == word:
        return True
    if part[0] != word[0] or len(part) < _LONGEST_ENDING or abs(len(part) - len(word)) > _LONGEST_ENDING:
        return False
    endings = _ENDINGS if len(part) > _LONGEST_ENDING else _SHORT_ENDINGS
    return (word.startswith(part) and word[len(part) :] in endings) or stems(part) == stems(word)
