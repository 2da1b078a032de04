"""Parts of pages that are drawn once for everyone who may see the same.

What makes them right stands at the head of `database/revisions.py`. Here is added what words depend on: the
reader's language and time zone, and the minute, since pages say how long ago things were.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, g
from markupsafe import Markup

from portal.foundation.access.cookies import HOLE, csrf_token
from portal.foundation.access.door import NotForSharing, reader_zone
from portal.foundation.clock import now
from portal.foundation.database.revisions import add_topic, keep
from portal.foundation.text import language

Draw = Callable[..., Markup]


def drawn(topic: str) -> Callable[[Draw], Draw]:
    """Draw a part of a page once for each set of arguments, until a row of the topic changes or the minute ends.

    The arguments say what is asked for and what the reader may see: hashable, by place. `csrf_token()` may stand
    in the part; each reader is given their own. Anything else of the reader raises `NotForSharing`.
    """
    add_topic(topic)

    def decorate(draw: Draw) -> Draw:
        @wraps(draw)
        def shared(*given: Any) -> Markup:
            zone = reader_zone()
            minute = now().replace(second=0, microsecond=0)
            html = keep(topic, (draw, given, zone, language()), lambda: _draw(draw, given), moment=minute)
            return Markup(str.replace(html, HOLE, csrf_token()))  # noqa: S704 - drawn by a template

        return shared

    return decorate


def draw_template(name: str, **shown: Any) -> Markup:
    """A template with what it is given and nothing else: no reader, no frame."""
    return Markup(current_app.jinja_env.get_template(name).render(**shown))  # noqa: S704 - a template


def _draw(draw: Draw, given: tuple[Any, ...]) -> Markup:
    html = draw(*given)
    token = g.get("csrf_token")
    if token and token in html:
        raise NotForSharing("a form of a shared part holds a reader's token; give it csrf_token() of the template")
    return html
