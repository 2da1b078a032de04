"""What was found, as the search shows it: where it stands, who said it, and the words that were looked for in it."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, String, Text, bindparam, cast, func, literal, null, select, union_all

from portal.accounts.models import User
from portal.foundation.database import session
from portal.foundation.search import READ_CHARS, Asked, marked
from portal.foundation.text import markdown_excerpt
from portal.ledger.models import Action, ActionStage, AuthorWord, Comment, Idea, Progress, Response, Standing
from portal.ledger.queries.voices import said_by

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Hit:
    """One row that was found; `title` and `excerpt` are pieces of text with whether each is marked.

    Attributes:
        standing: where the suggestion stands; None for an action, which has a `stage`.
        language: of the excerpt, where an answer was given in several.
    """

    kind: str
    subject_id: int
    idea_id: int | None
    title: Pieces
    excerpt: Pieces
    said_by: str
    at: datetime
    standing: Standing | None = None
    stage: ActionStage | None = None
    language: str | None = None


def hits_of(rows: Sequence[Any], wanted: Asked) -> list[Hit]:
    """These entries of the index in their order, in one statement; what is gone meanwhile is left out."""
    numbers: dict[str, list[int]] = {kind: [] for kind in _KINDS}
    for row in rows:
        numbers[row.kind].append(row.subject_id)
    facts: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for fact in session().execute(_FACTS, numbers) if rows else ():
        facts[fact.kind, fact.id].append(fact)
    return [_hit(facts[key], wanted) for key in ((row.kind, row.subject_id) for row in rows) if key in facts]


def _hit(facts: list[Any], wanted: Asked) -> Hit:
    """One hit; of an action there are as many facts as it has entries."""
    newest = max(facts, key=lambda fact: fact.entry or 0)
    excerpt, language = _excerpt(facts, wanted)
    return Hit(
        kind=newest.kind,
        subject_id=newest.id,
        idea_id=newest.idea_id,
        title=marked(newest.title, wanted, length=200),
        excerpt=excerpt,
        said_by=newest.name or newest.author_name,
        at=newest.at,
        standing=Standing(newest.standing) if newest.standing else None,
        stage=ActionStage(newest.stage) if newest.stage else None,
        language=language,
    )


def _excerpt(facts: list[Any], wanted: Asked) -> tuple[Pieces, str | None]:
    """From what holds most of the words: of an answer one language, of an action one entry; the newest of several."""
    excerpts = [(marked(markdown_excerpt(words, READ_CHARS), wanted), language) for words, language in _texts(facts)]
    return max(excerpts, key=lambda one: len({text.casefold() for text, is_marked in one[0] if is_marked}))


def _texts(facts: list[Any]) -> Iterator[tuple[str, str | None]]:
    for fact in sorted(facts, key=lambda fact: -(fact.entry or 0)):
        yield fact.words or "", fact.language
        for language, words in (json.loads(fact.others) if fact.others else {}).items():
            yield words, language


def _numbers(kind: str) -> Any:
    return bindparam(kind, expanding=True)


def _read(words: Any) -> Any:
    return func.substr(words, 1, READ_CHARS).label("words")


def _nothing(type_: Any, name: str) -> Any:
    return cast(null(), type_).label(name)


_NO_STAGE = (_nothing(String, "stage"), _nothing(Integer, "entry"))
_ONE_LANGUAGE = (_nothing(String, "language"), _nothing(Text, "others"))


def _of_ideas() -> Select[Any]:
    return (
        select(literal("idea").label("kind"), Idea.id, Idea.id.label("idea_id"), Idea.title, _read(Idea.body))
        .add_columns(said_by().label("name"), User.name.label("author_name"), Idea.created_at.label("at"))
        .add_columns(cast(Idea.standing, String).label("standing"), *_NO_STAGE, *_ONE_LANGUAGE)
        .join(User, User.id == Idea.proposed_by_id)
        .where(Idea.id.in_(_numbers("idea")))
    )


def _of_responses() -> Select[Any]:
    return (
        select(literal("response"), Response.id, Response.idea_id, Idea.title, _read(Response.message))
        .add_columns(User.name, User.name, Response.answered_at, cast(Idea.standing, String), *_NO_STAGE)
        .add_columns(Response.language, cast(Response.in_languages, Text))
        .join(Idea, Idea.id == Response.idea_id)
        .join(User, User.id == Response.answered_by_id)
        .where(Response.id.in_(_numbers("response")))
    )


def _of_words() -> Select[Any]:
    return (
        select(literal("word"), AuthorWord.id, AuthorWord.idea_id, Idea.title, _read(AuthorWord.words))
        .add_columns(said_by(), User.name, AuthorWord.said_at, cast(Idea.standing, String), *_NO_STAGE, *_ONE_LANGUAGE)
        .join(Idea, Idea.id == AuthorWord.idea_id)
        .join(User, User.id == Idea.proposed_by_id)
        .where(AuthorWord.id.in_(_numbers("word")))
    )


def _of_comments() -> Select[Any]:
    return (
        select(literal("comment"), Comment.id, Comment.idea_id, Idea.title, _read(Comment.body))
        .add_columns(User.name, Comment.author_name, Comment.created_at, cast(Idea.standing, String))
        .add_columns(*_NO_STAGE, *_ONE_LANGUAGE)
        .select_from(Comment)
        .join(Idea, Idea.id == Comment.idea_id)
        .outerjoin(User, User.id == Comment.author_id)
        .where(Comment.id.in_(_numbers("comment")))
    )


def _of_actions() -> Select[Any]:
    return (
        select(literal("action"), Action.id, _nothing(Integer, "idea_id"), Action.title, _read(Progress.words))
        .add_columns(User.name, User.name, Action.created_at, _nothing(String, "standing"))
        .add_columns(cast(Progress.stage, String), Progress.id, *_ONE_LANGUAGE)
        .join(User, User.id == Action.owner_id)
        .outerjoin(Progress, Progress.action_id == Action.id)
        .where(Action.id.in_(_numbers("action")))
    )


_KINDS = ("idea", "response", "word", "comment", "action")
# Built once, since that takes longer than running it; one statement, whatever was found.
_FACTS = union_all(_of_ideas(), _of_responses(), _of_words(), _of_comments(), _of_actions())
