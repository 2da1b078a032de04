"""Builders of what was heard: accounts and mentions, in batches."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Author, Mention
from portal.makers.models import Person, PersonAuthor, Score
from portal.makers.services import place_mentions, score_people

LONG = "I spent the weekend on a shade for it and wrote down every step, so that you can make one yourself."


def make_author(handle: str, **given: Any) -> Author:
    """An account on a forum."""
    values = {"channel": "forum", "handle": handle, "handle_key": handle.lower(), "name": handle.title()} | given
    author = Author(**values)
    session().add(author)
    session().commit()
    return author


def make_mention(author: Author, *, days: float = 1, **given: Any) -> Mention:
    """Something the account said so many days ago."""
    moment = now()
    number = len(session().scalars(select(Mention.id)).all()) + 1
    values: dict[str, Any] = {
        "channel": author.channel,
        "external_id": f"m{number}",
        "author_id": author.id,
        "kind": "post",
        "text": LONG,
        "created_at": moment - timedelta(days=days),
        "first_seen_at": moment,
        "tone": 0.0,
    }
    mention = Mention(**(values | given))
    session().add(mention)
    session().execute(update(Author).where(Author.id == author.id).values(revision=Author.revision + 1))
    session().commit()
    return mention


def place_and_score(at: datetime | None = None) -> int:
    """What the sweeps do, once."""
    place_mentions()
    scored = score_people(at=at)
    session().commit()
    for row in list(session()):
        if isinstance(row, Person):
            session().refresh(row)
        elif isinstance(row, Score):
            session().expunge(row)
    return scored


def person_of(author: Author) -> Person:
    """The person an account was placed with."""
    rows = select(Person).join(PersonAuthor, PersonAuthor.person_id == Person.id)
    return session().scalars(rows.where(PersonAuthor.author_id == author.id)).one()


def make_person(handle: str, *, mentions: int = 1, **given: Any) -> Person:
    """A person with one account and some scored mentions, one a week."""
    author = make_author(handle)
    for week in range(mentions):
        make_mention(author, days=1 + 7 * week)
    place_and_score()
    person = person_of(author)
    for name, value in given.items():
        setattr(person, name, value)
    session().commit()
    return person
