"""What is with somebody who cannot answer it any more, and a colleague could."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Role, User
from portal.accounts.queries import active_staff
from portal.community.models import CircleMember
from portal.community.seats import people_inside
from portal.foundation.database import session
from portal.ledger.models import OPEN, Idea, IdeaTag, OwnerRule, Tag

# Of the staff, and out of a circle again: they are few.
_LEFT_CIRCLES = (
    select(CircleMember.user_id)
    .join(User, User.id == CircleMember.user_id)
    .where(CircleMember.left_at.is_not(None), User.role != Role.MEMBER)
    .distinct()
)
_LEFT_ITS_CIRCLE = (
    select(CircleMember.user_id)
    .where(
        CircleMember.circle_id == Idea.circle_id,
        CircleMember.user_id == Idea.owner_id,
        CircleMember.left_at.is_not(None),
    )
    .correlate(Idea)
    .exists()
)
_SITS_THERE = people_inside(Idea.circle_id).where(CircleMember.user_id == User.id).correlate(Idea, User).exists()
# As `Answerers.next` says; what nobody could answer must not stand before what somebody can.
_COULD_ANSWER = (
    select(User.id)
    .where(active_staff(), User.id != Idea.proposed_by_id, or_(Idea.circle_id.is_(None), _SITS_THERE))
    .correlate(Idea)
    .exists()
)


def without_an_owner(*, limit: int) -> list[Idea]:
    """What is open and with somebody who cannot answer it any more, and that a colleague could; oldest first.

    They left the staff, or the circle in which it stands.
    """
    gone = set(session().scalars(_owners_who_left()))
    out = set(session().scalars(_LEFT_CIRCLES))
    if not gone | out:
        return []
    shown = and_(Idea.held_at.is_(None), Idea.removed_at.is_(None), Idea.merged_into_id.is_(None))
    lost = or_(Idea.owner_id.in_(gone), _LEFT_ITS_CIRCLE)
    theirs = select(Idea).where(shown, Idea.standing.in_(OPEN), Idea.owner_id.in_(gone | out), lost, _COULD_ANSWER)
    rooms = (joinedload(Idea.circle), joinedload(Idea.ask))
    return list(session().scalars(theirs.options(*rooms).order_by(Idea.id).limit(limit)))


def tag_owners(ideas: Collection[Idea]) -> dict[int, int]:
    """Whom a rule names for a tag of each of these, the first tag by name: user ids by that of the suggestion."""
    rows = (
        select(IdeaTag.idea_id, OwnerRule.owner_id)
        .join(Tag, Tag.id == IdeaTag.tag_id)
        .join(OwnerRule, OwnerRule.tag == Tag.key)
        .where(IdeaTag.idea_id.in_([idea.id for idea in ideas]))
        # The first of each is read last, and stays.
        .order_by(Tag.key.desc())
    )
    return {row.idea_id: row.owner_id for row in session().execute(rows)}


@cache
def _owners_who_left() -> Select[int]:
    # From each owner to the next one by the index: they are few, however many suggestions are theirs.
    owners = select(func.min(Idea.owner_id).label("id")).cte("owners", recursive=True)
    following = select(func.min(Idea.owner_id)).where(Idea.owner_id > owners.c.id).scalar_subquery()
    owners = owners.union_all(select(following).where(owners.c.id.is_not(None)))
    return select(User.id).join(owners, owners.c.id == User.id).where(~active_staff())
