"""The stream's index is brought up to what the mentions are now, a batch at a time."""

from collections import defaultdict
from typing import Any

from sqlalchemy import delete, select

from portal.foundation.database import session
from portal.listening.models import Author, Match, Mention, StreamDue, Tracker, TrackerKind
from portal.listening.queries.places import month_token, place_of, settle, write_places
from portal.listening.queries.wanted import entry_tokens

__all__ = ["settle", "sort_in"]


def sort_in(limit: int = 1_000) -> int:
    """Write the entries of mentions that came in or changed, the newest first; says how many.

    A trigger puts every change on the list again, so what changes meanwhile is only written once more.
    """
    due = select(StreamDue.mention_id).order_by(StreamDue.mention_id.desc()).limit(limit)
    ids = list(session().scalars(due.with_for_update(skip_locked=True)))
    if not ids:
        return 0
    session().execute(delete(StreamDue).where(StreamDue.mention_id.in_(ids)))
    trackers, muted = _found_by(ids)
    columns = select(*_COLUMNS, Author.muted_at).join(Mention.author).where(Mention.id.in_(ids))
    write_places([
        (place_of(row.created_at, row.id), _entry(row, trackers[row.id], row.id in muted))
        for row in session().execute(columns)
    ])  # fmt: skip
    return len(ids)


def _found_by(ids: list[int]) -> tuple[dict[int, list[int]], set[int]]:
    """The trackers that found each mention, and the mentions that hold muted words."""
    trackers: dict[int, list[int]] = defaultdict(list)
    muted = set()
    rows = select(Match.mention_id, Tracker.id, Tracker.kind).join(Tracker, Tracker.id == Match.tracker_id)
    for mention_id, tracker_id, kind in session().execute(rows.where(Match.mention_id.in_(ids))):
        trackers[mention_id].append(tracker_id)
        if kind == TrackerKind.MUTED:
            muted.add(mention_id)
    return trackers, muted


def _entry(row: Any, tracker_ids: list[int], has_muted_words: bool) -> str | None:
    if row.gone_at is not None:
        return None
    is_muted = has_muted_words or row.muted_at is not None
    return " ".join([month_token(row.created_at), *entry_tokens(row, tracker_ids=tracker_ids, is_muted=is_muted)])


_COLUMNS = (
    Mention.id, Mention.created_at, Mention.gone_at, Mention.channel, Mention.kind, Mention.author_id, Mention.lang,
    Mention.tone, Mention.is_question, Mention.is_suggestion, Mention.is_creation, Mention.title, Mention.text,
)  # fmt: skip
