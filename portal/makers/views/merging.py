"""Who may be one person, the board of stages, what comes next, and two people side by side."""

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.foundation.access import actor, allow, reader_zone, refusals_flashed, refusals_on
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.foundation.text import language_words
from portal.makers.forms import StepForm
from portal.makers.models import Merge, MergeSuggestion, Person
from portal.makers.policies import may_judge, may_merge, may_see_people
from portal.makers.queries import evidence, merges
from portal.makers.queries.hours import said_by
from portal.makers.queries.people import PersonRow, person_rows
from portal.makers.scoring.habits import habits_of
from portal.makers.services import keep_in_touch, merge_people, split_people, veto_merge
from portal.makers.views import words
from portal.makers.views.asked import number_of, place_of
from portal.makers.views.blueprint import bp
from portal.makers.views.hours import habits_shown


@bp.get("/people/board")
@allow(may_see_people)
def show_board() -> ResponseReturnValue:
    """The people one is in touch with, stage by stage, and what comes next."""
    mine = request.args.get("owner") == "me"
    return render_template(
        "makers/board.html",
        columns=merges.board(),
        steps=merges.steps(owner=actor() if mine else None),
        mine=mine,
        today=now().date(),
        stage_labels=words.stage_labels(),
    )


@bp.get("/people/table")
@allow(may_see_people)
def show_table() -> ResponseReturnValue:
    """The same people in lines: how far it has come, who keeps in touch, what comes next."""
    mine = request.args.get("owner") == "me"
    lines, after = merges.in_touch(owner=actor() if mine else None, after=place_of(request.args.get("after", "")))
    place, owner = "{}_{}".format(*after) if after else None, "me" if mine else None
    return render_template(
        "makers/table.html",
        lines=lines,
        mine=mine,
        older_url=url_for("makers.show_table", after=place, owner=owner) if place else None,
        today=now().date(),
        stage_labels=words.stage_labels(),
    )


@bp.get("/people/<int:person_id>/plan")
@allow(may_see_people, Person)
def show_plan(person: Person) -> ResponseReturnValue:
    """What comes next with a person, and which accounts are theirs."""
    return _plan_page(person, StepForm(formdata=None, obj=person, owner=str(person.owner_id or "")))


@bp.post("/people/<int:person_id>/steps")
@allow(may_judge, Person)
def create_step(person: Person) -> ResponseReturnValue:
    """Say who keeps in touch, and what comes next; or that it is done, and nothing comes next yet."""
    form = StepForm()
    is_done = "done" in request.form
    if is_done:
        form.leave_the_step(person)
    if form.validate_on_submit():
        number = number_of(form.owner.data)
        owner = session().get(User, number) if number else None
        with refusals_on(form):
            keep_in_touch(
                person,
                owner=owner,
                next_step="" if is_done else form.next_step.data or "",
                on=None if is_done else form.next_step_on.data,
                zone=form.zone.data or "",
                by=actor(),
            )
            if is_done:
                flash(_("That is done. Say what comes next, if anything does."), "success")
                return redirect(url_for("makers.show_plan", person_id=person.id), 303)
            flash(_("What comes next is kept."), "success")
            return redirect(url_for("makers.show_person", person_id=person.id), 303)
    return _plan_page(person, form), 422


@bp.get("/people/merges")
@allow(may_see_people)
def list_merges() -> ResponseReturnValue:
    """The pairs that may be one person, the surest first."""
    pairs = merges.open_suggestions()
    people = {row.person.id: row for row in person_rows({p.id: p for s in pairs for p in (s.person, s.other)}.values())}
    return render_template(
        "makers/list_merges.html", pairs=pairs, people=people, evidence_words=evidence_words, words=words
    )


@bp.post("/merge-suggestions/<int:merge_suggestion_id>/acceptances")
@allow(may_merge, MergeSuggestion)
def create_merge(merge_suggestion: MergeSuggestion) -> ResponseReturnValue:
    """Make two people one."""
    one, other = merge_suggestion.person, merge_suggestion.other
    kept, merged = (one, other) if one.score >= other.score else (other, one)
    with refusals_flashed():
        merge = merge_people(kept, merged, by=actor())
        session().flush()
        return redirect(url_for("makers.show_plan", person_id=merge.kept_id, _anchor="accounts"), 303)
    return redirect(url_for("makers.list_merges"), 303)


@bp.post("/merge-suggestions/<int:merge_suggestion_id>/vetoes")
@allow(may_merge, MergeSuggestion)
def create_merge_veto(merge_suggestion: MergeSuggestion) -> ResponseReturnValue:
    """Say that two people are two."""
    veto_merge(merge_suggestion, by=actor())
    flash(_("They are two people; you are not asked about them again."))
    return redirect(url_for("makers.list_merges"), 303)


@bp.post("/merges/<int:merge_id>/undos")
@allow(may_merge, Merge)
def create_merge_undo(merge: Merge) -> ResponseReturnValue:
    """Take two people apart again."""
    with refusals_flashed():
        alone = split_people(merge, by=actor())
        flash(_("%(name)s stands alone again, and both are scored anew.", name=alone.name))
        return redirect(url_for("makers.show_plan", person_id=merge.kept_id, _anchor="accounts"), 303)
    return redirect(url_for("makers.show_person", person_id=merge.kept_id), 303)


@bp.get("/people/comparison")
@allow(may_see_people)
def show_comparison() -> ResponseReturnValue:
    """Two people side by side: bars, months, words."""
    people = merges.people_of([number_of(request.args.get(name)) for name in ("one", "other")])
    sides = [_side(row) for row in person_rows(people)]
    return render_template(
        "makers/comparison.html",
        sides=sides,
        near=merges.neighbours(people[0]) if len(people) == 1 else [],
        words=words,
        stage_labels=words.stage_labels(),
    )


def evidence_words(code: str, shown: str) -> str:
    """What speaks for two accounts being one person's, in a sentence."""
    return {
        "each_names": _("each names the other, such as %(what)s", what=shown),
        "names": _("one names the other as its own: %(what)s", what=shown),
        "link": _("both name %(what)s as their site", what=shown),
        "handle": _("both are called %(what)s", what=shown),
        "name": _("both give the name %(what)s", what=shown),
        "language": _("both write in %(what)s", what=language_words(shown)),
        "languages": _("but they write in different languages (%(what)s)", what=_languages(shown)),
    }.get(code, shown)


def _languages(shown: str) -> str:
    return ", ".join(language_words(code) for code in shown.split(", "))


def _side(row: PersonRow) -> dict[str, Any]:
    lines = evidence.contributions(row.person, row.score.day) if row.score else []
    return {"row": row, "bars": words.long_bars(row.score, lines) if row.score else [], "mentions": len(lines)}


def _plan_page(person: Person, form: StepForm) -> str:
    form.offer(merges.keepers())
    pairs = merges.suggestions_of(person)
    others = [pair.other if pair.person_id == person.id else pair.person for pair in pairs]
    accounts = evidence.accounts_of_each([person.id, *(other.id for other in others)])
    zone = ZoneInfo(person.zone or reader_zone().key)
    habits = habits_of(said_by([account.id for account in accounts[person.id]]), zone)
    return render_template(
        "makers/plan.html",
        person=person,
        form=form,
        zones=sorted(available_timezones()),
        stage_labels=words.stage_labels(),
        habits=habits_shown(habits, zone=zone, is_theirs=bool(person.zone)),
        accounts=accounts[person.id],
        merges=merges.merges_into(person),
        whys=merges.why_taken_up(person),
        pairs=[(pair, other, accounts[other.id]) for pair, other in zip(pairs, others, strict=True)],
        evidence_words=evidence_words,
        words=words,
    )
