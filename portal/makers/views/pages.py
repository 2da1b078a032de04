"""The page of a person, the evidence behind the score, and what staff decide."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.foundation.access import actor, allow, reader_zone, refusals_on
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.models import Author
from portal.makers.forms import MoveForm, NotesForm, VerdictForm
from portal.makers.models import Opinion, Person, PersonAuthor, Score, Stage
from portal.makers.policies import may_judge, may_see_author, may_see_people
from portal.makers.queries import evidence
from portal.makers.queries.channels import unscored_channels
from portal.makers.queries.evidence import Order, Past
from portal.makers.queries.hours import said_by
from portal.makers.scoring.habits import habits_of
from portal.makers.scoring.rhythm import ACTS, SILENCE
from portal.makers.services import held_for, judge, keep_notes, move_by_hand
from portal.makers.views import words
from portal.makers.views.asked import choice_of, number_of
from portal.makers.views.blueprint import bp
from portal.makers.views.hours import habits_shown
from portal.makers.views.shortlist import back_to_list

_MAY_BE_INVITED = {Stage.SHORTLISTED, Stage.RESTING}
_MAY_BE_JUDGED = {Stage.WATCHING, Stage.SHORTLISTED, Stage.RESTING, Stage.NOT_A_FIT}
_MAY_REST = {Stage.WATCHING, Stage.SHORTLISTED, Stage.MEMBER}
_WAY = (Stage.WATCHING, Stage.SHORTLISTED, Stage.INVITED, Stage.MEMBER)
_AN_ARCHIVE = timedelta(days=31)


@bp.get("/people/<int:person_id>")
@allow(may_see_people, Person)
def show_person(person: Person) -> ResponseReturnValue:
    """One person: why this score, what they said, and what was done."""
    if person.merged_into_id is not None:
        return redirect(url_for("makers.show_person", person_id=person.merged_into_id), 303)
    return _person_page(person, VerdictForm(formdata=None), NotesForm(formdata=None, notes=person.notes))


@bp.get("/authors/<int:author_id>")
@allow(may_see_author, Author)
def show_author(author: Author) -> ResponseReturnValue:
    """From an account to the person whose it is."""
    owner = session().get(PersonAuthor, author.id)
    if owner is None:
        flash(_("%(name)s is not placed among the people yet; look again in a minute.", name=author.handle))
        return redirect(url_for("listening.list_mentions", author=author.id), 303)
    return redirect(url_for("makers.show_person", person_id=owner.person_id), 303)


@bp.get("/people/<int:person_id>/mentions")
@allow(may_see_people, Person)
def list_evidence(person: Person) -> ResponseReturnValue:
    """Every mention of a person with the points it brought."""
    order = choice_of(Order, request.args.get("by", ""), Order.POINTS)
    accounts = evidence.accounts(person)
    _history, lines = evidence.scored(person)
    page = evidence.evidence_page(
        [account.id for account in accounts], lines, order, after=number_of(request.args.get("after"))
    )
    return render_template(
        "makers/list_evidence.html",
        person=person,
        page=page,
        order=order,
        orders=words.order_labels(),
        kinds=words.kind_labels(),
        words=words,
    )


@bp.post("/people/<int:person_id>/verdicts")
@allow(may_judge, Person)
def create_verdict(person: Person) -> ResponseReturnValue:
    """Take a verdict, and go on with the next person."""
    form, before = VerdictForm(), person.stage
    if form.validate_on_submit():
        opinion = Opinion(form.opinion.data)
        with refusals_on(form):
            judge(person, opinion, form.note.data or "", actor())
            if "tab" not in request.form and opinion is Opinion.FIT:
                flash(_("%(name)s is on the shortlist.", name=person.name), "success")
                return redirect(url_for("makers.show_person", person_id=person.id), 303)
            return back_to_list(judged=person.id, was=before.value)
    return _person_page(person, form, NotesForm(formdata=None, notes=person.notes)), 422


@bp.post("/people/<int:person_id>/moves")
@allow(may_judge, Person)
def create_move(person: Person) -> ResponseReturnValue:
    """Put a person back where they were, or to rest."""
    form, problem = MoveForm(), VerdictForm(formdata=None)
    with refusals_on(problem):
        if not form.validate_on_submit():
            raise Refusal(_("%(name)s cannot be put there by hand.", name=person.name))
        move_by_hand(person, Stage(form.stage.data), by=actor(), why=form.why.data or "")
        if "tab" in request.form:
            return back_to_list(at=person.id)
        stage = words.stage_labels()[person.stage]
        flash(_("%(name)s: %(stage)s.", name=person.name, stage=stage), "success")
        return redirect(url_for("makers.show_person", person_id=person.id), 303)
    return _person_page(person, problem, NotesForm(formdata=None, notes=person.notes)), 422


@bp.post("/people/<int:person_id>/notes")
@allow(may_judge, Person)
def create_notes(person: Person) -> ResponseReturnValue:
    """Keep what was written about a person."""
    form = NotesForm()
    if not form.validate_on_submit():
        return _person_page(person, VerdictForm(formdata=None), form), 422
    keep_notes(person, form.notes.data or "", by=actor())
    flash(_("Your notes are kept."), "success")
    return redirect(url_for("makers.show_person", person_id=person.id, _anchor="notes"), 303)


def _person_page(person: Person, verdict_form: VerdictForm, notes_form: NotesForm) -> str:
    accounts = evidence.accounts(person)
    history, lines = evidence.scored(person)
    # Who counts for nothing any more still has the scores of earlier days.
    score = history[-1] if history and (person.score > 0 or not history[-1].total) else None
    lines = lines if score else []
    author_ids = [account.id for account in accounts]
    top, newest, held_since = evidence.top_and_newest(author_ids, lines)
    zone = person.zone or reader_zone().key
    habits = habits_of(said_by(author_ids), ZoneInfo(zone))
    past = evidence.past(person)
    return render_template(
        "makers/show_person.html",
        person=person,
        accounts=accounts,
        history=history,
        score=score,
        month=words.month(history, lines),
        notice=_notice(person, score),
        held_until=_held_until(person, past, held_since),
        habits=habits_shown(habits, zone=ZoneInfo(zone), is_theirs=bool(person.zone)),
        bars=words.long_bars(score, lines) if score else [],
        unlisted=[account.handle for account in accounts if account.is_unlisted],
        unscored=sorted(unscored_channels({account.channel for account in accounts})),
        plot=words.plot(history) if history else None,
        mentions_scored=len(lines),
        followers=sum(account.followers or 0 for account in accounts),
        top=top,
        newest=newest,
        past=past,
        verdict_form=verdict_form,
        notes_form=notes_form,
        is_judged_here=person.stage in _MAY_BE_JUDGED and not person.rests_as_member,
        moves=_moves(person),
        invite_url=_invite_url(person),
        way=[words.stage_labels()[stage] for stage in _WAY],
        way_at=_WAY.index(person.stage) if person.stage in _WAY else None,
        stage_labels={stage.value: label for stage, label in words.stage_labels().items()},
        opinion_labels=words.opinion_labels(),
        kinds=words.kind_labels(),
        words=words,
    )


def _notice(person: Person, score: Score | None) -> dict[str, Any] | None:
    """That someone fell silent or came back, and the move that may follow from it."""
    moment = now()
    if score is not None and score.scored_at.date() - score.day > _AN_ARCHIVE:
        moment = datetime.combine(score.day, time.max, tzinfo=UTC)
    if person.returned_at and person.returned_at > moment - SILENCE:
        move = _way_back(person) if person.stage is Stage.RESTING else None
        return {"kind": "back", "days": person.silent_days, "on": person.returned_at, "move": move}
    if person.acts >= ACTS and person.last_heard_at and person.last_heard_at <= moment - SILENCE:
        move = Stage.RESTING if person.stage in _MAY_REST else None
        return {"kind": "quiet", "days": (moment - person.last_heard_at).days, "on": person.last_heard_at, "move": move}
    return None


def _moves(person: Person) -> list[tuple[Stage, str]]:
    """Where staff may put somebody by hand now, and what the button says."""
    if person.stage in _MAY_REST and person.later_until is None:
        rest = [(Stage.RESTING, _("Let them rest"))]
        return rest if person.stage is not Stage.SHORTLISTED else [*rest, (Stage.WATCHING, _("Back to watching"))]
    if person.stage in {Stage.RESTING, Stage.NOT_A_FIT} or person.later_until:
        return [(_way_back(person), _("Back to the members") if person.rests_as_member else _("Back to watching"))]
    return []


def _way_back(person: Person) -> Stage:
    return Stage.MEMBER if person.rests_as_member else Stage.WATCHING


def _held_until(person: Person, past: Sequence[Past], held_since: datetime | None) -> datetime | None:
    """Until when the words and the name of someone nobody judged are held; None for everyone else.

    The name stays as long as any words do, and as long from the day on which they were met.
    """
    held = held_for()
    is_taken_on = person.owner_id or person.next_step or person.notes or any(one.verb == "judged" for one in past)
    if held is None or person.shrunk_at is not None or person.stage is not Stage.WATCHING or is_taken_on:
        return None
    return max(person.created_at, held_since or person.created_at) + held


def _invite_url(person: Person) -> str | None:
    endpoint = "invitations.new_invitation"
    if person.stage not in _MAY_BE_INVITED or person.rests_as_member or endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, person_id=person.id)
