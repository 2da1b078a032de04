"""What the form of a new suggestion begins with: a draft, or a mention."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import DraftPicture, Idea, IdeaDraft
from portal.ledger.visibility import reach_of, visible_ideas
from portal.listening.models import Mention


def drafts_of(user: User) -> list[IdeaDraft]:
    """What this person has typed and not sent, newest first, with the rooms that it is for."""
    return list(
        session().scalars(
            select(IdeaDraft)
            .where(IdeaDraft.user_id == user.id)
            .options(joinedload(IdeaDraft.circle), joinedload(IdeaDraft.ask), selectinload(IdeaDraft.pictures))
            .order_by(IdeaDraft.changed_at.desc(), IdeaDraft.id.desc())
            .execution_options(populate_existing=True)
        )
    )


def draft_pictures(user: User, form_key: str) -> list[DraftPicture]:
    """The pictures that wait with what this person typed into a form, in order."""
    mine = select(DraftPicture).join(IdeaDraft, IdeaDraft.id == DraftPicture.draft_id)
    mine = mine.where(IdeaDraft.user_id == user.id, IdeaDraft.form_key == form_key)
    return list(session().scalars(mine.order_by(DraftPicture.id)))


def idea_of_mention(mention: Mention, reader: User) -> Idea | None:
    """What this mention was brought onto the ledger as, as far as the reader sees it; the first, if it was twice."""
    brought = select(Idea).where(Idea.mention_id == mention.id, visible_ideas(reach_of(reader)))
    return session().scalars(brought.options(joinedload(Idea.proposed_by)).order_by(Idea.id).limit(1)).one_or_none()


def mention_to_bring(number: int | None, reader: User) -> Mention | None:
    """The mention that staff bring onto the ledger as a suggestion; None for members, who do not see mentions."""
    if number is None or not reader.is_staff or not 0 < number < 2**63:
        return None
    return session().scalar(select(Mention).where(Mention.id == number).options(joinedload(Mention.author)))
