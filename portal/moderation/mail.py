"""What the author is told about a decision on their words; a circle's words stay out of it."""

from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, company, header_words
from portal.foundation.text import gettext as _
from portal.foundation.text import markdown_excerpt
from portal.ledger.models import AuthorWord, Comment, Idea
from portal.moderation.models import Decision, Ruling, Words, idea_of
from portal.moderation.tokens import write_token

# Enough of somebody's own words to know them again.
QUOTED = 160


def decision_made(decision: Decision, *, asked: str = "") -> Message:
    """What was decided about somebody's words, or about them, with the reason.

    Args:
        asked: the words in which they asked for another look, where this ends it.
    """
    words, person = decision.words, decision.person
    assert person is not None, "only people are told"
    idea = idea_of(words) if words is not None else None
    is_closed_room = idea is not None and idea.circle_id is not None
    return build(
        "moderation/mail/decision",
        kind="decision",
        subject_key=f"decision:{decision.id}",
        to_address=person.email,
        to_name=header_words(person.name),
        from_name=header_words(_("%(name)s at %(company)s", name=decision.decided_by.name, company=company()["name"])),
        ruling=decision.ruling.value,
        is_comment=decision.comment_id is not None,
        title=idea.title if idea is not None and not is_closed_room else "",
        # Whoever said more than one thing there knows by it which one is meant.
        quoted="" if is_closed_room or isinstance(words, Idea) else markdown_excerpt(_said(words), QUOTED),
        # A reason can quote what was said, so for a circle it stands on the page alone.
        reason="" if is_closed_room else decision.reason,
        asked="" if is_closed_room else asked,
        by=decision.decided_by.name,
        is_about_person=decision.is_about_person,
        is_inside=is_closed_room,
        page_url=address(page) if (page := _page(decision)) else "",
    )


def _said(words: Words | None) -> str:
    return words.body if isinstance(words, Comment) else words.words if isinstance(words, AuthorWord) else ""


def _page(decision: Decision) -> str:
    """Where to go on: to the words once others read them, to the door for whoever may come in again.

    Whoever is suspended gets a page that needs no sign-in; empty where all is said.
    """
    words = decision.words
    if decision.ruling is Ruling.SUSPENDED:
        return f"/suspensions/{write_token(decision.id)}"
    if decision.is_about_person:
        return "/" if decision.ruling is Ruling.READMITTED else ""
    if words is not None and decision.ruling in {Ruling.APPROVED, Ruling.RESTORED}:
        return f"/comments/{words.id}" if isinstance(words, Comment) else f"/ideas/{idea_of(words).id}"
    return f"/decisions/{decision.id}"
