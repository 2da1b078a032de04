"""What is noticed about people once they are scored: how the score moved, who fell silent, and who came back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from sqlalchemy import func, or_, select, update

from portal.foundation.database import session
from portal.listening.models import Mention
from portal.makers.models import Person, PersonAuthor, Score
from portal.makers.queries.acts import STREAMED, scoring_moment
from portal.makers.scoring.rhythm import MONTH, Rhythm, rhythm_of

_LOOK_BACK = timedelta(days=92)
# Scores that were written earlier may become visible later, when two workers score.
_SLACK = timedelta(hours=1)


def notice_people(limit: int = 2_000) -> int:
    """Look at most at this many people who were scored since they were last looked at; 0 means none is left."""
    since = select(func.max(Person.noticed_at)).scalar_subquery()
    newest = session().scalar(select(since))
    due = select(Person.id, Person.scored_at).where(Person.scored_at.isnot(None))
    if newest is not None:
        due = due.where(Person.scored_at >= newest - _SLACK)
    due = due.where(or_(Person.noticed_at.is_(None), Person.noticed_at < Person.scored_at))
    found = session().execute(due.order_by(Person.scored_at, Person.id).limit(limit)).all()
    if not found:
        return 0
    people = [number for number, _at in found]
    rhythms = _rhythms(people, scoring_moment())
    rises = _rises(people)
    rows = [_row(number, at, rhythms.get(number, Rhythm()), rises.get(number, 0.0)) for number, at in found]
    session().execute(update(Person), rows)
    return len(found)


def _row(number: int, at: datetime | None, rhythm: Rhythm, rise: float) -> dict[str, Any]:
    return {
        "id": number,
        "acts": rhythm.acts,
        "last_heard_at": rhythm.last,
        "returned_at": rhythm.returned_at,
        "silent_days": rhythm.silent_days,
        "rise": rise,
        "noticed_at": at,
    }


def _rhythms(people: Sequence[int], moment: datetime) -> dict[int, Rhythm]:
    times = (
        select(PersonAuthor.person_id, Mention.created_at)
        .join(Mention, Mention.author_id == PersonAuthor.author_id)
        .where(PersonAuthor.person_id.in_(people), Mention.created_at <= moment)
        .order_by(PersonAuthor.person_id, Mention.created_at)
    )
    rows = session().connection().execute(times, execution_options={"yield_per": STREAMED})
    return {number: rhythm_of(at for _number, at in group) for number, group in groupby(rows, key=itemgetter(0))}


def _rises(people: Sequence[int]) -> dict[int, float]:
    """By how much each score rose within a month; the change since the score before is kept with each score row.

    Only scores by the same weights are held against each other, or a new formula would look like a rise of everyone.
    """
    newest = select(func.max(Score.day)).where(Score.person_id.in_(people)).scalar_subquery()
    day = session().scalar(select(newest))
    if day is None:
        return {}
    rows = select(Score.person_id, Score.id, Score.day, Score.total, Score.change, Score.version)
    rows = rows.where(Score.person_id.in_(people), Score.day >= day - _LOOK_BACK)
    rises: dict[int, float] = {}
    changes: list[dict[str, Any]] = []
    for number, group in groupby(session().execute(rows.order_by(Score.person_id, Score.day)), key=itemgetter(0)):
        scores = [(score_id, on, total, change, version) for _number, score_id, on, total, change, version in group]
        rises[number] = _rise([(on, total) for _id, on, total, _c, version in scores if version == scores[-1][4]])
        for before, (score_id, _on, total, change, _version) in pairwise(scores):
            moved = round(total - before[2], 6)
            if change != moved:
                changes.append({"id": score_id, "change": moved})
    if changes:
        session().execute(update(Score), changes)
    return rises


def _rise(scores: Sequence[tuple[date, float]]) -> float:
    newest, total = scores[-1]
    before = [points for on, points in scores if on <= newest - MONTH]
    return round(total - (before[-1] if before else scores[0][1]), 6)
