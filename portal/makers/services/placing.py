"""Giving each account a person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, exists, func, literal, select

from portal.foundation.clock import now
from portal.foundation.database import count_anew, insert_into, looking, session, transaction
from portal.listening.models import Author
from portal.makers.models import Person, PersonAuthor, Stage
from portal.makers.services.sharing import side_by_side

# A transaction of this size holds the one writer of SQLite for about a second.
ACCOUNTS_PLACED_AT_ONCE = 5_000
MOST_AT_A_TIME = 500_000


def place_mentions(limit: int = 10_000) -> int:
    """Make a person for each account that has none, with a fixed number of statements, and say how many.

    Running twice at once is harmless: a person is unique by the account they were first known by. Muted accounts
    stay unplaced.
    """
    waiting = _waiting(limit)
    if waiting:
        _place(waiting[0], waiting[-1])
    return len(waiting)


def place_everyone() -> int:
    """Place all accounts that have no person, in transactions of their own; says how many.

    Who waits is asked once for many: each question goes through all accounts there are.
    """
    done = 0
    while True:
        with looking():
            waiting = _waiting(MOST_AT_A_TIME)
        chunks = range(0, len(waiting), ACCOUNTS_PLACED_AT_ONCE)
        ends = [(waiting[first], waiting[first : first + ACCOUNTS_PLACED_AT_ONCE][-1]) for first in chunks]
        side_by_side(ends, _place_between)
        done += len(waiting)
        if len(waiting) < MOST_AT_A_TIME:
            break
    if done >= ACCOUNTS_PLACED_AT_ONCE:
        # Whoever scores these people comes next.
        with transaction():
            count_anew(Person, PersonAuthor)
    return done


def _waiting(limit: int) -> list[int]:
    return list(session().scalars(_unplaced(Author.id).order_by(Author.id).limit(limit)))


def _place_between(ids: Sequence[int]) -> None:
    with transaction():
        _place(ids[0], ids[-1])


def _place(first: int, last: int) -> None:
    current = session()
    batch = Author.id.between(first, last)
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
    adding = insert_into(Person).from_select(columns, people).on_conflict_do_nothing()
    columns = ["author_id", "person_id", "scored_revision"]
    if current.connection().dialect.name == "postgresql":
        # In one statement, so that nobody who was just made is looked up again.
        fresh = adding.returning(Person.first_author_id, Person.id).cte("fresh")
        at_home = select(fresh.c.first_author_id, fresh.c.id, literal(0))
        current.execute(insert_into(PersonAuthor).from_select(columns, at_home).on_conflict_do_nothing())
    else:
        current.execute(adding)
    # On PostgreSQL only whoever was a person already, and lost this account, is left.
    homes = select(Person.first_author_id, Person.id, literal(0)).where(
        Person.first_author_id.between(first, last), ~_is_placed(Person.first_author_id)
    )
    current.execute(insert_into(PersonAuthor).from_select(columns, homes).on_conflict_do_nothing())


def _unplaced(*columns: Any) -> Select[Any]:
    return select(*columns).where(~_is_placed(Author.id), Author.muted_at.is_(None))


def _is_placed(author_id: Any) -> Any:
    return exists().where(PersonAuthor.author_id == author_id)
