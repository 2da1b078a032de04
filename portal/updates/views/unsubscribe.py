"""The way out of a mail: no sign-in, no cookie, one press; and a way back."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.foundation.access import allow, anyone
from portal.foundation.text import gettext as _
from portal.ledger.models import Idea
from portal.updates.queries import is_following, wants_answers
from portal.updates.services import follow, person_of_token, set_preferences
from portal.updates.views import bp

ALL = "answers"


@bp.get("/unsubscribe/<token>")
@allow(anyone)
def show_unsubscribe(token: str) -> ResponseReturnValue:
    """Two buttons; looking at them changes nothing."""
    return _page(token, *_person(token))


@bp.post("/unsubscribe/<token>")
@allow(anyone)
def create_unsubscribe(token: str) -> ResponseReturnValue:
    """Stop at once; without a choice (RFC 8058) it is the suggestion that the mail was about."""
    user, idea = _person(token)
    if request.form.get("scope") == ALL:
        set_preferences(user, answers_by_mail=False)
        return _page(token, user, idea, done="all_off")
    follow(idea, is_on=False, by=user)
    return _page(token, user, idea, done="idea_off")


@bp.post("/unsubscribe/<token>/withdrawals")
@allow(anyone)
def create_withdrawal(token: str) -> ResponseReturnValue:
    """Take it back: the mails come again."""
    user, idea = _person(token)
    if request.form.get("scope") == ALL:
        set_preferences(user, answers_by_mail=True)
        return _page(token, user, idea, done="all_on")
    follow(idea, is_on=True, by=user)
    return _page(token, user, idea, done="idea_on")


def _person(token: str) -> tuple[User, Idea]:
    found = person_of_token(token)
    if found is None:
        abort(404)
    return found


def _page(token: str, user: User, idea: Idea, *, done: str | None = None) -> ResponseReturnValue:
    return render_template(
        "updates/show_unsubscribe.html",
        token=token,
        # A title of a circle shows to nobody who has not signed in.
        title=idea.title if idea.circle_id is None else _("a suggestion in a circle"),
        follows=is_following(user, idea),
        wants=wants_answers(user),
        done=done,
    )
