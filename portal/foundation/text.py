"""Words: translation, folding for comparison, dates and times as they are said everywhere, and Markdown made safe."""

import gettext as catalogues
import re
import unicodedata
from contextvars import ContextVar
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

import nh3
from babel import Locale, dates, numbers
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from portal.foundation.clock import now

MARKDOWN_LIMIT = 20_000

_LOCALE = Locale("en")
_DAY_AND_TIME = "EEEE d MMMM y, HH:mm"

_language: ContextVar[catalogues.NullTranslations | None] = ContextVar("language", default=None)

# Marks that no text of a person holds, and that PostgreSQL, UTF-8 or XML would refuse.
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip

# Marks that sit on a letter (Latin, Greek, Cyrillic, Hebrew, Arabic, symbols) and the two emoji selectors; not
# those that make another letter of it, as in the scripts of Japan and India.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0\ufe0e\ufe0f\ufe20-\ufe2f]+"
)

# An @ that begins a name, with what stands after it on the line; not the one of a mail address.
_AT = re.compile(r"(?<![\w@])@([^\s@][^\n@]{0,160})")
_NO_LETTER = re.compile(r"\W+$")
_POSSESSIVE = re.compile(r"['’]s?$")
# A name has at most so many words.
_NAME_WORDS = 5


def language() -> object:
    """What the words of this reader are taken from; two readers with the same read the same words."""
    return _language.get()


def gettext(message: str, /, **values: object) -> str:
    """The sentence in the reader's language, with its `%(name)s` values filled in."""
    catalogue = _language.get()
    words = catalogue.gettext(message) if catalogue else message
    return words % values if values else words


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The singular or plural sentence; `%(num)s` is the number, grouped."""
    catalogue = _language.get()
    words = catalogue.ngettext(one, many, number) if catalogue else (one if number == 1 else many)
    return words % {"num": grouped(number), **values}


@lru_cache(maxsize=4096)
def grouped(value: float) -> str:
    """A number with the reader's own separators, such as 12,400."""
    return numbers.format_decimal(value, locale=_LOCALE)


def language_words(code: str) -> str:
    """A language in the reader's words, such as `German`; the code itself where it has no name."""
    return str(_LOCALE.languages.get(code, code))


def fold(text: str) -> str:
    """Lower case without accents, for comparing and finding; the same on every database."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    # Put together again, so that Korean syllables and Japanese voiced letters stay the letters they are.
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))


def tidy(words: str | None) -> str:
    """Typed words as they are kept: plain line ends, no control marks, no space around them."""
    if not words:
        return ""
    return _UNWANTED.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def date_words(day: date) -> str:
    """A day as every page and mail says it: "7 December 2026"."""
    return str(dates.format_date(day, "d MMMM y", locale=_LOCALE))


def moment_words(moment: datetime, zone: tzinfo) -> str:
    """A moment as every page and mail says it: "Monday 7 December 2026, 15:00, Berlin time"."""
    return f"{_format(moment, _DAY_AND_TIME, zone)}, {zone_words(zone)}"


def span_words(start: datetime, end: datetime, zone: tzinfo) -> str:
    """From when until when: "Monday 7 December 2026, 15:00 to 16:30, Berlin time"."""
    is_one_day = start.astimezone(zone).date() == end.astimezone(zone).date()
    return gettext(
        "%(first)s to %(last)s, %(zone)s",
        first=_format(start, _DAY_AND_TIME, zone),
        last=_format(end, "HH:mm" if is_one_day else _DAY_AND_TIME, zone),
        zone=zone_words(zone),
    )


def zone_words(zone: tzinfo) -> str:
    """Whose clock it is: "Berlin time"; the zone without a place is UTC."""
    city = dates.get_timezone_location(zone, locale=_LOCALE, return_city=True).rpartition("/")[2]
    return city if city == "UTC" else gettext("%(city)s time", city=city)


def clock_words(moment: datetime, zone: tzinfo) -> str:
    """The time alone, "15:00", with the day in front of it on another day than today: "Mon 7 Dec, 15:00"."""
    is_today = moment.astimezone(zone).date() == now().astimezone(zone).date()
    return _format(moment, "HH:mm" if is_today else "EEE d MMM, HH:mm", zone)


def leaf_words(moment: datetime, zone: tzinfo) -> list[str]:
    """The month and the day, as they stand on the leaf of a calendar."""
    return _format(moment, "MMM d", zone).split()


def deadline(moment: datetime, zone: tzinfo) -> str:
    """A promise in short, on pages alone: "Thursday 15:00" within the week, the date beyond it.

    A mail may be read days later, so it says the whole moment.
    """
    if abs(moment - now()) < timedelta(days=6):
        return _format(moment, "EEEE HH:mm", zone)
    same_year = moment.astimezone(zone).year == now().astimezone(zone).year
    return _format(moment, "d MMMM" if same_year else "d MMMM y", zone)


@lru_cache(maxsize=4096)
def _format(moment: datetime, pattern: str, zone: tzinfo) -> str:
    return str(dates.format_datetime(moment, pattern, tzinfo=zone, locale=_LOCALE))


def distance_words(distance: timedelta, *, with_direction: bool = False) -> str:
    """How long, roughly: "3 hours"; with its direction "3 hours ago" or "in 3 hours"."""
    return str(
        dates.format_timedelta(
            distance, add_direction=with_direction, locale=_LOCALE, threshold=1.2, granularity="minute"
        )
    )


def working_words(minutes: int) -> str:
    """Working time in words: minutes, or hours; how many make a day is not the same everywhere."""
    if minutes < 60:
        return ngettext("%(num)s working minute", "%(num)s working minutes", max(minutes, 1))
    return ngettext("%(num)s working hour", "%(num)s working hours", (minutes + 30) // 60)


def after_at(source: str) -> list[str]:
    """What stands after each @ that can begin a name, to the end of its line."""
    return _AT.findall(source)


def beginnings(text: str) -> list[str]:
    """What of a text's beginning may be a name, the longest first: up to five words, without the marks after them."""
    words = text.split(" ")[:_NAME_WORDS]
    found: dict[str, None] = {}
    for count in range(len(words), 0, -1):
        whole = " ".join(words[:count])
        bare = _NO_LETTER.sub("", whole)
        found |= dict.fromkeys(filter(None, (whole, bare, _POSSESSIVE.sub("", bare))))
    return list(found)


def _link_names(state: StateCore) -> None:
    """Make links of the names after an @ that are given as `env["names"]`; in code and in links they stay words."""
    names: dict[str, str] = state.env.get("names", {})
    for block in state.tokens if names else ():
        depth, pieces = 0, []
        for token in block.children or ():
            depth += token.nesting if token.type.startswith("link_") else 0
            pieces += _with_links(token, names) if token.type == "text" and not depth else [token]
        block.children = pieces if block.children is not None else None


def _with_links(token: Token, names: dict[str, str]) -> list[Token]:
    pieces, done = [], 0
    for found in _AT.finditer(token.content):
        name = next((each for each in beginnings(found[1]) if fold(each) in names), None)
        if name is None:
            continue
        start, end = found.start(), found.start(1) + len(name)
        pieces.append(Token("text", "", 0, content=token.content[done:start]))
        pieces.append(Token("link_open", "a", 1, attrs={"href": names[fold(name)]}))
        pieces.append(Token("text", "", 0, content=token.content[start:end]))
        pieces.append(Token("link_close", "a", -1))
        done = end
    return [*pieces, Token("text", "", 0, content=token.content[done:])]


_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20}).enable("table")
_markdown.core.ruler.push("names", _link_names)


@lru_cache(maxsize=2048)
def render_markdown(source: str, names: tuple[tuple[str, str], ...] = ()) -> str:
    """Safe HTML from a member's Markdown: raw HTML off, only our own allow-list survives.

    Headings start at level 3, since the page around them owns the first two. Pictures are left out until
    they can come from the portal's own uploads.

    Args:
        names: of people, each with the address that it leads to where it stands after an @.
    """
    html = _markdown.render(source[:MARKDOWN_LIMIT], {"names": {fold(name): address for name, address in names}})
    for level in ("1", "2"):
        html = html.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "mailto"},
        link_rel="nofollow noopener ugc",
    )


# What any of the patterns below begins with.
_ANY_MARK = re.compile(r"[\[*_~`]|^[ \t]*[-+#>]", re.M)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_ITEM = re.compile(r"^[ \t]*[-*+][ \t]+", re.M)
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|```.*$)|\*\*|__|~~|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)", re.M)


@lru_cache(maxsize=4096)
def markdown_excerpt(source: str, length: int = 240) -> str:
    """The first words of Markdown as plain text, without its marks; the items of a list are set apart by a dot."""
    # No more than can be shown is looked at, so that no text of brackets can keep the patterns busy.
    shown = source[: 4 * length]
    if not _ANY_MARK.search(shown):
        return excerpt(shown, length)
    shown = _LINK.sub(r"\1", shown)
    return excerpt(_MARKS.sub("", _ITEM.sub("· ", shown)), length)


def excerpt(source: str, length: int = 240) -> str:
    """The first words of a text on one line, cut at a word."""
    line = " ".join(source.split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0].rstrip(",.;:") + "…"
