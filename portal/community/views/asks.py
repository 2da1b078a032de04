"""Asks as the company runs them: putting, mending, ending and closing; and the poll of members.

The page of an ask, with what was suggested there, belongs to the ledger.
"""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.accounts.policies import is_staff
from portal.community.forms import AskForm, ButtonForm, SummaryForm
from portal.community.models import Ask, Circle
from portal.community.policies import may_read_ask, may_run_ask
from portal.community.queries import circles_to_speak_in, poll_of, staff_for
from portal.community.services import add_ask_pictures, change_ask, choice_of, choose, close_ask, end_ask, put_ask
from portal.community.views import bp
from portal.community.views.pictures import sent_pictures
from portal.foundation.access import actor, allow, reader_zone, refusals_flashed, refusals_on, row_key
from portal.foundation.database import hold, session
from portal.foundation.text import gettext as _


@bp.get("/asks/new")
@allow(is_staff)
def new_ask() -> ResponseReturnValue:
    """The form of a new question."""
    form = _form()
    form.owner.data = actor().id
    form.suggest_times(reader_zone())
    form.circle.data = request.args.get("circle", 0, type=int)
    return _page(form)


@bp.post("/asks")
@allow(is_staff)
def create_ask() -> ResponseReturnValue:
    """Put it."""
    form = _form()
    if form.validate_on_submit():
        with refusals_on(form):
            opens_at, closes_at = form.times(reader_zone())
            ask = put_ask(
                question=form.question.data or "",
                background=form.background.data or "",
                circle=session().get(Circle, form.circle.data) if form.circle.data else None,
                owner=session().get_one(User, form.owner.data),
                opens_at=opens_at,
                closes_at=closes_at,
                shows_others=bool(form.shows_others.data),
                choices=form.lines(),
                by=actor(),
                form_key=form.form_key.data,
            )
            add_ask_pictures(ask, (file.stream for file in sent_pictures()), by=actor(), is_first=True)
            flash(_("It is open, and members hear of it.") if ask.opened_at else _("It opens by itself at its time."))
            return _to_page(ask)
    form.pictures.ask_again()
    return _page(form, status=422)


@bp.get("/asks/<int:ask_id>/edit")
@allow(may_run_ask, Ask)
def edit_ask(ask: Ask) -> ResponseReturnValue:
    """What it asks, to be mended; what has ended stays as it was."""
    if ask.ended_at is not None:
        return _to_page(ask)
    return _page(_stands(ask), ask)


@bp.post("/asks/<int:ask_id>")
@allow(may_run_ask, Ask)
def update_ask(ask: Ask) -> ResponseReturnValue:
    """Mend it."""
    form = _form(ask)
    if form.validate_on_submit():
        # Of two who send at once, the second is compared with what the first wrote.
        hold(ask)
        changed = form.changed_since(_stands(ask))
        if changed:
            return _page(form, ask, changed=changed, status=409)
        with refusals_on(form):
            opens_at, closes_at = form.times(reader_zone(), ask)
            change_ask(
                ask,
                question=form.question.data or "",
                background=form.background.data or "",
                owner=session().get_one(User, form.owner.data),
                opens_at=opens_at,
                closes_at=closes_at,
                shows_others=bool(form.shows_others.data),
                choices=form.lines(),
                by=actor(),
            )
            add_ask_pictures(ask, (file.stream for file in sent_pictures()), by=actor())
            flash(_("Kept."))
            return _to_page(ask)
    form.pictures.ask_again()
    return _page(form, ask, status=422)


@bp.post("/asks/<int:ask_id>/endings")
@allow(may_run_ask, Ask)
def create_ending(ask: Ask) -> ResponseReturnValue:
    """Take no more answers, before its time."""
    if ButtonForm().validate_on_submit() and end_ask(ask, by=actor()):
        flash(_("It takes no more answers. Now say what you heard."))
    return redirect(url_for("community.edit_summary", ask_id=ask.id), 303)


@bp.get("/asks/<int:ask_id>/summary/edit")
@allow(may_run_ask, Ask)
def edit_summary(ask: Ask) -> ResponseReturnValue:
    """What was heard and what comes of it, to be written; once, after it has opened."""
    if ask.opened_at is None or ask.closed_at is not None:
        return _to_page(ask)
    return _summary_page(ask, SummaryForm())


@bp.post("/asks/<int:ask_id>/summaries")
@allow(may_run_ask, Ask)
def create_summary(ask: Ask) -> ResponseReturnValue:
    """Close it with the company's summary."""
    form = SummaryForm()
    if form.validate_on_submit():
        with refusals_on(form):
            close_ask(ask, heard=form.heard.data or "", will_do=form.will_do.data or "", by=actor())
            flash(_("It is closed. Everyone who took part hears what you heard and what you will do."))
            return _to_page(ask)
    return _summary_page(ask, form), 422


@bp.post("/asks/<int:ask_id>/choices")
@allow(may_read_ask, Ask)
def create_choice(ask: Ask) -> ResponseReturnValue:
    """Take one choice of its poll; whoever presses after its end reads so."""
    if ButtonForm().validate_on_submit():
        with refusals_flashed():
            choose(ask, choice_of(ask, request.form.get("choice", type=row_key)), by=actor())
            flash(_("Your choice counts."))
    return _to_page(ask)


def _summary_page(ask: Ask, form: SummaryForm) -> str:
    return render_template("community/edit_summary.html", ask=ask, form=form, poll=poll_of(ask, actor()))


def _to_page(ask: Ask) -> ResponseReturnValue:
    return redirect(url_for("ledger.show_ask", ask_id=ask.id), 303)


def _form(ask: Ask | None = None, **given: Any) -> AskForm:
    """With the circles that this person is inside of, and the staff who could ask there."""
    if ask is None:
        return AskForm(**given).offer(circles_to_speak_in(actor()), staff_for(None))
    people = staff_for(ask.circle, holder=ask.owner)
    return AskForm(**given).offer([ask.circle] if ask.circle else [], people).keep_rules(ask)


def _stands(ask: Ask) -> AskForm:
    """What it asks now."""
    return _form(ask, formdata=None).show(ask, reader_zone())


def _page(
    form: AskForm, ask: Ask | None = None, *, changed: Sequence[tuple[str, str]] = (), status: int = 200
) -> ResponseReturnValue:
    zone = reader_zone().key
    return render_template("community/edit_ask.html", form=form, ask=ask, zone=zone, changed=changed), status
