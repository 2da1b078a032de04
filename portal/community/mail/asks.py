"""The mail that says that a question has ended and its summary is owed."""

from portal.community.models import Ask
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, header_title, header_words


def ask_ended(ask: Ask) -> Message:
    """It ran out by itself; whoever asked owes their word. In a circle the question stands on its page alone."""
    is_private = ask.circle_id is not None
    return build(
        "community/mail/ask_ended",
        kind="ask_ended",
        subject_key=f"ask:{ask.id}",
        to_address=ask.owner.email,
        to_name=header_words(ask.owner.name),
        question="" if is_private else ask.question,
        header_question="" if is_private else header_title(ask.question),
        summary_url=address(f"/asks/{ask.id}/summary/edit"),
    )
