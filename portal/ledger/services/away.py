"""Who hears of a suggestion on a day on which its owner is away."""

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import Idea
from portal.ledger.policies import may_respond
from portal.ledger.queries import away_today, stand_in_for


def answering_today(idea: Idea) -> list[User]:
    """The owner, and where they are away today whoever stands in, if that one can answer it."""
    number = stand_in_for(idea.owner_id, away_today())
    person = session().get(User, number) if number not in (None, idea.owner_id) else None
    return [idea.owner, *([person] if person is not None and may_respond(person, idea) else [])]
