"""The mails about a place at an event: given, changed, called off, given back, near, and waited for in vain.

They tell of something that their reader asked for and can give back, so they carry no way out but that.
What belongs to a circle is named on its page and in no mail.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.community.calendar import Method, attached, when_words
from portal.community.models import Event, Rsvp
from portal.community.queries import HOST_KIND, PLACE_KIND
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.config import address
from portal.foundation.mail.message import Message, Recipient, build, build_for_many, header_title, header_words
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext


def place_given(rsvp: Rsvp, *, is_moved_up: bool = False) -> Message:
    """A place is theirs, at once or because one became free; the calendar file goes with it."""
    event, user = rsvp.event, rsvp.user
    return build(
        "community/mail/event_place",
        **_one(event, user, f"place:{rsvp.turn}"),
        attachment=attached(rsvp, Method.REQUEST),
        is_moved_up=is_moved_up,
        **_facts(event, _zone(user)),
    )


def place_returned(rsvp: Rsvp, *, had_place: bool, by: User, is_leaving: bool = False) -> Message:
    """Their place is given back; the calendar file takes the entry out again.

    Whoever cannot ask for it anew, since they leave or sign-up has closed, is not sent to a page for it.
    """
    event, user = rsvp.event, rsvp.user
    return build(
        "community/mail/event_returned",
        **_one(event, user, f"returned:{rsvp.turn}"),
        attachment=attached(rsvp, Method.CANCEL) if had_place else None,
        had_place=had_place,
        by="" if by.id == user.id else by.name,
        is_leaving=is_leaving,
        may_return=event.is_open and not is_leaving,
        **_facts(event, _zone(user)),
    )


def event_changed(event: Event, people: Iterable[Rsvp], *, before: Mapping[str, Any], by: User) -> Iterator[Message]:
    """What is different now, to everyone who comes or waits; whoever comes gets the new calendar file."""
    yield from _to_all(
        "community/mail/event_changed",
        event,
        people,
        Method.REQUEST,
        f"changed:{event.version}",
        sender=by,
        by=by.name,
        is_time_new=any(before[name] != getattr(event, name) for name in ("starts_at", "ends_at")),
        is_place_new=before["place"] != event.place or before["link"] != event.link,
        was_from=before["starts_at"],
        was_until=before["ends_at"],
        was_at="" if event.circle_id or before["place"] == event.place else before["place"],
    )


def event_cancelled(event: Event, people: Iterable[Rsvp], *, by: User) -> Iterator[Message]:
    """It does not take place, and why; the calendar file takes the entry out."""
    why = "" if event.circle_id else event.cancelled_why
    yield from _to_all(
        "community/mail/event_cancelled", event, people, Method.CANCEL, "cancelled", sender=by, by=by.name, why=why
    )


def event_reminder(event: Event, people: Iterable[Rsvp]) -> Iterator[Message]:
    """It begins within a day, to those with a place."""
    told, template = f"reminder:{event.version}", "community/mail/event_reminder"
    yield from _to_all(template, event, people, None, told, sender=event.host)


def no_place_came(event: Event, people: Iterable[Rsvp]) -> Iterator[Message]:
    """It has begun, and no place came free for those who waited."""
    yield from _to_all(
        "community/mail/event_in_vain", event, people, None, "in_vain", sender=event.host, events_url=address("/events")
    )


def event_near(event: Event, *, coming: int, waiting: int) -> Message:
    """It begins within a day: to its host, with how many come; how many that are in a circle stands on its page."""
    people = [ngettext("%(num)s person comes.", "%(num)s people come.", coming)]
    if waiting:
        people.append(ngettext("%(num)s person waits for a place.", "%(num)s people wait for a place.", waiting))
    return build(
        "community/mail/event_host",
        **_to_host(event, f"near:{event.version}"),
        is_over=False,
        people="" if event.circle_id else " ".join(people),
        **_facts(event, _zone(event.host)),
    )


def event_over(event: Event) -> Message:
    """It has ended: its host says who came, and thanks them."""
    facts = _facts(event, _zone(event.host))
    return build("community/mail/event_host", **_to_host(event, "over"), is_over=True, **facts)


def host_named(event: Event, *, by: User) -> Message:
    """Somebody else said that they are the host from now on."""
    return _to_host_by(event, event.host, "named", by, f"host:{now().isoformat()}")


def host_relieved(event: Event, former: User, *, by: User) -> Message:
    """Somebody else is the host from now on; whoever was need not be there."""
    return _to_host_by(event, former, "relieved", by, f"host:{now().isoformat()}")


def host_changed(event: Event, *, by: User) -> Message:
    """Somebody else changed what they are the host of."""
    return _to_host_by(event, event.host, "changed", by, f"changed:{event.version}")


def host_cancelled(event: Event, *, by: User) -> Message:
    """Somebody else called off what they were to be the host of, and why."""
    return _to_host_by(event, event.host, "cancelled", by, "cancelled")


def _to_host_by(event: Event, person: User, what: str, by: User, told: str) -> Message:
    return build(
        "community/mail/event_host_news",
        **{**_one(event, person, told), "kind": HOST_KIND, "from_name": _from_name(by)},
        what=what,
        by=by.name,
        why="" if event.circle_id else event.cancelled_why,
        **_facts(event, _zone(person)),
    )


def _to_host(event: Event, told: str) -> dict[str, Any]:
    return {**_one(event, event.host, told), "kind": HOST_KIND, "from_name": None}


def _to_all(
    template: str,
    event: Event,
    people: Iterable[Rsvp],
    method: Method | None,
    told: str,
    *,
    sender: User,
    **values: Any,
) -> Iterator[Message]:
    """One rendering for each zone and for those with and without a place; the file names each by themselves."""
    for (zone, has_place), some in groupby(sorted(people, key=_kind), _kind):
        rsvps = list(some)
        messages = build_for_many(
            template,
            [Recipient(address=rsvp.user.email, name=header_words(rsvp.user.name)) for rsvp in rsvps],
            kind=PLACE_KIND,
            subject_key=f"event:{event.id}:{told}",
            from_name=_from_name(sender),
            is_personal=True,
            has_place=has_place,
            **values,
            **_facts(event, ZoneInfo(zone), shows_link=has_place),
        )
        for rsvp, message in zip(rsvps, messages, strict=True):
            file = attached(rsvp, method) if method is not None and has_place else None
            yield replace(message, attachment=file)


def _kind(rsvp: Rsvp) -> tuple[str, bool]:
    return _zone(rsvp.user).key, rsvp.has_place


def _zone(user: User) -> ZoneInfo:
    return ZoneInfo(user.time_zone or config.current().TIME_ZONE)


def _one(event: Event, user: User, told: str) -> dict[str, Any]:
    return {
        "kind": PLACE_KIND,
        "subject_key": f"event:{event.id}:{told}",
        "to_address": user.email,
        "to_name": header_words(user.name),
        "from_name": _from_name(event.host),
    }


def _facts(event: Event, zone: ZoneInfo, *, shows_link: bool = True) -> dict[str, Any]:
    """What the mail may say; of a circle's event no more than when it is."""
    is_private = event.circle_id is not None
    return {
        "title": "" if is_private else event.title,
        "header_title": "" if is_private else header_title(event.title),
        "when": when_words(event, zone),
        "zone": zone,
        "place": "" if is_private else event.place,
        "link": event.link if shows_link and not is_private else "",
        "host": event.host.name,
        "event_url": address(f"/events/{event.id}"),
    }


def _from_name(person: User) -> str:
    return header_words(_("%(name)s at %(company)s", name=person.name, company=config.current().COMPANY_NAME))
