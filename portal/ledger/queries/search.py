"""Finding words in suggestions, answers, what their authors reply, comments and actions, as the reader sees them."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, case, false, func, or_, select

from portal.foundation.database import session
from portal.foundation.search import (
    Asked,
    SearchEntry,
    about_how_many,
    how_common,
    newest_given,
    on_sqlite,
    read_asked,
    sought,
)
from portal.ledger.models import Action, ActionStage, AuthorWord, Comment, Idea, Progress, Standing
from portal.ledger.queries.actions import NEWEST_ENTRY
from portal.ledger.queries.comments import IN_THREAD
from portal.ledger.queries.hits import Hit, hits_of
from portal.ledger.visibility import Reach, visible_actions, visible_ideas

PAGE = 20
# The best are chosen among so many of the newest.
CLOSE = 200
# How much of a text says how often the words stand in it.
WEIGHED = 1_000
# A last word that stands in so many entries is whole; of rarer ones it may be the beginning.
WHOLE = 1_000
# Where what the company does stands; what was dropped is explained.
_STAGES = {
    Standing.PLANNED: ActionStage.PLANNED,
    Standing.UNDER_WAY: ActionStage.UNDER_WAY,
    Standing.DONE: ActionStage.DONE,
    Standing.EXPLAINED: ActionStage.DROPPED,
}


@dataclass(frozen=True)
class SearchFilter:
    """What is looked for, read by `read_asked`, and where. Pages in the order of time begin before a key."""

    words: str = ""
    kind: str | None = None
    standing: Standing | None = None
    by_time: bool = False
    before: int | None = None


@dataclass(frozen=True)
class SearchPage:
    """What was found, and the key of the next page in the order of time; `has_more` where the best were chosen."""

    hits: list[Hit]
    older: int | None = None
    has_more: bool = False


def search_page(asked: SearchFilter, reach: Reach) -> SearchPage:
    """One page of what holds all that is asked for: the best of the newest, or everything from the newest on."""
    wanted = read_asked(asked.words)
    if not wanted.held:
        return SearchPage([])
    counts, total = how_common(wanted.stems)
    wanted = replace(wanted, is_open=wanted.is_open and counts[wanted.held[-1][-1]] < WHOLE)
    share = about_how_many(wanted.stems, counts, total, last_is_prefix=wanted.is_open) / max(total, 1)
    limit = PAGE if asked.by_time else CLOSE
    found = _found(asked, wanted, share, total, reach, limit + 1)
    shown = found[:limit]
    if not asked.by_time:
        shown = sorted(shown, key=lambda row: (-_points(row, wanted), -row.id))[:PAGE]
    return SearchPage(
        hits_of(shown, wanted),
        older=shown[-1].id if asked.by_time and len(found) > limit else None,
        has_more=not asked.by_time and len(found) > PAGE,
    )


def _found(asked: SearchFilter, wanted: Asked, share: float, total: int, reach: Reach, most: int) -> list[Any]:
    """What holds the words and is for this reader, the newest first; at least `most`, if there are as many."""
    is_later = asked.by_time and bool(asked.before)
    newest = min(asked.before or total, total) if is_later else total
    statement = _statement(asked.kind, asked.standing, is_later, reach, on_sqlite())
    values = {"sought": sought(wanted), "before": asked.before or 0}
    # A filter leaves a part of what is found, so more is looked at from the beginning.
    window = most if asked.kind is None and asked.standing is None else 8 * most
    above = max(0, newest - int(2 * window / share)) if share and not on_sqlite() else 0
    while True:
        rows = session().execute(statement, values | {"window": window, "above": above}).all()
        seen = [row for row in rows if row.is_seen]
        if len(seen) >= most or (len(rows) < window and not above):
            return list(seen)
        window, above = 16 * window, 0


# Put together once for each, since that takes as long as running it.
@lru_cache(maxsize=512)
def _statement(
    kind: str | None, standing: Standing | None, is_later: bool, reach: Reach, _is_sqlite: bool
) -> Select[Any]:
    """The newest that hold the words, each with whether it is to be seen: by this reader, under these filters."""
    found = newest_given(before=is_later)
    hidden = select(Comment.id).where(Comment.id == SearchEntry.subject_id, ~IN_THREAD).correlate(SearchEntry)
    unread = (
        select(AuthorWord.id)
        .where(AuthorWord.id == SearchEntry.subject_id)
        .where(or_(AuthorWord.held_at.is_not(None), AuthorWord.removed_at.is_not(None)))
        .correlate(SearchEntry)
    )
    is_hidden = or_(
        and_(SearchEntry.kind == "comment", hidden.exists()), and_(SearchEntry.kind == "word", unread.exists())
    )
    is_seen = and_(SearchEntry.kind != "action", visible_ideas(reach), ~is_hidden)
    action = select(Action.id).where(Action.id == SearchEntry.subject_id, visible_actions(reach))
    if standing is not None:
        is_seen = and_(is_seen, Idea.standing == standing)
        newest = action.join(Progress, Progress.id == NEWEST_ENTRY)
        action = newest.where(Progress.stage == _STAGES[standing]) if standing in _STAGES else action.where(false())
    is_seen = or_(is_seen, and_(SearchEntry.kind == "action", action.correlate(SearchEntry).exists()))
    if kind:
        is_seen = and_(is_seen, SearchEntry.kind == kind)
    return (
        select(found.c.id, SearchEntry.kind, SearchEntry.subject_id, SearchEntry.title)
        .add_columns(func.substr(SearchEntry.body, 1, WEIGHED).label("body"))
        .add_columns(case((is_seen, 1), else_=0).label("is_seen"))
        .select_from(found)
        .join(SearchEntry, SearchEntry.id == found.c.id)
        .outerjoin(Idea, Idea.id == SearchEntry.group_id)
        .order_by(found.c.id.desc())
    )


def _points(row: Any, wanted: Asked) -> float:
    """Titles before texts, short texts before long ones."""
    title, body = f" {row.title}", f" {row.body} "
    runs = [" ".join(run) for run in wanted.held]
    in_title: int = sum(f" {run}" in title for run in runs)
    density: float = sum(body.count(f" {run} ") for run in runs) / (body.count(" ") + 19)
    return 3 * in_title / len(runs) + (2 if row.kind == "idea" else 1) * min(density * 10, 1)
