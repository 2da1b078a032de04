"""When an event is: in words, in the zones that matter, and as a calendar file (RFC 5545, RFC 5546)."""

import hmac
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from portal.community.models import Event, Rsvp
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.config import address
from portal.foundation.mail.message import Attachment, sender_host
from portal.foundation.text import gettext as _
from portal.foundation.text import markdown_excerpt, span_words

FILE_NAME = "event.ics"


class Method(StrEnum):
    """What the file asks of a calendar: to keep it, to put it in for someone, or to take it out."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def when_words(event: Event, zone: ZoneInfo) -> list[str]:
    """When it is by the reader's clock, and by that of the place if the two differ."""
    words = [span_words(event.starts_at, event.ends_at, zone)]
    if not _shows_the_same(event, zone):
        words.append(span_words(event.starts_at, event.ends_at, event.zone))
    return words


def calendar_file(event: Event, method: Method, *, mine: Rsvp | None = None, shows_link: bool = False) -> str:
    """The event as an iCalendar file; its UID never changes, its SEQUENCE rises with each file that one person gets.

    What belongs to a circle leaves the portal without its title, its words and its place.

    Args:
        method: REQUEST and CANCEL are for one person, PUBLISH for whoever downloads it.
        mine: the reader's place, given or given back.
        shows_link: whether the address of a call stands in it.
    """
    # Loaded here, since an eighth of a second of every start is too much for what few requests need.
    from icalendar import Calendar, vCalAddress
    from icalendar import Event as Entry

    page = address(f"/events/{event.id}")
    is_private = event.circle_id is not None
    words = "" if is_private else markdown_excerpt(event.about, 400)
    link = event.link if shows_link and not is_private else ""
    calendar = Calendar()
    calendar.add("prodid", "-//Heard//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    people = []
    # A published file names nobody, and whoever is taken out has answered nothing (RFC 5546, 3.2.1 and 3.2.5).
    if mine is not None and method is not Method.PUBLISH:
        answer = "ACCEPTED" if method is Method.REQUEST else None
        people = [vCalAddress.new(mine.user.email, cn=mine.user.name, partstat=answer, rsvp=False)]
    calendar.add_component(
        Entry.new(
            uid=_uid(event),
            sequence=_sequence(event, mine),
            stamp=now().replace(microsecond=0),
            start=event.starts_at,
            end=event.ends_at,
            summary=_("An event in a circle of yours") if is_private else event.title,
            description="\n\n".join(part for part in (words, link, page) if part),
            location=(None if is_private else event.place or link) or None,
            url=page,
            status=_status(event, method),  # type: ignore[arg-type]
            organizer=vCalAddress.new(_organizer(), cn=config.current().COMPANY_NAME),
            attendees=people,
        )
    )
    return str(calendar.to_ical(), "utf-8")


def attached(rsvp: Rsvp, method: Method) -> Attachment:
    """The file as it goes with a mail to whoever has this place, or had it."""
    return Attachment(
        name=FILE_NAME,
        content_type=f"text/calendar; method={method.value}; charset=utf-8",
        text=calendar_file(rsvp.event, method, mine=rsvp, shows_link=True),
    )


def _sequence(event: Event, mine: Rsvp | None) -> int:
    """How new the file is: a calendar throws away what is not newer than what it holds (RFC 5546, 2.1.5).

    A place that is given back, and one that is taken again, are news to one calendar while the event stays as it was.
    """
    if mine is None:
        return event.version
    return event.version + 2 * mine.turn + (mine.left_at is not None)


def _status(event: Event, method: Method) -> str | None:
    """That it is off stands only where it is off for everyone; one person is taken out without a word of it."""
    if event.is_cancelled:
        return "CANCELLED"
    return None if method is Method.CANCEL else "CONFIRMED"


def _uid(event: Event) -> str:
    """What a calendar knows it by: the same whatever address the portal or its mails have, and no other portal's."""
    key = config.current().SECRET_KEY.encode()
    return f"event-{event.id}-{hmac.new(key, f'event {event.id}'.encode(), 'sha256').hexdigest()[:32]}"


def _organizer() -> str:
    return config.current().MAIL_SENDER or f"portal@{sender_host()}"


def _shows_the_same(event: Event, zone: ZoneInfo) -> bool:
    def wall(moment: datetime, place: ZoneInfo) -> datetime:
        return moment.astimezone(place).replace(tzinfo=None)

    return all(wall(moment, zone) == wall(moment, event.zone) for moment in (event.starts_at, event.ends_at))
