"""Mending one's own words, and what they said before."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.foundation.access import actor, allow, refusals_on
from portal.foundation.clock import now
from portal.foundation.text import gettext as _
from portal.ledger.forms import CommentForm, IdeaForm
from portal.ledger.models import SILENT, Comment, Idea, Standing
from portal.ledger.policies import may_read, may_read_comment, may_reword, may_reword_comment
from portal.ledger.promises import first_name
from portal.ledger.queries import wordings_of
from portal.ledger.services import reword, reword_comment
from portal.ledger.views import bp


@bp.get("/ideas/<int:idea_id>/wordings")
@allow(may_read, Idea)
def list_idea_wordings(idea: Idea) -> ResponseReturnValue:
    """What a suggestion said before its author changed it."""
    return render_template("ledger/list_wordings.html", subject=idea, idea=idea, earlier=wordings_of(idea, actor()))


@bp.get("/ideas/<int:idea_id>/wordings/new")
@allow(may_reword, Idea)
def new_idea_wording(idea: Idea) -> ResponseReturnValue:
    """The author's words, to be mended."""
    form = IdeaForm(formdata=None, title=idea.title, body=idea.body)
    return render_template("ledger/new_idea_wording.html", idea=idea, form=form, is_silent=_is_silent(idea))


@bp.post("/ideas/<int:idea_id>/wordings")
@allow(may_reword, Idea)
def create_idea_wording(idea: Idea) -> ResponseReturnValue:
    """Put the mended words in their place."""
    form = IdeaForm()
    if form.validate_on_submit():
        with refusals_on(form):
            reword(idea, title=form.line, body=form.body.data or "", by=actor())
            flash(_changed(idea))
            return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
    return render_template("ledger/new_idea_wording.html", idea=idea, form=form, is_silent=_is_silent(idea)), 422


@bp.get("/comments/<int:comment_id>/wordings")
@allow(may_read_comment, Comment)
def list_comment_wordings(comment: Comment) -> ResponseReturnValue:
    """What a comment said before its author changed it."""
    return render_template(
        "ledger/list_wordings.html", subject=comment, idea=comment.idea, earlier=wordings_of(comment, actor())
    )


@bp.get("/comments/<int:comment_id>/wordings/new")
@allow(may_reword_comment, Comment)
def new_comment_wording(comment: Comment) -> ResponseReturnValue:
    """The author's words, to be mended."""
    form = CommentForm(formdata=None, prefix="comment", body=comment.body)
    return _show_comment_form(comment, form)


@bp.post("/comments/<int:comment_id>/wordings")
@allow(may_reword_comment, Comment)
def create_comment_wording(comment: Comment) -> ResponseReturnValue:
    """Put the mended words in their place."""
    form = CommentForm(prefix="comment")
    if form.validate_on_submit():
        with refusals_on(form):
            reword_comment(comment, body=form.body.data or "", by=actor())
            flash(_changed(comment))
            if not comment.is_shown:
                return redirect(url_for("ledger.show_comment", comment_id=comment.id), 303)
            return redirect(f"{url_for('ledger.show_idea', idea_id=comment.idea_id)}#comment-{comment.id}", 303)
    return _show_comment_form(comment, form), 422


def _show_comment_form(comment: Comment, form: CommentForm) -> str:
    return render_template("ledger/new_comment_wording.html", comment=comment, form=form, is_silent=_is_silent(comment))


def _is_silent(words: Idea | Comment) -> bool:
    return now() - words.created_at <= SILENT


def _changed(words: Idea | Comment) -> str:
    if words.held_at is not None:
        return _("Your words are changed. Someone of the company reads them first; others see them after that.")
    if isinstance(words, Idea) and words.standing is Standing.ASKED_BACK and words.merged_into_id is None:
        name = first_name(words.owner.name)
        return _("Your words are changed. %(name)s still waits for your reply; the clock runs on from it.", name=name)
    return _("Your words are changed.")
