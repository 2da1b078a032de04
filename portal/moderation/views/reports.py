"""Reporting a suggestion or a comment."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.foundation.access import actor, allow, limited
from portal.foundation.text import gettext as _
from portal.ledger.models import Comment, Idea
from portal.moderation.forms import ReportForm
from portal.moderation.policies import may_report, may_report_comment
from portal.moderation.queries import report_by
from portal.moderation.services import report
from portal.moderation.views import bp


@bp.get("/ideas/<int:idea_id>/reports/new")
@allow(may_report, Idea)
def new_report(idea: Idea) -> ResponseReturnValue:
    """The form."""
    return _page(idea, ReportForm())


@bp.post("/ideas/<int:idea_id>/reports")
@allow(may_report, Idea)
@limited("20 per hour")
def create_report(idea: Idea) -> ResponseReturnValue:
    """Report a suggestion."""
    return _report(idea)


@bp.get("/comments/<int:comment_id>/reports/new")
@allow(may_report_comment, Comment)
def new_comment_report(comment: Comment) -> ResponseReturnValue:
    """The form."""
    return _page(comment, ReportForm())


@bp.post("/comments/<int:comment_id>/reports")
@allow(may_report_comment, Comment)
@limited("20 per hour")
def create_comment_report(comment: Comment) -> ResponseReturnValue:
    """Report a comment."""
    return _report(comment)


def _report(words: Idea | Comment) -> ResponseReturnValue:
    form = ReportForm()
    if not form.validate_on_submit():
        return _page(words, form), 422
    report(words, concern=form.concern.data, why=form.words.data or "", by=actor())
    flash(_("Thank you. A person looks at it, and nobody is told who reported it."))
    return redirect(url_for("ledger.show_idea", idea_id=_idea_id(words)), 303)


def _page(words: Idea | Comment, form: ReportForm) -> str:
    if isinstance(words, Idea):
        quoted, action = words.title, url_for("moderation.create_report", idea_id=words.id)
    else:
        quoted, action = words.body, url_for("moderation.create_comment_report", comment_id=words.id)
    return render_template(
        "moderation/new_report.html",
        form=form,
        idea_id=_idea_id(words),
        quoted=quoted,
        action=action,
        known=report_by(actor(), words),
    )


def _idea_id(words: Idea | Comment) -> int:
    return words.id if isinstance(words, Idea) else words.idea_id
