"""The words that the staff sorts suggestions by."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, or_, select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import Idea, IdeaTag, OwnerRule, Tag
from portal.ledger.visibility import Reach, reach_of, visible_ideas

# More would be no order.
TAGS = 60

Tags = tuple[tuple[int, str], ...]


def tags_within(reach: Reach) -> Tags:
    """Number and name of every tag under which this reader sees something, by name; at most 60.

    A tag that only a circle uses is a word of that circle.
    """
    return tuple((row.id, row.name) for row in session().execute(seen_tags(reach)))


def seen_tags(reach: Reach) -> Select[int, str]:
    """The same as a statement to build on."""
    carried = select(IdeaTag.idea_id).join(Idea, Idea.id == IdeaTag.idea_id)
    carried = carried.where(IdeaTag.tag_id == Tag.id, visible_ideas(reach))
    return select(Tag.id, Tag.name).where(carried.exists()).order_by(Tag.key, Tag.id).limit(TAGS)


def knows_tag(tag: Tag, person: User) -> bool:
    """Whether this person of the staff reads it somewhere: on a suggestion that they see, or in a rule."""
    carried = select(IdeaTag.idea_id).join(Idea, Idea.id == IdeaTag.idea_id)
    seen = carried.where(IdeaTag.tag_id == tag.id, visible_ideas(reach_of(person)))
    ruled = select(OwnerRule.id).where(OwnerRule.tag == tag.key)
    return bool(session().scalar(select(or_(seen.exists(), ruled.exists()))))


def tags_of(idea: Idea) -> Tags:
    """Number and name of the tags of one suggestion, by name."""
    return read_tags(session().scalar(select(tags_column(Idea.id)).where(Idea.id == idea.id)))


def tags_column(idea_id: ColumnElement[int] | Any) -> Any:
    """For a statement over suggestions: their tags in one column, to be read by `read_tags`."""
    line = cast(Tag.id, String) + " " + Tag.name
    return (
        select(func.aggregate_strings(line, "\n"))
        .select_from(IdeaTag)
        .join(Tag, Tag.id == IdeaTag.tag_id)
        .where(IdeaTag.idea_id == idea_id)
        .scalar_subquery()
    )


def read_tags(column: str | None) -> Tags:
    """The tags in a column of `tags_column`."""
    pairs = (line.split(" ", 1) for line in (column or "").split("\n") if line)
    return tuple(sorted(((int(number), name) for number, name in pairs), key=lambda tag: (tag[1].casefold(), tag[0])))
