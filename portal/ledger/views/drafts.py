"""Answers written in private: kept as drafts, looked at as they will stand, and published one or many at once."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_staff
from portal.foundation.access import actor, allow, reads_only, refusals_on, row_key
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.ledger.forms import NO_REASON, PublishForm
from portal.ledger.models import OPEN, AnswerDraft, Idea, Reason
from portal.ledger.policies import may_publish_draft, may_respond
from portal.ledger.queries import answer_drafts
from portal.ledger.services import drop_answer_draft, keep_answer_draft, publish_drafts
from portal.ledger.views import bp
from portal.ledger.views.drawing import draw_answer
from portal.ledger.views.record import answer_form, names_in, show_preview, show_refused, typed_answer
from portal.ledger.visibility import reach_of


@bp.post("/ideas/<int:idea_id>/answer-drafts")
@allow(may_respond, Idea)
def create_answer_draft(idea: Idea) -> ResponseReturnValue:
    """Keep what is typed as a draft; it need not be complete."""
    form = answer_form(idea)
    with refusals_on(form):
        with typed_answer(form, is_draft=True) as typed:
            draft = keep_answer_draft(idea, typed, by=actor())
        if draft is None:
            flash(_("There is nothing to keep yet."))
            return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
        flash(_("Kept as a draft. Nobody but the staff sees it until you publish it."))
        return redirect(url_for("ledger.list_answer_drafts"), 303)
    form.ask_for_files_again()
    return show_refused(idea, answer=form)


@bp.post("/ideas/<int:idea_id>/answer-previews")
@reads_only
@allow(may_respond, Idea)
def create_answer_preview(idea: Idea) -> ResponseReturnValue:
    """The form as it was typed: with a reason to begin with, one more language, or how it will stand."""
    form, shows_preview = answer_form(idea), False
    if "begin" in request.form:
        reason = session().get(Reason, form.reason.data) if form.reason.data else None
        if reason is not None:
            form.begin_with(reason)
            form.reason.data = NO_REASON
    elif "more" in request.form:
        form.add_version()
    else:
        shows_preview = True
    if request.headers.get("HX-Request"):
        form.leave_out(is_open=idea.standing in OPEN)
        return draw_answer(form, idea.id, shows_preview=shows_preview, names=names_in(form, idea))
    return show_preview(idea, form, as_it_stands=shows_preview)


@bp.get("/answer-drafts")
@allow(is_staff)
def list_answer_drafts() -> ResponseReturnValue:
    """What is written and not published: the reader's own, then their colleagues'."""
    return _page(PublishForm(formdata=None))


@bp.post("/answer-drafts/publications")
@allow(is_staff)
def create_publication() -> ResponseReturnValue:
    """Put the chosen drafts on the record; one that is refused stays here with its reason."""
    form = PublishForm()
    chosen = set(request.form.getlist("draft", type=row_key))
    drafts = [draft for draft in answer_drafts(actor(), reach_of(actor())) if draft.id in chosen]
    if not drafts:
        flash(_("Choose at least one draft."), "error")
        return redirect(url_for("ledger.list_answer_drafts"), 303)
    # In the order in which they were written, so that the record reads as the work went.
    drafts.sort(key=lambda draft: (draft.changed_at, draft.id))
    given, left = publish_drafts(drafts, by=actor(), is_quiet=not form.tells.data)
    if given:
        flash(_published(len(given), tells=bool(form.tells.data)))
    if left:
        why = ngettext("%(num)s stayed a draft; it says why.", "%(num)s stayed drafts; each says why.", len(left))
        flash(why, "error")
    return redirect(url_for("ledger.list_answer_drafts"), 303)


@bp.post("/answer-drafts/<int:answer_draft_id>/removals")
@allow(may_publish_draft, AnswerDraft)
def create_answer_draft_removal(answer_draft: AnswerDraft) -> ResponseReturnValue:
    """Throw a draft away."""
    drop_answer_draft(answer_draft, by=actor())
    flash(_("The draft is gone."))
    return redirect(url_for("ledger.list_answer_drafts"), 303)


def _page(form: PublishForm) -> ResponseReturnValue:
    reader = actor()
    drafts = answer_drafts(reader, reach_of(reader))
    return render_template(
        "ledger/list_answer_drafts.html",
        form=form,
        mine=[draft for draft in drafts if may_publish_draft(reader, draft)],
        others=[draft for draft in drafts if not may_publish_draft(reader, draft)],
    )


def _published(many: int, *, tells: bool) -> str:
    if tells:
        return ngettext(
            "%(num)s answer is on the record. Everyone behind it will hear of it.",
            "%(num)s answers are on the record. Everyone behind them will hear of it, each by one mail.",
            many,
        )
    return ngettext(
        "%(num)s answer is on the record. Nobody is told by mail.",
        "%(num)s answers are on the record. Nobody is told by mail.",
        many,
    )
