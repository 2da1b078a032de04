"""Reporting a suggestion, a comment, or what an author said to an answer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.foundation.access import actor, allow, limited
from portal.foundation.text import gettext as _
from portal.ledger.models import AuthorWord, Comment, Idea
from portal.moderation.forms import ReportForm
from portal.moderation.models import Words, idea_of
from portal.moderation.policies import may_report
from portal.moderation.queries import report_by, reported_by
from portal.moderation.services import report
from portal.moderation.views import bp


@bp.get("/reports")
@allow(is_signed_in)
def list_reports() -> ResponseReturnValue:
    """What the reader has reported, and what came of it."""
    return render_template("moderation/list_reports.html", reports=reported_by(actor()))


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
@allow(may_report, Comment)
def new_comment_report(comment: Comment) -> ResponseReturnValue:
    """The form."""
    return _page(comment, ReportForm())


@bp.post("/comments/<int:comment_id>/reports")
@allow(may_report, Comment)
@limited("20 per hour")
def create_comment_report(comment: Comment) -> ResponseReturnValue:
    """Report a comment."""
    return _report(comment)


@bp.get("/words/<int:author_word_id>/reports/new")
@allow(may_report, AuthorWord)
def new_word_report(author_word: AuthorWord) -> ResponseReturnValue:
    """The form."""
    return _page(author_word, ReportForm())


@bp.post("/words/<int:author_word_id>/reports")
@allow(may_report, AuthorWord)
@limited("20 per hour")
def create_word_report(author_word: AuthorWord) -> ResponseReturnValue:
    """Report what an author said to an answer."""
    return _report(author_word)


def _report(words: Words) -> ResponseReturnValue:
    form = ReportForm()
    if not form.validate_on_submit():
        return _page(words, form), 422
    report(words, concern=form.concern.data, why=form.words.data or "", by=actor())
    flash(_("Thank you. A person looks at it, and you hear what came of it. Its author is not told who reported it."))
    return redirect(url_for("ledger.show_idea", idea_id=idea_of(words).id), 303)


def _page(words: Words, form: ReportForm) -> str:
    if isinstance(words, Idea):
        quoted, action = words.title, url_for("moderation.create_report", idea_id=words.id)
    elif isinstance(words, Comment):
        quoted, action = words.body, url_for("moderation.create_comment_report", comment_id=words.id)
    else:
        quoted, action = words.words, url_for("moderation.create_word_report", author_word_id=words.id)
    return render_template(
        "moderation/new_report.html",
        form=form,
        idea_id=idea_of(words).id,
        quoted=quoted,
        action=action,
        known=report_by(actor(), words),
    )
