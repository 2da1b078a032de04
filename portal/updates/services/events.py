"""Telling members what is planned, and those who came that they are thanked, once each."""

from portal.community.models import Event
from portal.foundation.database import session
from portal.foundation.mail.outbox import queue_mails
from portal.updates import mail
from portal.updates.queries import listeners_to_event, listeners_to_thanks
from portal.updates.services.news import announce


def tell_event(number: int, what: str) -> int:
    """Tell of an event that it is `planned`, or that its people are `thanked`, by mail; returns how many heard.

    It belongs to one transaction with the `Announcement` row, which only one teller can write.
    """
    event = session().get_one(Event, number)
    people = listeners_to_thanks(event) if what == "thanked" else listeners_to_event(event)
    if not announce(f"event:{number}:{what}", people=len(people)):
        return 0
    queue_mails((mail.event_thanks if what == "thanked" else mail.event_planned)(event, people))
    return len(people)
