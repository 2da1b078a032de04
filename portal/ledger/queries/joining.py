"""Which suggestions another one can be joined with: those like it, or those that hold certain words."""

from sqlalchemy import ColumnElement

from portal.accounts.models import User
from portal.ledger.models import Idea
from portal.ledger.queries.linking import OFFERED, Linkable, described, sought
from portal.ledger.queries.similar import similar_ideas


def like_to_join(idea: Idea, reader: User) -> list[Linkable]:
    """Those most like it that it can be joined with, the nearest first."""
    like = similar_ideas(idea.title, idea.body, reader, limit=OFFERED, but=idea.id)
    return described((one.id for one in like), reader, {one.id: one.shared for one in like}, *_joinable(idea))


def sought_to_join(idea: Idea, words: str, reader: User) -> list[Linkable]:
    """Those that hold all of these words, or have this number or address, that it can be joined with."""
    return described(sought(words, reader), reader, {}, *_joinable(idea))


def _joinable(idea: Idea) -> list[ColumnElement[bool]]:
    """The conditions that `merge_ideas` asks of the other one."""
    conditions = [
        Idea.id != idea.id,
        Idea.merged_into_id.is_(None),
        Idea.circle_id.is_not_distinct_from(idea.circle_id),
        Idea.ask_id.is_not_distinct_from(idea.ask_id),
        Idea.is_private == idea.is_private,
    ]
    return [*conditions, Idea.proposed_by_id == idea.proposed_by_id] if idea.is_private else conditions
