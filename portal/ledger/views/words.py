"""What an author says to an answer, and the new date that a broken promise gets."""

from datetime import datetime, time

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.foundation import config
from portal.foundation.access import actor, allow, refusals_on
from portal.foundation.text import gettext as _
from portal.ledger.forms import NewDateForm, WordForm
from portal.ledger.models import AuthorWord, Idea
from portal.ledger.policies import may_hand_over, may_say_more
from portal.ledger.services import answer_question, give_new_date, say_whether_it_helped
from portal.ledger.views import bp
from portal.ledger.views.record import show_refused


@bp.post("/ideas/<int:idea_id>/replies")
@allow(may_say_more, Idea)
def create_reply(idea: Idea) -> ResponseReturnValue:
    """Answer what the company asked back."""
    form = WordForm(prefix="word")
    if form.validate_on_submit():
        with refusals_on(form):
            word = answer_question(idea, words=form.words.data or "", by=actor())
            return _back(idea, _("Thank you. It is with the company again."), word)
    return show_refused(idea, word=form)


@bp.post("/ideas/<int:idea_id>/verdicts")
@allow(may_say_more, Idea)
def create_verdict(idea: Idea) -> ResponseReturnValue:
    """Say whether what came of it helped."""
    form = WordForm(prefix="word")
    helped = not form.not_helped.data
    if form.validate_on_submit():
        with refusals_on(form):
            word = say_whether_it_helped(idea, helped=helped, words=form.words.data or "", by=actor())
            told = _("Thank you.") if helped else _("It is open again, and the company has been told.")
            return _back(idea, told, word)
    return show_refused(idea, word=form)


@bp.post("/ideas/<int:idea_id>/new-dates")
@allow(may_hand_over, Idea)
def create_new_date(idea: Idea) -> ResponseReturnValue:
    """Say by when a broken promise will be kept, and why it broke."""
    form = NewDateForm(prefix="new-date")
    if form.validate_on_submit() and form.until.data:
        # A day is kept until its end, where the company is.
        until = datetime.combine(form.until.data, time(23, 59), config.current().zone)
        with refusals_on(form):
            give_new_date(idea, until=until, words=form.words.data or "", by=actor())
            return _back(idea, _("The new date is on the record, beside the one that was missed."))
    return show_refused(idea, new_date=form)


def _back(idea: Idea, words: str, word: AuthorWord | None = None) -> ResponseReturnValue:
    flash(words)
    if word is not None and not word.is_shown:
        flash(_("The company reads your words now, and other members once someone has looked at them."))
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
