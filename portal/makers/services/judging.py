"""What people decide about makers: verdicts, stages, notes."""

from datetime import date, timedelta
from zoneinfo import available_timezones

from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.makers.models import Opinion, Person, Score, Stage, Verdict

ASK_AGAIN_AFTER = timedelta(days=30)
MAX_NOTES = 10_000


class AlreadyIn(Refusal):
    """They are past being judged: a member, or a letter is on its way."""


class OutOfBounds(Refusal):
    """They are not to be judged at all."""


def judge(person: Person, opinion: Opinion, note: str, by: User) -> Verdict:
    """Write down what someone on the staff thinks, and move the person along; the newest verdict counts.

    A fit goes to the shortlist, a misfit out of the list, and "later" comes back after a month.

    Raises:
        AlreadyIn: they were invited or are a member, so "not a fit" comes too late.
        OutOfBounds: they objected, are a bot, or are one of ours.
    """
    if person.stage in {Stage.OBJECTED, Stage.OWN_STAFF, Stage.BOT}:
        raise OutOfBounds(_("%(name)s cannot be judged: %(stage)s.", name=person.name, stage=_why_not(person.stage)))
    is_in = person.stage in {Stage.INVITED, Stage.MEMBER} or person.rests_as_member
    if is_in and opinion is not Opinion.FIT:
        raise AlreadyIn(_("%(name)s has been invited already.", name=person.name))
    newest = select(Score.id).where(Score.person_id == person.id).order_by(Score.day.desc()).limit(1)
    verdict = Verdict(
        person=person,
        opinion=opinion,
        note=" ".join(note.split())[:500],
        score_id=session().scalar(newest),
        judged_by_id=by.id,
    )
    session().add(verdict)
    record("person.judged", person, by=by, after={"opinion": opinion.value})
    follows = {Opinion.FIT: Stage.SHORTLISTED, Opinion.NOT_A_FIT: Stage.NOT_A_FIT, Opinion.LATER: Stage.WATCHING}
    if not is_in:
        move_to_stage(person, follows[opinion], by=by, why=verdict.note)
    person.later_until = now() + ASK_AGAIN_AFTER if opinion is Opinion.LATER else None
    return verdict


def move_to_stage(person: Person, stage: Stage, *, by: User | None, why: str = "") -> None:
    """Move a person; `by` is None where they moved themselves. Staying where one is leaves no trace.

    Back to watching also ends a "later"; whoever objected is no longer ranked.
    """
    before = {"stage": person.stage.value}
    if person.later_until is not None:
        before["later_until"] = person.later_until.isoformat(timespec="seconds")
        person.later_until = None
    elif stage is person.stage:
        return
    after = {"stage": stage.value, "why": why} if why else {"stage": stage.value}
    record("person.moved", person, by=by, before=before, after=after)
    person.rests_as_member = stage is Stage.RESTING and (person.stage is Stage.MEMBER or person.rests_as_member)
    person.stage = stage
    if stage is Stage.OBJECTED:
        person.score, person.is_critic = 0.0, False


def move_by_hand(person: Person, stage: Stage, *, by: User, why: str = "") -> None:
    """Move a person where staff may put them; a member may rest, and comes back from it as a member.

    Raises:
        OutOfBounds: they objected, a letter to them is on its way, or they would become or stop being a member.
    """
    if person.rests_as_member and stage is not Stage.RESTING:
        stage = Stage.MEMBER
    elif (
        person.stage in {Stage.INVITED, Stage.OBJECTED}
        or stage is Stage.MEMBER
        or (person.stage is Stage.MEMBER and stage is not Stage.RESTING)
    ):
        raise OutOfBounds(_("%(name)s cannot be put there by hand.", name=person.name))
    move_to_stage(person, stage, by=by, why=" ".join(why.split())[:500])


def keep_notes(person: Person, notes: str, *, by: User) -> None:
    """Replace what staff wrote about a person; the words themselves do not go into the audit."""
    words = notes.strip()[:MAX_NOTES]
    if words != person.notes:
        person.notes = words
        record("person.noted", person, by=by, after={"characters": len(words)})


def keep_in_touch(
    person: Person, *, owner: User | None, next_step: str, on: date | None, by: User, zone: str = ""
) -> None:
    """Say who on the staff keeps in touch with a person, what comes next, on which day, and in which zone they live.

    Raises:
        Refusal: the owner is not on the staff, a day is given without a step, or there is no such zone.
    """
    zone = zone.strip()
    if zone and zone not in available_timezones():
        raise Refusal(_("“%(zone)s” is not a time zone; write it like Europe/Berlin.", zone=zone[:40]))
    if owner is not None and not (owner.is_active and owner.is_manager):
        raise Refusal(_("%(name)s does not work with makers; take a community manager.", name=owner.name))
    step = " ".join(next_step.split())[:300]
    if on is not None and not step:
        raise Refusal(_("Say what is to be done on that day."))
    before = _touch(person)
    person.owner_id, person.next_step, person.next_step_on = owner.id if owner else None, step, on
    person.zone = zone
    after = _touch(person)
    if after != before:
        record("person.next_step", person, by=by, before=before, after=after)


def _touch(person: Person) -> dict[str, object]:
    on = person.next_step_on.isoformat() if person.next_step_on else None
    return {"owner": person.owner_id, "step": person.next_step, "on": on, "zone": person.zone}


def _why_not(stage: Stage) -> str:
    return {
        Stage.OBJECTED: _("they asked not to be tracked"),
        Stage.OWN_STAFF: _("this is one of us"),
        Stage.BOT: _("this is a program"),
    }[stage]
