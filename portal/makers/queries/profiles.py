"""What is worth a call: profiles and pictures of people with a first score."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Author, Mention, MentionMedia
from portal.makers.models import Person, PersonAuthor, Stage

# Of a hundred: somebody who has said more than a passing word.
FIRST_SCORE = 10.0
_LOOKED_AT = (Stage.WATCHING, Stage.SHORTLISTED, Stage.INVITED, Stage.MEMBER)


def authors_worth_a_profile(channels: Sequence[str], *, older_than: timedelta, limit: int = 100) -> list[Author]:
    """Accounts on these channels whose profile is not known or older, best people first; all of one channel."""
    due = or_(Author.profiled_at.is_(None), Author.profiled_at < now() - older_than)
    query = (
        select(Author)
        .join(PersonAuthor, PersonAuthor.author_id == Author.id)
        .join(Person, Person.id == PersonAuthor.person_id)
        .where(Person.score >= FIRST_SCORE, Person.stage.in_(_LOOKED_AT), Author.channel.in_(channels), due)
        # Who was erased at the source or muted is not asked about.
        .where(Author.is_bot.is_(False), Author.is_brand.is_(False), Author.muted_at.is_(None))
        .order_by(Author.channel, Person.score.desc(), Author.id)
        .limit(limit)
    )
    found = list(session().scalars(query)) if channels else []
    return [author for author in found if author.channel == found[0].channel]


def pictures_worth_fetching(limit: int = 8) -> list[MentionMedia]:
    """Pictures that wait to be fetched, of people with a first score, the newest mention's first."""
    query = (
        select(MentionMedia)
        .join(Mention, Mention.id == MentionMedia.mention_id)
        .join(PersonAuthor, PersonAuthor.author_id == Mention.author_id)
        .join(Person, Person.id == PersonAuthor.person_id)
        .where(MentionMedia.due_at <= now(), MentionMedia.dropped_at.is_(None), Mention.gone_at.is_(None))
        .where(Person.score >= FIRST_SCORE, Person.stage.in_(_LOOKED_AT))
        .order_by(MentionMedia.tries, MentionMedia.id.desc())
        .limit(limit)
    )
    return list(session().scalars(query))
