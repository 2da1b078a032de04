"""Events: planned, changed and called off; whoever comes or waits, and the host, is told once of each change."""

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.community import mail
from portal.community.models import Circle, Event, Rsvp
from portal.community.policies import may_see_event
from portal.community.queries import people_of_event
from portal.community.services.addresses import clean_address
from portal.community.services.holders import check_holder, check_open
from portal.community.services.once import already_made, key_of
from portal.community.services.places import move_up
from portal.community.services.refusals import (
    BadAddress,
    BadTimes,
    NoName,
    NoPlace,
    NoWords,
    TooFewPlaces,
)
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import hold, session
from portal.foundation.mail.outbox import queue_mail, queue_mails
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext, tidy

TITLE_LIMIT = 120
PLACE_LIMIT = 300
MOST_PLACES = 500
# What a change of is worth a mail.
_TOLD = ("title", "place", "link", "starts_at", "ends_at", "time_zone")


def plan_event(
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    time_zone: str,
    host: User,
    by: User,
    about: str = "",
    place: str = "",
    link: str = "",
    places: int | None = None,
    closes_at: datetime | None = None,
    circle: Circle | None = None,
    form_key: str | None = None,
) -> Event:
    """Plan a visit or a call; members hear of it when `updates` next looks.

    Args:
        time_zone: the zone it is planned in, by its name.
        about: Markdown.
        link: the address of a call; only those with a place are shown it.
        places: how many can come; None for no limit.
        closes_at: until when somebody may ask for a place; None for its beginning.
        circle: for whom; None is every member.
        form_key: the random key that the form carried; sent twice, it is one event.

    Raises:
        NoName, BadTimes, BadAddress, TooFewPlaces, NotStaff, NotOpen: nothing was planned.
    """
    key = key_of(form_key, by, title, about, place, link, starts_at, ends_at, circle.id if circle else None)
    repeated = already_made(Event, key, by=by)
    if repeated is not None:
        return repeated
    check_open(circle)
    circle_id = circle.id if circle else None
    words = _words(circle_id, title=title, about=about, place=place, link=link, host=host)
    times = _times(starts_at, ends_at, closes_at, time_zone)
    if times["closes_at"] <= now():
        raise BadTimes(
            _("Sign-up would be closed from the start; choose a later time, or leave it empty."), about="closes_at"
        )
    event = Event(circle=circle, circle_id=circle_id, form_key=key, places=_places(places), **words, **times)
    session().add(event)
    session().flush()
    record("event.planned", event, by=by, after={"host": host.id, "circle": event.circle_id, "places": event.places})
    if _hears(host, event, by):
        queue_mail(mail.host_named(event, by=by))
    return event


def change_event(
    event: Event,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    time_zone: str,
    host: User,
    by: User,
    about: str = "",
    place: str = "",
    link: str = "",
    places: int | None = None,
    closes_at: datetime | None = None,
) -> None:
    """Change an event that has not begun; whoever comes or waits hears of it if it matters to them, once.

    More places go to those who wait, in order: they hear that they can come, and nothing else.

    Raises:
        NoName, BadTimes, BadAddress, NotStaff: nothing was changed.
        TooFewPlaces: more people have a place than there would be.
        NoPlace: it has begun, or was called off.
    """
    hold(event)
    _not_gone(event)
    words = _words(event.circle_id, title=title, about=about, place=place, link=link, host=host)
    times = _times(starts_at, ends_at, closes_at, time_zone)
    room = _places(places, taken=_taken(event))
    before, former = {name: getattr(event, name) for name in _TOLD}, event.host
    for name, value in {**words, **times, "places": room}.items():
        setattr(event, name, value)
    changed = [name for name in _TOLD if getattr(event, name) != before[name]]
    if changed:
        event.version += 1
    if "starts_at" in changed:
        event.reminded_at = None
    session().flush()
    record("event.changed", event, by=by, after={"changed": changed, "places": event.places})
    moved_up = {rsvp.user_id for rsvp in move_up(event)}
    if changed:
        people = [rsvp for rsvp in people_of_event(event) if rsvp.user_id not in moved_up]
        queue_mails(mail.event_changed(event, people, before=before, by=by))
    _tell_host(event, former, is_changed=bool(changed), by=by)


def cancel_event(event: Event, *, why: str, by: User) -> None:
    """Call it off, with the reason; everyone who comes or waits is told once.

    Raises:
        NoWords: without a reason.
        NoPlace: it is over, or was called off already.
    """
    hold(event)
    _not_gone(event)
    words = tidy(why)
    if not words:
        raise NoWords(_("Say why; everyone who wanted to come reads it."))
    event.cancelled_at, event.cancelled_why = now(), words
    event.version += 1
    session().flush()
    record("event.cancelled", event, by=by)
    queue_mails(mail.event_cancelled(event, people_of_event(event), by=by))
    if _hears(event.host, event, by):
        queue_mail(mail.host_cancelled(event, by=by))


def _tell_host(event: Event, former: User, *, is_changed: bool, by: User) -> None:
    """Tell whoever has to be there, and whoever need not be any more, what another did."""
    is_new = event.host_id != former.id
    if is_new and _hears(former, event, by):
        queue_mail(mail.host_relieved(event, former, by=by))
    if (is_new or is_changed) and _hears(event.host, event, by):
        queue_mail((mail.host_named if is_new else mail.host_changed)(event, by=by))


def _hears(host: User, event: Event, by: User) -> bool:
    """Whether a host is told what somebody did; nobody is of what they did, or of what they may not see any more."""
    return host.id != by.id and may_see_event(host, event)


def _words(circle_id: int | None, *, title: str, about: str, place: str, link: str, host: User) -> dict[str, Any]:
    """What it is and where, as it is kept."""
    line, where = " ".join(tidy(title).split()), " ".join(tidy(place).split())
    if not 0 < len(line) <= TITLE_LIMIT:
        raise NoName(_("Give it a title of at most %(limit)s characters.", limit=TITLE_LIMIT))
    if len(where) > PLACE_LIMIT:
        raise NoName(_("Say where in at most %(limit)s characters.", limit=PLACE_LIMIT))
    link = clean_address(link, about="link")
    if not where and not link:
        raise BadAddress(_("Say where it is: a place, the address of a call, or both."))
    check_holder(host, circle_id)
    return {
        "title": line, "about": tidy(about), "place": where, "link": link, "host": host, "host_id": host.id,
    }  # fmt: skip


def _times(starts_at: datetime, ends_at: datetime, closes_at: datetime | None, time_zone: str) -> dict[str, Any]:
    """When it is, as it is kept."""
    if time_zone not in available_timezones():
        raise BadTimes(_("“%(zone)s” is not a time zone.", zone=time_zone[:60]))
    if starts_at <= now() or ends_at <= starts_at:
        raise BadTimes(_("It must begin in the future, and end after it begins."))
    closes = closes_at or starts_at
    if closes > starts_at:
        raise BadTimes(_("Sign-up cannot close after it has begun."), about="closes_at")
    return {"starts_at": starts_at, "ends_at": ends_at, "closes_at": closes, "time_zone": time_zone}


def _places(places: int | None, *, taken: int = 0) -> int | None:
    if places is None:
        return None
    if not 0 < places <= MOST_PLACES:
        raise TooFewPlaces(
            _("Between 1 and %(most)s places, or none written for no limit.", most=MOST_PLACES), about="places"
        )
    if places < taken:
        one = "%(num)s person has a place already; give at least as many."
        raise TooFewPlaces(
            ngettext(one, "%(num)s people have a place already; give at least as many.", taken), about="places"
        )
    return places


def _taken(event: Event) -> int:
    given = select(func.count()).where(Rsvp.event_id == event.id, Rsvp.given_at.is_not(None))
    return session().scalar(given) or 0


def _not_gone(event: Event) -> None:
    if event.is_cancelled:
        raise NoPlace(_("It was called off already."))
    if event.has_begun:
        raise NoPlace(_("It has begun; what was planned stays as it was."))
