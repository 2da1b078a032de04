"""The words that the staff sorts suggestions by."""

from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.database import insert_into, session
from portal.foundation.text import fold, tidy
from portal.foundation.text import gettext as _
from portal.ledger.models import Idea, IdeaTag, Tag
from portal.ledger.policies import may_tag
from portal.ledger.services.refusals import NotYours, NoWords, TooLong

TAG_LIMIT = 40


def add_tag(idea: Idea, name: str, *, by: User) -> Tag:
    """Sort a suggestion under a word; the same word in other letters is the same tag.

    Raises:
        NotYours: not staff.
        NoWords: the tag is empty.
        TooLong: more than 40 characters.
    """
    words = " ".join(tidy(name).split())
    if not may_tag(by, idea):
        raise NotYours(_("Only the company's own people sort suggestions."))
    if not words:
        raise NoWords(_("Write a word to sort it by."))
    if len(words) > TAG_LIMIT:
        raise TooLong(_("A tag has at most %(limit)s characters.", limit=TAG_LIMIT))
    key = fold(words)[:60]
    session().execute(insert_into(Tag).values(name=words, key=key).on_conflict_do_nothing())
    tag = session().scalars(select(Tag).where(Tag.key == key)).one()
    added = insert_into(IdeaTag).values(idea_id=idea.id, tag_id=tag.id).on_conflict_do_nothing()
    if session().scalar(added.returning(IdeaTag.tag_id)) is not None:
        record("idea.tagged", idea, by=by, after={"tag": tag.name})
    return tag


def remove_tag(idea: Idea, tag: Tag, *, by: User) -> None:
    """Take a suggestion out from under a word.

    Raises:
        NotYours: not staff.
    """
    if not may_tag(by, idea):
        raise NotYours(_("Only the company's own people sort suggestions."))
    gone = session().execute(delete(IdeaTag).where(IdeaTag.idea_id == idea.id, IdeaTag.tag_id == tag.id))
    if gone.rowcount:  # type: ignore[attr-defined]
        record("idea.untagged", idea, by=by, before={"tag": tag.name})
