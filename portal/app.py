"""create_app(): the only file that knows every stage."""

import errno
import logging
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

import structlog
from flask import Flask, Response, request
from flask.helpers import get_debug_flag
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Rule
from whitenoise import WhiteNoise

import portal.accounts.commands
import portal.accounts.jobs
import portal.accounts.views
import portal.community.jobs
import portal.community.models
import portal.community.views
import portal.consent.models
import portal.demo.commands
import portal.invitations.models
import portal.invitations.views
import portal.ledger.commands
import portal.ledger.jobs
import portal.ledger.models
import portal.ledger.views
import portal.listening.commands
import portal.listening.jobs
import portal.listening.models
import portal.listening.views
import portal.makers.commands
import portal.makers.jobs
import portal.makers.views
import portal.moderation.models
import portal.moderation.views
import portal.updates.jobs
import portal.updates.models
import portal.updates.views
from portal import commands, faults, frame, pages
from portal.accounts.services import user_of_token
from portal.foundation import access, config
from portal.foundation.config import BadSettings, Settings, load_settings
from portal.foundation.database import database
from portal.foundation.jobs import Worker, run_lane
from portal.foundation.mail import delivery

BLUEPRINTS = (
    portal.accounts.views.bp,
    portal.makers.views.bp,
    portal.invitations.views.bp,
    portal.community.views.bp,
    portal.ledger.views.bp,
    portal.moderation.views.bp,
    portal.updates.views.bp,
    portal.listening.views.bp,
)
COMMANDS = (
    commands.database_commands,
    commands.serve,
    commands.worker,
    portal.accounts.commands.commands,
    portal.demo.commands.demo,
    portal.listening.commands.commands,
    portal.makers.commands.commands,
    portal.ledger.commands.commands,
)

csrf = CSRFProtect()


class _Rule(Rule):
    """An address of the portal, whose code for writing it is compiled when it is first written.

    Werkzeug compiles two pieces for each address at the start, which takes a tenth of it.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compile_builder, name = super()._compile_builder, "_build_unknown" if append_unknown else "_build"

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            compiled = compile_builder(append_unknown).__get__(rule)
            setattr(rule, name, compiled)
            return compiled(**values)  # type: ignore[no-any-return]

        return build


class _Portal(Flask):
    """The application, whose views and hooks are plain functions: Flask need not ask each one each time."""

    url_rule_class = _Rule

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself; none here is a coroutine."""
        return func

    def log_exception(self, exc_info: Any) -> None:
        """Write a fault down by the name of its view: an address can hold a key."""
        structlog.get_logger().error("request_failed", view=request.endpoint, method=request.method, exc_info=exc_info)


class _Readers(LoginManager):  # type: ignore[misc]
    """Flask-Login, which would work out a mark of each browser even where no session is protected by one."""

    def _session_protection_failed(self) -> bool:
        return False


def create_app(settings: Settings | None = None) -> Flask:
    """Put the portal together, or stop with every reason why it cannot start."""
    if get_debug_flag():
        sys.exit(
            "The portal cannot start:\n  - FLASK_DEBUG is on, which shows strangers the inside of a fault; unset it."
        )
    if settings is None:
        try:
            settings = load_settings()
        except BadSettings as problem:
            sys.exit(str(problem))
    config.use(settings)
    _log_quietly()
    database.bind(settings.database_url)
    if settings.database_url.startswith("sqlite"):
        _make_folder(Path(settings.DATA_FOLDER))

    app = _Portal("portal", template_folder=str(config.ROOT / "templates"), static_folder=None)
    app.session_interface = access.Cookies()
    app.extensions["settings"] = settings
    _configure(app, settings)
    csrf.init_app(app)
    access.install_limits(app)
    access.install(app)
    delivery.install(app)
    pages.install(app)
    _install_sign_in(app)
    faults.install(app)
    app.after_request(_protect)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
    for endpoint in EXEMPT_FROM_CSRF:
        csrf.exempt(app.view_functions[endpoint])

    def run(lane: str) -> None:
        with app.app_context():
            run_lane(lane)

    worker = app.extensions["worker"] = Worker(settings, run)
    access.after_commit(app, worker.wake_soon)
    access.refuse_unguarded_views(app)
    _serve(app, settings)
    return app


# RFC 8058: the mail program posts without our cookie, and the token in the address is the permission.
# A letter is answered the same way, so that its page needs no cookie and may lie open for weeks.
EXEMPT_FROM_CSRF: tuple[str, ...] = (
    "invitations.create_decline",
    "invitations.create_objection",
    "community.create_acceptance",
    "updates.create_news_unsubscribe",
    "updates.create_news_withdrawal",
    "updates.create_unsubscribe",
    "updates.create_withdrawal",
    # Whoever pushes has no cookie; each channel's own signature is checked instead.
    "listening.create_push",
)


def _make_folder(folder: Path) -> None:
    """Where SQLite keeps its file, and writes others beside it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in (folder, folder / "heard.sqlite3"):
            if path.exists() and not os.access(path, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    except OSError as problem:
        sys.exit(config.out_of_reach(folder, problem))


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.SECRET_KEY,
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        SESSION_COOKIE_NAME="__Host-heard" if settings.is_https else "heard",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        # The session's own row says when it ends; a cookie on every answer would say nothing new.
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        RATELIMIT_STORAGE_URI=settings.RATE_LIMITS,
        RATELIMIT_HEADERS_ENABLED=False,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]


def _install_sign_in(app: Flask) -> None:
    manager = _Readers(app, add_context_processor=False)
    manager.session_protection = None
    manager.user_loader(user_of_token)


def _protect(response: Response) -> Response:
    """The headers of every answer, error pages included."""
    headers = response.headers
    # Asked for one by one, each that is missing costs as much as an error page.
    there = {name.lower() for name, _value in headers}
    for name, value in _GUARDS:
        if name.lower() not in there:
            headers.add(name, value)
    if config.current().is_https:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return response


# What a view has to say otherwise it says itself.
_GUARDS = (
    ("Content-Security-Policy", access.PAGE_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("Cache-Control", "no-store"),
)


def _serve(app: Flask, settings: Settings) -> None:
    """Built files come from whitenoise, for ever, since their names change with their content."""
    fingerprinted = r"-[A-Z0-9]{8}\.\w+$"
    files = WhiteNoise(
        app.wsgi_app,
        max_age=60,
        allow_all_origins=False,
        immutable_file_test=fingerprinted,
        add_headers_function=_protect_file,
    )
    if frame.BUILT.is_dir():
        files.add_files(str(frame.BUILT), prefix="static/")
    app.wsgi_app = files  # type: ignore[method-assign]
    if settings.PROXIES:
        count = settings.PROXIES
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)  # type: ignore[method-assign]


def _protect_file(headers: Headers, _path: str, _url: str) -> None:
    """Built files pass by the portal's own answers, so they carry their own guards."""
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _log_quietly() -> None:
    """Structured lines without bodies, tokens or query strings."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ]
    )
