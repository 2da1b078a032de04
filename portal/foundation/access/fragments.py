"""Pages and parts of them that are drawn once for everyone who may see the same.

What makes them right stands at the head of `database/revisions.py`: they are kept under the number of their topic,
and drawn from their arguments alone. Here is added what words depend on: the reader's language and time zone, the
minute (pages say how long ago things were), the settings, and the address that the portal is served under.

A part (`drawn`) says all that it shows by its arguments. A whole page (`drawn_page`) knows besides what
`User.alike` says of its reader, such as their role. What is the reader's own (their name in the mast, the token and
the key of their forms) is `own`: while something shared is drawn it is left open, and put in for each reader.
"""

import re
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import wraps
from secrets import token_hex, token_urlsafe
from typing import Any, TypeVar

from flask import current_app, g, request
from markupsafe import Markup

from portal.foundation import config
from portal.foundation.access.cookies import own_token
from portal.foundation.access.door import reader_zone, visitor
from portal.foundation.clock import now
from portal.foundation.database.revisions import NotForSharing, add_topic, is_sharing, keep
from portal.foundation.text import language

Draw = Callable[..., Markup]
DrawPage = Callable[..., str]
Pieces = TypeVar("Pieces")
Text = TypeVar("Text", str, bytes)

# Nobody can guess what is left open, and so nobody can write it into a text of theirs.
_SECRET = token_hex(16)
_OPEN = re.compile(f"(own-[a-z_]+-{_SECRET})")
_own: dict[str | bytes, Callable[[], str]] = {}
_alike: ContextVar[Any] = ContextVar("alike", default=None)


def own(make: Callable[[], str]) -> Callable[[], Markup]:
    """Something on the page that is each reader's own, and no part of what is shared."""
    mark = f"own-{make.__name__}-{_SECRET}"
    _own[mark] = _own[mark.encode()] = make

    @wraps(make)
    def part() -> Markup:
        return Markup(mark if is_sharing() else make())  # noqa: S704 - a template, or a token

    return part


csrf_token = own(own_token)


@own
def fresh_key() -> str:
    """A random key for a form: the same form sent twice is one."""
    return token_urlsafe(24)


@own
def reader_number() -> str:
    """The reader's number, for links to what is theirs, and for scripts that tell their drafts from another's."""
    reader = visitor()
    return str(reader.id) if reader else ""


def drawn(topic: str) -> Callable[[Draw], Draw]:
    """Draw a part of a page once for each set of arguments, until a row of the topic changes or the minute ends.

    The arguments say what is asked for and what the reader may see: hashable, by place. Whatever asks for the
    reader in another way than by an `own` part raises `NotForSharing`.
    """
    add_topic(topic)

    def decorate(draw: Draw) -> Draw:
        @wraps(draw)
        def shared(*given: Any) -> Markup:
            pieces: tuple[str, ...] = _kept(topic, (draw, given), lambda: _cut(draw(*given)))
            return Markup("".join(_filled(pieces, str)))  # noqa: S704 - drawn by a template

        return shared

    return decorate


def drawn_page(topic: str) -> Callable[[DrawPage], Callable[..., bytes]]:
    """Draw a whole page once for everyone alike, as `drawn` does a part of one; it is kept as it is sent."""
    add_topic(topic)

    def decorate(draw: DrawPage) -> Callable[..., bytes]:
        @wraps(draw)
        def shared(*given: Any) -> bytes:
            reader = visitor()
            alike = reader.alike if reader else None
            asked = draw, given, request.endpoint, alike
            pieces: tuple[bytes, ...] = _kept(topic, asked, lambda: tuple(map(str.encode, _cut(page(alike, given)))))
            return b"".join(_filled(pieces, str.encode))

        def page(alike: Any, given: tuple[Any, ...]) -> str:
            before = _alike.set(alike)
            try:
                return draw(*given)
            finally:
                _alike.reset(before)

        return shared

    return decorate


def reader_of_page() -> Any | None:
    """Whom the frame of a page is drawn for: the visitor, or what is known of everyone whom the page is shared by."""
    return _alike.get() if is_sharing() else visitor()


def draw_template(name: str, **shown: Any) -> Markup:
    """A template with what it is given and nothing else: no reader, no frame."""
    return Markup(current_app.jinja_env.get_template(name).render(**shown))  # noqa: S704 - a template


def _kept(topic: str, asked: tuple[Any, ...], draw: Callable[[], Pieces]) -> Pieces:
    key = (*asked, request.script_root, reader_zone(), language())
    moment = now().replace(second=0, microsecond=0), config.current()
    return keep(topic, key, draw, moment=moment)


def _cut(html: str) -> tuple[str, ...]:
    """What was drawn, cut where something is left open: every second piece is the mark of that."""
    token = g.get("csrf_token")
    if token and token in html:
        raise NotForSharing("a form of a shared part holds a reader's token; give it csrf_token() of the template")
    return tuple(_OPEN.split(str(html)))


def _filled(pieces: tuple[Text, ...], written: Callable[[str], Text]) -> Sequence[Text]:
    """The pieces with what is the reader's own put in; a part inside of something that is shared stays open."""
    if is_sharing():
        return pieces
    filled, made = list(pieces), dict[Text, Text]()
    for place in range(1, len(pieces), 2):
        mark = pieces[place]
        text = made.get(mark)
        if text is None:
            text = made[mark] = written(_own[mark]())
        filled[place] = text
    return filled
