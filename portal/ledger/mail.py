"""What the ledger tells its staff: a suggestion is theirs now."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.config import address
from portal.foundation.mail.message import BadHeader, Message, build, check_header
from portal.foundation.text import deadline
from portal.ledger.models import Idea


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


def _words(idea: Idea) -> dict[str, Any]:
    owner = idea.owner
    zone = ZoneInfo(owner.time_zone) if owner.time_zone else config.current().zone
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
