"""The lists of people that were kept, and who is on a frozen one."""

from sqlalchemy import and_, func, or_, select

from portal.foundation.database import session
from portal.makers.models import Person, SavedList, SavedListEntry

PAGE = 50


def lists_with_counts() -> list[tuple[SavedList, int]]:
    """Every list by name, with how many a frozen one holds."""
    held = select(func.count()).where(SavedListEntry.saved_list_id == SavedList.id).scalar_subquery()
    rows = session().execute(select(SavedList, held).order_by(SavedList.name))
    return [(kept, count) for kept, count in rows]


def people_of_list(kept: SavedList, *, after: int | None = None) -> tuple[list[Person], int | None]:
    """A page of those on a frozen list by their present score, and the id to go on from."""
    rows = select(Person).join(SavedListEntry, SavedListEntry.person_id == Person.id)
    rows = rows.where(SavedListEntry.saved_list_id == kept.id)
    if after is not None:
        last = select(Person.score).where(Person.id == after).scalar_subquery()
        rows = rows.where(or_(Person.score < last, and_(Person.score == last, Person.id < after)))
    found = list(session().scalars(rows.order_by(Person.score.desc(), Person.id.desc()).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None
