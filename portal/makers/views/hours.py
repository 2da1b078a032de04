"""Where and when makers speak: the words and the plot, of one person and of all."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.foundation.access import allow, draw_template, drawn, reader_zone
from portal.foundation.text import gettext as _
from portal.foundation.text import language_words, ngettext
from portal.listening.channels import channel_name
from portal.makers.policies import may_see_people
from portal.makers.queries.hours import MOST_OF_ALL, said_by_makers
from portal.makers.queries.people import TOPIC
from portal.makers.scoring.habits import DAYS, HOURS, Best, Habits, habits_of
from portal.makers.views import words
from portal.makers.views.blueprint import bp

CELL_WIDTH, CELL_HEIGHT = 22, 18
_LEVELS = 4
_SHOWN = 6


@bp.get("/people/hours")
@allow(may_see_people)
def show_hours() -> ResponseReturnValue:
    """Where and when the makers speak, all together."""
    return render_template("makers/hours.html", drawn_hours=_drawn_hours())


@drawn(TOPIC)
def _drawn_hours() -> Markup:
    zone = reader_zone()
    habits = habits_of(said_by_makers(), zone)
    return draw_template("makers/hours_part.html", habits=habits_shown(habits, zone=zone, is_theirs=False, of_all=True))


def habits_shown(habits: Habits, *, zone: ZoneInfo, is_theirs: bool, of_all: bool = False) -> dict[str, Any]:
    """What the page shows of the habits: a finding, the evidence, a plot, and a line for each channel."""
    finding, best = _finding(habits, is_theirs=is_theirs, of_all=of_all)
    return {
        "total": habits.total,
        "is_cut": habits.total >= MOST_OF_ALL,
        "zone": zone.key.replace("_", " "),
        "is_theirs": is_theirs,
        "finding": finding,
        "evidence": evidence_words(best),
        "cells": _cells(habits),
        "days": _short_days(),
        "width": HOURS * CELL_WIDTH,
        "height": DAYS * CELL_HEIGHT,
        "cell": (CELL_WIDTH, CELL_HEIGHT),
        "grid": habits.grid[""],
        "channels": [
            (channel_name(name), count, _window(habits.best(name))) for name, count in habits.channels[:_SHOWN]
        ],
        "kinds": [(words.kind_labels().get(name, name), count) for name, count in habits.kinds[:_SHOWN]],
        "languages": [(language_words(code), count) for code, count in habits.languages[:_SHOWN]],
    }


def _finding(habits: Habits, *, is_theirs: bool, of_all: bool) -> tuple[str, Best | None]:
    """The way and the time to reach them, in a sentence, and what it rests on."""
    if not habits.channels:
        return _("Nothing was heard that would say it."), None
    channel = habits.channels[0][0]
    best = habits.best(channel)
    where = channel_name(channel)
    if best is None:
        return _("Mostly on %(channel)s; no hour of the week stands out.", channel=where), None
    given = {"channel": where, "when": _window(best)}
    if of_all:
        return _("Most is said on %(channel)s, %(when)s.", **given), best
    if is_theirs:
        return _("Best reached on %(channel)s, %(when)s by their own clock.", **given), best
    return _("Best reached on %(channel)s, %(when)s by your clock.", **given), best


def _window(best: Best | None) -> str:
    if best is None:
        return ""
    start, end = _clock(best.hour), _clock(best.until)
    if best.weekday is None:
        return _("between %(start)s and %(end)s on any day", start=start, end=end)
    return _(
        "on %(day)s between %(start)s and %(end)s",
        day=_days()[best.weekday],
        start=start,
        end=end,
    )


def evidence_words(best: Best | None) -> str:
    """What the finding rests on."""
    if best is None:
        return ""
    return ngettext(
        "%(count)s of %(num)s mention there", "%(count)s of %(num)s mentions there", best.of, count=best.count
    )


def _clock(hour: int) -> str:
    return f"{hour}:00"


def _days() -> list[str]:
    return [
        _("Mondays"),
        _("Tuesdays"),
        _("Wednesdays"),
        _("Thursdays"),
        _("Fridays"),
        _("Saturdays"),
        _("Sundays"),
    ]


def _short_days() -> list[str]:
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]


def _cells(habits: Habits) -> list[dict[str, Any]]:
    grid = habits.grid[""]
    most = max(max(row) for row in grid) or 1
    names = _days()
    return [
        {
            "x": hour * CELL_WIDTH,
            "y": day * CELL_HEIGHT,
            "level": -(-count * _LEVELS // most),
            "label": f"{names[day]} {_clock(hour)}: {count}",
        }
        for day, row in enumerate(grid)
        for hour, count in enumerate(row)
        if count
    ]
