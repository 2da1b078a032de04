"""The lists of people that were kept, and who is on a frozen one."""

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.foundation.database import session
from portal.makers.models import Person, SavedList, SavedListEntry

PAGE = 50


def lists_with_counts() -> list[tuple[SavedList, int, str]]:
    """Every list by name, with how many a frozen one holds, and who kept it."""
    held = select(func.count()).select_from(Person).where(_is_on(SavedList.id)).scalar_subquery()
    rows = select(SavedList, held, User.name).join(User, User.id == SavedList.made_by_id).order_by(SavedList.name)
    return [(kept, count, name) for kept, count, name in session().execute(rows)]


def kept_list(number: int | None) -> SavedList | None:
    """A list by its number, if there is one."""
    return session().get(SavedList, number) if number else None


def people_of_list(kept: SavedList, *, after: int | None = None) -> tuple[list[Person], int | None]:
    """A page of those on a frozen list by their present score, and the id to go on from."""
    rows = select(Person).where(_is_on(kept.id))
    if after is not None:
        last = select(Person.score).where(Person.id == after).scalar_subquery()
        rows = rows.where(or_(Person.score < last, and_(Person.score == last, Person.id < after)))
    found = list(session().scalars(rows.order_by(Person.score.desc(), Person.id.desc()).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _is_on(list_id: object) -> ColumnElement[bool]:
    """Whether a person is on a frozen list, themselves or by whom they took up since."""
    put, once = aliased(Person), aliased(Person)
    found = func.coalesce(once.merged_into_id, put.merged_into_id, put.id)
    people = (
        select(found)
        .select_from(SavedListEntry)
        .join(put, put.id == SavedListEntry.person_id)
        .outerjoin(once, once.id == put.merged_into_id)
        .where(SavedListEntry.saved_list_id == list_id)
    )
    return Person.id.in_(people)
