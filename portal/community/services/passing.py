"""What its owner or host can look after no more goes to somebody who can."""

from collections import defaultdict
from functools import cache

from portal.accounts.models import User
from portal.community import mail
from portal.community.models import Ask, Event
from portal.community.queries import is_lost, lost_asks, lost_circles, lost_events, who_could
from portal.foundation.audit import record
from portal.foundation.database import hold, session
from portal.foundation.mail.outbox import queue_mails


def pass_on(*, limit: int = 100) -> int:
    """Give questions and events of whoever left to somebody who is here, and tell each once; returns how much it was.

    A circle whose answerer left is answered by whoever of its staff has the least to do. Where nobody of the staff is
    inside, it stays.
    """
    given: dict[User, dict[Ask | Event, str]] = defaultdict(dict)
    could = cache(who_could)
    for ask in lost_asks(limit=limit):
        # Nobody closes it meanwhile; who did so while it was waited for, or gave it to somebody, is right.
        hold(ask)
        if is_lost(ask) and (to := could(ask.circle_id)) is not None:
            record("ask.passed_on", ask, by=None, before={"owner": ask.owner_id}, after={"owner": to.id})
            given[to][ask], ask.owner = ask.owner.name, to
    for event in lost_events(limit=limit):
        # Nobody takes a place there meanwhile.
        hold(event)
        if is_lost(event) and (to := could(event.circle_id)) is not None:
            record("event.passed_on", event, by=None, before={"host": event.host_id}, after={"host": to.id})
            given[to][event], event.host = event.host.name, to
    circles = lost_circles(limit=limit)
    for circle in circles:
        record("circle.passed_on", circle, by=None, before={"owner": circle.owner_id}, after={"owner": None})
        circle.owner = None
    session().flush()
    queue_mails(mail.things_passed_on(things, to=person) for person, things in given.items())
    return sum(map(len, given.values())) + len(circles)
