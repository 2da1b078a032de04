"""What its owner or host can look after no more goes to somebody who can."""

from collections import defaultdict

from portal.accounts.models import User
from portal.community import mail
from portal.community.models import Ask, Event
from portal.community.queries import lost_asks, lost_circles, lost_events, who_could
from portal.foundation.audit import record
from portal.foundation.database import hold, session
from portal.foundation.mail.outbox import queue_mail


def pass_on(*, limit: int = 100) -> int:
    """Give questions and events of whoever left to somebody who is here, and tell each once; returns how much it was.

    A circle whose answerer left is answered by whoever of its staff has the least to do. Where nobody of the staff is
    inside, it stays.
    """
    given: dict[User, list[Ask | Event]] = defaultdict(list)
    names: dict[User, list[str]] = defaultdict(list)
    for ask in lost_asks(limit=limit):
        to = _taker(ask)
        if to is not None:
            record("ask.passed_on", ask, by=None, before={"owner": ask.owner_id}, after={"owner": to.id})
            names[to].append(ask.owner.name)
            ask.owner = to
            given[to].append(ask)
    for event in lost_events(limit=limit):
        to = _taker(event)
        if to is not None:
            record("event.passed_on", event, by=None, before={"host": event.host_id}, after={"host": to.id})
            names[to].append(event.host.name)
            event.host = to
            given[to].append(event)
    circles = lost_circles(limit=limit)
    for circle in circles:
        record("circle.passed_on", circle, by=None, before={"owner": circle.owner_id}, after={"owner": None})
        circle.owner = None
    session().flush()
    for person, things in given.items():
        queue_mail(mail.things_passed_on(things, names=list(dict.fromkeys(names[person])), to=person))
    return sum(map(len, given.values())) + len(circles)


def _taker(thing: Ask | Event) -> User | None:
    # Nobody closes it, or takes a place there, meanwhile.
    hold(thing)
    return who_could(thing.circle_id)
