"""Which suggestions an action could answer too: those like it, or those that hold certain words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, select, true

from portal.accounts.models import User
from portal.foundation.database import session
from portal.foundation.text import markdown_excerpt
from portal.ledger.models import OPEN, Action, Idea, Response, ResponseKind, Standing
from portal.ledger.queries.search import SearchFilter, search_page
from portal.ledger.queries.similar import similar_ideas
from portal.ledger.queries.voices import in_short
from portal.ledger.visibility import reach_of, visible_ideas

# As many as one reads through before pressing the button.
OFFERED = 12
# Beside its own title, what it answers says what else is like it: so many of them are asked.
_ASKED_BY = 3
# A number as it is said, or the address of a page; one that no row can have is looked for as a word.
_NAMED = re.compile(r"(?:#|\S*/ideas/)?([0-9]{1,9})(?:[/?#]\S*)?", re.ASCII)


@dataclass(frozen=True)
class Linkable:
    """A suggestion that can be chosen; `shared` are the words that it has in common with what it is chosen for."""

    id: int
    title: str
    words: str
    said_by: str
    standing: Standing
    votes: int
    answer: str
    answered_by: str
    shared: tuple[str, ...] = ()


def like_action(action: Action, reader: User) -> list[Linkable]:
    """What is most like an action, or like a suggestion that it answers, and is not answered by it; nearest first."""
    answered = select(Idea.title, Idea.body).where(Idea.id.in_(_named_by(action)), visible_ideas(reach_of(reader)))
    asked = [(action.title, ""), *session().execute(answered.order_by(Idea.id).limit(_ASKED_BY))]
    found = [similar_ideas(title, body, reader, limit=OFFERED) for title, body in asked]
    # The nearest to each of them first, then the second nearest.
    by_turns = [one for places in zip_longest(*found) for one in places if one is not None]
    shared = {one.id: one.shared for one in reversed(by_turns)}
    return linkable(action, reader, [one.id for one in by_turns], shared)[:OFFERED]


def open_for_action(action: Action, reader: User) -> list[Linkable]:
    """What is not decided yet and could be answered by it, the newest first."""
    is_open = and_(Idea.standing.in_(OPEN), visible_ideas(reach_of(reader)))
    newest = select(Idea.id).where(is_open).order_by(Idea.id.desc()).limit(2 * OFFERED)
    return linkable(action, reader, session().scalars(newest))[:OFFERED]


def sought_for_action(action: Action, words: str, reader: User) -> list[Linkable]:
    """What holds all of these words and is not answered by the action; a number alone is that suggestion."""
    return linkable(action, reader, sought(words, reader))


def sought(words: str, reader: User) -> list[int]:
    """The suggestion of this number or at this address, and those that hold all of these words."""
    named = _NAMED.fullmatch(words.strip())
    found = search_page(SearchFilter(words=words, kind="idea"), reach_of(reader)).hits
    return [*([int(named[1])] if named else []), *(hit.subject_id for hit in found)]


def linkable(
    action: Action, reader: User, numbers: Iterable[int], shared: Mapping[int, tuple[str, ...]] | None = None
) -> list[Linkable]:
    """Those of these suggestions that this reader may answer by this action, in the order given."""
    mine_to_answer = Idea.proposed_by_id != reader.id
    return described(
        numbers, reader, shared or {}, mine_to_answer, _has_room_for(action), Idea.id.not_in(_answered_by(action))
    )


def chosen_to_link(numbers: Iterable[int], reader: User) -> list[Linkable]:
    """What was chosen, as far as the reader sees it; whether it can be answered so is said when it is sent."""
    return described(numbers, reader, {})


def ideas_to_link(numbers: Iterable[int], reader: User) -> list[Idea]:
    """These suggestions, as far as the reader sees them: what everyone sees first, then in their order."""
    chosen = select(Idea).where(Idea.id.in_(set(numbers)), visible_ideas(reach_of(reader)))
    ideas = session().scalars(chosen.order_by(Idea.id))
    return sorted(ideas, key=lambda idea: (idea.circle_id is not None or idea.is_private, idea.id))


def is_answered_by(idea: Idea, action: Action) -> bool:
    """Whether a suggestion stands where it stands by this action; what its author opened again does not."""
    return session().scalar(_answered_by(action).where(Response.idea_id == idea.id)) is not None


def newest_answer() -> int:
    """The number of the newest answer to anything; 0 before the first."""
    return session().scalar(select(func.max(Response.id))) or 0


def _named_by(action: Action) -> Select[int]:
    return select(Response.idea_id).where(Response.action_id == action.id)


def _answered_by(action: Action) -> Select[int]:
    # An outcome only tells what came of the answer before it.
    newest = (
        select(func.max(Response.id))
        .where(Response.idea_id.in_(_named_by(action)), Response.kind != ResponseKind.OUTCOME)
        .group_by(Response.idea_id)
    )
    settled = select(Idea.id).where(Idea.id == Response.idea_id, Idea.standing.not_in(OPEN)).exists()
    return select(Response.idea_id).where(Response.id.in_(newest), Response.action_id == action.id, settled)


def _has_room_for(action: Action) -> ColumnElement[bool]:
    """The condition on `Idea` that `fits` asks of one."""
    places = session().execute(
        select(Idea.circle_id, Idea.is_private).distinct().where(Idea.id.in_(_named_by(action)))
    ).all()  # fmt: skip
    if not places or any(circle is None and not is_private for circle, is_private in places):
        return true()
    if len(places) > 1:
        return false()
    circle, is_private = places[0]
    return and_(Idea.circle_id.is_not_distinct_from(circle), Idea.is_private == is_private)


def described(
    numbers: Iterable[int], reader: User, shared: Mapping[int, tuple[str, ...]], *conditions: ColumnElement[bool]
) -> list[Linkable]:
    """Those of these suggestions that the reader sees and the conditions hold for, in the order given."""
    wanted = list(dict.fromkeys(numbers))
    rows = session().execute(in_short().where(Idea.id.in_(wanted), visible_ideas(reach_of(reader)), *conditions))
    found = {row.id: _linkable(row, shared.get(row.id, ())) for row in rows}
    return [found[number] for number in wanted if number in found]


def _linkable(row: Any, shared: tuple[str, ...]) -> Linkable:
    return Linkable(
        id=row.id,
        title=row.title,
        words=markdown_excerpt(row.body, 180),
        said_by=row.author,
        standing=row.standing,
        votes=row.votes,
        answer=markdown_excerpt(row.answer or "", 180),
        answered_by=row.answerer or "",
        shared=shared,
    )
