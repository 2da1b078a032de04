"""The shortlist, the page of a person, and the evidence behind each score."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from portal.foundation.access import actor, allow, draw_template, drawn, drawn_page, reader_zone, refusals_on
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.listening.models import Author
from portal.listening.queries import heard_channels
from portal.listening.signals.language import COMMON_LANGUAGES
from portal.makers.forms import MoveForm, NotesForm, VerdictForm
from portal.makers.models import Opinion, Person, PersonAuthor, Score, Stage
from portal.makers.policies import may_judge, may_see_author, may_see_people
from portal.makers.queries import evidence
from portal.makers.queries.evidence import Order, Past
from portal.makers.queries.hours import said_by
from portal.makers.queries.people import COUNTED, TOPIC, Tab, people_page, tab_counts
from portal.makers.scoring.habits import habits_of
from portal.makers.scoring.rhythm import ACTS, SILENCE
from portal.makers.services import held_for, judge, keep_notes, move_to_stage
from portal.makers.views import words
from portal.makers.views.asked import choice_of, list_arguments, number_of, wanted_of
from portal.makers.views.blueprint import bp
from portal.makers.views.cards import cards_of
from portal.makers.views.hours import habits_shown

_MAY_BE_INVITED = {Stage.SHORTLISTED, Stage.RESTING}
_WAY = (Stage.WATCHING, Stage.SHORTLISTED, Stage.INVITED, Stage.MEMBER)
_AN_ARCHIVE = timedelta(days=31)


@bp.get("/people")
@allow(may_see_people)
def list_people() -> ResponseReturnValue:
    """The people by score, with the keys to judge them."""
    asked, current = tuple(list_arguments(request.args).items()), number_of(request.args.get("at"))
    judged = _judged(request.args)
    return _list(asked, current, judged) if judged else _drawn_page(asked, current)


@drawn_page(TOPIC)
def _drawn_page(asked: tuple[tuple[str, Any], ...], current: int | None) -> str:
    return _list(asked, current)


def _list(asked: tuple[tuple[str, Any], ...], current: int | None, judged: dict[str, Any] | None = None) -> str:
    return render_template(
        "makers/list_people.html",
        listed=_drawn_list(asked, current),
        here=dict(asked),
        stage_labels=words.stage_labels(),
        judged=judged,
    )


@drawn(TOPIC)
def _drawn_list(asked: tuple[tuple[str, Any], ...], current: int | None) -> Markup:
    """The list as every manager sees it; `asked` is what `list_arguments` gave."""
    here = dict(asked)
    wanted = wanted_of(MultiDict({name: value for name, value in asked if value}))
    page = people_page(wanted, after=_place(here["after"] or ""))
    cards = cards_of(page.people, reader=reader_zone())
    older = "{}_{}".format(*page.after) if page.after else None
    return draw_template(
        "makers/people_part.html",
        people=page.people,
        cards=cards,
        wanted=wanted,
        here=here,
        older_url=url_for("makers.list_people", **here | {"after": older}) if older else None,
        counts=tab_counts(),
        counted=COUNTED,
        tab_labels=words.tab_labels(),
        stage_labels=words.stage_labels(),
        channels=heard_channels(),
        kinds=words.kind_labels(),
        languages=sorted(COMMON_LANGUAGES),
        ranks=words.rank_labels(),
        rhythms=words.rhythm_labels(),
        looked_down_to=page.looked_down_to,
        current=current,
        may_judge_here=wanted.tab not in {Tab.INVITED, Tab.MEMBERS, Tab.LEFT_OUT},
        archive_day=_archive_day([day for _card, day in cards.values()]),
        words=words,
    )


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
            return _back_to_list(judged=person.id, was=before.value)
    return _person_page(person, form, NotesForm(formdata=None, notes=person.notes)), 422


@bp.post("/people/<int:person_id>/moves")
@allow(may_judge, Person)
def create_move(person: Person) -> ResponseReturnValue:
    """Put a person back where they were."""
    form = MoveForm()
    if not form.validate_on_submit() or person.stage in {Stage.INVITED, Stage.MEMBER, Stage.OBJECTED}:
        problem = VerdictForm(formdata=None)
        problem.form_errors = [_("%(name)s cannot be put there by hand.", name=person.name)]
        return _person_page(person, problem, NotesForm(formdata=None, notes=person.notes)), 422
    move_to_stage(person, Stage(form.stage.data), by=actor())
    if "tab" in request.form:
        return _back_to_list(at=person.id)
    flash(_("%(name)s is back among the others.", name=person.name), "success")
    return redirect(url_for("makers.show_person", person_id=person.id), 303)


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
    score = history[-1] if history else None
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
        plot=words.plot(history) if history else None,
        mentions_scored=len(lines),
        followers=sum(account.followers or 0 for account in accounts),
        top=top,
        newest=newest,
        past=past,
        verdict_form=verdict_form,
        notes_form=notes_form,
        is_judged_here=person.stage in {Stage.WATCHING, Stage.SHORTLISTED, Stage.RESTING, Stage.NOT_A_FIT},
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
        move = Stage.WATCHING if person.stage is Stage.RESTING else None
        return {"kind": "back", "days": person.silent_days, "on": person.returned_at, "move": move}
    if person.acts >= ACTS and person.last_heard_at and person.last_heard_at <= moment - SILENCE:
        move = Stage.RESTING if person.stage in {Stage.WATCHING, Stage.SHORTLISTED} else None
        return {"kind": "quiet", "days": (moment - person.last_heard_at).days, "on": person.last_heard_at, "move": move}
    return None


def _held_until(person: Person, past: Sequence[Past], held_since: datetime | None) -> datetime | None:
    """Until when the words of someone nobody judged are held; None for everyone else."""
    held = held_for()
    is_taken_on = person.owner_id or person.next_step or person.notes or any(one.verb == "judged" for one in past)
    if held is None or held_since is None or person.stage is not Stage.WATCHING or is_taken_on:
        return None
    return held_since + held


def _invite_url(person: Person) -> str | None:
    endpoint = "invitations.new_invitation"
    if person.stage not in _MAY_BE_INVITED or endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, person_id=person.id)


def _archive_day(days: Sequence[date | None]) -> date | None:
    newest = max((day for day in days if day), default=None)
    return newest if newest is not None and now().date() - newest > _AN_ARCHIVE else None


def _back_to_list(*, at: int | None = None, **told: Any) -> ResponseReturnValue:
    following = at or number_of(request.form.get("next"))
    anchor = f"person-{following}" if following else None
    here = list_arguments(request.form)
    return redirect(url_for("makers.list_people", **here, at=following, **told, _anchor=anchor), 303)


def _judged(given: MultiDict[str, str]) -> dict[str, Any] | None:
    """Who was judged just now, and where they stood before, for the way back."""
    number = number_of(given.get("judged"))
    person = session().get(Person, number) if number else None
    was = choice_of(Stage, given.get("was", ""), Stage.WATCHING)
    return {"person": person, "was": was.value} if person else None


def _place(words_of_it: str) -> tuple[float, int] | None:
    points, _underscore, last = words_of_it.partition("_")
    number = number_of(last)
    try:
        return (float(points), number) if number else None
    except ValueError:
        return None
