"""Keeping promises: their terms, warnings before and after they break, a new date for a broken one."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import Circle
from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import BusinessHours, now
from portal.foundation.database import insert_into, session
from portal.foundation.mail.outbox import queue_mail, queue_mails, was_queued
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger import mail
from portal.ledger.chain import heads, hold_ledger
from portal.ledger.models import Idea, NewDate, PromiseWarning, Terms, WarningLevel
from portal.ledger.policies import may_hand_over
from portal.ledger.promises import due_at, forget_promises, promise_for, promise_of
from portal.ledger.queries import Answerers, answerers, promises_near
from portal.ledger.services.refusals import NoReason, NotLate, NotYours, UnreadableHours, check_length


@dataclass(frozen=True)
class Lead:
    """How long before a promise breaks somebody hears of it.

    Attributes:
        acknowledging: working time before a first word is due, or a new date is over.
        deciding: before an action or an explanation is due; and at least so much of it is working time as
            `working` says, so that what falls due on a Monday morning is not told on the Saturday before.
    """

    acknowledging: timedelta
    deciding: timedelta
    working: timedelta

    def soon(self, hours: BusinessHours, moment: datetime) -> tuple[datetime, datetime]:
        """Until when a first word, and a decision, must be due for it to be time."""
        return hours.add(moment, self.acknowledging), max(moment + self.deciding, hours.add(moment, self.working))


OWNERS_LEAD = Lead(timedelta(hours=2), timedelta(days=2), timedelta(hours=8))
MANAGERS_LEAD = Lead(timedelta(hours=1), timedelta(days=1), timedelta(hours=4))
# So long nobody is reminded of what has only just come, however short the promise.
IN_PEACE = timedelta(minutes=30)


def give_new_date(idea: Idea, *, until: datetime, words: str, by: User) -> NewDate:
    """Say by when a broken promise will be kept, and why it broke; it stays on the record as late.

    Raises:
        NotYours: not staff.
        NotLate: no promise is broken here, or the new date is past.
        NoReason: no word goes with it.
    """
    reason, moment = tidy(words), now()
    if not may_hand_over(by, idea):
        raise NotYours(_("Only the company's own people give a new date."))
    # It is not answered while its new date is written down.
    hold_ledger()
    session().refresh(idea, ["standing", "acknowledge_by", "decide_by"])
    due = due_at(idea)
    if due is None or due >= moment:
        raise NotLate(_("This is not late; its promise stands as it is."))
    if until <= moment:
        raise NotLate(_("The new date must be still to come."), about="until")
    if not reason:
        raise NoReason(_("Say why it is late; its author reads it."))
    check_length(reason)
    given = NewDate(idea_id=idea.id, promised_for=due, until=until, words=reason, given_by=by, given_at=moment)
    session().add(given)
    idea.new_date = until
    session().flush()
    record("idea.new_date", idea, by=by, before={"due": due.isoformat()}, after={"until": until.isoformat()})
    return given


def let_clock_run(idea: Idea, *, since: datetime, until: datetime) -> None:
    """Promise the decision, and a new date that was given for it, as much later as the clock stood still."""
    promise = promise_for(idea.circle_id)
    idea.decide_by = promise.after_pause(idea.decide_by, since, until)
    if idea.new_date is not None:
        idea.new_date = promise.after_pause(idea.new_date, since, until)


def set_terms(
    *,
    circle: Circle | None,
    acknowledge_hours: int | None,
    decide_days: int | None,
    by: User,
    business_hours: str | None = None,
    closed_days: str | None = None,
    holidays: str | None = None,
) -> Terms:
    """Set what is promised from now on, for the company or for one circle; promises given already stay.

    Args:
        circle: None for the company; only then the last three count. None for a value leaves it to the settings.

    Raises:
        NotYours: not a manager.
        UnreadableHours: the hours, days or holidays cannot be read, or leave no hour to work in.
    """
    if not (by.is_active and by.is_manager):
        raise NotYours(_("Managers set what the company promises."))
    # Two managers who are the first at once: the second finds the row of the first.
    hold_ledger()
    number = circle.id if circle else None
    same = Terms.circle_id == number if number is not None else Terms.circle_id.is_(None)
    terms = session().scalars(select(Terms).where(same)).one_or_none() or Terms(circle_id=number)
    before = _promised(terms)
    terms.acknowledge_hours, terms.decide_days = acknowledge_hours, decide_days
    if circle is None:
        terms.business_hours, terms.closed_days, terms.holidays = business_hours, closed_days, holidays
    terms.changed_at, terms.changed_by_id = now(), by.id
    try:
        promise_of(terms if circle is None else None)
    except ValueError as problem:
        if terms.id is not None:
            session().expire(terms)
        # Whoever typed it knows nothing of the name of a setting.
        why = re.sub(r"^[A-Z_]+: ", "", str(problem))
        raise UnreadableHours(_("That cannot be read: %(why)s.", why=why)) from problem
    session().add(terms)
    session().flush()
    forget_promises()
    record("terms.set", terms, by=by, before=before, after={"circle": number, **_promised(terms)})
    return terms


def _promised(terms: Terms) -> dict[str, Any]:
    """What these terms say, for the audit: a day on which nobody answers makes every promise longer."""
    said = ("acknowledge_hours", "decide_days", "business_hours", "closed_days", "holidays")
    return {name: value for name in said if (value := getattr(terms, name)) is not None}


def warn(*, limit: int = 100) -> int:
    """Tell owners whose promise is about to break, then managers, and managers again where one has; each once.

    Returns how many warnings there were.
    """
    moment = now()
    hours = promise_for().hours
    given: dict[str, Any] = {"limit": limit, "came_before": moment - IN_PEACE}
    told = _warn(promises_near(*OWNERS_LEAD.soon(hours, moment), level=WarningLevel.OWNER, **given), WarningLevel.OWNER)
    # What broke while nobody looked is told once, as broken.
    given["due_after"] = moment
    near = promises_near(*MANAGERS_LEAD.soon(hours, moment), level=WarningLevel.MANAGERS_BEFORE, **given)
    told += _warn(near, WarningLevel.MANAGERS_BEFORE)
    broken = promises_near(moment, moment, level=WarningLevel.MANAGERS, limit=limit)
    return told + _warn(broken, WarningLevel.MANAGERS)


def send_heads() -> int:
    """Mail the newest hash of each chain to the witness, once a day; returns 1 when it was queued."""
    to, today = config.current().WITNESS_ADDRESS, config.today()
    key = f"heads:{today.isoformat()}"
    if not to or session().scalar(select(was_queued("ledger_heads", key))):
        return 0
    queue_mail(mail.ledger_heads(heads(), day=today, key=key, to=to))
    return 1


def _warn(near: list[tuple[Idea, datetime]], level: WarningLevel) -> int:
    """Write down these warnings and tell whoever each is for; one that another worker wrote is not told again."""
    if not near:
        return 0
    moment = now()
    rows = [{"idea_id": idea.id, "due": due, "level": level, "warned_at": moment} for idea, due in near]
    statement = insert_into(PromiseWarning).values(rows).on_conflict_do_nothing()
    fresh = {
        (row.idea_id, row.due)
        for row in session().execute(statement.returning(PromiseWarning.idea_id, PromiseWarning.due))
    }
    warned = [(idea, due) for idea, due in near if (idea.id, due) in fresh]
    known = answerers({idea.circle_id for idea, _due in warned if idea.circle_id is not None})
    queue_mails(
        mail.promise_warning(idea, due=due, level=level, to=person, is_outside=not known.sees(person, idea.circle_id))
        for idea, due in warned
        for person in _warned(idea, level, known)
    )
    return len(warned)


def _warned(idea: Idea, level: WarningLevel, known: Answerers) -> list[User]:
    """The owner and whoever stands in; or those managers who can open it, and where none can, all of them."""
    if level is WarningLevel.OWNER:
        stand_in = known.also_told(idea.owner, idea.proposed_by_id, circle_id=idea.circle_id)
        return [idea.owner, *([stand_in] if stand_in is not None else [])]
    managers = known.overseers(besides=idea.owner_id)
    return [person for person in managers if known.sees(person, idea.circle_id)] or managers
