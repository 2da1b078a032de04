"""The shortlist: people by score, with what a row shows of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, literal_column, or_, select
from sqlalchemy.orm import InstrumentedAttribute, defer

from portal.foundation.clock import now
from portal.foundation.database import UtcDateTime, session
from portal.listening.models import Author, Mention
from portal.makers.models import Person, PersonAuthor, Score, Stage
from portal.makers.queries.acts import scoring_moment
from portal.makers.scoring.rhythm import ACTS, SILENCE

# What shows of the people is kept until a table of this topic changes; see foundation/database/revisions.py.
TOPIC = "makers"
PAGE = 50
QUOTED = 600
SUGGESTIONS = 2
COUNTED = 1_000
# How many people one page looks through for those with what was asked for.
STRETCH = 2_000
NEW_FOR = timedelta(days=7)
_MOMENT = bindparam("moment", type_=UtcDateTime())


class Tab(StrEnum):
    """The parts of the list of people."""

    LIKELY = "likely"
    SHORTLISTED = "shortlisted"
    INVITED = "invited"
    MEMBERS = "members"
    LATER = "later"
    RESTING = "resting"
    NOT_A_FIT = "not-a-fit"
    LEFT_OUT = "left-out"
    CRITICS = "critics"


class Rank(StrEnum):
    """By what people are ranked: their score, its rise within a month, or the score of those new this week."""

    SCORE = "score"
    RISE = "rise"
    NEW = "new"


class Rhythmic(StrEnum):
    """Those who broke a habit: silent after many mentions, or back after such a silence."""

    QUIET = "quiet"
    BACK = "back"


STAGES = {
    Tab.LIKELY: (Stage.WATCHING,),
    Tab.LATER: (Stage.WATCHING,),
    Tab.SHORTLISTED: (Stage.SHORTLISTED,),
    Tab.INVITED: (Stage.INVITED,),
    Tab.MEMBERS: (Stage.MEMBER,),
    Tab.RESTING: (Stage.RESTING,),
    Tab.NOT_A_FIT: (Stage.NOT_A_FIT,),
    Tab.LEFT_OUT: (Stage.OWN_STAFF, Stage.BOT, Stage.OBJECTED),
    Tab.CRITICS: (Stage.WATCHING, Stage.SHORTLISTED, Stage.INVITED, Stage.MEMBER, Stage.RESTING),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the list to show.

    Attributes:
        channel: only those with an account there.
        made: only those who said something of this kind, such as video.
        lang: only those who said something in this language.
        rank: by what they stand; by rise only those who rose.
        rhythm: only those who fell silent, or came back within the last month.
    """

    tab: Tab = Tab.LIKELY
    channel: str | None = None
    made: str | None = None
    lang: str | None = None
    rank: Rank = Rank.SCORE
    rhythm: Rhythmic | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A few of someone's words, and where they stand."""

    id: int
    words: str
    channel: str
    kind: str
    at: datetime
    url: str | None


@dataclass(slots=True)
class PersonRow:
    """One row of the list: the newest score, the accounts as (channel, handle), up to three quotes."""

    person: Person
    score: Score | None = None
    accounts: list[tuple[str, str]] = field(default_factory=list)
    followers: int = 0
    quotes: list[Quote] = field(default_factory=list)

    @property
    def channels(self) -> list[str]:
        """The channels, each once, in order."""
        return list(dict.fromkeys(channel for channel, _ in self.accounts))


Place = tuple[float, int]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """People from the highest score down; `after` is the place to go on from, None at the end.

    `looked_down_to` is the score at which the look ended, when it ended before the page was full.
    """

    people: list[Person]
    after: Place | None
    looked_down_to: float | None = None


def people_page(wanted: Wanted, *, after: Place | None = None) -> PeoplePage:
    """A page of people by score; whoever is rare is looked for among so many at a time."""
    query = _narrowed(select(Person), wanted)
    ranked = _ranked(wanted)
    end = None
    if after is not None:
        query = query.where(_below(ranked, after))
    if wanted.made or wanted.lang or wanted.channel or wanted.rhythm or wanted.rank is Rank.NEW:
        end = _end_of_stretch(wanted, after)
    if end is not None:
        query = query.where(or_(ranked > end[0], and_(ranked == end[0], Person.id >= end[1])))
    query = query.order_by(ranked.desc(), Person.id.desc()).limit(PAGE + 1)
    people = list(session().scalars(query, {"moment": now()}))
    if len(people) > PAGE:
        last = people[PAGE - 1]
        return PeoplePage(people[:PAGE], (last.rise if wanted.rank is Rank.RISE else last.score, last.id))
    return PeoplePage(people, end, end[0] if end else None)


def _ranked(wanted: Wanted) -> InstrumentedAttribute[float]:
    return Person.rise if wanted.rank is Rank.RISE else Person.score


def _below(ranked: InstrumentedAttribute[float], place: Place) -> ColumnElement[bool]:
    points, number = place
    return or_(ranked < points, and_(ranked == points, Person.id < number))


def _end_of_stretch(wanted: Wanted, after: Place | None) -> Place | None:
    """The last person that this page looks at; None when it looks at all that are left."""
    ranked = _ranked(wanted)
    place: Any = select(ranked, Person.id)
    query = _narrowed(place, Wanted(tab=wanted.tab))
    if after is not None:
        query = query.where(_below(ranked, after))
    query = query.order_by(ranked.desc(), Person.id.desc()).offset(STRETCH).limit(1)
    found = session().execute(query, {"moment": now()}).first()
    return (found[0], found[1]) if found else None


def person_rows(people: Iterable[Person]) -> list[PersonRow]:
    """What the list shows of each of these people, in three queries."""
    rows = {person.id: PersonRow(person) for person in people}
    if rows:
        _fill_in(rows)
    return list(rows.values())


def suggestions(people: Iterable[Person]) -> dict[int, list[Quote]]:
    """The newest suggestions of each of these people, at most two, in one query."""
    place = func.row_number().over(
        partition_by=PersonAuthor.person_id, order_by=(Mention.created_at.desc(), Mention.id.desc())
    )
    told = (
        select(PersonAuthor.person_id, Mention.id, place.label("place"))
        .join(Mention, Mention.author_id == PersonAuthor.author_id)
        .where(PersonAuthor.person_id.in_([person.id for person in people]))
        .where(Mention.is_suggestion, Mention.gone_at.is_(None))
        .subquery()
    )
    rows = session().execute(select(told.c.person_id, told.c.id).where(told.c.place <= SUGGESTIONS)).all()
    known = quotes([number for _person_id, number in rows])
    found: dict[int, list[Quote]] = {}
    for person_id, number in rows:
        found.setdefault(person_id, []).append(known[number])
    return {person_id: sorted(each, key=_newest_first, reverse=True) for person_id, each in found.items()}


def _newest_first(quote: Quote) -> tuple[datetime, int]:
    return quote.at, quote.id


def tab_counts() -> dict[Tab, int]:
    """How many people stand in each part of the list, counted to a thousand, in one query."""
    counts = session().execute(_counts(), {"moment": now()}).one()
    return dict(zip(Tab, counts, strict=True))


@lru_cache(maxsize=1)
def _counts() -> Select[Any]:
    parts = (_narrowed(select(literal(1)).select_from(Person), Wanted(tab=tab)).limit(COUNTED) for tab in Tab)
    return select(*(select(func.count()).select_from(part.subquery()).scalar_subquery() for part in parts))


def newest_score(person_ids: Iterable[int]) -> Select[Score]:
    """The newest score of each person, without the long list of contributions."""
    newest = select(func.max(Score.day)).where(Score.person_id == Person.id).correlate(Person).scalar_subquery()
    return (
        select(Score)
        .join(Person, and_(Person.id == Score.person_id, Score.day == newest))
        .where(Person.id.in_(list(person_ids)))
        .options(defer(Score.contributions, raiseload=True))
    )


def quotes(mention_ids: Sequence[int]) -> dict[int, Quote]:
    """The beginnings of several mentions."""
    words = func.coalesce(func.nullif(func.substr(Mention.text, 1, QUOTED), ""), Mention.title, "")
    query = select(Mention.id, words, Mention.channel, Mention.kind, Mention.created_at, Mention.url)
    rows = session().execute(query.where(Mention.id.in_(mention_ids)))
    return {number: Quote(number, *rest) for number, *rest in rows}


def _fill_in(rows: dict[int, PersonRow]) -> None:
    for score in session().scalars(newest_score(rows)):
        rows[score.person_id].score = score
    accounts = (
        select(PersonAuthor.person_id, Author.channel, Author.handle, Author.followers)
        .join(Author, Author.id == PersonAuthor.author_id)
        .where(PersonAuthor.person_id.in_(list(rows)))
        .order_by(PersonAuthor.person_id, Author.id)
    )
    for person_id, channel, handle, followers in session().execute(accounts):
        rows[person_id].accounts.append((channel, handle))
        rows[person_id].followers += followers or 0
    best = {row.person.id: list(row.score.best) for row in rows.values() if row.score}
    known = quotes([number for numbers in best.values() for number in numbers])
    for person_id, numbers in best.items():
        rows[person_id].quotes = [known[number] for number in numbers if number in known]


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    stages = STAGES[wanted.tab]
    query = query.where(Person.stage == stages[0] if len(stages) == 1 else Person.stage.in_(stages))
    query = query.where(Person.merged_into_id.is_(None))
    if wanted.tab is Tab.LIKELY:
        query = query.where(Person.score > 0, or_(Person.later_until.is_(None), Person.later_until <= _MOMENT))
    if wanted.tab is Tab.LATER:
        query = query.where(Person.later_until > _MOMENT)
    if wanted.tab is Tab.CRITICS:
        query = query.where(Person.is_critic)
    query = _noticed(query, wanted)
    if wanted.channel:
        on_channel = exists().where(
            PersonAuthor.person_id == Person.id, Author.id == PersonAuthor.author_id, Author.channel == wanted.channel
        )
        query = query.where(on_channel)
    if wanted.made or wanted.lang:
        said = exists().where(PersonAuthor.person_id == Person.id, Mention.author_id == PersonAuthor.author_id)
        for column, value in ((Mention.kind, wanted.made), (Mention.lang, wanted.lang)):
            said = said.where(column == value) if value else said
        query = query.where(said)
    return query


def _noticed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """Only those of whom something was noticed, as asked for."""
    if wanted.rank is Rank.RISE:
        # Written out, or SQLite would not know that its index of those who rose holds them all.
        query = query.where(Person.rise > literal_column("0"))
    if wanted.rank is Rank.NEW:
        query = query.where(Person.created_at > now() - NEW_FOR)
    if wanted.rhythm is Rhythmic.QUIET:
        query = query.where(Person.acts >= ACTS, Person.last_heard_at <= scoring_moment() - SILENCE)
    if wanted.rhythm is Rhythmic.BACK:
        query = query.where(Person.returned_at > scoring_moment() - SILENCE)
    return query
