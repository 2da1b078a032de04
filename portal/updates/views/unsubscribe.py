"""The way out of a mail: no sign-in, no cookie, one press; and a way back."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.foundation.access import allow, anyone
from portal.foundation.text import gettext as _
from portal.ledger.models import Idea
from portal.updates.models import Level
from portal.updates.queries import level_of, wants_answers, wants_news
from portal.updates.services import (
    change_news,
    follow,
    ideas_of_token,
    person_of_news_token,
    person_of_token,
    set_preferences,
)
from portal.updates.tokens import COMMENTS
from portal.updates.views import bp

ALL = "answers"
ONE = "suggestion"


@bp.get("/unsubscribe/<token>")
@allow(anyone)
def show_unsubscribe(token: str) -> ResponseReturnValue:
    """Two buttons; looking at them changes nothing."""
    user, idea, _left = _person(token)
    return _page(token, user, idea)


@bp.post("/unsubscribe/<token>")
@allow(anyone)
def create_unsubscribe(token: str) -> ResponseReturnValue:
    """Stop at once; without a choice (RFC 8058) it is what the mail was about."""
    user, idea, left = _person(token)
    scope = request.form.get("scope")
    if scope == ALL:
        set_preferences(user, answers_by_mail=False)
        return _page(token, user, idea, done="all_off")
    level = {ONE: Level.NOTHING, COMMENTS: Level.ANSWERS}.get(scope or "", left)
    for each in ideas_of_token(token):
        follow(each, level=level, by=user)
    return _page(token, user, idea, done="comments_off" if level is Level.ANSWERS else "idea_off")


@bp.post("/unsubscribe/<token>/withdrawals")
@allow(anyone)
def create_withdrawal(token: str) -> ResponseReturnValue:
    """Take it back: the mails come again."""
    user, idea, left = _person(token)
    if request.form.get("scope") == ALL:
        set_preferences(user, answers_by_mail=True)
        return _page(token, user, idea, done="all_on")
    for each in ideas_of_token(token):
        follow(each, level=Level.EVERYTHING if left is Level.ANSWERS else Level.ANSWERS, by=user)
    return _page(token, user, idea, done="idea_on")


def _person(token: str) -> tuple[User, Idea, Level]:
    found = person_of_token(token)
    if found is None:
        abort(404)
    return found


def _page(token: str, user: User, idea: Idea, *, done: str | None = None) -> ResponseReturnValue:
    ideas = ideas_of_token(token)
    return render_template(
        "updates/show_unsubscribe.html",
        token=token,
        # A title of a circle shows to nobody who has not signed in.
        title="”, “".join(each.title if each.circle_id is None else _("a suggestion in a circle") for each in ideas),
        many=len(ideas),
        level=level_of(user, idea).value,
        wants=wants_answers(user),
        done=done,
    )


@bp.get("/unsubscribe-news/<token>")
@allow(anyone)
def show_news_unsubscribe(token: str) -> ResponseReturnValue:
    """One button; looking at it changes nothing."""
    return _news_page(token, *_listener(token))


@bp.post("/unsubscribe-news/<token>")
@allow(anyone)
def create_news_unsubscribe(token: str) -> ResponseReturnValue:
    """Stop news of the community, or word of reports, at once, as RFC 8058 has it."""
    user, of = _listener(token)
    change_news(user, by_mail=False, of=of)
    return _news_page(token, user, of)


@bp.post("/unsubscribe-news/<token>/withdrawals")
@allow(anyone)
def create_news_withdrawal(token: str) -> ResponseReturnValue:
    """Take it back."""
    user, of = _listener(token)
    change_news(user, by_mail=True, of=of)
    return _news_page(token, user, of)


def _listener(token: str) -> tuple[User, str]:
    found = person_of_news_token(token)
    if found is None:
        abort(404)
    return found


def _news_page(token: str, user: User, of: str) -> ResponseReturnValue:
    wants = wants_news(user, of=of)
    return render_template("updates/show_news_unsubscribe.html", token=token, of=of, wants=wants)
