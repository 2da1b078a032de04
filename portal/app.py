"""create_app(): the only file that knows every stage."""

import errno
import logging
import os
import sys
from datetime import timedelta
from pathlib import Path
from wsgiref.headers import Headers

import structlog
from flask import Flask, Response, session
from flask.helpers import get_debug_flag
from flask_login import LoginManager
from werkzeug.middleware.proxy_fix import ProxyFix
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
from portal.application import Forms, Portal
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

csrf = Forms()


class _Readers(LoginManager):  # type: ignore[misc]
    """Flask-Login, which would look for readers in other places than their session and remember them there."""

    def _load_user(self) -> None:
        token = session.get("_user_id")
        self._update_request_context_with_user(user_of_token(token) if token else None)

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


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

    app = Portal("portal", template_folder=str(config.ROOT / "templates"), static_folder=None)
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
