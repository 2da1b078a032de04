"""Linking many suggestions to one action: chosen among those like it, or found by words."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.foundation.access import actor, allow, limited, reads_only, refusals_on, row_key
from portal.foundation.text import ngettext, tidy
from portal.ledger.forms import LinkForm
from portal.ledger.models import Action
from portal.ledger.policies import may_record_progress
from portal.ledger.queries import (
    Linkable,
    chosen_to_link,
    ideas_to_link,
    like_action,
    newest_answer,
    open_for_action,
    sought_for_action,
)
from portal.ledger.services import NotLinked, link_ideas
from portal.ledger.views import bp


@bp.get("/actions/<int:action_id>/links/new")
@allow(may_record_progress, Action)
def new_links(action: Action) -> ResponseReturnValue:
    """Choose suggestions that this answers too; those like it are offered."""
    return _page(action, LinkForm(formdata=None))


@bp.post("/actions/<int:action_id>/link-searches")
@reads_only
@allow(may_record_progress, Action)
def create_link_search(action: Action) -> ResponseReturnValue:
    """The same page with what holds certain words; what was chosen and written stays."""
    form = LinkForm()
    form.validate_on_submit()
    part = "ledger/linkable.html" if request.headers.get("HX-Request") else "ledger/new_links.html"
    return _page(action, form, part, chosen=request.form.getlist("idea", type=row_key))


@bp.post("/actions/<int:action_id>/links")
@allow(may_record_progress, Action)
@limited("60 per hour")
def create_links(action: Action) -> ResponseReturnValue:
    """Answer all that were chosen by this action."""
    form, reasons = LinkForm(), dict[int, str]()
    chosen = request.form.getlist("idea", type=row_key)
    if form.validate_on_submit():
        with refusals_on(form):
            try:
                linked = link_ideas(
                    action,
                    ideas_to_link(chosen, actor()),
                    message=form.message.data or "",
                    by=actor(),
                    is_quiet=not form.tells.data,
                    seen=form.seen.data,
                )
            except NotLinked as refusal:
                reasons.update(refusal.reasons)
                raise
            flash(_linked(len(linked), tells=bool(form.tells.data)))
            return redirect(url_for("ledger.show_action", action_id=action.id), 303)
    return _page(action, form, chosen=chosen, reasons=reasons), 422


def _page(
    action: Action,
    form: LinkForm,
    template: str = "ledger/new_links.html",
    *,
    chosen: Sequence[int] = (),
    reasons: Mapping[int, str] | None = None,
) -> str:
    words = tidy(form.words.data or "")
    picked = chosen_to_link(chosen, actor())
    like = [] if words else _besides(picked, like_action(action, actor()))
    rest = [] if like else sought_for_action(action, words, actor()) if words else open_for_action(action, actor())
    # Whoever presses again has read what stands here now.
    form.seen.raw_data, form.seen.data = None, newest_answer()
    return render_template(
        template,
        action=action,
        form=form,
        words=words,
        picked=picked,
        like=like,
        offered=_besides(picked, rest),
        reasons=reasons or {},
    )


def _besides(picked: Sequence[Linkable], offered: Sequence[Linkable]) -> list[Linkable]:
    known = {one.id for one in picked}
    return [one for one in offered if one.id not in known]


def _linked(many: int, *, tells: bool) -> str:
    if tells:
        return ngettext(
            "%(num)s suggestion is linked. Everyone behind it will hear of it.",
            "%(num)s suggestions are linked. Everyone behind them will hear of it, each by one mail.",
            many,
        )
    return ngettext(
        "%(num)s suggestion is linked. Nobody is told by mail.",
        "%(num)s suggestions are linked. Nobody is told by mail.",
        many,
    )
