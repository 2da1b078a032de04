"""The mails that say what is planned, and that thank those who came."""

from collections.abc import Iterable, Iterator

from portal.community.calendar import when_words
from portal.community.models import Event
from portal.foundation.config import address
from portal.foundation.mail.message import Message, build_for_many, header_title
from portal.foundation.text import markdown_excerpt, moment_words
from portal.updates.mail.news import by_zone, from_name, recipients
from portal.updates.queries import Listener


def event_planned(event: Event, listeners: Iterable[Listener]) -> Iterator[Message]:
    """A visit or a call is planned; of a circle's one only when it is."""
    is_private = event.circle_id is not None
    for zone, some in by_zone(listeners):
        yield from build_for_many(
            "updates/mail/event_planned",
            recipients(some),
            kind="news",
            subject_key=f"event:{event.id}:planned",
            from_name=from_name(event.host.name),
            by=event.host.name,
            title="" if is_private else event.title,
            header_title="" if is_private else header_title(event.title),
            about="" if is_private else markdown_excerpt(event.about, 400),
            place="" if is_private else event.place,
            is_call=bool(event.link) and not is_private,
            places=event.places,
            until=moment_words(event.closes_at, zone) if event.closes_at < event.starts_at else "",
            when=when_words(event, zone),
            event_url=address(f"/events/{event.id}"),
        )


def event_thanks(event: Event, listeners: Iterable[Listener]) -> Iterator[Message]:
    """The words of the one who thanks; those of a circle wait on the page."""
    by = event.thanked_by or event.host
    is_private = event.circle_id is not None
    yield from build_for_many(
        "updates/mail/event_thanks",
        recipients(listeners),
        kind="news",
        subject_key=f"event:{event.id}:thanked",
        from_name=from_name(by.name),
        by=by.name,
        title="" if is_private else event.title,
        header_title="" if is_private else header_title(event.title),
        words="" if is_private else event.thanks,
        event_url=address(f"/events/{event.id}"),
    )
