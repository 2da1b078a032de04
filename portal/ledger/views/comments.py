"""Comments beside a suggestion: adding one, and the page of one thread."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.foundation.access import actor, allow, limited, refusals_on, row_key
from portal.foundation.text import gettext as _
from portal.ledger.forms import CommentForm
from portal.ledger.models import Comment, Idea
from portal.ledger.policies import may_comment, may_read_comment
from portal.ledger.queries import named_in, thread_of
from portal.ledger.services import answer_question, awaits_reply, comment, comment_above
from portal.ledger.views import bp
from portal.ledger.views.naming import name_links
from portal.ledger.views.record import fresh_comment, show_refused


@bp.post("/ideas/<int:idea_id>/comments")
@allow(may_comment, Idea)
@limited("120 per hour")
def create_comment(idea: Idea) -> ResponseReturnValue:
    """Say something beside a suggestion; while the company waits for its author, what the author says is the reply."""
    form = CommentForm(prefix="comment")
    if form.validate_on_submit():
        with refusals_on(form):
            above = comment_above(idea, form.reply_to.data, by=actor())
            if above is None and awaits_reply(idea, actor(), form.body.data or ""):
                answer_question(idea, words=form.body.data or "", by=actor())
                flash(_("The company waited for your word, so this stands as your reply to its question."))
                return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
            said = comment(
                idea,
                body=form.body.data or "",
                by=actor(),
                reply_to=above,
                is_case=form.is_case.data,
                form_key=form.form_key.data or "",
            )
            if said.held_at is not None:
                flash(_("Someone of the company reads it first; then it stands beside the suggestion."))
                return redirect(url_for("ledger.show_comment", comment_id=said.id), 303)
            flash(_("Your comment stands beside the suggestion."))
            return redirect(f"{url_for('ledger.show_idea', idea_id=idea.id)}#comment-{said.id}", 303)
    return show_refused(idea, comment=form)


@bp.get("/comments/<int:comment_id>")
@allow(may_read_comment, Comment)
def show_comment(comment: Comment) -> ResponseReturnValue:
    """One comment with every reply to it."""
    top, replies, later = thread_of(comment, after_id=request.args.get("after", type=row_key) or 0)
    form = fresh_comment()
    form.reply_to.data = top.id
    return render_template(
        "ledger/show_comment.html",
        idea=comment.idea,
        said=comment,
        may_reply=(comment.parent or comment).is_shown and may_comment(actor(), comment.idea),
        top=top,
        replies=replies,
        names=name_links(named_in(comment.idea)),
        form=form,
        later_url=url_for("ledger.show_comment", comment_id=top.id, after=later) if later else None,
    )
