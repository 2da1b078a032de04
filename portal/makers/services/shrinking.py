"""Forgetting people whom nobody judged: words, names and profiles go, counts, times and links stay."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update

from portal.consent.queries import account_key
from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.channels import channel_name
from portal.listening.models import Author, Mention
from portal.listening.services.keeping import blank, channels_without_traces
from portal.makers.models import MergeSuggestion, Person, PersonAuthor, Score, Stage, Verdict

MARK = "#"
_LOOKED_UP = 500


def held_for() -> timedelta | None:
    """How long the words of someone nobody judged are held; None if for ever."""
    days = config.current().FORGET_DAYS
    return timedelta(days=days) if days else None


def is_unjudged() -> ColumnElement[bool]:
    """Those whom nobody contacted, judged, or took on in any way."""
    judged = exists().where(Verdict.person_id == Person.id)
    return and_(
        Person.stage == Stage.WATCHING,
        Person.owner_id.is_(None),
        Person.next_step == "",
        Person.notes == "",
        Person.merged_into_id.is_(None),
        ~judged,
    )


def shrink_people(limit: int = 500) -> int:
    """Blank at most so many mentions that were held long enough without a verdict, and reduce whoever has none left.

    Says how many mentions and people; 0 means that nothing is left to do.
    """
    held, moment = held_for(), now()
    mentions: list[Mention] = []
    if held is not None:
        over = (
            select(Mention)
            .join(PersonAuthor, PersonAuthor.author_id == Mention.author_id)
            .join(Person, Person.id == PersonAuthor.person_id)
            .where(Mention.gone_at.is_(None), Mention.first_seen_at <= moment - held, is_unjudged())
            .order_by(Mention.first_seen_at, Mention.id)
            .limit(limit)
        )
        mentions = list(session().scalars(over))
        blank(mentions, moment, keeps_links=True)
    people = _left_with_nothing(moment - held if held is not None else None, limit)
    for person in people:
        _reduce(person, moment)
    return len(mentions) + len(people)


def _left_with_nothing(before: datetime | None, limit: int) -> Sequence[Person]:
    """Who was met before a moment and of whom no word is left; where the channel allows no trace, at once."""
    standing = exists().where(
        PersonAuthor.person_id == Person.id, Mention.author_id == PersonAuthor.author_id, Mention.gone_at.is_(None)
    )
    account = exists().where(PersonAuthor.person_id == Person.id, Author.id == PersonAuthor.author_id)
    elsewhere = account.where(Author.channel.not_in(channels_without_traces()))
    over = and_(account, ~elsewhere)
    if before is not None:
        over = or_(over, Person.created_at <= before)
    rows = select(Person).where(over, Person.shrunk_at.is_(None), is_unjudged(), ~standing)
    return session().scalars(rows.order_by(Person.id).limit(limit)).all()


def _reduce(person: Person, moment: datetime) -> None:
    """What is left: a keyed hash for each account, its channel, the counts, times and links of what was heard."""
    accounts = session().scalars(
        select(Author)
        .join(PersonAuthor, PersonAuthor.author_id == Author.id)
        .where(PersonAuthor.person_id == person.id)
    )
    names = []
    for author in accounts:
        key = f"{MARK}{account_key(author.channel, author.handle)}"
        author.handle, author.handle_key = key[:7], key
        author.name = author.url = author.bio = author.external_id = author.followers = None
        names.append(f"{channel_name(author.channel)} {key[:7]}")
    session().flush()
    # Nothing new was heard, so there is nothing to score.
    seen = select(Author.revision).where(Author.id == PersonAuthor.author_id).scalar_subquery()
    session().execute(
        update(PersonAuthor).where(PersonAuthor.person_id == person.id).values(scored_revision=seen),
        execution_options={"synchronize_session": False},
    )
    person.name, person.shrunk_at = (names or [MARK])[0], moment
    person.score, person.rise, person.is_critic = 0.0, 0.0, False
    mine = Score.person_id == person.id
    session().execute(update(Score).where(mine).values(contributions=[], best=[]))
    pairs = or_(MergeSuggestion.person_id == person.id, MergeSuggestion.other_id == person.id)
    session().execute(delete(MergeSuggestion).where(pairs))
    record("person.shrunk", person, by=None)


def recognise_returned() -> int:
    """Give new accounts that are known by their keyed hash alone back to the person whose they are; says how many.

    To be run before new accounts are placed.
    """
    if not session().scalar(select(exists().where(Person.shrunk_at.isnot(None)))):
        return 0
    unplaced = select(Author.id, Author.channel, Author.handle).where(
        ~exists().where(PersonAuthor.author_id == Author.id), Author.muted_at.is_(None)
    )
    waiting = session().execute(unplaced.order_by(Author.id)).all()
    count = 0
    for start in range(0, len(waiting), _LOOKED_UP):
        part = waiting[start : start + _LOOKED_UP]
        keys = {f"{MARK}{account_key(channel, handle)}": number for number, channel, handle in part}
        for known in session().scalars(select(Author).where(Author.handle_key.in_(keys))).all():
            _give_back(known, session().get_one(Author, keys[known.handle_key]))
            count += 1
    return count


def _give_back(known: Author, fresh: Author) -> None:
    names = (
        "handle", "handle_key", "external_id", "name", "url", "followers", "bio", "is_bot", "is_brand", "is_unlisted",
    )  # fmt: skip
    told = {name: getattr(fresh, name) for name in names}
    session().execute(update(Mention).where(Mention.author_id == fresh.id).values(author_id=known.id))
    session().delete(fresh)
    session().flush()
    for name, value in told.items():
        setattr(known, name, value)
    known.revision += 1
    owner = session().get(PersonAuthor, known.id)
    person = session().get(Person, owner.person_id) if owner else None
    if person is not None:
        person.name, person.shrunk_at = known.name or known.handle, None
        record("person.known_again", person, by=None)
    session().flush()
