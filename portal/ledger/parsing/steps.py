"""In which order what a line holds goes on the record, and whether its dates allow it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.foundation.text import gettext as _
from portal.ledger.models import ResponseKind
from portal.ledger.parsing.entries import Decided, Entry, Reply
from portal.ledger.parsing.fields import BadLine


@dataclass(frozen=True)
class Step:
    """One thing that is written down.

    Attributes:
        reply: what somebody said; None where the record names the decision apart from every reply.
        decides: the decision, where this is it.
        follows_decision: it was said after the decision, which it does not take back.
    """

    reply: Reply | None = None
    decides: Decided | None = None
    follows_decision: bool = False

    @property
    def is_answer(self) -> bool:
        """Whether the company said it; all else is a comment."""
        return self.decides is not None or (self.reply is not None and self.reply.is_staff)


def steps_of(entry: Entry) -> Iterator[Step]:
    """The replies and the decision of an entry, in the order in which they were given."""
    decided, is_told = entry.decided, False
    for reply in entry.replies:
        if not reply.is_staff:
            yield Step(reply)
            continue
        if decided and not is_told and decided.at and reply.said_at and reply.said_at > decided.at:
            yield Step(decides=decided)
            is_told = True
        if decided and not is_told and decided.at == reply.said_at and decided.reason in ("", reply.words):
            # The reply is the decision itself.
            yield Step(reply, decides=decided)
            is_told = True
            continue
        decides = decided is not None and decided.what is not ResponseKind.ACKNOWLEDGEMENT
        yield Step(reply, follows_decision=is_told and decides)
    if decided and not is_told:
        yield Step(decides=decided)


def check_moments(entry: Entry, moment: datetime) -> None:
    """Whether all that an entry tells of can have happened by this moment, and in this order.

    Raises:
        BadLine: a date is still to come, or what followed the suggestion is older than it.
    """
    moments = [entry.created_at or moment, *(reply.said_at for reply in entry.replies if reply.said_at)]
    if entry.decided and entry.decided.at:
        moments.append(entry.decided.at)
    if max(moments) > moment:
        raise BadLine(_("It holds a date that is still to come."))
    # A day without its hour stands for the beginning of it.
    if entry.created_at is not None and min(moments) < entry.created_at - timedelta(days=1):
        raise BadLine(_("A reply or the decision is older than the suggestion itself."))
