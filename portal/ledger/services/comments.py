"""Speaking beside a suggestion, and mending one's own words."""

import hashlib

from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import hold, insert_into, session
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.models import SILENT, Comment, Idea, Wording
from portal.ledger.policies import may_comment, may_read_comment, may_reword, may_reword_comment, may_vote
from portal.ledger.services.holding import hold_if_due, text_of
from portal.ledger.services.ideas import vote
from portal.ledger.services.indexing import index_now
from portal.ledger.services.naming import keep_names
from portal.ledger.services.refusals import NothingNew, NotYours, NoWords, check_length, check_title


def comment(
    idea: Idea, *, body: str, by: User, reply_to: Comment | None = None, is_case: bool = False, form_key: str = ""
) -> Comment:
    """Say something beside a suggestion.

    The same form sent twice is one comment: the second call returns the first one's.

    Args:
        body: Markdown, at most 20,000 characters.
        reply_to: the comment this answers; a reply to a reply stands under the same comment as that one.
        is_case: "me too, and here is my case": their voice is counted too, where they may give one.
        form_key: the random key that the form carried.

    Raises:
        NotYours: they may not speak here, or the comment replied to is not there for them.
        NoWords: the comment is empty.
        TooLong: it is longer than a page can show.
    """
    words = tidy(body)
    if not may_comment(by, idea):
        raise NotYours(_("You cannot comment here."))
    if reply_to is not None:
        comment_above(idea, reply_to.id, by=by)
    if not words:
        raise NoWords(_("Write what you want to say."))
    check_length(words)
    voices = is_case and may_vote(by, idea)
    values = {
        "idea_id": idea.id,
        "author_id": by.id,
        "author_name": "",
        "parent_id": (reply_to.parent_id or reply_to.id) if reply_to is not None else None,
        "body": words,
        "is_case": voices,
        "form_key": _key(form_key, by, idea, words) if form_key else None,
        "created_at": now(),
    }
    # One statement: of two that come at once with the same key, one is written.
    statement = insert_into(Comment).values(values).on_conflict_do_nothing(index_elements=["form_key"])
    number = session().scalar(statement.returning(Comment.id))
    if number is None:
        return session().scalars(select(Comment).where(Comment.form_key == values["form_key"])).one()
    said = session().get_one(Comment, number)
    hold_if_due(said, by)
    keep_names(said, by=by)
    record("comment.added", said, by=by, after={"idea": idea.id})
    index_now("comment", said.id)
    if voices:
        vote(idea, by)
    return said


def comment_above(idea: Idea, number: int | None, *, by: User) -> Comment | None:
    """The comment with this number that is replied to; None for no number.

    Raises:
        NotYours: it does not stand here for them; the same where it stands elsewhere and where there is none.
    """
    above = session().get(Comment, number) if number else None
    if number and (above is None or above.idea_id != idea.id or not may_read_comment(by, above)):
        raise NotYours(_("The comment that you reply to does not stand here any more."))
    return above


def reword_comment(said: Comment, *, body: str, by: User) -> None:
    """Mend a comment: silently within fifteen minutes, and from then on with a mark and the earlier words kept.

    What was approved waits for another look where the new words hold what the community's rule looks at.

    Raises:
        NotYours: somebody else's words.
        NoWords: nothing would be left.
        TooLong: it is longer than a page can show.
        NothingNew: it says exactly this already.
    """
    words = tidy(body)
    # Whoever looks at it now decides about the words that they read.
    hold(said)
    if not may_reword_comment(by, said):
        raise NotYours(_("Only the one who wrote this can change it."))
    if not words:
        raise NoWords(_("Write what you want to say."))
    check_length(words)
    if words == said.body:
        raise NothingNew(_("It says exactly this already."))
    moment, before = now(), text_of(said)
    if moment - said.created_at > SILENT:
        session().add(Wording(comment_id=said.id, body=said.body, replaced_at=moment, was_shown=said.is_shown))
        said.edited_at = moment
    said.body = words
    record("comment.reworded", said, by=by)
    hold_if_due(said, by, before=before)
    keep_names(said, by=by)
    index_now("comment", said.id)


def reword(idea: Idea, *, title: str, body: str, by: User) -> None:
    """Mend a suggestion; the same rule as for a comment. Answers stay as they were given.

    Raises:
        NotYours: somebody else's words.
        NoTitle: the title is empty or too long.
        TooLong: it is longer than a page can show.
        NothingNew: it says exactly this already.
    """
    hold(idea)
    if not may_reword(by, idea):
        raise NotYours(_("Only the one who wrote this can change it."))
    line, words = check_title(title), tidy(body)
    check_length(words)
    if (line, words) == (idea.title, idea.body):
        raise NothingNew(_("It says exactly this already."))
    moment, before = now(), text_of(idea)
    if moment - idea.created_at > SILENT:
        earlier = Wording(
            idea_id=idea.id, title=idea.title, body=idea.body, replaced_at=moment, was_shown=idea.is_shown
        )
        session().add(earlier)
        idea.edited_at = moment
    idea.title, idea.body = line, words
    record("idea.reworded", idea, by=by)
    hold_if_due(idea, by, before=before)
    keep_names(idea, by=by)
    index_now("idea", idea.id)


def _key(form_key: str, by: User, idea: Idea, words: str) -> str:
    return hashlib.sha256(f"{by.id}\n{idea.id}\n{form_key}\n{words}".encode()).hexdigest()
