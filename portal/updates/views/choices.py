"""What a signed-in person wants to hear: of one suggestion, and by mail at all."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.foundation.access import actor, allow
from portal.foundation.text import gettext as _
from portal.ledger.models import Idea
from portal.updates.forms import ButtonForm, PreferenceForm
from portal.updates.policies import may_follow
from portal.updates.queries import chosen_ideas, is_following, wants_answers, wants_news
from portal.updates.services import change_news, follow, set_preferences
from portal.updates.views import bp


@bp.get("/preferences")
@allow(is_signed_in)
def show_preferences() -> ResponseReturnValue:
    """One switch, and the suggestions with a choice of their own."""
    form = PreferenceForm(answers_by_mail=wants_answers(actor()), news_by_mail=wants_news(actor()))
    return render_template("updates/show_preferences.html", form=form, choices=chosen_ideas(actor()))


@bp.post("/preferences")
@allow(is_signed_in)
def create_preference() -> ResponseReturnValue:
    """Keep the choice."""
    form = PreferenceForm()
    if not form.validate_on_submit():
        return render_template("updates/show_preferences.html", form=form, choices=chosen_ideas(actor())), 422
    set_preferences(actor(), answers_by_mail=form.answers_by_mail.data)
    change_news(actor(), by_mail=form.news_by_mail.data)
    flash(_("Answers come by mail.") if form.answers_by_mail.data else _("No answers by mail; they stay on the page."))
    return redirect(url_for("updates.show_preferences"), 303)


@bp.get("/ideas/<int:idea_id>/subscriptions")
@allow(may_follow, Idea)
def show_subscription(idea: Idea) -> ResponseReturnValue:
    """Whether this person hears of this suggestion, with the button that changes it."""
    return _subscription_page(idea)


@bp.post("/ideas/<int:idea_id>/subscriptions")
@allow(may_follow, Idea)
def create_subscription(idea: Idea) -> ResponseReturnValue:
    """Follow (`is_on=1`) or stop (`is_on=0`)."""
    chosen = request.form.get("is_on")
    if not ButtonForm().validate_on_submit() or chosen not in {"0", "1"}:
        return _subscription_page(idea), 422
    follow(idea, is_on=chosen == "1", by=actor())
    told = _("You hear of every answer to this.") if chosen == "1" else _("No more mails about this suggestion.")
    flash(told)
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)


def _subscription_page(idea: Idea) -> str:
    return render_template(
        "updates/show_subscription.html", idea=idea, follows=is_following(actor(), idea), wants=wants_answers(actor())
    )
