"""The words of the maker pages: what bars, points, stages and channels are called."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from portal.foundation.clock import now
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.listening.channels import channel_name
from portal.listening.channels import credited as credited
from portal.listening.models import Mention
from portal.makers.models import Opinion, Score, Stage
from portal.makers.queries.channels import FORBIDDEN
from portal.makers.queries.evidence import Order
from portal.makers.queries.people import Rank, Rhythmic, Tab
from portal.makers.scoring.bars import Contribution
from portal.makers.scoring.reading import DAYS_OF_MONTH
from portal.makers.scoring.rhythm import MONTH
from portal.makers.scoring.weights import WEIGHTS

PLOT_WIDTH, PLOT_HEIGHT = 320, 110
# What a mention is worth that only asks, whatever its kind; nothing else is worth as much.
_ONLY_ASKED = {
    round(worth * WEIGHTS.only_asks, 2)
    for worth in {*WEIGHTS.kinds.values(), WEIGHTS.asks_in_detail}
    if worth <= WEIGHTS.asks_in_detail
}


def tab_labels() -> dict[Tab, str]:
    """The parts of the list."""
    return {
        Tab.LIKELY: _("Likely"),
        Tab.SHORTLISTED: _("Shortlisted"),
        Tab.INVITED: _("Invited"),
        Tab.MEMBERS: _("Members"),
        Tab.LATER: _("Later"),
        Tab.RESTING: _("Resting"),
        Tab.NOT_A_FIT: _("Not a fit"),
        Tab.LEFT_OUT: _("Left out"),
        Tab.CRITICS: _("Critics who care"),
    }


def rank_labels() -> dict[Rank, str]:
    """By what people are ranked."""
    return {Rank.SCORE: _("Score"), Rank.RISE: _("Rise within a month"), Rank.NEW: _("New this week")}


def rhythm_labels() -> dict[Rhythmic, str]:
    """Those who broke a habit."""
    return {Rhythmic.QUIET: _("Gone quiet"), Rhythmic.BACK: _("Back again")}


def stage_labels() -> dict[Stage, str]:
    """How far the company has come with a person."""
    return {
        Stage.WATCHING: _("Watching"),
        Stage.SHORTLISTED: _("Shortlisted"),
        Stage.INVITED: _("Invited"),
        Stage.MEMBER: _("Member"),
        Stage.RESTING: _("Resting"),
        Stage.NOT_A_FIT: _("Not a fit"),
        Stage.OBJECTED: _("Asked not to be tracked"),
        Stage.OWN_STAFF: _("One of us"),
        Stage.BOT: _("A program"),
    }


def opinion_labels() -> dict[str, str]:
    """What someone on the staff thinks."""
    return {Opinion.FIT: _("a fit"), Opinion.NOT_A_FIT: _("not a fit"), Opinion.LATER: _("not now")}


def order_labels() -> dict[Order, str]:
    """The orders in which evidence is listed."""
    return {
        Order.POINTS: _("Most points"),
        Order.CREATE: _("Creates"),
        Order.ADVISE: _("Advises"),
        Order.LOVE: _("Warmest"),
        Order.NEWEST: _("Newest"),
    }


def kind_labels() -> dict[str, str]:
    """What kind of thing a mention is."""
    return {
        "post": _("post"),
        "comment": _("comment"),
        "reply": _("reply"),
        "quote": _("quote"),
        "repost": _("repost"),
        "article": _("article"),
        "video": _("video"),
        "photo": _("photo"),
        "review": _("review"),
        "question": _("question"),
        "answer": _("answer"),
        "issue": _("issue"),
        "discussion": _("discussion"),
        "webmention": _("link from a site"),
        "tutorial": _("tutorial"),
        "build": _("build"),
    }


def bar_names() -> dict[str, str]:
    """The five bars."""
    return {
        "create": _("Creates"),
        "persist": _("Persists"),
        "love": _("Loves"),
        "advise": _("Advises"),
        "reach": _("Reaches"),
    }


def short_bars(score: Score) -> list[dict[str, Any]]:
    """The three bars of a row, from 0 to 100."""
    bars = ((_("Creates"), score.create), (_("Persists"), score.persist), (_("Loves"), score.love))
    return [{"label": label, "value": value, "words": f"{value * 100:.0f}"} for label, value in bars]


def long_bars(score: Score, lines: Sequence[Contribution]) -> list[dict[str, Any]]:
    """The five bars of a person, each in a sentence and with the order that lists what made it."""
    return [
        {"label": _("Creates"), "value": score.create, "words": _creates(lines), "order": Order.CREATE.value},
        {"label": _("Persists"), "value": score.persist, "words": _persists(lines), "order": Order.NEWEST.value},
        {"label": _("Loves"), "value": score.love, "words": _loves(lines), "order": Order.LOVE.value},
        {"label": _("Advises"), "value": score.advise, "words": _advises(lines), "order": Order.ADVISE.value},
        {"label": _("Reaches"), "value": score.reach, "words": _("followers are not known"), "order": None},
    ]


def reasons(line: Contribution | None, mention: Mention) -> list[str]:
    """Why a mention brought what it did: the worth of its kind, and each factor that held it back."""
    if line is None:
        return [_why_not_counted(mention)]
    found = [_("worth %(points)s when new", points=f"{line.weight:g}")]
    faded = 0.5 ** (line.age / WEIGHTS.half_life)
    if faded < 0.995:
        found.append(_("faded to %(percent)s %% since", percent=f"{faded * 100:.0f}"))
    if line.weight in _ONLY_ASKED:
        found.append(_("only asks, and neither suggests nor shows anything"))
    if line.originality == 0:
        found.append(_("only passed on: no points"))
    elif line.originality < 1:
        found.append(_("a near-copy: a fifth"))
    if line.relevance < 1:
        found.append(_held_back(line.relevance))
    if line.length < 1:
        found.append(_("short: %(percent)s %%", percent=f"{line.length * 100:.0f}"))
    if line.lift is not None and abs(line.lift) >= 0.1:
        found.append(_("warm words") if line.lift > 0 else _("cold words"))
    return found


def _why_not_counted(mention: Mention) -> str:
    if mention.created_at < now() - timedelta(days=WEIGHTS.window * DAYS_OF_MONTH):
        return _("older than five years: no points")
    if mention.channel in FORBIDDEN and mention.source_id is not None:
        return _("%(channel)s does not let people be scored: no points", channel=channel_name(mention.channel))
    return _("not counted, or not yet")


def _held_back(relevance: float) -> str:
    if relevance == WEIGHTS.beside_the_brand:
        return _("does not name the brand: half")
    if relevance < WEIGHTS.unsaid / 2:
        return _("its author says it speaks against the brand")
    return _("its author does not say that it speaks for the brand: %(percent)s %%", percent=f"{relevance * 100:.0f}")


def points(line: Contribution | None) -> str | None:
    """What a mention brought, in words."""
    if line is None:
        return None
    brought = _("+%(points)s", points=f"{line.create:.1f}")
    return _("%(points)s, an answer to others", points=brought) if line.advise > 0 else brought


def plot(history: Sequence[Score]) -> dict[str, Any]:
    """The score over time as points of a small drawing, oldest first."""
    days = [score.day.toordinal() for score in history]
    first, span = days[0], max(days[-1] - days[0], 1)
    marks = [
        (round((day - first) / span * PLOT_WIDTH, 1), round((1 - score.total / 100) * PLOT_HEIGHT, 1))
        for day, score in zip(days, history, strict=True)
    ]
    return {
        "line": " ".join(f"{x},{y}" for x, y in marks),
        "last": marks[-1],
        "width": PLOT_WIDTH,
        "height": PLOT_HEIGHT,
        "title": _finding(history),
    }


def _finding(history: Sequence[Score]) -> str:
    newest, oldest = history[-1], history[0]
    if len(history) == 1:
        return _("First scored now: %(now)s", now=f"{newest.total:.0f}")
    values = {"now": f"{newest.total:.0f}", "before": f"{oldest.total:.0f}"}
    if newest.total - oldest.total >= 1:
        return _("Up from %(before)s to %(now)s", **values)
    if oldest.total - newest.total >= 1:
        return _("Down from %(before)s to %(now)s", **values)
    return _("Steady at %(now)s", **values)


def _creates(lines: Sequence[Contribution]) -> str:
    works = sum(1 for line in lines if line.weight >= 5 and line.originality == 1)
    posts = ngettext("%(num)s mention in five years", "%(num)s mentions in five years", len(lines))
    made = ngettext("%(num)s of them a work or an answer", "%(num)s of them works or answers", works)
    return f"{posts}, {made}" if works else posts


def _persists(lines: Sequence[Contribution]) -> str:
    months = {int(line.age / DAYS_OF_MONTH) for line in lines}
    silent = int(min((line.age for line in lines), default=0))
    active = ngettext("heard in %(num)s month", "heard in %(num)s months", len(months))
    span = ngettext("of the last %(num)s", "of the last %(num)s", max(months, default=0) + 1)
    since = ngettext("silent for %(num)s day", "silent for %(num)s days", silent) if silent else _("heard today")
    return f"{active} {span}, {since}"


def _loves(lines: Sequence[Contribution]) -> str:
    warm = sum(1 for line in lines if line.lift is not None and line.lift > 0)
    cold = sum(1 for line in lines if line.lift is not None and line.lift < 0)
    if not warm and not cold:
        return _("no tone could be read yet")
    kind = ngettext("%(num)s warm mention", "%(num)s warm mentions", warm)
    cross = ngettext("%(num)s cold one", "%(num)s cold ones", cold)
    return f"{kind}, {cross}" if cold else kind


def _advises(lines: Sequence[Contribution]) -> str:
    helped = sum(1 for line in lines if line.advise > 0)
    if not helped:
        return _("no answers to other people yet")
    return ngettext("%(num)s answer to other people", "%(num)s answers to other people", helped)


def month(history: Sequence[Score], lines: Sequence[Contribution]) -> dict[str, Any] | None:
    """What changed since the newest score that is a month old, or the oldest there is; None with one score alone."""
    if len(history) < 2:
        return None
    now = history[-1]
    before = next((row for row in reversed(history) if row.day <= now.day - MONTH), history[0])
    age = (now.day - before.day).days
    fresh = sum(1 for line in lines if line.age < age)
    rows = [
        {
            "label": label,
            "order": {"create": Order.CREATE, "persist": Order.NEWEST, "love": Order.LOVE, "advise": Order.ADVISE}.get(
                name
            ),
            "before": getattr(before, name) * 100,
            "now": getattr(now, name) * 100,
        }
        for name, label in bar_names().items()
    ]
    return {
        "since": before.day,
        "days": age,
        "is_a_month": age >= MONTH.days,
        "change": now.total - before.total,
        "rows": [row for row in rows if round(row["before"]) != round(row["now"])],
        "fresh": fresh,
        # What was counted then and is counted no more: deleted at its channel, or older than the window.
        "lost": max(0, before.mentions + fresh - now.mentions),
        "other_weights": before.version != now.version,
    }
