"""What there is to say where and when people speak."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Mention
from portal.makers.models import Person, PersonAuthor, Stage
from portal.makers.queries.profiles import FIRST_SCORE
from portal.makers.scoring.habits import Said

MOST_OF_ONE = 5_000
MOST_OF_ALL = 20_000
_LOOKED_AT = (Stage.WATCHING, Stage.SHORTLISTED, Stage.INVITED, Stage.MEMBER)


def said_by(author_ids: Sequence[int]) -> list[Said]:
    """The newest five thousand mentions of these accounts."""
    rows = select(Mention.channel, Mention.created_at, Mention.kind, Mention.lang)
    rows = rows.where(Mention.author_id.in_(author_ids), Mention.created_at <= now())
    return [Said(*row) for row in session().execute(rows.order_by(Mention.created_at.desc()).limit(MOST_OF_ONE))]


def said_by_makers() -> list[Said]:
    """The newest twenty thousand mentions of everyone with a first score whom nobody ruled out."""
    rows = (
        select(Mention.channel, Mention.created_at, Mention.kind, Mention.lang)
        .join(PersonAuthor, PersonAuthor.author_id == Mention.author_id)
        .join(Person, Person.id == PersonAuthor.person_id)
        .where(Person.score >= FIRST_SCORE, Person.stage.in_(_LOOKED_AT), Mention.created_at <= now())
        .order_by(Mention.created_at.desc(), Mention.id.desc())
        .limit(MOST_OF_ALL)
    )
    return [Said(*row) for row in session().execute(rows)]
