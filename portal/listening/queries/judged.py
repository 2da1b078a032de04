"""Reading what people judged, and what was learned from it."""

import random

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, undefer

from portal.foundation.database import session
from portal.listening.judgements import Judgement, LearnedModel, Signal
from portal.listening.models import Author, Mention


def standing_judgements(mention_id: int, signal: Signal) -> list[Judgement]:
    """What was said of a signal of this mention and not taken back; one at most, unless two said it at once."""
    rows = select(Judgement).where(Judgement.mention_id == mention_id, _stands(signal)).order_by(Judgement.id)
    return list(session().scalars(rows))


def standing_labels(signal: Signal, *, limit: int) -> list[Judgement]:
    """The newest judgements that stand, with their mentions."""
    rows = select(Judgement).where(_stands(signal)).options(joinedload(Judgement.mention))
    return list(session().scalars(rows.order_by(Judgement.id.desc()).limit(limit)))


def label_counts() -> dict[Signal, tuple[int, int]]:
    """For each signal how many labels stand, and how many of them were drawn at random."""
    counted = (
        select(Judgement.signal, Judgement.is_drawn, func.count().label("found"))
        .where(Judgement.undone_at.is_(None))
        .group_by(Judgement.signal, Judgement.is_drawn)
    )
    found: dict[Signal, tuple[int, int]] = {}
    for row in session().execute(counted):
        total, drawn = found.get(row.signal, (0, 0))
        found[row.signal] = (total + row.found, drawn + (row.found if row.is_drawn else 0))
    return found


def label_pairs() -> dict[Signal, dict[tuple[str, str], int]]:
    """For each signal how often people said the first where the second had been read, of labels that stand."""
    counted = (
        select(Judgement.signal, Judgement.value, Judgement.was, func.count().label("found"))
        .where(Judgement.undone_at.is_(None))
        .group_by(Judgement.signal, Judgement.value, Judgement.was)
    )
    found: dict[Signal, dict[tuple[str, str], int]] = {}
    for row in session().execute(counted):
        found.setdefault(row.signal, {})[row.value, row.was] = row.found
    return found


def newest_judgement(signal: Signal) -> int | None:
    """The id of the newest judgement that stands."""
    return session().scalars(select(func.max(Judgement.id)).where(_stands(signal))).one()


def learned_models(signal: Signal | None = None) -> list[LearnedModel]:
    """What was learned, the newest first."""
    rows = select(LearnedModel).order_by(LearnedModel.id.desc())
    return list(session().scalars(rows.where(LearnedModel.signal == signal) if signal else rows))


def models_on() -> list[LearnedModel]:
    """The models that are switched on."""
    return list(session().scalars(select(LearnedModel).where(LearnedModel.is_on).order_by(LearnedModel.id)))


def model_with_weights(number: int) -> LearnedModel:
    """A model and its weights."""
    rows = select(LearnedModel).where(LearnedModel.id == number).options(undefer(LearnedModel.weights))
    return session().scalars(rows).one()


def unfinished_rereading() -> LearnedModel | None:
    """A model whose switching on or off is not yet seen in all stored mentions."""
    rows = select(LearnedModel).where(LearnedModel.reread_to.isnot(None)).order_by(LearnedModel.id).limit(1)
    return session().scalars(rows).one_or_none()


def draw_unjudged(signal: Signal) -> Mention | None:
    """A mention at random on which nobody has said anything; None if there is none after the place drawn."""
    last = session().scalars(select(func.max(Mention.id))).one()
    if not last:
        return None
    # Not a secret, only a place to begin looking at.
    place = random.randint(1, last)  # noqa: S311
    judged = select(Judgement.id).where(Judgement.mention_id == Mention.id, _stands(signal)).exists()
    rows = (
        select(Mention)
        .join(Mention.author)
        .where(Author.muted_at.is_(None), or_(Mention.text != "", Mention.title.isnot(None)), ~judged)
        .options(joinedload(Mention.author))
        .limit(1)
    )
    found = session().scalars(rows.where(Mention.id >= place).order_by(Mention.id)).one_or_none()
    return found or session().scalars(rows.where(Mention.id < place).order_by(Mention.id.desc())).one_or_none()


def _stands(signal: Signal) -> ColumnElement[bool]:
    return (Judgement.signal == signal) & Judgement.undone_at.is_(None)
