"""What stands behind one person: accounts, scores over time, each mention with its points, verdicts, moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from heapq import nlargest

from sqlalchemy import String, and_, case, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import defer, joinedload

from portal.accounts.models import User
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Author, Mention, MentionMedia
from portal.makers.models import Person, PersonAuthor, Score, Verdict
from portal.makers.scoring.bars import Contribution

HISTORY = 120
TOP = 50
NEWEST = 12
PAGE = 50


class Order(StrEnum):
    """By what a person's mentions are listed."""

    POINTS = "points"
    CREATE = "create"
    ADVISE = "advise"
    LOVE = "love"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A mention, and what it brought to the score; None where it lies outside of the window."""

    mention: Mention
    contribution: Contribution | None
    pictures: Sequence[MentionMedia] = ()


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Mentions of one person; `after` is the id to go on from, None at the end."""

    items: list[Evidence]
    after: int | None


@dataclass(frozen=True, slots=True)
class Past:
    """Something that was done about a person: when, by whom (None is the product itself), what and why."""

    at: datetime
    by: str | None
    verb: str
    value: str
    words: str


def accounts(person: Person) -> list[Author]:
    """The accounts that are this person's."""
    rows = select(Author).join(PersonAuthor, PersonAuthor.author_id == Author.id)
    return list(session().scalars(rows.where(PersonAuthor.person_id == person.id).order_by(Author.id)))


def accounts_of_each(people: Iterable[int]) -> dict[int, list[Author]]:
    """The accounts of each of these people, in one query."""
    found: dict[int, list[Author]] = {number: [] for number in people}
    rows = select(PersonAuthor.person_id, Author).join(Author, Author.id == PersonAuthor.author_id)
    for number, author in session().execute(rows.where(PersonAuthor.person_id.in_(list(found))).order_by(Author.id)):
        found[number].append(author)
    return found


def scored(person: Person) -> tuple[list[Score], list[Contribution]]:
    """The scores of this person, oldest first, and each mention with the points it brought to the newest."""
    newest = select(func.max(Score.day)).where(Score.person_id == person.id).scalar_subquery()
    lines = case((Score.day == newest, Score.contributions))
    rows = select(Score, lines).where(Score.person_id == person.id).options(defer(Score.contributions, raiseload=True))
    found = session().execute(rows.order_by(Score.day.desc()).limit(HISTORY)).all()
    return [row for row, _lines in found][::-1], [Contribution(*line) for line in (found[0][1] or [] if found else [])]


def contributions(person: Person, day: date) -> list[Contribution]:
    """Each mention with the points it brought to the score of that day."""
    stored = session().scalar(select(Score.contributions).where(Score.person_id == person.id, Score.day == day))
    return [Contribution(*line) for line in stored or []]


def ranked(lines: Sequence[Contribution], order: Order = Order.POINTS) -> list[Contribution]:
    """The contributions, the strongest first; by tone the warmest, without those that have none."""
    if order is Order.LOVE:
        toned = (line for line in lines if line.lift is not None)
        return sorted(toned, key=lambda line: (line.lift or 0.0, line.mention_id), reverse=True)
    if order in {Order.CREATE, Order.ADVISE}:
        name = order.value
        brought = [line for line in lines if getattr(line, name) > 0]
        return sorted(brought, key=lambda line: (getattr(line, name), line.mention_id), reverse=True)
    return sorted(lines, key=_points, reverse=True)


def top_and_newest(
    author_ids: Sequence[int], lines: Sequence[Contribution]
) -> tuple[list[Evidence], list[Evidence], datetime | None]:
    """The fifty strongest mentions, the newest, and when the last of all whose words are held came in."""
    top = [line.mention_id for line in nlargest(TOP, lines, key=_points)]
    newest = select(Mention.id).where(Mention.author_id.in_(author_ids))
    newest = newest.order_by(Mention.created_at.desc(), Mention.id.desc()).limit(NEWEST)
    held = select(func.max(Mention.first_seen_at)).where(Mention.author_id.in_(author_ids), Mention.gone_at.is_(None))
    rows = select(Mention, held.scalar_subquery()).where(or_(Mention.id.in_(top), Mention.id.in_(newest)))
    held_since: datetime | None = None
    found: dict[int, Mention] = {}
    for mention, held_since in session().execute(rows):  # noqa: B007 - the same in each row
        found[mention.id] = mention
    points = {line.mention_id: line for line in lines}
    latest = sorted(found.values(), key=lambda mention: (mention.created_at, mention.id), reverse=True)[:NEWEST]
    shown = pictures(list(found))
    return (
        [Evidence(found[number], points[number], shown.get(number, ())) for number in top if number in found],
        [Evidence(mention, points.get(mention.id), shown.get(mention.id, ())) for mention in latest],
        held_since,
    )


def pictures(mention_ids: Sequence[int]) -> dict[int, list[MentionMedia]]:
    """The pictures that are kept of these mentions, in their order; none of words that were blanked."""
    rows = select(MentionMedia).where(MentionMedia.mention_id.in_(mention_ids), MentionMedia.key.isnot(None))
    rows = rows.options(joinedload(MentionMedia.mention)).order_by(MentionMedia.mention_id, MentionMedia.place)
    found: dict[int, list[MentionMedia]] = {}
    moment = now()
    for media in session().scalars(rows):
        if media.is_shown(moment):
            found.setdefault(media.mention_id, []).append(media)
    return found


def evidence_page(
    author_ids: Sequence[int], lines: Sequence[Contribution], order: Order, *, after: int | None = None
) -> EvidencePage:
    """A page of one person's mentions in the order asked for."""
    if order is Order.NEWEST:
        return _newest_page(author_ids, lines, after)
    ordered = ranked(lines, order)
    start = next((place for place, line in enumerate(ordered, 1) if line.mention_id == after), 0)
    shown = ordered[start : start + PAGE]
    rows = session().scalars(select(Mention).where(Mention.id.in_([line.mention_id for line in shown])))
    found = {mention.id: mention for mention in rows}
    seen = pictures(list(found))
    items = [
        Evidence(found[line.mention_id], line, seen.get(line.mention_id, ()))
        for line in shown
        if line.mention_id in found
    ]
    return EvidencePage(items, shown[-1].mention_id if len(ordered) > start + PAGE else None)


def past(person: Person) -> list[Past]:
    """What staff said of a person and the stages they went through, the newest first."""
    verb, stage, why = literal("judged"), AuditEntry.after["stage"].as_string(), AuditEntry.after["why"].as_string()
    said = select(
        Verdict.judged_at.label("at"), User.name, verb, cast(Verdict.opinion, String), Verdict.note, Verdict.id
    ).join(User, User.id == Verdict.judged_by_id)
    moved = (
        select(
            AuditEntry.at, User.name, literal("moved"), func.coalesce(stage, ""), func.coalesce(why, ""), AuditEntry.id
        )
        .outerjoin(User, User.id == AuditEntry.by_id)
        .where(AuditEntry.subject_table == Person.__tablename__, AuditEntry.subject_id == person.id)
        .where(AuditEntry.verb == "person.moved")
    )
    both = union_all(said.where(Verdict.person_id == person.id), moved).subquery()
    # A verdict and the move that follows from it bear one moment: the move stands above.
    columns = list(both.columns)
    rows = select(*columns[:5]).order_by(columns[0].desc(), columns[2].desc(), columns[5].desc()).limit(PAGE)
    return [Past(*row) for row in session().execute(rows)]


def _points(line: Contribution) -> tuple[float, int]:
    return line.create + line.advise, line.mention_id


def _newest_page(author_ids: Sequence[int], lines: Sequence[Contribution], after: int | None) -> EvidencePage:
    points = {line.mention_id: line for line in lines}
    query = select(Mention).where(Mention.author_id.in_(author_ids))
    if after is not None:
        last = select(Mention.created_at).where(Mention.id == after).scalar_subquery()
        query = query.where(or_(Mention.created_at < last, and_(Mention.created_at == last, Mention.id < after)))
    query = query.order_by(Mention.created_at.desc(), Mention.id.desc()).limit(PAGE + 1)
    rows = list(session().scalars(query))
    seen = pictures([mention.id for mention in rows[:PAGE]])
    items = [Evidence(mention, points.get(mention.id), seen.get(mention.id, ())) for mention in rows[:PAGE]]
    return EvidencePage(items, rows[PAGE - 1].id if len(rows) > PAGE else None)
