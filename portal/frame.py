"""The parts of the frame around every page that are the same for many requests, each drawn once."""

import json
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, has_request_context, request, url_for
from markupsafe import Markup

from portal.foundation import config
from portal.foundation.access import HOLE, csrf_token
from portal.foundation.text import language

BUILT = config.ROOT / "static" / "built"


def asset(name: str) -> str:
    """The address of a built file, by its logical name such as `shared/app.css`."""
    return "/static/" + str(_manifest(_stamp())[name])


def head(accent_css_url: str | None = None) -> Markup:
    """What stands in the head of every page; the same for everyone until the files are built anew."""
    return _head(current_app._get_current_object(), _stamp(), accent_css_url)  # type: ignore[attr-defined]


@lru_cache(maxsize=8)
def _head(app: Flask, _stamp: float, accent_css_url: str | None) -> Markup:
    return Markup(app.jinja_env.get_template("shared/head.html").render(accent_css_url=accent_css_url))  # noqa: S704 - a template


def mast(company: dict[str, Any], name: str | None, nav: list[dict[str, Any]], banners: list[dict[str, Any]]) -> Markup:
    """The top of a page, drawn once for each reader and place in the bar."""
    key = tuple(company.items()), tuple(map(_items, nav)), tuple(map(_items, banners))
    drawn = _mast(current_app._get_current_object(), language(), name, *key)  # type: ignore[attr-defined]
    return Markup(drawn.replace(HOLE, csrf_token()) if name else drawn)  # noqa: S704 - a template


def _items(entry: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(entry.items())


@lru_cache(maxsize=1024)
def _mast(app: Flask, _language: object, name: str | None, company: Any, nav: Any, banners: Any) -> str:
    return app.jinja_env.get_template("shared/mast.html").render(
        csrf=HOLE,
        name=name,
        company=dict(company),
        nav=[dict(entry) for entry in nav],
        banners=[dict(entry) for entry in banners],
    )


def foot() -> Markup:
    """The end of a page."""
    return _foot(current_app._get_current_object(), language())  # type: ignore[attr-defined]


@lru_cache(maxsize=32)
def _foot(app: Flask, _language: object) -> Markup:
    return Markup(app.jinja_env.get_template("shared/foot.html").render())  # noqa: S704 - a template


def address(endpoint: str, **values: Any) -> str:
    """The address of a page, worked out once for each row; the `url_for` of the templates."""
    plain = all(type(value) is int and name[0] != "_" for name, value in values.items())
    if not plain or endpoint[0] == "." or not has_request_context():
        return url_for(endpoint, **values)
    return _address(current_app._get_current_object(), request.script_root, endpoint, tuple(values.items()))  # type: ignore[attr-defined]


@lru_cache(maxsize=8192)
def _address(_app: Flask, _root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def _stamp() -> float:
    try:
        return (BUILT / "manifest.json").stat().st_mtime
    except FileNotFoundError as problem:
        raise RuntimeError("The styles are not built yet: run bin/assets.") from problem


@lru_cache(maxsize=2)
def _manifest(_stamp: float) -> dict[str, str]:
    return dict(json.loads((BUILT / "manifest.json").read_text("utf-8")))
