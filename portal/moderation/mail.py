"""What the author is told about a decision on their words; a circle's words stay out of it."""

from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, header_words
from portal.moderation.models import Decision, idea_of


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
        ruling=decision.ruling.value,
        is_comment=decision.comment_id is not None,
        title=idea.title if idea is not None and not is_closed_room else "",
        # A reason can quote what was said, so for a circle it stands on the page alone.
        reason="" if is_closed_room else decision.reason,
        asked="" if is_closed_room else asked,
        by=decision.decided_by.name,
        decision_url=address(f"/decisions/{decision.id}"),
    )
