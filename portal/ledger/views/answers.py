"""What staff do with a suggestion: the desk, the answer, the handing over."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.accounts.policies import is_staff
from portal.community.queries import anniversaries, asks_without_summary
from portal.foundation.access import actor, allow, reader_zone
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.ledger.forms import ResponseForm
from portal.ledger.models import Action, Idea, ResponseKind
from portal.ledger.policies import may_hand_over, may_respond
from portal.ledger.queries import figures, people_told, waiting_for
from portal.ledger.services import hand_over, respond, start_action
from portal.ledger.views import bp
from portal.ledger.views.drawing import draw
from portal.ledger.views.record import answer_form, hand_over_form, show_refused
from portal.ledger.visibility import reach_of


@bp.get("/desk")
@allow(is_staff)
def list_waiting_ideas() -> ResponseReturnValue:
    """What waits for the company, the nearest promise first."""
    zone = reader_zone()
    reach = reach_of(actor())
    mine, others = waiting_for(actor(), zone=zone, reach=reach)
    return render_template(
        "ledger/list_waiting_ideas.html",
        mine=draw("desk_list", mine, zone) if mine else "",
        others=draw("desk_list", others, zone) if others else "",
        late=sum(row.is_overdue for row in mine),
        owed=asks_without_summary(actor()),
        anniversaries=anniversaries(),
        figures=figures(reach),
    )


@bp.post("/ideas/<int:idea_id>/responses")
@allow(may_respond, Idea)
def create_response(idea: Idea) -> ResponseReturnValue:
    """Add the company's next answer."""
    form = answer_form(idea)
    if form.validate_on_submit() and not _points_out_repeats(form, idea):
        try:
            respond(idea, kind=form.kind.data, message=form.message.data or "", by=actor(), action=_action(form))
        except Refusal as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(_("Your answer is on the record. Everyone behind this suggestion will hear of it."))
            return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
    return show_refused(idea, answer=form)


@bp.post("/ideas/<int:idea_id>/hand-overs")
@allow(may_hand_over, Idea)
def create_hand_over(idea: Idea) -> ResponseReturnValue:
    """Name another owner."""
    form = hand_over_form(idea)
    if form.validate_on_submit():
        try:
            to = session().get_one(User, form.to.data)
            hand_over(idea, to=to, word=form.word.data or "", by=actor())
        except Refusal as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(_("%(name)s answers from now on, and has been told.", name=to.name))
            return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
    return show_refused(idea, hand_over=form)


def _points_out_repeats(form: ResponseForm, idea: Idea) -> bool:
    """Say how many people got these very words from the same person, before they are given once more."""
    if form.kind.data is not ResponseKind.EXPLANATION or form.repeats.data:
        return False
    people = people_told(form.message.data or "", by=actor(), besides=idea)
    if not people:
        return False
    form.repeats.render_kw = {"class": "repeats"}
    many = ngettext(
        "You gave this answer word for word to %(num)s person. Say what is different here, or give it again.",
        "You gave this answer word for word to %(num)s people. Say what is different here, or give it again.",
        people,
    )
    form.form_errors.append(many)
    return True


def _action(form: ResponseForm) -> Action | None:
    """The action that the answer names: none, a known one, or a new one."""
    if form.kind.data is not ResponseKind.ACTION:
        return None
    if not form.opens_action:
        return session().get(Action, form.action.data)
    return start_action(
        title=form.title.data or "",
        owner=actor(),
        stage=form.stage.data,
        words=form.words.data or "",
        by=actor(),
        target_date=form.target_date.data,
        proof_url=form.proof_url.data or "",
        happened_on=form.happened_on.data,
    )
