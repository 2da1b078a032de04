"""One suggestion: who answers for it, who stands behind it, and its record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.foundation.audit import AuditEntry
from portal.foundation.database import carry, is_reading, read_one, session, shared_alias
from portal.foundation.database.revisions import kept
from portal.ledger.models import (
    Action,
    AnswerDraft,
    AuthorWord,
    Comment,
    Idea,
    NewDate,
    Progress,
    Response,
    ResponseKind,
    Vote,
)
from portal.ledger.queries.beside import Beside, beside
from portal.ledger.visibility import TOPIC, Seen


@dataclass(frozen=True)
class Step:
    """One step between the answers: a suggestion passed on to someone, or a new date for a promise that broke.

    Attributes:
        by: who did it; empty where the portal itself passed it on.
        to: whom it was passed to; empty for a new date.
        missed: the promise that broke, and `until` the new date; both None for passing on.
    """

    at: datetime
    by: str
    to: str
    word: str
    missed: datetime | None
    until: datetime | None


@dataclass(frozen=True)
class IdeaPage:
    """What the page of one suggestion shows beside its own words.

    Attributes:
        answers: in order, each with its action and that action's entries.
        supporters: names of those who voted, first come first, at most 60.
        votes: how many voted; the author's own voice is not among them.
        steps: what happened between the answers, oldest first.
        beside: pictures, tags, what was joined.
    """

    answers: list[Response]
    supporters: list[str]
    votes: int
    steps: list[Step]
    beside: Beside

    @property
    def standing_answer(self) -> Response | None:
        """The answer that gives the standing: the newest that is more than an outcome."""
        return next((one for one in reversed(self.answers) if one.kind is not ResponseKind.OUTCOME), None)


# Built once: they are asked for with every page of a suggestion. What joins inside of an outer join SQLite puts
# together first, for every row that there is: so whoever is looked up there is joined from outside.
_ANSWERS = (
    select(Response)
    .where(Response.idea_id == bindparam("idea"))
    .order_by(Response.id)
    .options(
        joinedload(Response.action).joinedload(Action.owner, innerjoin=False),
        joinedload(Response.action).joinedload(Action.progress).joinedload(Progress.recorded_by, innerjoin=False),
        joinedload(Response.word).joinedload(AuthorWord.said_by, innerjoin=False),
    )
)
_by, _to, _giver = shared_alias(User), shared_alias(User), shared_alias(User)
_PASSED_ON = (
    select(
        AuditEntry.at,
        func.coalesce(_by.name, "").label("by"),
        _to.name.label("to"),
        AuditEntry.after["word"].as_string().label("word"),
        cast(null(), NewDate.promised_for.type).label("missed"),
        cast(null(), NewDate.until.type).label("until"),
    )
    .outerjoin(_by, _by.id == AuditEntry.by_id)
    .join(_to, _to.id == AuditEntry.after["owner"].as_integer())
    .where(
        AuditEntry.subject_table == Idea.__tablename__,
        AuditEntry.subject_id == bindparam("idea"),
        AuditEntry.verb == "idea.handed_over",
    )
)
_NEW_DATES = (
    select(NewDate.given_at, _giver.name, literal(""), NewDate.words, NewDate.promised_for, NewDate.until)
    .join(_giver, _giver.id == NewDate.given_by_id)
    .where(NewDate.idea_id == bindparam("idea"))
)
_STEPS = union_all(_PASSED_ON, _NEW_DATES).order_by("at")


def idea_page(idea: Idea) -> IdeaPage:
    """Everything that stands on the page of one suggestion, in three statements."""
    answers = session().scalars(_ANSWERS, {"idea": idea.id}, execution_options={"populate_existing": True})
    around = beside(idea)
    return IdeaPage(
        answers=list(answers.unique()),
        supporters=around.supporters,
        votes=around.votes,
        steps=[Step(*row) for row in session().execute(_STEPS, {"idea": idea.id})],
        beside=around,
    )


_author, _owner = shared_alias(User), shared_alias(User)
_PEOPLE = {"proposed_by": _author, "owner": _owner}
_AS_READ = (
    select(
        *Idea.__table__.c,
        *(
            getattr(who, column.key).label(f"{role}.{column.key}")
            for role, who in _PEOPLE.items()
            for column in User.__table__.c
        ),
        select(Vote.idea_id)
        .where(Vote.idea_id == Idea.id, Vote.user_id == bindparam("reader"))
        .exists()
        .label("has_voted"),
        select(Comment.id)
        .where(Comment.idea_id == Idea.id, Comment.author_id == bindparam("reader"))
        .exists()
        .label("has_spoken"),
        select(AnswerDraft.id).where(AnswerDraft.idea_id == Idea.id).exists().label("has_drafts"),
    )
    .join(_author, _author.id == Idea.proposed_by_id)
    .join(_owner, _owner.id == Idea.owner_id)
    .where(Idea.id == bindparam("idea"))
)


_SEEN = ("id", "proposed_by_id", "circle_id", "ask_id", "is_private", "merged_into_id")
_AS_SEEN = select(*(Idea.__table__.c[name] for name in (*_SEEN, "held_at", "removed_at"))).where(
    Idea.id == bindparam("idea")
)


@dataclass(frozen=True)
class Part:
    """What somebody had to do with a suggestion; `has_drafts`: someone of the staff keeps an answer to it."""

    has_voted: bool
    has_spoken: bool
    has_drafts: bool


@dataclass(frozen=True)
class _AsRead:
    """The columns of a suggestion and of its people, and what the reader had to do with it."""

    seen: Seen
    idea: dict[str, Any]
    people: dict[str, dict[str, Any]]
    part: Part


@kept(TOPIC)
def _as_read(idea_id: int, reader_id: int) -> _AsRead | None:
    found = read_one(_AS_READ, {"idea": idea_id, "reader": reader_id})
    if found is None:
        return None
    return _AsRead(
        _seen(found),
        {column.key: found[column.key] for column in Idea.__table__.c},
        {role: {column.key: found[f"{role}.{column.key}"] for column in User.__table__.c} for role in _PEOPLE},
        Part(*(bool(found[name]) for name in ("has_voted", "has_spoken", "has_drafts"))),
    )


def idea_as_seen(idea_id: int, reader: User) -> Seen | None:
    """What says who may read a suggestion; for pages it is read once until it changes, with the rest of it."""
    if not is_reading():
        row = read_one(_AS_SEEN, {"idea": idea_id})
        return _seen(row) if row else None
    found = _as_read(idea_id, reader.id)
    return found.seen if found else None


def _seen(found: dict[str, Any]) -> Seen:
    told = {name: found[name] for name in _SEEN}
    return Seen(**told, is_shown=found["held_at"] is None and found["removed_at"] is None)


def idea_as_read(idea_id: int, reader: User) -> Idea | None:
    """A suggestion with its author and its owner, by the shortest way; for pages it is read once until it changes."""
    found = _as_read(idea_id, reader.id)
    if found is None:
        return None
    return carry(Idea, found.idea, **{role: carry(User, columns) for role, columns in found.people.items()})


def part_in(idea: Idea, reader: User) -> Part:
    """Whether somebody voted, whether they said something beside it, and whether answers to it wait as drafts."""
    found = _as_read(idea.id, reader.id)
    return found.part if found else Part(False, False, False)


def idea_of_form(form_key: str) -> Idea | None:
    """The idea that a form with this key has made already."""
    return session().scalars(select(Idea).where(Idea.form_key == form_key)).one_or_none()


def latest_response(idea: Idea) -> Response | None:
    """The newest answer, read from the database."""
    return session().scalars(
        select(Response)
        .where(Response.idea_id == idea.id)
        .order_by(Response.id.desc())
        .limit(1)
        .options(joinedload(Response.action).joinedload(Action.owner, innerjoin=False))
    ).one_or_none()  # fmt: skip


def people_behind(idea_id: int) -> set[int]:
    """The users who stand behind an idea: its author and everyone who voted."""
    statement = (
        select(Idea.proposed_by_id).where(Idea.id == idea_id).union(select(Vote.user_id).where(Vote.idea_id == idea_id))
    )
    return set(session().scalars(statement))


def people_behind_action(action_id: int) -> set[int]:
    """The users behind every idea that this action answers, each once."""
    ideas = select(Response.idea_id).where(Response.action_id == action_id)
    statement = (
        select(Idea.proposed_by_id).where(Idea.id.in_(ideas)).union(select(Vote.user_id).where(Vote.idea_id.in_(ideas)))
    )
    return set(session().scalars(statement))
