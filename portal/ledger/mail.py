"""What the ledger tells its staff: a suggestion is theirs, its author spoke, a promise is about to break.

These are personal mails about the reader's own work, one fact to one person, so they carry no way out of a list.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.config import address
from portal.foundation.mail.message import BadHeader, Message, build, check_header
from portal.foundation.text import deadline
from portal.foundation.text import gettext as _
from portal.ledger.models import AuthorWord, Idea, Standing, WarningLevel, WordKind


def idea_assigned(idea: Idea) -> Message:
    """A new suggestion came, and this person answers for it."""
    return build(
        "ledger/mail/idea_assigned" if idea.circle_id is None else "ledger/mail/circle_idea",
        kind="idea_assigned",
        subject_key=f"idea:{idea.id}",
        to_address=idea.owner.email,
        to_name=idea.owner.name,
        **_words(idea),
    )


def idea_handed_over(idea: Idea, *, word: str, by: User, at: datetime) -> Message:
    """Someone passed a suggestion on to this person, with a word."""
    return build(
        "ledger/mail/idea_handed_over" if idea.circle_id is None else "ledger/mail/circle_idea",
        kind="idea_handed_over",
        # Given back and passed on again is told again.
        subject_key=f"idea:{idea.id}:{at.isoformat()}",
        to_address=idea.owner.email,
        to_name=idea.owner.name,
        word=word,
        by_name=by.name,
        **_words(idea),
    )


def promise_warning(idea: Idea, *, due: datetime, level: WarningLevel, to: User) -> Message:
    """A promise is about to break, for its owner or whoever stands in; or it has, for those who look after it."""
    is_first = idea.standing is Standing.WAITING
    return build(
        "ledger/mail/promise_warning",
        kind=f"promise_{level.value}",
        subject_key=f"idea:{idea.id}:{due.isoformat()}",
        to_address=to.email,
        to_name=to.name,
        is_late=level is WarningLevel.MANAGERS,
        stands_in=level is WarningLevel.OWNER and to.id != idea.owner_id,
        owner=idea.owner.name,
        what=_("a first word") if is_first else _("an action or an explanation"),
        due=deadline(due, _zone(to)),
        **_open_words(idea),
    )


def author_spoke(word: AuthorWord) -> Message:
    """The author replied, or says that it did not help; it is with its owner again."""
    idea = word.idea
    shown = idea.circle_id is None
    return build(
        "ledger/mail/author_spoke",
        kind="author_spoke",
        subject_key=f"author-word:{word.id}",
        to_address=idea.owner.email,
        to_name=idea.owner.name,
        is_reply=word.kind is WordKind.REPLY,
        author=word.said_by.name,
        words=word.words if shown else "",
        decide_by=deadline(idea.decide_by, _zone(idea.owner)),
        **_open_words(idea),
    )


def ledger_heads(heads: dict[str, str], *, day: date, key: str, to: str) -> Message:
    """The newest hash of each chain, for whoever keeps them as a witness."""
    return build(
        "ledger/mail/ledger_heads",
        kind="ledger_heads",
        subject_key=key,
        to_address=to,
        to_name="",
        day=day.isoformat(),
        heads=heads,
    )


def _open_words(idea: Idea) -> dict[str, Any]:
    """What a mail may say of a suggestion: nothing of what stands in a circle."""
    title = idea.title if idea.circle_id is None else ""
    return {"title": title, "header_title": _header_words(title), "idea_url": address(f"/ideas/{idea.id}")}


def _zone(person: User) -> ZoneInfo:
    return ZoneInfo(person.time_zone) if person.time_zone else config.current().zone


def _words(idea: Idea) -> dict[str, Any]:
    zone = _zone(idea.owner)
    return {
        "title": idea.title,
        "header_title": _header_words(idea.title),
        "words": idea.body,
        "author": idea.proposed_by.name,
        "acknowledge_by": deadline(idea.acknowledge_by, zone),
        "decide_by": deadline(idea.decide_by, zone),
        "idea_url": address(f"/ideas/{idea.id}"),
    }


def _header_words(title: str) -> str:
    """A title that may stand in a header; one that could break it is left out, and stays in the mail."""
    try:
        check_header(title)
    except BadHeader:
        return ""
    return title
