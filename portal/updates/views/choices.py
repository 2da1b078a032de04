"""What a signed-in person wants to hear: of one suggestion, and by mail at all."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.accounts.services import choose_language
from portal.foundation.access import actor, allow
from portal.foundation.text import gettext as _
from portal.ledger.models import Idea
from portal.updates.forms import LevelForm, PreferenceForm
from portal.updates.models import Level
from portal.updates.policies import may_follow
from portal.updates.queries import chosen_ideas, default_level, level_of, wants_answers, wants_news
from portal.updates.services import change_news, follow, set_preferences
from portal.updates.tokens import REPORTS
from portal.updates.views import bp


@bp.get("/preferences")
@allow(is_signed_in)
def show_preferences() -> ResponseReturnValue:
    """One switch, and the suggestions with a choice of their own."""
    form = PreferenceForm(
        level=default_level(actor()),
        answers_by_mail=wants_answers(actor()),
        news_by_mail=wants_news(actor()),
        reports_by_mail=wants_news(actor(), of=REPORTS),
        language=actor().language or "",
    )
    return render_template("updates/show_preferences.html", form=form, choices=chosen_ideas(actor()))


@bp.post("/preferences")
@allow(is_signed_in)
def create_preference() -> ResponseReturnValue:
    """Keep the choice."""
    form = PreferenceForm()
    if not form.validate_on_submit():
        return render_template("updates/show_preferences.html", form=form, choices=chosen_ideas(actor())), 422
    set_preferences(actor(), answers_by_mail=form.answers_by_mail.data, level=form.level.data)
    change_news(actor(), by_mail=form.news_by_mail.data)
    change_news(actor(), by_mail=form.reports_by_mail.data, of=REPORTS)
    choose_language(actor(), form.language.data or "")
    flash(_("Kept. It comes by mail.") if form.answers_by_mail.data else _("Kept. No mails; it stays on the page."))
    return redirect(url_for("updates.show_preferences"), 303)


@bp.get("/ideas/<int:idea_id>/subscriptions")
@allow(may_follow, Idea)
def show_subscription(idea: Idea) -> ResponseReturnValue:
    """What this person hears of this suggestion, to be changed."""
    return _subscription_page(idea, LevelForm(level=level_of(actor(), idea)))


@bp.post("/ideas/<int:idea_id>/subscriptions")
@allow(may_follow, Idea)
def create_subscription(idea: Idea) -> ResponseReturnValue:
    """Hear every comment too, only answers, or nothing."""
    form = LevelForm()
    if not form.validate_on_submit():
        return _subscription_page(idea, form), 422
    follow(idea, level=form.level.data, by=actor())
    flash(
        {
            Level.EVERYTHING: _("You hear of every answer and every comment."),
            Level.ANSWERS: _("You hear of every answer to this."),
            Level.NOTHING: _("No more mails about this suggestion."),
        }[form.level.data]
    )
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)


def _subscription_page(idea: Idea, form: LevelForm) -> str:
    return render_template("updates/show_subscription.html", idea=idea, form=form, wants=wants_answers(actor()))
