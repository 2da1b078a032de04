"""Who answers: by tag, the fall-back person, and who stands in for whom."""

from datetime import date

from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.database import hold, session
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import date_words
from portal.foundation.text import gettext as _
from portal.ledger.mail import stand_in_named, stand_in_released
from portal.ledger.models import Absence, OwnerRule
from portal.ledger.policies import may_drop_rule
from portal.ledger.queries import absence_within, owner_rules
from portal.ledger.services.refusals import BadAbsence, NotYours
from portal.ledger.services.tags import named_tag


def name_fall_back(owner: User | None, *, by: User) -> None:
    """Name who answers what no circle and no ask gives to somebody; None leaves it to whoever has least open.

    Raises:
        NotYours: not a manager, or the person is not of the active staff.
    """
    if not (by.is_active and by.is_manager):
        raise NotYours(_("Managers name who answers."))
    if owner is not None and not (owner.is_active and owner.is_staff):
        raise NotYours(_("Somebody of the company answers."))
    before = next((rule.owner_id for rule in owner_rules() if not rule.tag), None)
    session().execute(delete(OwnerRule).where(OwnerRule.tag == ""))
    if owner is not None:
        session().add(OwnerRule(tag="", owner_id=owner.id))
        session().flush()
    record("owner.fall_back", by, by=by, before={"owner": before}, after={"owner": owner.id if owner else None})


def name_owner_of_tag(name: str, owner: User, *, by: User) -> OwnerRule:
    """Name who answers what the staff sorts under a word; whoever was named for it before is not any more.

    Raises:
        NotYours: not a manager, or the person is not of the active staff.
        NoWords: the tag is empty.
        TooLong: the tag is too long.
    """
    if not (by.is_active and by.is_manager):
        raise NotYours(_("Managers name who answers."))
    if not (owner.is_active and owner.is_staff):
        raise NotYours(_("Somebody of the company answers."))
    tag = named_tag(name, by=by)
    rule = session().scalars(select(OwnerRule).where(OwnerRule.tag == tag.key)).one_or_none()
    before = rule.owner_id if rule else None
    rule = rule or OwnerRule(tag=tag.key)
    rule.owner = owner
    session().add(rule)
    session().flush()
    record("owner.of_tag", rule, by=by, before={"owner": before}, after={"tag": tag.name, "owner": owner.id})
    return rule


def drop_owner_rule(rule: OwnerRule, *, by: User) -> None:
    """Take a rule back; what it gave to somebody stays with them.

    Raises:
        NotYours: not a manager.
    """
    if not may_drop_rule(by, rule):
        raise NotYours(_("Managers name who answers."))
    record("owner.rule_dropped", rule, by=by, before={"tag": rule.tag, "owner": rule.owner_id})
    session().delete(rule)
    session().flush()


def plan_absence(person: User, *, from_day: date, until_day: date, stand_in: User, by: User) -> Absence:
    """Say who gets what is new while somebody is away, both days included; whoever stands in is told.

    Raises:
        NotYours: staff plan their own; managers plan anybody's.
        BadAbsence: it ends before it begins or is over, they are away then already, or nobody else stands in.
    """
    if not (by.is_active and by.is_staff and person.is_staff and (by.id == person.id or by.is_manager)):
        raise NotYours(_("You can plan your own absence; managers plan anybody’s."))
    if until_day < from_day:
        raise BadAbsence(_("The last day comes before the first."), about="until_day")
    if until_day < config.today():
        raise BadAbsence(_("Those days are over."), about="until_day")
    if stand_in.id == person.id or not (stand_in.is_active and stand_in.is_staff):
        raise BadAbsence(_("Somebody else of the company must stand in."), about="stand_in")
    # One who sends a form twice is away once; which of two people stood in, nobody could say.
    hold(person)
    known = absence_within(person, from_day, until_day)
    if known is not None:
        name, first, last = person.name, date_words(known.from_day), date_words(known.until_day)
        taken = _("%(name)s is away from %(first)s to %(last)s already.", name=name, first=first, last=last)
        raise BadAbsence(f"{taken} {_('Take that back first.')}")
    absence = Absence(user=person, from_day=from_day, until_day=until_day, stand_in=stand_in)
    session().add(absence)
    session().flush()
    record("absence.planned", person, by=by, after={"absence": absence.id, "stand_in": stand_in.id})
    if stand_in.id != by.id:
        queue_mail(stand_in_named(absence))
    return absence


def end_absence(absence: Absence, *, by: User) -> None:
    """Take an absence back, or end it early; what the stand-in got stays with them, and they are told.

    Raises:
        NotYours: staff end their own; managers end anybody's.
    """
    if not (by.is_active and by.is_staff and (by.id == absence.user_id or by.is_manager)):
        raise NotYours(_("You can end your own absence; managers end anybody’s."))
    record("absence.ended", absence.user, by=by, before={"absence": absence.id, "stand_in": absence.stand_in_id})
    if absence.stand_in_id != by.id and absence.until_day >= config.today():
        queue_mail(stand_in_released(absence))
    session().delete(absence)
    session().flush()
