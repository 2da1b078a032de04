"""Tags: the words that the staff sorts suggestions by."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.foundation.access import actor, allow, refusals_on, row_key
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.ledger.forms import TagForm
from portal.ledger.models import Idea, Tag
from portal.ledger.policies import may_tag
from portal.ledger.queries import tags_of
from portal.ledger.services import add_tag, remove_tag
from portal.ledger.views import bp


@bp.post("/ideas/<int:idea_id>/tags")
@allow(may_tag, Idea)
def create_tag(idea: Idea) -> ResponseReturnValue:
    """Sort a suggestion under a word."""
    form, before, told = TagForm(), idea.owner_id, ""
    if form.validate_on_submit():
        with refusals_on(form.name):
            add_tag(idea, form.name.data or "", by=actor())
        if idea.owner_id != before:
            told = _("Handed over to %(name)s by the rule of this tag.", name=idea.owner.name)
    refused = " ".join(form.name.errors)
    if request.headers.get("HX-Request"):
        told_there = {"told": told, "refused": refused, "typed": form.name.data or ""}
        page = render_template("ledger/sorted.html", idea_id=idea.id, tags=tags_of(idea), **told_there)
        return page, 422 if refused else 200
    if refused:
        flash(refused, "error")
    if told:
        flash(told)
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)


@bp.post("/ideas/<int:idea_id>/tag-removals")
@allow(may_tag, Idea)
def create_tag_removal(idea: Idea) -> ResponseReturnValue:
    """Take it out from under a word."""
    tag = session().get(Tag, request.form.get("tag", 0, type=row_key))
    if tag is not None:
        remove_tag(idea, tag, by=actor())
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
