"""The two promises of every suggestion, in the company's own hours, and what counts as a reason."""

import re
from datetime import datetime, timedelta, tzinfo

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.text import deadline
from portal.foundation.text import gettext as _
from portal.ledger.models import Standing

# Words of scripts that put no space between them count mark by mark.
_WORDS = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
REASON_WORDS = 4
REASON_MARKS = 20


def acknowledge_by(suggested_at: datetime) -> datetime:
    """Until when a suggestion must have a first word: working hours counted from when it came."""
    settings = config.current()
    return settings.hours.add(suggested_at, timedelta(hours=settings.ACKNOWLEDGE_HOURS))


def decide_by(suggested_at: datetime) -> datetime:
    """Until when it must end in an action or an explanation: calendar days, then the next working moment."""
    settings = config.current()
    moment = suggested_at + timedelta(days=settings.DECIDE_DAYS)
    hours = settings.hours
    return moment if hours.is_open(moment) else hours.next_opening(moment)


def working_minutes(start: datetime, end: datetime) -> int:
    """Working time between two moments, in whole minutes, by the business hours in force."""
    return int(config.current().hours.between(start, end).total_seconds() // 60)


def due_at(standing: Standing, acknowledge: datetime, decide: datetime) -> datetime | None:
    """The promise that runs now; none while we wait for the member or after the decision."""
    if standing is Standing.WAITING:
        return acknowledge
    return decide if standing is Standing.HEARD else None


def is_overdue(standing: Standing, acknowledge: datetime, decide: datetime, at: datetime | None = None) -> bool:
    """Whether the promise that runs has been broken."""
    due = due_at(standing, acknowledge, decide)
    return due is not None and due < (at or now())


def promise_words(standing: Standing, owner: str, acknowledge: datetime, decide: datetime, zone: tzinfo) -> str:
    """What happens next and by when, such as "Rosa will answer by Thursday 15:00"; empty once decided."""
    name = first_name(owner)
    due = due_at(standing, acknowledge, decide)
    if standing is Standing.ASKED_BACK:
        return _("%(name)s asked back and waits for a word", name=name)
    if due is None:
        return ""
    when = deadline(due, zone)
    if due < now():
        return _("%(name)s promised this for %(when)s and is late", name=name, when=when)
    if standing is Standing.HEARD:
        return _("%(name)s will decide by %(when)s", name=name, when=when)
    return _("%(name)s will answer by %(when)s", name=name, when=when)


def first_name(name: str) -> str:
    """How people are called in a sentence."""
    return name.split()[0] if name.split() else name


def gives_a_reason(message: str) -> bool:
    """Whether an explanation says something: at least a full sentence, not "No." or "Not planned"."""
    words = _WORDS.findall(message)
    wide = sum(len(word) == 1 and ord(word) > 0x0DFF for word in words)
    return len(words) >= REASON_WORDS and len(message.strip()) + wide >= REASON_MARKS
