"""Places at an event: taken, waited for in order, given back, and marked as used.

Whoever changes who comes holds the row of the event first, so that two never give the same place away.
"""

from collections.abc import Collection

from sqlalchemy import func, select, update

from portal.accounts.models import User
from portal.community import mail
from portal.community.models import REMINDED_BEFORE, Circle, Event, Rsvp
from portal.community.policies import may_come
from portal.community.queries import people_of_event
from portal.community.services.refusals import NobodyCame, NoPlace, NoWords
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import hold, session
from portal.foundation.mail.outbox import queue_mail, queue_mails
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy


def take_place(event: Event, *, by: User) -> Rsvp:
    """Take a place, or the next turn on the waiting list if none is left; pressing again changes nothing.

    Raises:
        NoPlace: sign-up has closed, it was called off, or it is for others.
    """
    hold(event)
    if not may_come(by, event):
        raise NoPlace(_("This event takes no more names."))
    rsvp = session().get(Rsvp, (event.id, by.id), populate_existing=True)
    if rsvp is not None and rsvp.left_at is None:
        return rsvp
    moment, turn, is_free = now(), _next_turn(event), _free(event) > 0
    rsvp = rsvp or Rsvp(event=event, user=by)
    rsvp.turn, rsvp.asked_at, rsvp.left_at = turn, moment, None
    rsvp.given_at = moment if is_free else None
    session().add(rsvp)
    session().flush()
    record("event.place_taken" if rsvp.has_place else "event.waiting", event, by=by)
    if rsvp.has_place:
        queue_mail(mail.place_given(rsvp))
    return rsvp


def give_back(event: Event, person: User, *, by: User, is_leaving: bool = False) -> bool:
    """Give a place back, or leave the waiting list; the first who waits comes in. Returns whether it was a place.

    Args:
        is_leaving: they go from where the event is, and cannot ask for a place again.

    Raises:
        NoPlace: there is none, or the event has begun.
    """
    hold(event)
    if event.has_begun or event.is_cancelled:
        raise NoPlace(_("It has begun or was called off; there is no place to give back."))
    rsvp = session().get(Rsvp, (event.id, person.id), populate_existing=True)
    if rsvp is None or rsvp.left_at is not None:
        raise NoPlace(_("There is no place to give back."))
    had_place = rsvp.has_place
    rsvp.given_at, rsvp.left_at = None, now()
    session().flush()
    record("event.place_returned", event, by=by, after={"user": person.id, "had_place": had_place})
    # Whoever only waited and left by themselves knows it.
    if had_place or by.id != person.id:
        queue_mail(mail.place_returned(rsvp, had_place=had_place, by=by, is_leaving=is_leaving))
    move_up(event)
    return had_place


def give_back_all(circle: Circle | None, person: User, *, by: User) -> None:
    """Give back what somebody had at the events to come: of a circle that they leave, or all of it for None."""
    coming = select(Event).join(Rsvp, (Rsvp.event_id == Event.id) & (Rsvp.user_id == person.id))
    theirs = coming.where(Event.starts_at > now(), Event.cancelled_at.is_(None), Rsvp.left_at.is_(None))
    if circle is not None:
        theirs = theirs.where(Event.circle_id == circle.id)
    for event in list(session().scalars(theirs.order_by(Event.id))):
        give_back(event, person, by=by, is_leaving=True)


def move_up(event: Event) -> list[Rsvp]:
    """Give free places to those who wait, in order, and tell each; whoever calls holds the event, yet to come."""
    waiting = (
        select(Rsvp)
        .where(Rsvp.event_id == event.id, Rsvp.given_at.is_(None), Rsvp.left_at.is_(None))
        .order_by(Rsvp.turn)
        .limit(_free(event))
        .execution_options(populate_existing=True)
    )
    moved = list(session().scalars(waiting))
    for rsvp in moved:
        rsvp.given_at = now()
        record("event.moved_up", event, by=None, after={"user": rsvp.user_id})
    session().flush()
    queue_mails(mail.place_given(rsvp, is_moved_up=True) for rsvp in moved)
    return moved


def remind(event: Event) -> int:
    """Remind everyone with a place, and the host, once; returns how many have one."""
    first = update(Event).where(Event.id == event.id, Event.reminded_at.is_(None), Event.cancelled_at.is_(None))
    claimed = first.values(reminded_at=now()).returning(Event.id).execution_options(synchronize_session=False)
    if session().execute(claimed).scalar() is None:
        return 0
    session().refresh(event)
    rsvps = people_of_event(event)
    people = [rsvp for rsvp in rsvps if rsvp.has_place]
    # Whoever planned it this very day knows that it is near.
    if event.created_at <= event.starts_at - REMINDED_BEFORE:
        queue_mail(mail.event_near(event, coming=len(people), waiting=len(rsvps) - len(people)))
    record("event.reminded", event, by=None, after={"people": len(people)})
    return queue_mails(mail.event_reminder(event, people))


def close_waiting_list(event: Event) -> int:
    """Tell those who still wait that it has begun and no place came free; told again, they hear nothing more."""
    return queue_mails(mail.no_place_came(event, [rsvp for rsvp in people_of_event(event) if rsvp.waits]))


def ask_who_came(event: Event) -> None:
    """Ask the host of an event that is over to say who came and to thank them; asked again, it tells nothing more."""
    queue_mail(mail.event_over(event))


def mark_came(event: Event, came: Collection[int], *, by: User) -> int:
    """Say who of those with a place came, by the ids of their users; returns how many.

    Raises:
        NoPlace: it has not begun, was called off, or its thanks are sent.
    """
    hold(event)
    if not event.has_begun or event.is_cancelled:
        raise NoPlace(_("Who came can be said once it has begun."))
    if event.thanked_at is not None:
        raise NoPlace(_("The thanks are sent already, to those who were marked."))
    with_place = [rsvp for rsvp in people_of_event(event) if rsvp.has_place]
    for rsvp in with_place:
        rsvp.came = rsvp.user_id in came
    session().flush()
    count = sum(bool(rsvp.came) for rsvp in with_place)
    record("event.came", event, by=by, after={"people": count})
    return count


def thank_people(event: Event, *, words: str, by: User) -> None:
    """Thank those who came, once; they hear of it when `updates` next looks.

    Raises:
        NoPlace: it is not over, was called off, or they were thanked already.
        NobodyCame: nobody is marked as having come.
        NoWords: without words.
    """
    hold(event)
    if not event.is_over or event.is_cancelled or event.thanked_at is not None:
        raise NoPlace(_("Thanks go out once, after it has ended."))
    if not any(rsvp.came for rsvp in people_of_event(event)):
        raise NobodyCame(_("Mark who came first; only they are thanked."))
    line = tidy(words)
    if not line:
        raise NoWords(_("Write them a line or two."))
    event.thanks, event.thanked_at, event.thanked_by = line, now(), by
    session().flush()
    record("event.thanked", event, by=by)


def _next_turn(event: Event) -> int:
    return (session().scalar(select(func.max(Rsvp.turn)).where(Rsvp.event_id == event.id)) or 0) + 1


def _free(event: Event) -> int:
    """How many places are left; a number beyond all who wait where there is no limit."""
    given = session().scalar(select(func.count()).where(Rsvp.event_id == event.id, Rsvp.given_at.is_not(None))) or 0
    return 100_000 if event.places is None else max(0, event.places - given)
