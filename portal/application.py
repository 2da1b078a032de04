"""The application: Flask, which here works out once what is the same for many requests.

Each part of it does what Flask's own does, and hands on to that whatever it does not know yet.
"""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any
from wsgiref.types import WSGIEnvironment

import structlog
from flask import Flask, Request, Response, g, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import same_origin
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import Map, MapAdapter, Rule
from werkzeug.urls import iri_to_uri

from portal.foundation import config
from portal.foundation.access import PAGE_POLICY, is_own_token

# What a request says of where it goes.
_TARGET = (
    "wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME", "REQUEST_METHOD", "PATH_INFO",
    "QUERY_STRING", "HTTP_CONNECTION", "HTTP_UPGRADE",
)  # fmt: skip
_NOTHING_ASKED: MultiDict[str, str] = ImmutableMultiDict()

# The guards of every answer, error pages included; what a view has to say otherwise it says itself.
_GUARDS = (
    ("Content-Security-Policy", PAGE_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("Cache-Control", "no-store"),
)
# Pages, and where else to go: what is sent is what the view says.
_WHOLE = (200, 303)
_address = lru_cache(maxsize=1024)(iri_to_uri)
_OVER_TLS = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")


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


class _Way(MapAdapter):
    """Where one address leads, once it was found; what leads nowhere is looked for again."""

    _found: tuple[Rule, dict[str, Any]] | None = None

    def match(self, *given: Any, **named: Any) -> Any:
        """The view of the request and what its address holds for it."""
        if given or named != {"return_rule": True}:
            return super().match(*given, **named)
        if self._found is None:
            rule, values = super().match(return_rule=True)
            self._found = rule, dict(values)
        rule, values = self._found
        return rule, dict(values)


class _Ways(Map):
    """The addresses of the portal."""

    def bind_to_environ(self, *given: Any, **named: Any) -> MapAdapter:
        """The way that a request asks for."""
        way = _Way.__new__(_Way)
        vars(way).update(vars(super().bind_to_environ(*given, **named)))
        return way


class _Asked(Request):
    """A request; most ask for nothing beside their address."""

    @cached_property
    def args(self) -> MultiDict[str, str]:  # type: ignore[override]
        """What stands behind the question mark."""
        return super().args if self.query_string else _NOTHING_ASKED


class _Answer(Response):
    """An answer, which carries the guards whatever it is."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Any:
        """The headers; those of a whole page, or of the way to one, are sent as they are, not copied one by one."""
        if self.status_code not in _WHOLE or "Content-Length" not in self.headers:
            return super().get_wsgi_headers(environ)
        if self.status_code == 303 and "Location" in self.headers:
            self.headers["Location"] = _address(self.headers["Location"])
        return self.headers

    def get_wsgi_response(self, environ: WSGIEnvironment) -> Any:
        """What the server is given to send."""
        body, status, headers = super().get_wsgi_response(environ)
        headers += guards_beside(
            frozenset(name.lower() for name, _value in headers), is_https=config.current().is_https
        )
        return body, status, headers


@lru_cache(maxsize=256)
def guards_beside(there: frozenset[str], *, is_https: bool) -> list[tuple[str, str]]:
    """The guards that an answer with these headers lacks."""
    guards = (*_GUARDS, _OVER_TLS) if is_https else _GUARDS
    return [guard for guard in guards if guard[0].lower() not in there]


class Portal(Flask):
    """The application, whose views and hooks are plain functions: Flask need not ask each one each time."""

    url_rule_class = _Rule
    url_map_class = _Ways
    request_class = _Asked
    response_class = _Answer

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._way = lru_cache(maxsize=1024)(self._find_way)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """The way of a request, which is the same for all who ask for the same in the same words.

        Raises:
            SecurityError: they ask under a name that the portal does not have.
        """
        if request is None:
            return super().create_url_adapter(None)
        request.trusted_hosts = self.config["TRUSTED_HOSTS"]
        request.host, way = self._way(*map(request.environ.get, _TARGET))
        return way

    def _find_way(self, *target: str | None) -> tuple[str, MapAdapter | None]:
        environ = {name: value for name, value in zip(_TARGET, target, strict=True) if value is not None}
        asked = Request(environ, populate_request=False)
        way = super().create_url_adapter(asked)
        return asked.host, way

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself; none here is a coroutine."""
        return func

    def log_exception(self, exc_info: Any) -> None:
        """Write a fault down by the name of its view: an address can hold a key."""
        structlog.get_logger().error("request_failed", view=request.endpoint, method=request.method, exc_info=exc_info)


class Forms(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's guard of all that changes something."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a form without its token; who only reads needs none, which it would find out last.

        What other servers send is exempt, and its body is for the view alone, which knows how much of it to read.
        """
        if request.method in ("GET", "HEAD") or (apply_exemptions and self._is_exempt()):
            return
        if not self._is_sent_by_us():
            super().protect(apply_exemptions)

    def _is_sent_by_us(self) -> bool:
        """Whether all that is asked for holds; Flask-WTF itself says of everything else why it does not."""
        given = request.headers.get("X-CSRFToken") or request.form.get("csrf_token")
        if not given or not is_own_token(given):
            return False
        if request.is_secure and not same_origin(request.referrer or "", f"https://{request.host}/"):
            return False
        g.csrf_valid = True
        return True
