"""Words: translation, folding for comparison, and Markdown made safe."""

import gettext as catalogues
import unicodedata
from contextvars import ContextVar
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

MARKDOWN_LIMIT = 20_000

_language: ContextVar[catalogues.NullTranslations | None] = ContextVar("language", default=None)

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20}).enable("table")


def gettext(message: str, /, **values: object) -> str:
    """The sentence in the reader's language, with its `%(name)s` values filled in."""
    catalogue = _language.get()
    words = catalogue.gettext(message) if catalogue else message
    return words % values if values else words


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The singular or plural sentence; `%(num)s` is the number."""
    catalogue = _language.get()
    words = catalogue.ngettext(one, many, number) if catalogue else (one if number == 1 else many)
    return words % {"num": number, **values}


def fold(text: str) -> str:
    """Lower case without accents, for comparing and finding; the same on every database."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


@lru_cache(maxsize=2048)
def render_markdown(source: str) -> str:
    """Safe HTML from a member's Markdown: raw HTML off, only our own allow-list survives.

    Headings start at level 3, since the page around them owns the first two. Pictures are left out until
    they can come from the portal's own uploads.
    """
    html = _markdown.render(source[:MARKDOWN_LIMIT])
    for level in ("1", "2"):
        html = html.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "mailto"},
        link_rel="nofollow noopener ugc",
    )


def excerpt(source: str, length: int = 240) -> str:
    """The first words of a text on one line, cut at a word."""
    line = " ".join(source.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
