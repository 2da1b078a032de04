"""Parts of pages as HTML, drawn once for as long as they say the same."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import cast
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import get_template_attribute, request
from markupsafe import Markup, escape

from portal.accounts.languages import wishes
from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.access import draw_template, drawn, reader_languages
from portal.foundation.clock import now
from portal.foundation.text import gettext as _
from portal.foundation.text import language, ngettext
from portal.ledger.forms import HandOverForm, ResponseForm
from portal.ledger.models import ResponseKind, Standing
from portal.ledger.queries import (
    EVERYTHING,
    ActionChoice,
    Choices,
    DeskRow,
    LedgerRow,
    Scope,
    SimilarIdea,
    figures,
    has_languages,
    late_now,
    tags_within,
)
from portal.ledger.visibility import TOPIC, Reach


def part(template: str, macro: str) -> Callable[..., Markup]:
    """A macro, to be called with all that it shows."""
    return cast(Callable[..., Markup], get_template_attribute(template, macro))


def reading() -> tuple[str, ...]:
    """The languages of those on offer in which the reader of this page reads, the most wanted first.

    None as long as no answer stands in several, so that all readers share what is drawn.
    """
    return wishes(reader_languages()) if has_languages() else ()


@drawn(TOPIC)
def ledger_sentence(reach: Reach, scope: Scope = EVERYTHING) -> Markup:
    """How the company keeps its word, in one line; empty before the first suggestion."""
    return escape(figures(reach, scope).sentence(late=late_now(reach, scope)))


@drawn(TOPIC)
def known_tags(reach: Reach) -> Markup:
    """The names of the tags that there are, for the fields in which staff type one."""
    return draw_known_tags(tags_within(reach))


def draw_known_tags(tags: Sequence[tuple[int, str]]) -> Markup:
    """The same for these tags, by id and name."""
    return part("ledger/parts.html", "known_tags")([name for _number, name in tags])


def draw(macro: str, rows: Sequence[LedgerRow] | Sequence[DeskRow], zone: tzinfo) -> Markup:
    """The rows by a macro of `ledger/parts.html`; the same rows in the same minute are drawn once.

    The rows themselves are the key, read anew for each page, so that nothing old can ever show.
    """
    return _draw(macro, tuple(rows), zone, now().replace(second=0, microsecond=0))


@lru_cache(maxsize=256)
def _draw(macro: str, rows: tuple[LedgerRow | DeskRow, ...], _zone: tzinfo, _minute: datetime) -> Markup:
    drawn: Markup = get_template_attribute("ledger/parts.html", macro)(rows)
    return drawn


def draw_similar(ideas: Iterable[SimilarIdea], reader: User) -> list[Markup]:
    """Suggestions like what someone writes.

    While they write on, others come and go with every second word; so the template draws each kind of suggestion once,
    the words of each are put where they belong once, and here those that it has in common with what is written.
    """
    wording, root, drawn = language(), request.script_root, []
    for idea in ideas:
        by = (reader.is_staff, idea.proposed_by_id == reader.id)
        in_common = str(escape(", ".join(idea.shared)))
        drawn.append(Markup(in_common.join(_similar(idea._replace(shared=()), by, wording, root))))  # noqa: S704 - escaped
    return drawn


def draw_likeness(similar: Sequence[Markup], line: str) -> str:
    """What is shown beside the words while somebody writes, with the title that they make."""
    pieces = list(_likeness(len(similar), bool(line), language(), request.script_root))
    words = {"similar": Markup("\n").join(similar), "line": line}
    for place in range(1, len(pieces), 2):
        pieces[place] = str(escape(words[pieces[place]]))
    return "".join(pieces)


@lru_cache(maxsize=64)
def _likeness(many: int, has_line: bool, _language: object, _root: str) -> tuple[str, ...]:
    """What is drawn alike wherever so many are shown; every second piece says what belongs there."""
    similar = [Markup("\x02similar\x03"), *[""] * (many - 1)] if many else []
    line = "\x02line\x03" if has_line else ""
    return tuple(_BELONGS.split(draw_template("ledger/similar.html", similar=similar, line=line, is_part=True)))


# The row itself is the key, as above.
@lru_cache(maxsize=2_000)
def _similar(idea: SimilarIdea, by: tuple[bool, bool], wording: object, root: str) -> tuple[str, ...]:
    """One suggestion with its words; between two pieces belong those in common."""
    has = (bool(idea.circle), bool(idea.answer), bool(idea.words), idea.has_voted)
    words = {**idea._asdict(), "voices": ngettext("%(num)s voice", "%(num)s voices", idea.votes)}
    filled = [""]
    for place, piece in enumerate(_kind_of_similar(idea.standing, has, by, wording, root)):
        if place % 2 and piece == "in_common":
            filled.append("")
        else:
            filled[-1] += str(escape(words[piece])) if place % 2 else piece
    return tuple(filled)


@lru_cache(maxsize=256)
def _kind_of_similar(
    standing: Standing, has: tuple[bool, bool, bool, bool], by: tuple[bool, bool], _language: object, _root: str
) -> tuple[str, ...]:
    """What is drawn alike for all suggestions that have the same; every second piece says which words belong there."""
    (has_circle, has_answer, has_words, has_voted), (is_staff, is_own) = has, by
    idea = SimilarIdea(
        id=_ANY_IDEA,
        title="\x02title\x03",
        words="\x02words\x03" if has_words else "",
        said_by="\x02said_by\x03",
        proposed_by_id=0,
        standing=standing,
        votes=0,
        has_voted=has_voted,
        answer="\x02answer\x03" if has_answer else "",
        answered_by="\x02answered_by\x03",
        circle="\x02circle\x03" if has_circle else "",
    )
    drawn = part("ledger/parts.html", "similar_idea")(idea, "\x02voices\x03", is_staff, is_own, "\x02in_common\x03")
    return tuple(_BELONGS.split(str.replace(drawn, str(_ANY_IDEA), "\x02id\x03")))


_BELONGS = re.compile("\x02([a-z_]+)\x03")


def draw_answer(
    form: ResponseForm, idea_id: int, *, shows_preview: bool = False, names: tuple[tuple[str, str], ...] = ()
) -> Markup:
    """The fields of an answer as they were typed, with the answer as it will stand below them where that is asked.

    Args:
        names: of people who are named in it, with where each leads.
    """
    fields = get_template_attribute("ledger/answer_fields.html", "answer_fields")
    drawn: Markup = fields(form, idea_id, shows_preview, names)
    return drawn


# Stands for the suggestion in what is drawn once for all of them; no row has this number.
_ANY_IDEA = 2**31 - 1


def draw_fresh_answer(
    idea_id: int,
    kind: ResponseKind | None,
    offered: Choices,
    *,
    is_open: bool,
) -> Markup:
    """The fields of an answer that nobody has begun, with the kinds that fit what is open, or has its answer."""
    drawn = _draw_fresh_answer(kind, offered.actions, offered.reasons, offered.people, is_open)
    return Markup(str.replace(drawn, f"/ideas/{_ANY_IDEA}/", f"/ideas/{idea_id}/"))  # noqa: S704 - drawn by a template


@lru_cache(maxsize=64)
def _draw_fresh_answer(
    kind: ResponseKind | None,
    actions: tuple[ActionChoice, ...],
    reasons: tuple[tuple[int, str], ...],
    people: tuple[tuple[int, str], ...],
    is_open: bool,
) -> Markup:
    """The same for each suggestion and each of the staff."""
    form = ResponseForm(formdata=None, prefix="answer", meta={"csrf": False}).offer(actions, reasons, people)
    form.kind.data = kind
    return draw_answer(form.leave_out(is_open=is_open), _ANY_IDEA)


def draw_hand_over(form: HandOverForm) -> Markup:
    """The fields of handing over as they were typed."""
    drawn: Markup = get_template_attribute("ledger/parts.html", "hand_over_fields")(form)
    return drawn


@lru_cache(maxsize=64)
def draw_fresh_hand_over(others: tuple[tuple[int, str], ...]) -> Markup:
    """The fields of handing over to one of these people, by id and name."""
    return draw_hand_over(HandOverForm(formdata=None, prefix="hand-over", meta={"csrf": False}).offer(others))


def draw_feed(rows: Sequence[LedgerRow], *, here: str, older: int | None = None) -> bytes:
    """Rows of the public ledger as an Atom feed (RFC 4287), whatever changed last first.

    Args:
        here: the address of this page after that of the public ledger.
        older: the key of the page after this one, which the feed names (RFC 5005); None for none.
    """
    home = config.address("/public-ledger")
    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    company = config.current().COMPANY_NAME
    SubElement(feed, "title").text = _("Suggestions to %(company)s, and what came of them", company=company)
    SubElement(feed, "id").text = home
    SubElement(feed, "link", href=home, type="text/html")
    SubElement(feed, "link", rel="self", href=f"{home}{here}", type="application/atom+xml")
    if older is not None:
        SubElement(feed, "link", rel="next", href=f"{home}/feed?before={older}", type="application/atom+xml")
    # A feed without an entry must name who writes it all the same.
    SubElement(SubElement(feed, "author"), "name").text = company
    newest = max((row.changed_at for row in rows), default=datetime(1970, 1, 1, tzinfo=UTC))
    SubElement(feed, "updated").text = newest.isoformat()
    for row in sorted(rows, key=lambda row: (row.changed_at, row.id), reverse=True):
        _draw_entry(SubElement(feed, "entry"), row, home)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _draw_entry(entry: Element, row: LedgerRow, home: str) -> None:
    """One suggestion with what the company answered, or promises."""
    SubElement(entry, "title").text = f"{row.standing_label}: {row.title}"
    SubElement(entry, "id").text = f"{home}#idea-{row.id}"
    SubElement(entry, "link", href=f"{home}?before={row.id + 1}#idea-{row.id}", type="text/html")
    SubElement(entry, "published").text = row.said_at.isoformat()
    SubElement(entry, "updated").text = row.changed_at.isoformat()
    SubElement(SubElement(entry, "author"), "name").text = row.answered_by or row.said_by
    told = Markup("<blockquote><p>{}</p><p>– {}</p></blockquote>").format(row.words or row.title, row.said_by)
    if row.answer_words:
        told += Markup("<p>{}</p><p>– {}</p>").format(row.answer_words, row.answered_by)
    for more in (row.verdict, row.promise):
        told += Markup("<p>{}</p>").format(more) if more else ""
    # As plain letters, since what is marked as HTML would be escaped twice.
    SubElement(entry, "content", type="html").text = str(told)
