"""What lies on the staff's desk: drafts, the list of reasons, what authors said, a late one, and who is away."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.demo.rooms import Record
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Idea, ResponseKind
from portal.ledger.services import (
    Typed,
    add_reason,
    give_new_date,
    keep_answer_draft,
    name_fall_back,
    plan_absence,
    say_whether_it_helped,
)

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

# Suggestion, author, days ago, whether it helped, and what its author said; the last one is open again.
VERDICTS = (
    ("Put a version number on the drawings", "Callum", 178, True, "It did. The spool came too."),
    ("A longer cable, please", "Omar", 161, True, "The chair stands where I wanted it."),
    ("Show the weight limit of the ring", "Matteo", 8, True, ""),
    ("Print the drawing in the box", "Henrik", 6, False,
     "The print by post took three weeks. A sheet of the joints alone would fit the box, and those never change."),
)  # fmt: skip
LATE = "Tell us the flicker numbers"
WHY = "Our meter went away to be calibrated and comes back this week; I should have said so when it left."
# Who is away since this morning, who stands in, and for how many days.
AWAY, STANDS_IN, DAYS_AWAY = "Jonas", "Sam", 8


def desk(record: Record) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """The events of that; every suggestion stands by then."""
    yield record.at(90), lambda: _list_reasons(record)
    for title, by, days_ago, typed in DRAFTS:
        yield record.at(days_ago), lambda t=title, b=by, typed=typed: _keep(record, t, b, typed)  # type: ignore[misc]
    for title, by, days_ago, helped, words in VERDICTS:
        yield record.at(days_ago), lambda t=title, b=by, h=helped, w=words: _judge(record, t, b, h, w)  # type: ignore[misc]
    yield record.at(2.2), lambda: _give_new_date(record)
    yield record.at(0.2), lambda: _leave(record)


def _list_reasons(record: Record) -> None:
    for title, words in REASONS:
        add_reason(title=title, words=words, by=record.user("Sam"))
    name_fall_back(record.user("Rosa"), by=record.user("Sam"))


def _keep(record: Record, title: str, by: str, typed: Typed) -> None:
    keep_answer_draft(_idea(title), typed, by=record.user(by))


def _judge(record: Record, title: str, by: str, helped: bool, words: str) -> None:
    say_whether_it_helped(_idea(title), helped=helped, words=words, by=record.user(by))


def _give_new_date(record: Record) -> None:
    until = config.current().hours.closing(now() + timedelta(days=5))
    give_new_date(_idea(LATE), until=until, words=WHY, by=record.user("Rosa"))


def _leave(record: Record) -> None:
    today, jonas = config.today(), record.user(AWAY)
    until = today + timedelta(days=DAYS_AWAY)
    plan_absence(jonas, from_day=today, until_day=until, stand_in=record.user(STANDS_IN), by=jonas)


def _idea(title: str) -> Idea:
    return session().scalars(select(Idea).where(Idea.title == title, Idea.created_at <= now())).one()
