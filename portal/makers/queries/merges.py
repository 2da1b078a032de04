"""Who may be one person, who was made one, and what staff mean to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.models import User
from portal.accounts.queries import active_managers
from portal.foundation.database import session
from portal.makers.models import Likeness, Merge, MergeSuggestion, Person, Stage

PAGE = 50
BOARD_CARDS = 12

# The columns of the board, in the order in which one comes to know somebody.
BOARD = (Stage.SHORTLISTED, Stage.INVITED, Stage.MEMBER, Stage.RESTING)


@dataclass(frozen=True, slots=True)
class Column:
    """One stage on the board: its best people, and how many there are in all (counted to a thousand)."""

    stage: Stage
    people: list[Person]
    count: int


def open_suggestions(*, limit: int = PAGE) -> list[MergeSuggestion]:
    """The pairs that wait for a decision, the surest first."""
    one, other = aliased(Person), aliased(Person)
    rows = (
        select(MergeSuggestion)
        .join(one, one.id == MergeSuggestion.person_id)
        .join(other, other.id == MergeSuggestion.other_id)
        .where(MergeSuggestion.decision == Likeness.OPEN, one.merged_into_id.is_(None), other.merged_into_id.is_(None))
        .options(joinedload(MergeSuggestion.person), joinedload(MergeSuggestion.other))
    )
    order = (MergeSuggestion.confidence.desc(), MergeSuggestion.id.desc())
    return list(session().scalars(rows.order_by(*order).limit(limit)))


def suggestions_of(person: Person) -> list[MergeSuggestion]:
    """The pairs of this person that wait for a decision."""
    about = or_(MergeSuggestion.person_id == person.id, MergeSuggestion.other_id == person.id)
    rows = select(MergeSuggestion).where(about, MergeSuggestion.decision == Likeness.OPEN)
    rows = rows.options(joinedload(MergeSuggestion.person), joinedload(MergeSuggestion.other))
    return list(session().scalars(rows.order_by(MergeSuggestion.confidence.desc()).limit(5)))


def merges_into(person: Person) -> list[Merge]:
    """Who was taken up into this person and still is."""
    rows = select(Merge).where(Merge.kept_id == person.id, Merge.undone_at.is_(None))
    return list(session().scalars(rows.options(joinedload(Merge.merged)).order_by(Merge.id)))


def why_taken_up(person: Person) -> dict[int, MergeSuggestion]:
    """What spoke for each merge of this person that was suggested and accepted, by who was taken up."""
    about = or_(MergeSuggestion.person_id == person.id, MergeSuggestion.other_id == person.id)
    rows = session().scalars(select(MergeSuggestion).where(about, MergeSuggestion.decision == Likeness.ACCEPTED))
    return {row.other_id if row.person_id == person.id else row.person_id: row for row in rows if row.evidence}


def keepers() -> list[User]:
    """The staff who can keep in touch with makers."""
    rows = select(User).where(active_managers())
    return list(session().scalars(rows.order_by(User.name, User.id)))


def board() -> list[Column]:
    """The best people of each stage of the board, in two queries."""
    place = func.row_number().over(partition_by=Person.stage, order_by=(Person.score.desc(), Person.id.desc()))
    ranked = (
        select(Person.id, place.label("place"))
        .where(Person.stage.in_(BOARD), Person.merged_into_id.is_(None))
        .subquery()
    )
    best = select(Person).join(ranked, ranked.c.id == Person.id).where(ranked.c.place <= BOARD_CARDS)
    people = list(session().scalars(best.order_by(Person.score.desc(), Person.id.desc())))
    counted = select(Person.stage, func.count()).where(Person.stage.in_(BOARD), Person.merged_into_id.is_(None))
    counts = {row[0]: int(row[1]) for row in session().execute(counted.group_by(Person.stage))}
    return [Column(stage, [each for each in people if each.stage is stage], counts.get(stage, 0)) for stage in BOARD]


def in_touch(
    *, owner: User | None = None, after: tuple[float, int] | None = None
) -> tuple[list[tuple[Person, User | None]], tuple[float, int] | None]:
    """A page of everyone on the board with who keeps in touch, by score, and the place to go on from."""
    rows: Any = select(Person, User).outerjoin(User, User.id == Person.owner_id)
    rows = rows.where(Person.stage.in_(BOARD), Person.merged_into_id.is_(None))
    if owner is not None:
        rows = rows.where(Person.owner_id == owner.id)
    if after is not None:
        points, number = after
        rows = rows.where(or_(Person.score < points, and_(Person.score == points, Person.id < number)))
    found = session().execute(rows.order_by(Person.score.desc(), Person.id.desc()).limit(PAGE + 1))
    people = [(person, user) for person, user in found]
    last = people[PAGE - 1][0] if len(people) > PAGE else None
    return people[:PAGE], (last.score, last.id) if last else None


def steps(*, owner: User | None = None) -> list[tuple[Person, User | None]]:
    """What is to be done next, the soonest first, with who does it."""
    rows: Any = (
        select(Person, User)
        .outerjoin(User, User.id == Person.owner_id)
        .where(Person.next_step_on.isnot(None), Person.merged_into_id.is_(None))
    )
    if owner is not None:
        rows = rows.where(Person.owner_id == owner.id)
    found = session().execute(rows.order_by(Person.next_step_on, Person.id).limit(PAGE))
    return [(person, user) for person, user in found]


def people_of(numbers: Sequence[int | None]) -> list[Person]:
    """These people in this order, each once; one who is not there is left out."""
    wanted = list(dict.fromkeys(number for number in numbers if number is not None))
    found = {person.id: person for person in session().scalars(select(Person).where(Person.id.in_(wanted)))}
    return [found[number] for number in wanted if number in found]


def neighbours(person: Person) -> list[Person]:
    """The people of the same stage whose scores are nearest, to compare with: five above, five below."""
    same = select(Person).where(
        Person.stage == person.stage, Person.id != person.id, Person.merged_into_id.is_(None), Person.score > 0
    )
    above = same.where(Person.score >= person.score).order_by(Person.score, Person.id).limit(5)
    below = same.where(Person.score < person.score).order_by(Person.score.desc(), Person.id.desc()).limit(5)
    return [*reversed(list(session().scalars(above))), *session().scalars(below)]
