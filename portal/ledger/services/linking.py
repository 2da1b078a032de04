"""Answering many suggestions by one action at once, each by the law of a single answer."""

from collections.abc import Mapping, Sequence

from portal.accounts.models import User
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.ledger.chain import hold_ledger
from portal.ledger.models import Action, Idea, Response, ResponseKind
from portal.ledger.policies import may_record_progress
from portal.ledger.queries import is_answered_by
from portal.ledger.services.answers import respond
from portal.ledger.services.refusals import NothingNew, NotYours, TooMany

# More than one reads through before pressing the button.
LINKED_AT_ONCE = 50


class NotLinked(Refusal):
    """Some of several suggestions cannot be answered so; `reasons` says why, by their numbers."""

    def __init__(self, words: str, reasons: Mapping[int, str]) -> None:
        super().__init__(words)
        self.reasons = reasons


def link_ideas(
    action: Action,
    ideas: Sequence[Idea],
    *,
    by: User,
    message: str = "",
    is_quiet: bool = False,
    seen: int | None = None,
) -> list[Response]:
    """Answer all of these suggestions by this action, or none of them.

    Each gets an answer of its own. Members hear of them when `updates` next reads the ledger; whoever is behind
    several of them gets one mail. A draft that the writer keeps for one of them stays a draft.

    Args:
        message: Markdown, for everyone behind them; may be empty.
        is_quiet: nobody is told by mail, now or later.
        seen: the newest answer to anything when the writer chose; what was answered later is refused.

    Raises:
        NotYours: not staff who see the action.
        TooMany: none, or more than fifty.
        NotLinked: one of them cannot be answered so; see `respond` for the reasons.
    """
    if not may_record_progress(by, action):
        raise NotYours(_("Only the company's own people write down what it does."))
    if not 0 < len(ideas) <= LINKED_AT_ONCE:
        raise TooMany(_("Choose at least one suggestion, and at most %(limit)s at once.", limit=LINKED_AT_ONCE))
    # Two who link the same ones at once: the second looks when the first has written.
    hold_ledger()
    given: list[Response] = []
    reasons: dict[int, str] = {}
    with session().begin_nested() as part:
        for idea in ideas:
            try:
                if is_answered_by(idea, action):
                    raise NothingNew(_("This action answers it already."))
                given.append(
                    respond(
                        idea,
                        kind=ResponseKind.ACTION,
                        message=message,
                        by=by,
                        action=action,
                        is_quiet=is_quiet,
                        seen=seen,
                    )
                )
            except Refusal as refusal:
                reasons[idea.id] = str(refusal)
        if reasons:
            part.rollback()
    if reasons:
        words = ngettext(
            "Nothing is linked yet: %(num)s of them cannot be answered so, and says why. Leave it out or mend it.",
            "Nothing is linked yet: %(num)s of them cannot be answered so, and say why. Leave them out or mend them.",
            len(reasons),
        )
        raise NotLinked(words, reasons)
    return given
