"""What the score reads: who is due, whose accounts they are, and their mentions as slim rows."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Integer, Select, String, and_, case, false, func, or_, select, true, type_coerce
from sqlalchemy.orm import aliased

from portal.foundation.clock import now
from portal.foundation.database import among, session
from portal.foundation.text import fold
from portal.listening.models import Author, Match, Mention, Tracker, TrackerKind
from portal.makers.models import Person, PersonAuthor
from portal.makers.queries.channels import may_count
from portal.makers.scoring.reading import DAYS_OF_MONTH, Act, Addressee
from portal.makers.scoring.weights import WEIGHTS

RESCORE_AFTER = timedelta(days=7)
# Whose finds speak of the brand.
_OURS = frozenset({TrackerKind.BRAND, TrackerKind.OPPORTUNITY})
AN_ARCHIVE_IS_OLDER_THAN = timedelta(days=31)
STREAMED = 5_000


@dataclass(slots=True)
class Accounts:
    """What the accounts of one person say together.

    Attributes:
        seen: for each account the revision that the score has seen, and the present one.
    """

    seen: dict[int, tuple[int, int]] = field(default_factory=dict)
    handles: set[str] = field(default_factory=set)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    followers: int = 0
    is_brand: bool = False
    is_bot: bool = False


def scoring_moment() -> datetime:
    """The moment that scores are for: now, or the newest mention of a record that ended over a month ago.

    An archive that was imported is read as of its last day, since nothing in it can be known of the time after.
    """
    moment = now()
    newest = session().scalar(select(func.max(Mention.created_at)).where(Mention.created_at <= moment))
    return newest if newest is not None and moment - newest > AN_ARCHIVE_IS_OLDER_THAN else moment


def brand_accounts() -> tuple[set[int], set[str]]:
    """The ids and the folded handles of the brand's own accounts."""
    rows = session().execute(select(Author.id, Author.handle_key).where(Author.is_brand)).all()
    return {number for number, _ in rows}, {bare_handle(handle) for _, handle in rows}


def people_to_score(limit: int) -> list[int]:
    """People with something new, then those whose score is a week old and has faded since, by id."""
    changed = (
        select(PersonAuthor.person_id)
        .join(Author, Author.id == PersonAuthor.author_id)
        .where(Author.revision != PersonAuthor.scored_revision)
        .order_by(PersonAuthor.person_id)
        .limit(limit)
    )
    found = dict.fromkeys(session().scalars(changed))
    if len(found) < limit:
        faded = select(Person.id).where(Person.scored_at < now() - RESCORE_AFTER, Person.score > 0)
        found |= dict.fromkeys(session().scalars(faded.order_by(Person.scored_at, Person.id).limit(limit - len(found))))
    return sorted(found)


def accounts_of(person_ids: Collection[int]) -> dict[int, Accounts]:
    """The accounts of several people in one query."""
    found = {person_id: Accounts() for person_id in person_ids}
    rows = (
        select(
            PersonAuthor.person_id,
            Author.id,
            PersonAuthor.scored_revision,
            Author.revision,
            Author.channel,
            Author.handle,
            Author.followers,
            Author.is_brand,
            Author.is_bot,
        )
        .join(Author, Author.id == PersonAuthor.author_id)
        .where(among(PersonAuthor.person_id, person_ids))
    )
    for person_id, author_id, scored, revision, channel, handle, followers, is_brand, is_bot in session().execute(rows):
        accounts = found[person_id]
        accounts.seen[author_id] = scored, revision
        accounts.handles.add(bare_handle(handle))
        accounts.pairs.append((channel, handle))
        accounts.followers += followers or 0
        accounts.is_brand |= is_brand
        accounts.is_bot |= is_bot
    return found


def seen_now(person_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """For each person's accounts the revision that the score has seen; they stay as they are until we are done."""
    rows = select(PersonAuthor.person_id, PersonAuthor.author_id, PersonAuthor.scored_revision)
    # In one order, so that two who score the same people wait for each other instead of locking each other out.
    rows = rows.where(among(PersonAuthor.person_id, person_ids))
    rows = rows.order_by(PersonAuthor.person_id, PersonAuthor.author_id)
    found: dict[int, dict[int, int]] = {}
    for person_id, author_id, revision in session().execute(rows.with_for_update(key_share=True)):
        found.setdefault(person_id, {})[author_id] = revision
    return found


def acts_of(
    accounts: Mapping[int, Accounts], *, at: datetime, brand: tuple[set[int], set[str]], until: datetime | None = None
) -> Iterator[tuple[int, list[Act]]]:
    """Each person with their mentions of the window, oldest first; the rows are streamed, and one account is held.

    Of people with several accounts all are held; they come last.

    Args:
        accounts: of each person.
        at: the moment the score is for; the window ends here.
        brand: the ids and handles of the brand's own accounts.
        until: leave out what was said later, for a look at the past.
    """
    homes = {author_id: person_id for person_id, each in accounts.items() for author_id in each.seen}
    # Straight from the connection: half a million rows have no use for the ORM's bookkeeping.
    connection = session().connection()
    rows = connection.execute(_mentions(list(homes), at, until), execution_options={"yield_per": STREAMED})
    several: dict[int, list[Act]] = {}
    for author_id, group in groupby(rows, key=itemgetter(0)):
        person_id = homes[author_id]
        acts = [_act(row, accounts[person_id], brand) for row in group]
        if len(accounts[person_id].seen) == 1:
            yield person_id, acts
        else:
            several.setdefault(person_id, []).extend(acts)
    for person_id, acts in several.items():
        yield person_id, sorted(acts, key=attrgetter("at"))


def bare_handle(handle: str) -> str:
    """A handle for comparing: folded, without the at sign."""
    return fold(handle).lstrip("@")


def _mentions(author_ids: Collection[int], at: datetime, until: datetime | None) -> Select[Any]:
    parent = aliased(Mention)
    # One number for who is answered and whether that asked; the limit keeps PostgreSQL at looking each up by its
    # index, for in place of that it would read all mentions for every thousand people.
    answered = (
        select(parent.author_id * 2 + case((parent.is_question, 1), else_=0))
        .where(
            parent.channel == Mention.channel,
            parent.origin_host == Mention.origin_host,
            parent.external_id == Mention.parent_id,
        )
        .limit(1)
        .scalar_subquery()
    )
    since = at - timedelta(days=WEIGHTS.window * DAYS_OF_MONTH)
    # Words that are not held any more keep their count, or a score would fall with them.
    length: Any = func.coalesce(func.nullif(func.length(Mention.text), 0), Mention.blanked_chars, 0)
    return (
        select(
            Mention.author_id,
            Mention.id,
            Mention.channel,
            Mention.kind,
            # As the driver gives them: `_act` makes the moment, and flags of 0 and 1 are as good as any.
            type_coerce(Mention.created_at, String),
            length,
            type_coerce(Mention.is_copy, Integer),
            Mention.tone,
            type_coerce(Mention.is_question, Integer),
            type_coerce(Mention.is_suggestion, Integer),
            type_coerce(Mention.is_creation, Integer),
            _is_about().label("is_about"),
            Mention.parent_author,
            case((Mention.parent_id.isnot(None), answered)),
        )
        .where(
            among(Mention.author_id, author_ids),
            Mention.created_at > since,
            true() if until is None else Mention.created_at <= until,
            may_count(),
        )
        .order_by(Mention.author_id, Mention.created_at)
    )


def _is_about() -> Any:
    """Whether a mention counts as one of the brand: found by a tracker, or from a file that was given to us whole.

    What only a rival's tracker found is no mention of the brand, nor is what holds muted words.
    """
    every = session().execute(select(Tracker.id, Tracker.kind)).all()
    if not any(kind in _OURS for _number, kind in every):
        return true()
    ours = _found_by([number for number, kind in every if kind in _OURS])
    others = [number for number, kind in every if kind not in _OURS]
    if not others:
        return or_(Mention.import_id.isnot(None), ours)
    return or_(and_(Mention.import_id.isnot(None), ~_found_by(others)), ours)


def _found_by(trackers: Collection[int]) -> Any:
    # With a limit, as above: PostgreSQL may answer a plain EXISTS by reading all matches there are.
    found = select(true()).where(Match.mention_id == Mention.id, Match.tracker_id.in_(trackers)).limit(1)
    return func.coalesce(found.scalar_subquery(), false())


def _act(row: Any, accounts: Accounts, brand: tuple[set[int], set[str]]) -> Act:
    parent_author, answered = row[12:]
    number, channel, kind, written, *rest = row[1:12]
    at = datetime.fromisoformat(written).replace(tzinfo=UTC) if isinstance(written, str) else written
    act = Act(number, channel, kind, at, *rest)
    if parent_author is None and answered is None:
        return act
    author_id, asks = (None, False) if answered is None else divmod(answered, 2)
    addressee = _addressee(parent_author, author_id, accounts, brand)
    return act._replace(addressee=addressee, answers_question=bool(asks))


def _addressee(handle: str | None, author_id: int | None, own: Accounts, brand: tuple[set[int], set[str]]) -> Addressee:
    name = bare_handle(handle or "")
    if author_id in own.seen or name in own.handles:
        return Addressee.THEMSELVES
    if author_id in brand[0] or name in brand[1]:
        return Addressee.BRAND
    return Addressee.OTHERS
