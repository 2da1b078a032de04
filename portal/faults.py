"""What people are shown when something went wrong: a plain sentence, what was saved, and where to go."""

from urllib.parse import urlsplit

import structlog
from flask import Flask, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from portal.community.queries import circle_to_enter
from portal.foundation import access, config
from portal.foundation.storage import NotJustNow
from portal.foundation.text import gettext as _

_DATABASE_AWAY: tuple[type[Exception], ...] = (OperationalError, InterfaceError, NoConnectionLeft)


def install(app: Flask) -> None:
    """Have each fault answered by a page that says what happened, and whether anything was saved."""
    app.register_error_handler(CSRFError, _show_stale_form)
    for fault in _DATABASE_AWAY:
        app.register_error_handler(fault, _show_database_away)
    app.register_error_handler(NotJustNow, _show_files_away)
    if config.current().RATE_LIMITS.startswith("redis"):
        # Redis counts the tries here: a door that cannot be counted at stays shut.
        from redis.exceptions import RedisError

        app.register_error_handler(RedisError, _show_database_away)
    app.register_error_handler(HTTPException, _show_error)


def _show_stale_form(_error: CSRFError) -> ResponseReturnValue:
    if access.needs_sign_in():
        # The token went with the session: another try would not help.
        return _error_page(401, *_words(401))
    sentence = _("This page had been open for too long, so nothing was changed. Go back, reload it and send it again.")
    return _error_page(400, _("Please send that again"), sentence)


def _show_database_away(error: Exception) -> ResponseReturnValue:
    structlog.get_logger().error("database_away", error=str(getattr(error, "orig", error))[:300])
    # The page would ask again who reads it, and break again.
    g._login_user = AnonymousUserMixin()
    sentence = _("The portal cannot reach its database. Nothing you sent was saved; please try again in a moment.")
    body, status = _error_page(503, _("Back in a moment"), sentence)
    return body, status, {"Retry-After": "5"}


def _show_files_away(refusal: NotJustNow) -> ResponseReturnValue:
    body, status = _error_page(503, _("Back in a moment"), str(refusal))
    return body, status, {"Retry-After": "60"}


def _show_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    if isinstance(error, SecurityError):
        # A foreign Host has no addresses to build a page with.
        return _("This address is not served here."), 400, {"Content-Type": "text/plain; charset=utf-8"}
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, _DATABASE_AWAY):
        # It went away between the view and the commit.
        return _show_database_away(cause)
    code = error.code or 500
    title, sentence = _words(code)
    body, status = _error_page(code, title, sentence)
    retry = {"Retry-After": "60"} if code == 429 else {}
    return body, status, retry


def _words(code: int) -> tuple[str, str]:
    known = {
        400: (_("That could not be read"), _("Nothing was changed. Go back and try once more.")),
        401: (_("Please sign in"), _("You are not signed in, so nothing was saved. Sign in, and send it again.")),
        403: (_("This page is not for you"), _("You are signed in, but this page is for others. Nothing was changed.")),
        404: (_("There is nothing here"), _("The page does not exist, or it is not open to you.")),
        405: (_("That is not how this page works"), _("Nothing was changed. Go back and use the buttons on the page.")),
        413: (_("That is too large"), _("Nothing was saved. Send something smaller.")),
        429: (_("A little slower, please"), _("Too many tries. Wait a minute and try again; nothing is lost.")),
    }  # fmt: skip
    lost = _("Something broke on our side. Nothing you sent was saved. Please try again.")
    return known.get(code, (_("Something went wrong"), lost))


def _words_for_part(code: int, sentence: str) -> str:
    """What is said beside what was pressed, on a page that may have been open for long."""
    known = {
        400: _("This page was open for too long, so nothing was changed. Reload it, and send it again."),
        401: _("You are not signed in any more, so nothing was changed. Sign in, and send it again."),
        403: _("This is not open to you any more, so nothing was changed. Reload the page to see what is."),
        404: _("This is gone or not open to you any more, so nothing was changed. Reload the page to see what is."),
    }
    return known.get(code, sentence)


def _error_page(status: int, title: str, sentence: str) -> tuple[str, int]:
    next_url, next_label = "/", _("To the start")
    reader = access.visitor() if status == 404 else None
    circle_id = circle_to_enter(reader) if reader is not None else None
    if circle_id is not None:
        # Said on every page that is not there, so it tells nobody where a page of that circle is.
        waits = _("A circle waits for you to confirm its words: until then, nothing that is in it shows to you.")
        sentence = f"{sentence} {waits}"
        next_url, next_label = url_for("community.show_circle", circle_id=circle_id), _("Read them and confirm")
    if status == 401:
        # Back to where the words are kept, by its path alone.
        came_from = urlsplit(request.referrer or "")
        here = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
        next_url, next_label = url_for("accounts.new_sign_in", next=here or None), _("Sign in")
    is_part = "HX-Request" in request.headers
    page = render_template(
        "shared/refused.html" if is_part else "shared/error.html",
        status=status,
        title=title,
        sentence=_words_for_part(status, sentence) if is_part else sentence,
        next_url=next_url,
        next_label=next_label,
        typed=_typed() if status == 401 else [],
    )
    return page, status


def _typed() -> list[str]:
    """What somebody wrote into a form of this portal that was not taken, so that it is not lost.

    Nothing of what is larger than the portal reads of strangers.
    """
    # Another site could have its own words stand here.
    if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
        return []
    try:
        sent = request.form
    except RequestEntityTooLarge:
        return []
    # Whatever people write has a space in it; choices, keys and tokens have none.
    return [words.strip() for words in sent.values() if " " in words.strip()]
