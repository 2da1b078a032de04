"""What of the stream is wanted: as the index holds it, and as the mentions stand."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from portal.listening.models import Author, Match, Mention, Tracker, TrackerKind
from portal.listening.queries.places import HEARD, MUTED, fact, word_tokens
from portal.listening.signals.tone import TONE_EDGE, tone_class

MAX_WORDS = 8
_UNSAID = "=u"
_SAYS = ("question", "suggestion", "creation")
_TONES: dict[str, ColumnElement[bool]] = {
    "positive": Mention.tone >= TONE_EDGE,
    "negative": Mention.tone <= -TONE_EDGE,
    "neutral": and_(Mention.tone > -TONE_EDGE, Mention.tone < TONE_EDGE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamFilter:
    """What of the stream to show; None means all.

    Attributes:
        says: what was read in it.
        words: whole words, of which every one is held; endings make no difference.
        muted: show only what is muted, instead of everything else.
    """

    channel: str | None = None
    kind: str | None = None
    tracker_id: int | None = None
    tone: Literal["positive", "neutral", "negative"] | None = None
    says: Literal["question", "suggestion", "creation"] | None = None
    lang: str | None = None
    words: str = ""
    author_id: int | None = None
    muted: bool = False


def tokens_of(wanted: StreamFilter) -> list[str]:
    """What a mention's entry in the index holds if it is wanted."""
    facts = (
        ("c", wanted.channel), ("k", wanted.kind), ("r", wanted.tracker_id), ("t", wanted.tone), ("s", wanted.says),
        ("l", wanted.lang), ("a", wanted.author_id),
    )  # fmt: skip
    tokens = [MUTED if wanted.muted else HEARD]
    tokens += [fact(kind, value) for kind, value in facts if value]
    return tokens + sought_words(wanted)


def entry_tokens(mention: Any, *, tracker_ids: list[int], is_muted: bool) -> list[str]:
    """What the index holds of a mention: its facts and its words."""
    facts: list[tuple[str, Any]] = [("c", mention.channel), ("k", mention.kind), ("a", mention.author_id)]
    facts += [("r", tracker_id) for tracker_id in tracker_ids]
    facts += [("s", says) for says in _SAYS if getattr(mention, f"is_{says}")]
    facts += [("t", tone_class(mention.tone))] if mention.tone is not None else []
    facts += [("l", mention.lang)] if mention.lang else []
    return [MUTED if is_muted else HEARD, *(fact(*named) for named in facts), *said_in(mention.title, mention.text)]


def sought_words(wanted: StreamFilter) -> list[str]:
    """The stems of the words that are looked for; signs alone stand for something that nobody says."""
    words = wanted.words.split()[:MAX_WORDS]
    return word_tokens(" ".join(words)) or [_UNSAID for _word in words[:1]]


def truth_of(wanted: StreamFilter) -> Select[Any]:
    """The mentions that are wanted as they stand now, whatever the index says; words are not looked at."""
    rows = select(Mention).where(Mention.gone_at.is_(None))
    words_muted = _found_by(Match.tracker_id.in_(select(Tracker.id).where(Tracker.kind == TrackerKind.MUTED)))
    is_muted = or_(Author.muted_at.isnot(None), words_muted)
    rows = rows.where(is_muted if wanted.muted else and_(Author.muted_at.is_(None), ~words_muted))
    for column, value in (
        (Mention.channel, wanted.channel),
        (Mention.kind, wanted.kind),
        (Mention.author_id, wanted.author_id),
        (Mention.lang, wanted.lang),
    ):
        if value:
            rows = rows.where(column == value)
    if wanted.tracker_id:
        rows = rows.where(_found_by(Match.tracker_id == wanted.tracker_id))
    if wanted.says:
        rows = rows.where(getattr(Mention, f"is_{wanted.says}"))
    if wanted.tone:
        rows = rows.where(_TONES[wanted.tone])
    return rows


def _found_by(tracker: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Match.mention_id == Mention.id, tracker)


def said_in(title: str | None, said: str) -> list[str]:
    """The words of a mention as they are looked for."""
    return word_tokens(f"{title}\n{said}" if title else said)
