"""What people chose to hear."""

from collections.abc import Callable

from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.accounts.services import LINK_LIFE
from portal.consent.queries import may_contact
from portal.foundation.clock import now
from portal.foundation.database import session, shared_alias
from portal.foundation.mail.outbox import OutgoingMail
from portal.invitations.services.letters import LETTER_LIFE
from portal.ledger.models import Idea, IdeaMerge, Response, Vote
from portal.ledger.visibility import inside, own_ideas, reach_of, visible_ideas
from portal.updates.models import Level, Notice, Preference, Subscription
from portal.updates.queries.audience import chosen_level
from portal.updates.queries.news import BY_MAIL
from portal.updates.tokens import ideas_named

# These are work or a key to the door; a person who has stopped news still needs them.
ALWAYS = frozenset({"sign_in"})
BY_CHOICE = frozenset({"answer", "progress", "comment", "did_it_help", "merged", "parted", "owner_changed", "new_date"})
# A suggestion that was joined with another.
_Source = shared_alias(Idea)


# A mail whose link has run out meanwhile would only disappoint; both links are asked for again by a button.
_LIVES = {"sign_in": LINK_LIFE, "letter": LETTER_LIFE}


def may_send(mail: OutgoingMail) -> bool:
    """Whether this mail may leave now: asked just before it does, so that a no wins at once."""
    if mail.kind in _LIVES and mail.created_at + _LIVES[mail.kind] < now():
        return False
    if mail.kind in ALWAYS:
        return True
    if not may_contact(mail.recipient):
        return False
    if mail.kind in BY_MAIL:
        return _news_is_wanted(mail)
    return mail.kind not in BY_CHOICE or _is_wanted(mail)


def wants_answers(user: User) -> bool:
    """Whether this person wants answers by mail at all; yes without a word."""
    wanted = session().scalar(select(Preference.answers_by_mail).where(Preference.user_id == user.id))
    return wanted is not False


def default_level(user: User) -> Level:
    """What this person hears of suggestions that they stand behind, where they chose nothing for one."""
    chosen = session().scalar(select(Preference.level).where(Preference.user_id == user.id))
    return chosen or Level.ANSWERS


def level_of(user: User, idea: Idea) -> Level:
    """What this person hears of this suggestion: by their own choice, or because they stand behind it."""
    chosen: Level | None = session().scalar(select(chosen_level(user.id, idea.id)))
    if chosen is not None:
        return chosen
    made = select(Idea.id).where(
        Idea.merged_into_id == idea.id, Idea.proposed_by_id == user.id, Idea.is_author_silent.is_(False)
    )
    stands_behind = (
        idea.proposed_by_id == user.id
        or session().get(Vote, (idea.id, user.id)) is not None
        or session().scalar(select(made.exists()))
    )
    return default_level(user) if stands_behind else Level.NOTHING


def is_following(user: User, idea: Idea) -> bool:
    """Whether this person hears anything of this suggestion."""
    return level_of(user, idea) is not Level.NOTHING


def chosen_ideas(user: User) -> list[tuple[int, str, Level]]:
    """The suggestions that this person made a choice about: id, title, what they hear; newest choice first.

    A choice about one that was joined with another stands for that one.
    """
    reach = reach_of(user)
    about = aliased(Idea)
    rows = session().execute(
        select(Idea.id, Idea.title, chosen_level(Subscription.user_id, Idea.id).label("level"))
        .select_from(Subscription)
        .join(about, about.id == Subscription.idea_id)
        .join(Idea, Idea.id == func.coalesce(about.merged_into_id, about.id))
        .where(Subscription.user_id == user.id, or_(visible_ideas(reach), own_ideas(user, reach)))
        .order_by(Subscription.changed_at.desc(), Idea.id.desc())
        .limit(50)
    )
    return list(dict.fromkeys((row.id, row.title, row.level) for row in rows))


def _news_is_wanted(mail: OutgoingMail) -> bool:
    choice = (
        select(func.coalesce(BY_MAIL[mail.kind], True))
        .select_from(User)
        .outerjoin(Preference, Preference.user_id == User.id)
        .where(User.email == mail.recipient, User.suspended_at.is_(None))
    )
    return session().scalar(choice) is True


def _is_wanted(mail: OutgoingMail) -> bool:
    """Whether its reader is still here, sees all that it tells, and has not stopped all mails or those about this.

    A mail that tells several things leaves while one of them is still wanted.
    """
    what, _colon, numbers = mail.subject_key.partition(":")
    keys = [f"response:{number}" for number in numbers.split(",")] if what == "responses" else [mail.subject_key]
    about = ideas_named(mail.unsubscribe_url or "") if mail.kind in _BY_WAY_OUT else keys
    statement = (
        select(
            func.coalesce(Preference.answers_by_mail, True).label("by_mail"),
            chosen_level(User.id, Idea.id).label("level"),
            Preference.level.label("otherwise"),
        )
        .select_from(User)
        .outerjoin(Preference, Preference.user_id == User.id)
        .where(User.email == mail.recipient, User.suspended_at.is_(None), inside(Idea, User))
    )
    if mail.kind in _BY_WAY_OUT:
        statement = statement.join(Idea, Idea.id.in_(about))
    elif mail.kind in _ABOUT:
        statement = statement.join(Idea, Idea.id == _ABOUT[mail.kind](int(numbers)))
    else:
        told = (Notice.user_id == User.id) & Notice.subject_key.in_(keys)
        statement = statement.join(Notice, told).join(Idea, Idea.id == Notice.idea_id)
    rows = session().execute(statement).all()
    if len(rows) != len(about):
        return False
    return any(row.by_mail and _hears(row.level, row.otherwise, mail.kind) for row in rows)


def _hears(chosen: Level | None, otherwise: Level | None, kind: str) -> bool:
    """Whether a mail of this kind is heard: by the choice for its suggestion, or else for all of them."""
    return (chosen or otherwise) is not Level.NOTHING and not (kind == "comment" and chosen is Level.ANSWERS)


# Mails of which there is no notice, whose way out names every suggestion that they are about.
_BY_WAY_OUT = frozenset({"owner_changed", "new_date"})
# Others of which there is none, and the suggestion that each is about, by the number in its key.
_ABOUT: dict[str, Callable[[int], ScalarSelect[int]]] = {
    "did_it_help": lambda number: select(Response.idea_id).where(Response.id == number).scalar_subquery(),
    "merged": lambda number: (
        select(_Source.merged_into_id)
        .join(IdeaMerge, IdeaMerge.source_id == _Source.id)
        .where(IdeaMerge.id == number)
        .scalar_subquery()
    ),
    "parted": lambda number: select(IdeaMerge.source_id).where(IdeaMerge.id == number).scalar_subquery(),
}
