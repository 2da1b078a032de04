"""Telling the community what is asked and what came of it, once each."""

from portal.accounts.models import User
from portal.community.models import Ask
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.mail.outbox import queue_mails
from portal.updates import mail
from portal.updates.models import Announcement, Preference
from portal.updates.queries import listeners_to_opening, listeners_to_summary, wants_news
from portal.updates.tokens import NEWS, read_news_token


def tell_news(number: int, what: str) -> int:
    """Tell of an ask that it `opened` or was `closed`, by mail; returns how many heard.

    It belongs to one transaction with the `Announcement` row, which only one teller can write.
    """
    ask = session().get_one(Ask, number)
    listeners = listeners_to_summary(ask) if what == "closed" else listeners_to_opening(ask)
    if not announce(f"ask:{number}:{what}", people=len(listeners)):
        return 0
    queue_mails((mail.ask_closed if what == "closed" else mail.ask_opened)(ask, listeners))
    return len(listeners)


def announce(subject_key: str, *, people: int) -> bool:
    """Write down that a thing is told; False when another teller came first."""
    statement = insert_into(Announcement).values(subject_key=subject_key, people=people, told_at=now())
    told = session().execute(statement.on_conflict_do_nothing().returning(Announcement.id))
    return told.scalar() is not None


def change_news(user: User, *, by_mail: bool, of: str = NEWS) -> None:
    """Want news of the community by mail, or of what they reported, or not; it stands on the pages either way."""
    if wants_news(user, of=of) is by_mail:
        return
    values = {f"{of}_by_mail": by_mail, "changed_at": now()}
    statement = insert_into(Preference).values(user_id=user.id, answers_by_mail=True, **values)
    session().execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=values))
    record("preference.changed", user, by=user, after={f"{of}_by_mail": by_mail})


def person_of_news_token(token: str) -> tuple[User, str] | None:
    """The person of an unsubscribe link in a news mail, and what it stops; None for one that is not ours."""
    number, of = read_news_token(token) or (0, "")
    user = session().get(User, number)
    return (user, of) if user is not None else None
