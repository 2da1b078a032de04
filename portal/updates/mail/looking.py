"""The mail that says what waits for a manager's look; of a circle it says no more than that something does."""

from collections.abc import Callable, Sequence

from portal.accounts.models import User
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build, header_title, header_words
from portal.foundation.text import gettext as _
from portal.moderation.models import idea_of
from portal.updates.queries import Look


def looks_wait(person: User, looks: Sequence[Look]) -> Message:
    """What waits, to one of those who look at it; it is their work, so it has no way out."""
    lines = [line for look in looks if (line := _line(look))]
    unseen = sum(look.unseen is not None for look in looks)
    return build(
        "updates/mail/looking",
        kind="looking",
        subject_key=looks[0].key,
        to_address=person.email,
        to_name=header_words(person.name),
        lines=lines,
        inside=len(looks) - len(lines) - unseen,
        unseen=unseen,
        many=len(looks),
        only=header_words(_line(looks[0], header_title)) if len(looks) == 1 else "",
        are_held=any(look.case is not None and look.case.held for look in looks),
        still=all(look.key.endswith(":again") for look in looks),
        review_url=address("/review"),
    )


def _line(look: Look, titled: Callable[[str], str] = str) -> str:
    """What it is, in a line; empty for what stands in a circle.

    Args:
        titled: makes a title fit for the line.
    """
    if look.appeal is not None:
        words, by = look.appeal.decision.words, look.appeal.decision.person
        if words is None and by is not None:
            return _("%(name)s, who is suspended, asks for another look", name=by.name)
        if words is None or by is None or idea_of(words).circle_id is not None:
            return ""
        return _("%(name)s asks for another look: “%(title)s”", name=by.name, title=titled(idea_of(words).title))
    case = look.case
    if case is None or case.circle_id is not None:
        return ""
    title = titled(case.title)
    if ":report:" in look.key:
        return _("Reported: what %(name)s wrote, “%(title)s”", name=case.said_by, title=title)
    if case.kind == "idea":
        return _("%(name)s suggests “%(title)s” (%(why)s)", name=case.said_by, title=title, why=case.held)
    return _("%(name)s wrote beside “%(title)s” (%(why)s)", name=case.said_by, title=title, why=case.held)
