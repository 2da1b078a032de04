"""Giving each account a person."""

from typing import Any

from sqlalchemy import Select, case, exists, func, literal, select

from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.listening.models import Author
from portal.makers.models import Person, PersonAuthor, Stage


def place_mentions(limit: int = 10_000) -> int:
    """Make a person for each account that has none, with a fixed number of statements, and say how many.

    Running twice at once is harmless: a person is unique by the account they were first known by. Muted accounts
    stay unplaced.
    """
    current = session()
    waiting = list(current.scalars(_unplaced(Author.id).order_by(Author.id).limit(limit)))
    if not waiting:
        return 0
    batch = Author.id.between(waiting[0], waiting[-1])
    people = _unplaced(
        func.coalesce(func.nullif(func.trim(Author.name), ""), Author.handle),
        case(
            (Author.is_brand, literal(Stage.OWN_STAFF, Person.stage.type)),
            (Author.is_bot, literal(Stage.BOT, Person.stage.type)),
            else_=literal(Stage.WATCHING, Person.stage.type),
        ),
        literal(0.0),
        literal(False),
        literal(""),
        literal(now(), Person.created_at.type),
        Author.id,
    ).where(batch)
    columns = ["name", "stage", "score", "is_critic", "notes", "created_at", "first_author_id"]
    current.execute(insert_into(Person).from_select(columns, people).on_conflict_do_nothing())
    homes = select(Person.first_author_id, Person.id, literal(0)).where(
        Person.first_author_id.between(waiting[0], waiting[-1]), ~_is_placed(Person.first_author_id)
    )
    columns = ["author_id", "person_id", "scored_revision"]
    current.execute(insert_into(PersonAuthor).from_select(columns, homes).on_conflict_do_nothing())
    return len(waiting)


def _unplaced(*columns: Any) -> Select[Any]:
    return select(*columns).where(~_is_placed(Author.id), Author.muted_at.is_(None))


def _is_placed(author_id: Any) -> Any:
    return exists().where(PersonAuthor.author_id == author_id)
