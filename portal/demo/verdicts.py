"""What Sam makes of makers and of what was read: verdicts, next steps, labels, and a look back at the score."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select

from portal.demo import words
from portal.demo.rooms import Record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.judgements import Signal
from portal.listening.models import Author, Mention
from portal.listening.services import judge_reading, learn
from portal.listening.services.judging import read_as
from portal.makers.models import Opinion, Person, PersonAuthor
from portal.makers.queries.people import Rank, Tab, Wanted
from portal.makers.scoring.backtest import Truth
from portal.makers.services import judge, keep_in_touch, save_list
from portal.makers.services.backtesting.history import ask_backtest

SHORTLISTED = ("hana_light", "kofimensah", "wenlifolds", "chiarab")
# What comes next, by handle, and in how many days.
NEXT_STEPS = (
    ("hana_light", "Write to her about the winter workshop", 2),
    ("kofimensah", "Ask which of his films we may show", 5),
    ("gretaholm", "Call if the letter has found no answer", 9),
)
# Lists that Sam keeps: the name, what it asks, and whether it is frozen.
LISTS = (
    ("Shown on Instagram", {"tab": "likely", "channel": "instagram"}, False),
    ("On the rise", {"tab": "likely", "rank": "rise"}, False),
    ("Asked in for the winter", {"tab": "shortlisted"}, True),
)
# Readings that somebody has judged, drawn evenly over the year.
JUDGED = 72
# Days ago on which the score is tried, and how far it looks on from there.
LOOKED_BACK, LOOKED_ON = 120, 90
_TONES = (("positive", words.PRAISE), ("negative", words.GRUMBLES), ("neutral", (*words.SUGGESTIONS, *words.ADVICE)))


def verdicts(record: Record) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Who was shortlisted, what comes next with whom, and the question whether the score was right."""
    for handle in SHORTLISTED:
        yield record.at(3.1), lambda handle=handle: _judge(record, handle)  # type: ignore[misc]
    for handle, step, days in NEXT_STEPS:
        yield record.at(2.8), lambda h=handle, s=step, d=days: _plan(record, h, s, d)  # type: ignore[misc]
    for name, asked, is_frozen in LISTS:
        yield record.at(2.5), lambda n=name, a=asked, f=is_frozen: _keep_list(record, n, a, f)  # type: ignore[misc]
    yield record.at(0.5), lambda: _look_back(record)


def judge_readings(record: Record) -> None:
    """Sam went through some readings and said what their authors meant."""
    every = list(session().scalars(select(Mention).order_by(Mention.id)))
    for mention in every[:: max(1, len(every) // JUDGED)][:JUDGED]:
        judge_reading(mention, Signal.TONE, _tone(mention), by=record.user("Sam"), is_drawn=True)
    learn(Signal.TONE)


def person_by(handle: str) -> Person:
    """A person by one of their handles."""
    theirs = select(Person).join(PersonAuthor, PersonAuthor.person_id == Person.id).join(Author)
    return session().scalars(theirs.where(Author.handle == handle)).one()


def _tone(mention: Mention) -> str:
    if mention.is_question:
        return "neutral"
    meant = (tone for tone, sayings in _TONES if any(re.match(_shape(saying), mention.text) for saying in sayings))
    return next(meant, None) or read_as(mention, Signal.TONE)


def _shape(saying: str) -> str:
    return re.escape(saying).replace(re.escape("{lamp}"), ".+")


def _judge(record: Record, handle: str) -> None:
    judge(person_by(handle), Opinion.FIT, note="", by=record.user("Sam"))


def _plan(record: Record, handle: str, step: str, days: int) -> None:
    sam = record.user("Sam")
    on: date = (record.start + timedelta(days=days)).date()
    keep_in_touch(person_by(handle), owner=sam, next_step=step, on=on, by=sam)


def _keep_list(record: Record, name: str, asked: dict[str, str], is_frozen: bool) -> None:
    wanted = Wanted(tab=Tab(asked["tab"]), channel=asked.get("channel"), rank=Rank(asked.get("rank", "score")))
    save_list(name, wanted, asked, is_frozen=is_frozen, by=record.user("Sam"))


def _look_back(record: Record) -> None:
    until = (now() - timedelta(days=LOOKED_BACK)).date()
    ask_backtest(until=until, horizon=LOOKED_ON, truth=Truth.POSITIVE, by=record.user("Sam"))
