"""The answers that lie on the staff's desk: drafts that nobody has published, and the list of reasons."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import select

from portal.demo.rooms import Record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Idea, ResponseKind
from portal.ledger.services import Typed, add_reason, keep_answer_draft, name_fall_back

# Title, and the words that an explanation begins with.
REASONS = (
    ("The batch is too large", "The smallest batch that our supplier makes is larger than what we sell in a year."),
    ("It did not last", "Whatever sits near the bulb has to last a thousand hours in our heat test, and this did not."),
    ("It would end with us", "We add nothing to a lamp that stops working on the day on which we do."),
)
# Suggestion, writer, days ago, and what was typed; the last one is not ready.
DRAFTS = (
    ("A pattern library with a search", "Sam", 1.2, Typed(
        ResponseKind.ACTION,
        "We build it, beginning with the 40 patterns that are asked for most. Ruth's years of practice become a field.",
        title="A pattern library with a search",
        words="The people of the forum sent us the list; the fields are being settled with Ruth.",
    )),
    ("Say which bulb a shade was photographed with", "Sam", 1.1, Typed(
        ResponseKind.QUESTION,
        "The list is here: it names the bulb, its warmth and the distance. Would the first two do for you?",
    )),
    ("Tell us the flicker numbers", "Rosa", 0.9, Typed(
        ResponseKind.ACTION,
        "We measure all lamps at 100 Hz and print what we find, whatever it is.",
    )),
)  # fmt: skip


def desk(record: Record) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """The events of that; every suggestion stands by then."""
    yield record.at(90), lambda: _list_reasons(record)
    for title, by, days_ago, typed in DRAFTS:
        yield record.at(days_ago), lambda t=title, b=by, typed=typed: _keep(record, t, b, typed)  # type: ignore[misc]


def _list_reasons(record: Record) -> None:
    for title, words in REASONS:
        add_reason(title=title, words=words, by=record.user("Sam"))
    name_fall_back(record.user("Rosa"), by=record.user("Sam"))


def _keep(record: Record, title: str, by: str, typed: Typed) -> None:
    idea = session().scalars(select(Idea).where(Idea.title == title, Idea.created_at <= now())).one()
    keep_answer_draft(idea, typed, by=record.user(by))
