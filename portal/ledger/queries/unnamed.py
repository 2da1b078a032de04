"""Members who did not agree to be named outside: their names stand in no words that anyone may read."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import false, func, select, union

from portal.accounts.models import Role, User
from portal.community.models import FormerName, Member
from portal.foundation.database import session
from portal.foundation.database.revisions import kept
from portal.foundation.text import fold
from portal.foundation.text import gettext as _
from portal.ledger.visibility import TOPIC

_WORD = re.compile(r"\w+")
# A name in its folded words, and whether it counts without an @ too.
_Name = tuple[tuple[str, ...], bool]


@kept(TOPIC)
def unnamed_outside() -> tuple[str, ...]:
    """The names of all members who did not agree, whether they hide from the others or have left or not.

    Those that they went by before are among them: what others wrote still says them.
    """
    silent = (User.role == Role.MEMBER, func.coalesce(Member.is_named_publicly, false()).is_(False))
    names = select(User.name).outerjoin(Member, Member.user_id == User.id).where(*silent)
    former = select(FormerName.name).join(User, User.id == FormerName.user_id)
    former = former.outerjoin(Member, Member.user_id == User.id).where(*silent)
    both = union(names, former).subquery()
    return tuple(session().scalars(select(both.c.name).order_by(both.c.name)))


def without_names(words: str, names: tuple[str, ...]) -> str:
    """The words with each of these names, in whatever letters and with or without its @, said as a member.

    A name of one word may be a word of the language too, so it counts only after an @.
    """
    if not (words and names):
        return words
    known, marks = _by_first_word(names), list(_WORD.finditer(words))
    folded = [fold(mark.group()) for mark in marks]
    pieces, at, place = [], 0, 0
    while place < len(marks):
        start = marks[place].start()
        has_at = words[start - 1 : start] == "@"
        count = _length(folded, place, known, has_at=has_at)
        if count:
            pieces += [words[at : start - has_at], _("a member")]
            at = marks[place + count - 1].end()
        place += count or 1
    return "".join((*pieces, words[at:]))


def _length(folded: Sequence[str], place: int, known: Mapping[str, list[_Name]], *, has_at: bool) -> int:
    """How many words of the longest of these names stand here; 0 where none does."""
    fitting = (
        len(name)
        for name, is_plain in known.get(folded[place], ())
        if (is_plain or has_at) and tuple(folded[place : place + len(name)]) == name
    )
    return max(fitting, default=0)


@lru_cache(maxsize=8)
def _by_first_word(names: tuple[str, ...]) -> Mapping[str, list[_Name]]:
    found: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        parts = tuple(fold(part) for part in _WORD.findall(name))
        if parts:
            found[parts[0]].append((parts, " " in name.strip()))
    return dict(found)
