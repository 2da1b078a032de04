"""Keeping the words of the ledger findable: whatever changed is read anew, in the transaction that changed it."""

from collections.abc import Callable

from sqlalchemy import delete, select

from portal.foundation.database import session
from portal.foundation.search import SearchDue, remove_entry, take_due, write_entry
from portal.ledger.models import Action, AuthorWord, Comment, Idea, Progress, Response


def index_now(kind: str, number: int) -> None:
    """Read the words of a row that this piece of work has written; `kind` is one of `_READERS`."""
    session().flush()
    session().execute(delete(SearchDue).where(SearchDue.kind == kind, SearchDue.subject_id == number))
    _READERS[kind](number)
    session().flush()


def index_due(limit: int = 200) -> int:
    """Read the words of what changed, at most so many rows; returns how many were due."""
    session().flush()
    due = take_due(limit)
    for kind, number in due:
        _READERS[kind](number)
    session().flush()
    return len(due)


def _idea(number: int) -> None:
    row = session().execute(select(Idea.title, Idea.body).where(Idea.id == number)).one_or_none()
    if row is None:
        return remove_entry("idea", number)
    return write_entry("idea", number, group_id=number, title=row.title, body=row.body, pieces=True)


def _comment(number: int) -> None:
    row = session().execute(select(Comment.idea_id, Comment.body).where(Comment.id == number)).one_or_none()
    if row is None:
        return remove_entry("comment", number)
    return write_entry("comment", number, group_id=row.idea_id, title="", body=row.body, pieces=False)


def _response(number: int) -> None:
    columns = select(Response.idea_id, Response.message, Response.in_languages)
    row = session().execute(columns.where(Response.id == number)).one_or_none()
    if row is None:
        return remove_entry("response", number)
    words = "\n".join((row.message, *(row.in_languages or {}).values()))
    return write_entry("response", number, group_id=row.idea_id, title="", body=words, pieces=False)


def _word(number: int) -> None:
    row = session().execute(select(AuthorWord.idea_id, AuthorWord.words).where(AuthorWord.id == number)).one_or_none()
    if row is None or not row.words:
        return remove_entry("word", number)
    return write_entry("word", number, group_id=row.idea_id, title="", body=row.words, pieces=False)


def _action(number: int) -> None:
    title = session().scalar(select(Action.title).where(Action.id == number))
    if title is None:
        return remove_entry("action", number)
    words = session().scalars(select(Progress.words).where(Progress.action_id == number).order_by(Progress.id.desc()))
    return write_entry("action", number, group_id=None, title=title, body="\n".join(words), pieces=False)


_READERS: dict[str, Callable[[int], None]] = {
    "idea": _idea,
    "comment": _comment,
    "response": _response,
    "word": _word,
    "action": _action,
}
