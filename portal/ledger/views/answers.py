"""What staff do with a suggestion: the desk, the answer, the handing over."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.accounts.policies import is_staff
from portal.community.queries import anniversaries, asks_without_summary
from portal.foundation.access import actor, allow, reader_zone, refusals_on
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.ledger.models import Idea
from portal.ledger.policies import may_hand_over, may_respond
from portal.ledger.queries import (
    DESK_SHOWN,
    absences_around,
    count_answer_drafts,
    figures,
    late_now,
    slipped_of,
    waiting_for,
)
from portal.ledger.services import AnsweredMeanwhile, RepeatedWords, give, hand_over
from portal.ledger.views import bp
from portal.ledger.views.drawing import draw, known_tags
from portal.ledger.views.record import answer_form, hand_over_form, show_refused, typed_answer
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
        most=DESK_SHOWN,
        is_mine_full=len(mine) == DESK_SHOWN,
        is_others_full=len(others) == DESK_SHOWN,
        owed=asks_without_summary(actor()),
        anniversaries=anniversaries(),
        drafts=count_answer_drafts(actor(), reach),
        absences=absences_around(actor()),
        slipped=slipped_of(actor()),
        figures=figures(reach),
        late_in_all=late_now(reach),
        known_tags=known_tags(reach),
    )


@bp.post("/ideas/<int:idea_id>/responses")
@allow(may_respond, Idea)
def create_response(idea: Idea) -> ResponseReturnValue:
    """Add the company's next answer."""
    form, status = answer_form(idea), 422
    if form.validate_on_submit():
        with refusals_on(form):
            try:
                with typed_answer(form) as typed:
                    give(idea, typed, by=actor(), seen=form.seen.data)
            except RepeatedWords:
                form.mark_repeats()
                raise
            except AnsweredMeanwhile:
                # The page has both: theirs on the record, this one in the form.
                status, form.seen.data = 409, None
                raise
            flash(_("Your answer is on the record. Everyone behind this suggestion will hear of it."))
            return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
    form.ask_for_files_again()
    return show_refused(idea, status=status, answer=form)


@bp.post("/ideas/<int:idea_id>/hand-overs")
@allow(may_hand_over, Idea)
def create_hand_over(idea: Idea) -> ResponseReturnValue:
    """Name another owner."""
    form = hand_over_form(idea)
    if form.validate_on_submit():
        with refusals_on(form):
            to = session().get_one(User, form.to.data)
            flash(_passed_on(hand_over(idea, to=to, word=form.word.data or "", by=actor())))
            return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
    return show_refused(idea, hand_over=form)


def _passed_on(answering: list[User]) -> str:
    (owner, *others), me = answering, actor()
    if owner.id == me.id:
        return _("You answer this from now on.")
    if me in others:
        return _("%(name)s answers from now on, and has been told; until they are back, you stand in.", name=owner.name)
    if others:
        return _(
            "%(name)s answers from now on, and is away; %(other)s stands in and has been told too.",
            name=owner.name,
            other=others[0].name,
        )
    return _("%(name)s answers from now on, and has been told.", name=owner.name)
