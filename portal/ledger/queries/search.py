"""Finding words in suggestions, answers, comments and actions, as far as the reader sees them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Integer, Select, and_, bindparam, func, or_, select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.foundation.search import SearchEntry, entry_number, marked, matches_given, on_sqlite, sought_all, stems
from portal.foundation.text import markdown_excerpt
from portal.ledger.models import Action, Comment, Idea, Progress, Response, Standing
from portal.ledger.visibility import Reach, reach_of, visible_actions, visible_ideas

PAGE = 20
# The best are chosen among so many of the newest.
CLOSE = 200
ASKED = 8
# How much of a text says how often the words stand in it.
WEIGHED = 1_000
READ = 4_000
KINDS = ("idea", "response", "comment", "action")


@dataclass(frozen=True)
class SearchFilter:
    """What is looked for: words, and where. Pages in the order of time begin before a key."""

    words: str = ""
    kind: str | None = None
    standing: Standing | None = None
    by_time: bool = False
    before: int | None = None


@dataclass(frozen=True)
class Hit:
    """One row that was found; `title` and `excerpt` are pieces of text with whether each is marked."""

    kind: str
    subject_id: int
    idea_id: int | None
    title: list[tuple[str, bool]]
    excerpt: list[tuple[str, bool]]
    said_by: str
    at: datetime
    standing: Standing | None


@dataclass(frozen=True)
class SearchPage:
    """What was found, and the key of the next page in the order of time; `has_more` where the best were chosen."""

    hits: list[Hit]
    older: int | None = None
    has_more: bool = False


def search_page(asked: SearchFilter, reader: User) -> SearchPage:
    """One page of what holds all the words: the best of the newest, or everything from the newest on."""
    terms = list(dict.fromkeys(stems(asked.words)))[:ASKED]
    if not terms:
        return SearchPage([])
    limit = PAGE if asked.by_time else CLOSE
    kind = (asked.kind, asked.standing, asked.by_time and bool(asked.before))
    values = {"sought": sought_all(terms, last_is_prefix=True), "before": asked.before or 0, "most": limit + 1}
    found = session().execute(_statement(*kind, reach_of(reader), on_sqlite()), values).all()
    shown = found[:limit]
    if not asked.by_time:
        shown = sorted(shown, key=lambda row: (-_points(row, terms), -row.id))[:PAGE]
    return SearchPage(
        _hits(shown, terms),
        older=shown[-1].id if asked.by_time and len(found) > limit else None,
        has_more=not asked.by_time and len(found) > PAGE,
    )


# Put together once for each, since that takes as long as running it.
@lru_cache(maxsize=512)
def _statement(
    kind: str | None, standing: Standing | None, is_later: bool, reach: Reach, is_sqlite: bool
) -> Select[Any]:
    """What holds the words that were `sought`, `most` rows, the newest first; later pages begin `before` a key."""
    out_of_sight = or_(Comment.held_at.is_not(None), Comment.removed_at.is_not(None))
    hidden = select(Comment.id).where(Comment.id == SearchEntry.subject_id, out_of_sight).correlate(SearchEntry)
    is_hidden = and_(SearchEntry.kind == "comment", hidden.exists())
    on_ideas = and_(SearchEntry.kind != "action", visible_ideas(reach), ~is_hidden)
    statement: Select[Any] = (
        matches_given()
        .add_columns(SearchEntry.kind, SearchEntry.subject_id, SearchEntry.title)
        .add_columns(func.substr(SearchEntry.body, 1, WEIGHED).label("body"))
        .join(SearchEntry, SearchEntry.id == entry_number())
        .outerjoin(Idea, Idea.id == SearchEntry.group_id)
    )
    if kind:
        statement = statement.where(SearchEntry.kind == kind)
    if standing is not None:
        statement = statement.where(on_ideas, Idea.standing == standing)
    else:
        action = (
            select(Action.id).where(Action.id == SearchEntry.subject_id, visible_actions(reach)).correlate(SearchEntry)
        )
        statement = statement.where(or_(on_ideas, and_(SearchEntry.kind == "action", action.exists())))
    if is_later:
        statement = statement.where(entry_number() < bindparam("before", type_=BigInteger))
    return statement.order_by(entry_number().desc()).limit(bindparam("most", type_=Integer))


def _points(row: Any, terms: list[str]) -> float:
    """Titles before texts, short texts before long ones."""
    title, body = row.title.split(), row.body.split()
    in_title: int = sum(any(word.startswith(term) for word in title) for term in terms)
    density: float = sum(body.count(term) for term in terms) / (len(body) + 20)
    return 3 * in_title / len(terms) + (2 if row.kind == "idea" else 1) * min(density * 10, 1)


def _hits(rows: Sequence[Any], terms: list[str]) -> list[Hit]:
    wanted: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        wanted[row.kind].append(row.subject_id)
    facts = {
        (kind, fact.id): fact for kind, numbers in wanted.items() for fact in session().execute(_FACTS[kind](numbers))
    }
    return [
        _hit(row.kind, facts[row.kind, row.subject_id], terms) for row in rows if (row.kind, row.subject_id) in facts
    ]


def _hit(kind: str, fact: Any, terms: list[str]) -> Hit:
    return Hit(
        kind=kind,
        subject_id=fact.id,
        idea_id=fact.idea_id,
        title=marked(fact.title, terms, length=200),
        excerpt=marked(markdown_excerpt(fact.words or "", READ), terms),
        said_by=fact.name or fact.author_name,
        at=fact.at,
        standing=fact.standing,
    )


def _of_ideas(numbers: list[int]) -> Select[Any]:
    return (
        select(Idea.id, Idea.id.label("idea_id"), Idea.title, func.substr(Idea.body, 1, READ).label("words"))
        .add_columns(User.name, User.name.label("author_name"), Idea.created_at.label("at"), Idea.standing)
        .join(User, User.id == Idea.proposed_by_id)
        .where(Idea.id.in_(numbers))
    )


def _of_responses(numbers: list[int]) -> Select[Any]:
    return (
        select(Response.id, Response.idea_id, Idea.title, func.substr(Response.message, 1, READ).label("words"))
        .add_columns(User.name, User.name.label("author_name"), Response.answered_at.label("at"), Idea.standing)
        .join(Idea, Idea.id == Response.idea_id)
        .join(User, User.id == Response.answered_by_id)
        .where(Response.id.in_(numbers))
    )


def _of_comments(numbers: list[int]) -> Select[Any]:
    return (
        select(Comment.id, Comment.idea_id, Idea.title, func.substr(Comment.body, 1, READ).label("words"))
        .add_columns(User.name, Comment.author_name, Comment.created_at.label("at"), Idea.standing)
        .select_from(Comment)
        .join(Idea, Idea.id == Comment.idea_id)
        .outerjoin(User, User.id == Comment.author_id)
        .where(Comment.id.in_(numbers))
    )


def _of_actions(numbers: list[int]) -> Select[Any]:
    newest = select(func.max(Progress.id)).where(Progress.action_id == Action.id).correlate(Action).scalar_subquery()
    no_idea: Any = select(Idea.id).where(Idea.id == -1).scalar_subquery()
    no_standing: Any = select(Idea.standing).where(Idea.id == -1).scalar_subquery()
    return (
        select(Action.id, no_idea.label("idea_id"), Action.title, func.substr(Progress.words, 1, READ).label("words"))
        .add_columns(User.name, User.name.label("author_name"), Action.created_at.label("at"))
        .add_columns(no_standing.label("standing"))
        .join(User, User.id == Action.owner_id)
        .outerjoin(Progress, Progress.id == newest)
        .where(Action.id.in_(numbers))
    )


_FACTS = {"idea": _of_ideas, "response": _of_responses, "comment": _of_comments, "action": _of_actions}
