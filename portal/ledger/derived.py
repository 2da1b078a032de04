"""What the answers and the entries of the record give, beside what is kept of it, and what keeps the record itself."""

from collections.abc import Iterator
from operator import gt, le
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, literal, or_, select, text
from sqlalchemy.orm import aliased

from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.ledger.models import (
    DECISIONS,
    Action,
    ActionStage,
    AuthorWord,
    Idea,
    Progress,
    Response,
    ResponseKind,
    Standing,
    WordKind,
)

# For each kind of database the statement that names its working triggers, and what those of a sealed table are called.
_GUARDS = {
    "sqlite": ("SELECT name FROM sqlite_master WHERE type = 'trigger'", ("no_update", "no_delete", "no_replace")),
    "postgresql": ("SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'", ("append_only", "no_truncate")),
}


def wrong_beside() -> Iterator[str]:
    """Whatever is wrong beside the chains themselves, in sentences."""
    yield from _parted()
    yield from _wrong_standings()
    yield from _wrong_figures()
    yield from _lost_guards()


def derived_standings() -> Select[Any]:
    """Each idea whose stored standing is not what its answers give: id, stored, derived."""
    # An outcome only tells what came of the answer before it.
    last = (
        select(func.max(Response.id))
        .where(Response.idea_id == Idea.id, Response.kind != ResponseKind.OUTCOME)
        .correlate(Idea)
        .scalar_subquery()
    )
    newest = (
        select(Progress.stage)
        .where(Progress.action_id == Response.action_id)
        .order_by(Progress.id.desc())
        .limit(1)
        .correlate(Response)
        .scalar_subquery()
    )
    stage = case(
        (newest == ActionStage.UNDER_WAY, Standing.UNDER_WAY.value),
        (newest == ActionStage.DONE, Standing.DONE.value),
        (newest == ActionStage.DROPPED, Standing.EXPLAINED.value),
        else_=Standing.PLANNED.value,
    )
    derived = case(
        (Response.id.is_(None), Standing.WAITING.value),
        (AuthorWord.id.is_not(None), Standing.HEARD.value),
        (Response.kind == ResponseKind.ACKNOWLEDGEMENT, Standing.HEARD.value),
        (Response.kind == ResponseKind.QUESTION, Standing.ASKED_BACK.value),
        (Response.kind == ResponseKind.EXPLANATION, Standing.EXPLAINED.value),
        else_=stage,
    )
    return (
        select(Idea.id, Idea.standing, derived)
        .outerjoin(Response, Response.id == last)
        .outerjoin(AuthorWord, (AuthorWord.response_id == Response.id) & (AuthorWord.kind != WordKind.HELPED))
        .where(Idea.standing != derived)
        .order_by(Idea.id)
    )


def derived_figures() -> Select[Any]:
    """The id of each idea whose figures are not what its answers give: time to the decision, promises kept, broken."""
    # A promise that an answer does not keep or break has no moment, and compares with none.
    dues = (Response.acknowledge_by, Response.decide_by)
    kept, broken = (
        sum((case((compare(Response.answered_at, due), 1), else_=0) for due in dues), start=literal(0))
        for compare in (le, gt)
    )
    decides = and_(Response.kind.in_(DECISIONS), Response.after_minutes.is_not(None))
    told = (
        select(
            Response.idea_id,
            func.sum(kept).label("kept"),
            func.sum(broken).label("broken"),
            func.min(Response.id).filter(decides).label("first"),
        )
        .group_by(Response.idea_id)
        .subquery()
    )
    decided = aliased(Response)
    return (
        select(Idea.id)
        .outerjoin(told, told.c.idea_id == Idea.id)
        .outerjoin(decided, decided.id == told.c.first)
        .where(
            or_(
                Idea.decided_minutes.is_distinct_from(decided.after_minutes),
                Idea.promises_kept != func.coalesce(told.c.kept, 0),
                Idea.promises_broken != func.coalesce(told.c.broken, 0),
            )
        )
        .order_by(Idea.id)
    )


def _parted() -> Iterator[str]:
    """The first link whose suggestion or action is gone, as no statement of the portal could do it."""
    answers = select(Response.id).where(~exists().where(Idea.id == Response.idea_id)).order_by(Response.id)
    entries = select(Progress.id).where(~exists().where(Action.id == Progress.action_id)).order_by(Progress.id)
    for number in session().scalars(answers.limit(1)):
        yield _("The suggestion that answer %(id)s was given to is gone.", id=number)
    for number in session().scalars(entries.limit(1)):
        yield _("The action that progress entry %(id)s belongs to is gone.", id=number)


def _wrong_standings() -> Iterator[str]:
    for idea, stored, derived in session().execute(derived_standings().limit(1)):
        yield _(
            "Suggestion %(id)s says “%(stored)s”, but its answers make it “%(derived)s”: it was set by "
            "hand, or an answer was taken off the end.",
            id=idea,
            stored=stored.value,
            derived=derived,
        )


def _wrong_figures() -> Iterator[str]:
    for number in session().scalars(derived_figures().limit(1)):
        yield _(
            "The figures of suggestion %(id)s are not what its answers make them: they were set by hand, or an answer "
            "was taken off the end.",
            id=number,
        )


def _lost_guards() -> Iterator[str]:
    """Each trigger that refuses a change of the record and is no longer there, or no longer works."""
    there, verbs = _GUARDS[session().get_bind().dialect.name]
    known = set(session().scalars(text(there)))
    for name in (f"{kind.__tablename__}_{verb}" for kind in (Response, Progress) for verb in verbs):
        if name not in known:
            yield _("The database no longer refuses changes of the record: its trigger %(name)s is gone.", name=name)
