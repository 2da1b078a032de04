"""A person's word on what a mention is wins over every reading, and can be taken back."""

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.judgements import Judgement, Signal
from portal.listening.models import Author, Mention
from portal.listening.queries.judged import standing_judgements
from portal.listening.signals import tone_class
from portal.listening.signals.learning import CLASSES

# The tone of a class where a person names it and no number stands behind it.
_TONES = {"negative": -0.5, "neutral": 0.0, "positive": 0.5}


class NotAReading(Refusal):
    """The word is none of those that this signal knows."""


class NothingToUndo(Refusal):
    """The judgement was taken back or replaced before."""


def read_as(mention: Mention, signal: Signal) -> str:
    """The class that stands for a mention now."""
    if signal is Signal.TONE:
        return tone_class(mention.tone)
    return "yes" if getattr(mention, f"is_{signal.value}") else "no"


def judge_reading(mention: Mention, signal: Signal, value: str, *, by: User, is_drawn: bool = False) -> Judgement:
    """Say what a mention is; agreeing with the reading is a label too.

    Raises:
        NotAReading: the value is unknown for this signal.
    """
    if value not in CLASSES[signal]:
        raise NotAReading(_("A reading is one of: %(known)s.", known=", ".join(CLASSES[signal])))
    was, was_tone = read_as(mention, signal), mention.tone
    for earlier in standing_judgements(mention.id, signal):
        earlier.undone_at = now()
        # What was read is what stood there before anybody said anything.
        was, was_tone = earlier.was, earlier.was_tone
    row = Judgement(
        mention_id=mention.id,
        mention=mention,
        signal=signal,
        value=value,
        was=was,
        was_tone=was_tone,
        is_drawn=is_drawn,
        judged_by_id=by.id,
    )
    session().add(row)
    before = read_as(mention, signal)
    if before != value:
        _set(mention, signal, value, was_tone if value == was else _TONES.get(value))
    record("reading.judged", row, by=by, before={signal.value: before}, after={signal.value: value})
    mention.marks = _judged(mention, signal, row.id)
    return row


def undo_judgement(row: Judgement, *, by: User) -> None:
    """Take a judgement back; what was read before stands again.

    Raises:
        NothingToUndo: it does not stand any more.
    """
    if row.undone_at is not None:
        raise NothingToUndo(_("This was taken back before."))
    row.undone_at = now()
    _set(row.mention, row.signal, row.was, row.was_tone)
    row.mention.marks = _judged(row.mention, row.signal, None)
    record("reading.restored", row, by=by, before={row.signal.value: row.value}, after={row.signal.value: row.was})


def judged_signals(mention: Mention) -> set[str]:
    """The signals that a person has the word on."""
    judged = (mention.marks or {}).get("judged", {})
    return set(judged) if isinstance(judged, dict) else set()


def _set(mention: Mention, signal: Signal, value: str, tone: float | None) -> None:
    if signal is Signal.TONE:
        mention.tone = tone
    else:
        setattr(mention, f"is_{signal.value}", value == "yes")
    author = session().get_one(Author, mention.author_id)
    # Whoever scores this author looks again.
    author.revision += 1


def _judged(mention: Mention, signal: Signal, judgement_id: int | None) -> dict[str, object] | None:
    marks = dict(mention.marks or {})
    judged = dict(marks.get("judged") or {})
    judged.pop(signal.value, None)
    if judgement_id is not None:
        judged[signal.value] = judgement_id
    marks["judged"] = judged
    if not judged:
        del marks["judged"]
    return marks or None
