"""Joining suggestions that say the same, and parting them again."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.foundation.access import actor, allow, refusals_flashed, refusals_on
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.forms import MergeForm
from portal.ledger.models import Idea
from portal.ledger.policies import may_merge
from portal.ledger.queries import like_to_join, sought_to_join
from portal.ledger.services import NotHere, merge_ideas, split_idea
from portal.ledger.views import bp
from portal.ledger.views.search import WORDS_LIMIT


@bp.get("/ideas/<int:idea_id>/merges/new")
@allow(may_merge, Idea)
def new_merge(idea: Idea) -> ResponseReturnValue:
    """Choose the one that says the same: among those like it, or by `?q=` its words, its number or its address."""
    return _show(idea, MergeForm(formdata=None))


@bp.post("/ideas/<int:idea_id>/merges")
@allow(may_merge, Idea)
def create_merge(idea: Idea) -> ResponseReturnValue:
    """Join this suggestion with another."""
    form = MergeForm()
    other = session().get(Idea, form.into.data) if form.validate_on_submit() else None
    with refusals_on(form):
        if other is None or not may_merge(actor(), other):
            raise NotHere(_("There is no such suggestion. Choose one of those below, or look for another."))
        merge_ideas(idea, into=other, by=actor())
        flash(_("They are joined; every voice counts once. You can part them again at any time."))
        return redirect(url_for("ledger.show_idea", idea_id=other.id), 303)
    return _show(idea, form, 422)


@bp.post("/ideas/<int:idea_id>/splits")
@allow(may_merge, Idea)
def create_split(idea: Idea) -> ResponseReturnValue:
    """Let it stand by itself again."""
    with refusals_flashed():
        split_idea(idea, by=actor())
        flash(_("It stands by itself again, with its own voices."))
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)


def _show(idea: Idea, form: MergeForm, status: int = 200) -> ResponseReturnValue:
    words = tidy(request.args.get("q"))[:WORDS_LIMIT]
    found = sought_to_join(idea, words, actor()) if words else like_to_join(idea, actor())
    return render_template("ledger/new_merge.html", idea=idea, form=form, words=words, found=found), status
