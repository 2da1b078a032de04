"""The ledger, one suggestion, and the voices behind it."""

from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.accounts.models import User
from portal.accounts.policies import is_signed_in
from portal.community.models import Ask, Circle
from portal.foundation.access import actor, allow, drawn, drawn_page, reader_number, reader_zone, row_key
from portal.foundation.database import session
from portal.foundation.text import excerpt
from portal.foundation.text import gettext as _
from portal.ledger.models import Idea, Standing
from portal.ledger.policies import may_read, may_vote
from portal.ledger.queries import (
    LedgerFilter,
    Scope,
    figures,
    idea_as_seen,
    late_now,
    ledger_page,
    tags_within,
)
from portal.ledger.services import take_back_vote, vote
from portal.ledger.views import bp
from portal.ledger.views.drawing import known_tags, ledger_sentence, part, reading
from portal.ledger.views.record import show_record
from portal.ledger.visibility import TOPIC, Reach, Seen, reach_of


@bp.get("/ideas")
@allow(is_signed_in)
def list_ideas() -> ResponseReturnValue:
    """The ledger: what members said, and what the company did about it."""
    reader, asked = actor(), asked_for()
    return _page(asked, reach_of(reader), asked.owner_id == reader.id, reading())


@drawn_page(TOPIC)
def _page(asked: LedgerFilter, reach: Reach, is_mine: bool, languages: tuple[str, ...]) -> str:
    return render_template(
        "ledger/list_ideas.html",
        sentence=ledger_sentence(reach, asked.scope),
        figures_url=_figures_url(asked),
        tabs=_drawn_tabs(asked, reach),
        whose=_whose(asked, reach, is_mine),
        rows=_drawn_rows(asked, reach, languages),
        tags=_drawn_tags(asked, reach),
        known_tags=known_tags(reach) if reach.is_staff else "",
    )


@drawn(TOPIC)
def _drawn_tabs(asked: LedgerFilter, reach: Reach) -> Markup:
    counts, late = figures(reach, asked.scope).counts, late_now(reach, asked.scope)
    return part("shared/components.html", "tabs")(_tabs(asked, counts, late), _("Where suggestions stand"))


@drawn(TOPIC)
def _drawn_rows(asked: LedgerFilter, reach: Reach, languages: tuple[str, ...]) -> Markup:
    page = ledger_page(asked, zone=reader_zone(), reach=reach, languages=languages)
    if not page.rows:
        return part("ledger/parts.html", "nothing_here")(figures(reach).total)
    older = ledger_url(asked, before=page.older) if page.older else None
    newer = ledger_url(asked, after=page.newer) if page.newer else None
    return part("ledger/parts.html", "ledger_section")(page.rows, older, newer, reach.is_staff)


@drawn(TOPIC)
def _drawn_tags(asked: LedgerFilter, reach: Reach) -> Markup:
    """The tags to choose from, and the one that was chosen; one that the reader sees nothing under has no name."""
    tags = tags_within(reach)
    chosen = asked.tag_id
    links = [
        {
            "label": name,
            "url": ledger_url(asked, tag=None if number == chosen else number),
            "is_current": number == chosen,
        }
        for number, name in tags
    ]
    return part("ledger/parts.html", "tag_choice")(links, bool(chosen), ledger_url(asked, tag=None))


@bp.get("/ideas/<int:idea_id>")
@allow(may_read, Idea, load=idea_as_seen)
def show_idea(idea: Seen) -> ResponseReturnValue:
    """One suggestion with everything that came of it."""
    return show_record(idea.id)


@bp.post("/ideas/<int:idea_id>/votes")
@allow(may_vote, Idea, load=idea_as_seen)
def create_vote(idea: Seen) -> ResponseReturnValue:
    """Stand behind a suggestion."""
    vote(idea, actor())
    flash(_("Your voice counts. You will hear what comes of it."))
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)


@bp.post("/ideas/<int:idea_id>/withdrawn-votes")
@allow(may_vote, Idea, load=idea_as_seen)
def create_withdrawn_vote(idea: Seen) -> ResponseReturnValue:
    """Take the voice back."""
    take_back_vote(idea, actor())
    flash(_("Your voice is taken back."))
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)


def asked_for() -> LedgerFilter:
    """What the address asks for; what cannot be read is left out."""
    given = request.args
    if not given:
        return LedgerFilter()
    standing, author = given.get("standing", ""), given.get("author", type=row_key)
    # Whoever asks for themselves by number asks for their own.
    is_own = bool(given.get("mine")) or author == actor().id
    return LedgerFilter(
        standing=Standing(standing) if standing in set(Standing) else None,
        owner_id=given.get("owner", type=row_key),
        proposed_by_id=actor().id if is_own else author,
        is_own=is_own,
        is_late=bool(given.get("late")),
        circle_id=given.get("circle", type=row_key),
        ask_id=given.get("ask", type=row_key),
        tag_id=given.get("tag", type=row_key),
        before_id=given.get("before", type=row_key),
        after_id=given.get("after", type=row_key),
    )


def _figures_url(asked: LedgerFilter) -> str:
    """Where the figures of what is asked for stand, whatever its standing."""
    return ledger_url(asked, standing=None, late=None).replace("/ideas", "/figures", 1)


def ledger_url(asked: LedgerFilter, **more: Any) -> str:
    """The address of the ledger with what is asked for, changed as said; None leaves something out."""
    kept = {
        "standing": asked.standing.value if asked.standing else None,
        "owner": asked.owner_id,
        "late": 1 if asked.is_late else None,
        "mine": 1 if asked.is_own else None,
        "author": None if asked.is_own else asked.proposed_by_id,
        "circle": asked.circle_id,
        "ask": asked.ask_id,
        "tag": asked.tag_id,
    }
    given = {name: value for name, value in {**kept, **more}.items() if value is not None}
    return f"/ideas?{urlencode(given)}" if given else "/ideas"


def _tabs(asked: LedgerFilter, counts: dict[Standing, int], late: int) -> list[dict[str, Any]]:
    every = {
        "label": _("All"),
        "url": ledger_url(asked, standing=None, late=None),
        "is_current": asked.standing is None and not asked.is_late,
        "count": sum(counts.values()),
    }
    tabs = [every] + [
        {
            "label": standing.label,
            "url": ledger_url(asked, standing=standing.value, late=None),
            "is_current": asked.standing is standing,
            "count": counts.get(standing, 0),
        }
        for standing in Standing
    ]
    if late or asked.is_late:
        url = ledger_url(asked, standing=None, late=1)
        tabs.append({"label": _("Late"), "url": url, "is_current": asked.is_late, "count": late})
    return tabs


def _whose(asked: LedgerFilter, reach: Reach, is_mine: bool) -> list[dict[str, Any]]:
    """Whose suggestions: everyone's, the reader's own, those they answer, or those of the person asked for."""
    nobody = asked.owner_id is None and asked.proposed_by_id is None
    anyones = {"owner": None, "mine": None, "author": None}
    chips = [
        {"label": _("Everyone’s"), "url": ledger_url(asked, **anyones), "is_current": nobody},
        {"label": _("Yours"), "url": ledger_url(asked, **{**anyones, "mine": 1}), "is_current": asked.is_own},
    ]
    if reach.is_staff:
        url = ledger_url(asked, **{**anyones, "owner": reader_number()})
        chips.append({"label": _("Yours to answer"), "url": url, "is_current": is_mine})
    if asked.owner_id is not None and not is_mine:
        owner = session().get(User, asked.owner_id)
        name = owner.name if owner is not None and owner.is_staff else _("Nobody")
        label = _("Answered by %(name)s", name=name)
        chips.append({"label": label, "url": ledger_url(asked), "is_current": True})
    if asked.proposed_by_id is not None and not asked.is_own:
        label = _("Suggested by %(name)s", name=author_name(asked.proposed_by_id, reach))
        chips.append({"label": label, "url": ledger_url(asked), "is_current": True})
    return chips + _where(asked, reach)


def _where(asked: LedgerFilter, reach: Reach) -> list[dict[str, Any]]:
    """The circle and the question that were chosen, each leading back out; one that is not the reader's has no name."""
    chips = []
    circle = session().get(Circle, asked.circle_id) if asked.circle_id in reach.circles else None
    if circle is not None:
        chips.append({"label": circle.name, "url": ledger_url(asked, circle=None), "is_current": True})
    ask = session().get(Ask, asked.ask_id) if asked.ask_id else None
    is_theirs = ask is not None and (ask.circle_id is None or ask.circle_id in reach.circles)
    if ask is not None and is_theirs and (reach.is_staff or ask.opened_at is not None):
        chips.append({"label": excerpt(ask.question, 60), "url": ledger_url(asked, ask=None), "is_current": True})
    return chips


def author_name(number: int, reach: Reach) -> str:
    """Who this is, for readers who see a suggestion of theirs; to others nobody."""
    person = session().get(User, number)
    if person is None or not figures(reach, Scope(proposed_by_id=number)).total:
        return _("Nobody")
    return person.name
