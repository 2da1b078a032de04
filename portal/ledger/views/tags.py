"""Tags: the words that the staff sorts suggestions by."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.foundation.access import actor, allow
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.ledger.forms import TagForm
from portal.ledger.models import Idea, Tag
from portal.ledger.policies import may_read_tag, may_tag
from portal.ledger.queries import tagged_ideas
from portal.ledger.services import add_tag, remove_tag
from portal.ledger.views import bp
from portal.ledger.views.record import row_key


@bp.get("/tags/<int:tag_id>")
@allow(may_read_tag, Tag)
def show_tag(tag: Tag) -> ResponseReturnValue:
    """Every suggestion under one word, newest first."""
    ideas, older = tagged_ideas(tag, actor(), before_id=request.args.get("before", type=row_key))
    older_url = url_for("ledger.show_tag", tag_id=tag.id, before=older) if older else None
    return render_template("ledger/show_tag.html", tag=tag, ideas=ideas, older_url=older_url)


@bp.post("/ideas/<int:idea_id>/tags")
@allow(may_tag, Idea)
def create_tag(idea: Idea) -> ResponseReturnValue:
    """Sort a suggestion under a word."""
    form = TagForm()
    if form.validate_on_submit():
        try:
            add_tag(idea, form.name.data or "", by=actor())
        except Refusal as refusal:
            flash(str(refusal), "error")
    else:
        flash(" ".join(form.name.errors), "error")
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)


@bp.post("/ideas/<int:idea_id>/tag-removals")
@allow(may_tag, Idea)
def create_tag_removal(idea: Idea) -> ResponseReturnValue:
    """Take it out from under a word."""
    tag = session().get(Tag, request.form.get("tag", 0, type=row_key))
    if tag is not None:
        remove_tag(idea, tag, by=actor())
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
