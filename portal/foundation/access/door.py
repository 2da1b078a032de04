"""The one door to every view, and the one rule of what a request may change."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_login import current_user
from sqlalchemy import BigInteger
from werkzeug.exceptions import Unauthorized

from portal.foundation import config
from portal.foundation.database import begin_work, end_work, session
from portal.foundation.database.revisions import NotForSharing, is_sharing
from portal.foundation.database.work import is_reading, notes

Policy = Callable[..., bool]
View = Callable[..., ResponseReturnValue]
Load = Callable[[int, Any], Any]

# What a page may load and do; a view that needs another rule sets the header itself.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

_SAFE = {"GET", "HEAD", "OPTIONS"}


def _visitor_network() -> str:
    """The visitor's address; an IPv6 visitor counts as their /64, which one household can cycle through."""
    address = ip_address(request.remote_addr or "127.0.0.1")
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


limiter = Limiter(_visitor_network)


def install_limits(app: Flask) -> None:
    """Count tries where a view is `limited`, and nowhere else."""
    limiter.init_app(app)
    # Its hooks look for limits ahead of every request, and after it for headers that we do not send; the decorator
    # asks by itself where there is a limit.
    before, after = app.before_request_funcs[None], app.after_request_funcs[None]
    before[:] = [hook for hook in before if getattr(hook, "__self__", None) is not limiter]
    after[:] = [hook for hook in after if getattr(hook, "args", ()) != (limiter,)]
    # What it forgets at the end goes with the request.
    ending = app.teardown_request_funcs[None]
    ending[:] = [hook for hook in ending if getattr(hook, "__self__", None) is not limiter]


def limited(rate: str, *, unless: Callable[[], bool] | None = None) -> Callable[[View], View]:
    """Slow down one visitor, such as `20 per hour; 6 per minute`; requests of which `unless` is true do not count."""
    return cast(Callable[[View], View], limiter.limit(rate, exempt_when=unless))


class UnguardedView(RuntimeError):
    """A view without a door; the portal refuses to start."""


def anyone(_user: Any) -> bool:
    """The policy of the few pages that need no sign-in."""
    return True


def actor() -> Any:
    """The signed-in user of this request.

    Raises:
        Unauthorized: nobody is signed in.
    """
    user = visitor()
    if user is None:
        raise Unauthorized
    return user


def visitor() -> Any | None:
    """The signed-in user of this request, or None.

    Raises:
        NotForSharing: what is being drawn will be shown to others too.
    """
    if is_sharing():
        raise NotForSharing("what a shared part shows may depend on its arguments alone")
    known = notes()
    user = known.get("visitor")
    if user is None:
        found = current_user._get_current_object()
        user = found if found.is_authenticated else None
        if is_reading():
            known["visitor"] = user
    return user


def reader_zone() -> ZoneInfo:
    """The zone in which the reader of this page lives; the company's, for whoever did not say."""
    zone: ZoneInfo | None = g.get("zone")
    if zone is None:
        reader = visitor()
        zone = g.zone = ZoneInfo((reader.time_zone if reader else None) or config.current().TIME_ZONE)
    return zone


def reader_languages() -> tuple[str, ...]:
    """The languages in which the reader of this page reads, as tags: the one they chose, else their browser's."""
    reader = visitor()
    if reader is not None and reader.language:
        return (reader.language,)
    return tuple(tag for tag, _quality in request.accept_languages)


def allow(policy: Policy, model: type[Any] | None = None, *, load: Load | None = None) -> Callable[[View], View]:
    """Guard a view: load its row, ask the policy, hand the row to the view.

    A view of `Idea` takes `<int:idea_id>` in its address and receives the row as `idea`. A row that is
    missing and a row that is refused give the same answer, so that nobody learns what exists.

    Args:
        load: how to find the row by its number for this reader, where there is a shorter way than the usual one.
    """

    def guard(view: View) -> View:
        name, last = (_snake(model.__name__), _last_number(model)) if model else ("", 0)

        @wraps(view)
        def guarded(**values: Any) -> ResponseReturnValue:
            user = visitor()
            if user is None and not _is_open(policy):
                return _ask_to_sign_in()
            if model is None:
                if not policy(user):
                    abort(403)
                return view(**values)
            number = values.pop(f"{name}_id")
            row = None
            if number <= last:
                row = load(number, user) if load else session().get(model, number)
            if row is None or not policy(user, row):
                abort(404)
            return view(**{name: row}, **values)

        guarded.__dict__["door"] = (policy, model)
        return guarded

    return guard


def needs_sign_in() -> bool:
    """Whether what is asked for is only for people who are signed in, and nobody is."""
    view = current_app.view_functions.get(request.endpoint or "")
    policy, _model = getattr(view, "door", (anyone, None))
    return not _is_open(policy) and visitor() is None


def _is_open(policy: Policy) -> bool:
    return policy is anyone or getattr(policy, "asks_anyone", False)


def reads_only(view: View) -> View:
    """Mark a view that is asked by POST, since its question is long, and changes nothing: it cannot write."""
    view.__dict__["reads_only"] = True
    return view


def install(app: Flask) -> None:
    """Make each request one piece of work: a POST answered below 400 commits, all else rolls back."""
    app.before_request(_begin)
    app.after_request(_commit_or_not)
    app.teardown_request(_end)


def after_commit(app: Flask, job: Callable[[], None]) -> None:
    """Call this once after each request that committed; used to wake the worker."""
    app.extensions["after_commit"] = job


def refuse_unguarded_views(app: Flask) -> None:
    """Stop the start when a view has no door.

    Raises:
        UnguardedView: names every such view.
    """
    bare = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and "door" not in app.view_functions[rule.endpoint].__dict__
    ]
    if bare:
        raise UnguardedView("these views have no @allow door: " + ", ".join(sorted(set(bare))))


def _begin() -> None:
    begin_work(writing=_may_write())


def _may_write() -> bool:
    if request.method in _SAFE:
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return not getattr(view, "reads_only", False)


def _commit_or_not(response: Response) -> Response:
    commits = _may_write() and response.status_code < 400
    end_work(commit=commits)
    if commits and "after_commit" in current_app.extensions:
        current_app.extensions["after_commit"]()
    return response


def _end(_problem: BaseException | None) -> None:
    end_work(commit=False)


def _ask_to_sign_in() -> ResponseReturnValue:
    # A part of a page is not led to another page, which would be drawn in its place.
    if request.method != "GET" or "HX-Request" in request.headers:
        raise Unauthorized
    here = request.full_path if request.query_string else request.path
    return cast(ResponseReturnValue, redirect(url_for("accounts.new_sign_in", next=here), 303))


def _last_number(model: type[Any]) -> int:
    """The highest number a row can have; a database takes a larger one for a fault, not for a stranger."""
    is_wide = isinstance(model.__table__.c.id.type, BigInteger)
    return 2**63 - 1 if is_wide else 2**31 - 1


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
