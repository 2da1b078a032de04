"""What the form of a new suggestion begins with: a draft, or a mention."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import IdeaDraft
from portal.listening.models import Mention


def draft_of(user: User) -> IdeaDraft | None:
    """What this person has typed and not sent."""
    return session().get(IdeaDraft, user.id, populate_existing=True)


def mention_to_bring(number: int | None, reader: User) -> Mention | None:
    """The mention that staff bring onto the ledger as a suggestion; None for members, who do not see mentions."""
    if number is None or not reader.is_staff or not 0 < number < 2**63:
        return None
    return session().scalar(select(Mention).where(Mention.id == number).options(joinedload(Mention.author)))
