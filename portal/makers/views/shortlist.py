"""The list of people: by score, part by part, with the keys to judge them; and the critics who care."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from portal.foundation.access import allow, draw_template, drawn, drawn_page, reader_zone
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import language_words
from portal.listening.queries import heard_channels
from portal.listening.signals.language import COMMON_LANGUAGES
from portal.makers.models import Person, Stage
from portal.makers.policies import may_see_people
from portal.makers.queries.channels import uncounted_channels
from portal.makers.queries.lists import kept_list
from portal.makers.queries.people import COUNTED, TOPIC, Tab, people_page, suggestions, tab_counts
from portal.makers.views import words
from portal.makers.views.asked import choice_of, list_arguments, number_of, place_of, question_of, wanted_of
from portal.makers.views.blueprint import bp
from portal.makers.views.cards import cards_of

_AN_ARCHIVE = timedelta(days=31)


@bp.get("/people")
@allow(may_see_people)
def list_people() -> ResponseReturnValue:
    """The people by score, with the keys to judge them."""
    here, current = list_arguments(request.args), number_of(request.args.get("at"))
    if here["tab"] == Tab.CRITICS:
        return redirect(list_url(here), 303)
    asked = tuple(here.items())
    judged = _judged(request.args)
    kept = _kept(here)
    return _list(asked, current, kept, judged) if judged else _drawn_page(asked, current, kept)


@bp.get("/people/critics")
@allow(may_see_people)
def list_critics() -> ResponseReturnValue:
    """Those who make much, stay, suggest, and are more often cold than warm."""
    given = MultiDict({**request.args.to_dict(), "tab": Tab.CRITICS.value})
    here = list_arguments(given)
    return _drawn_page(tuple(here.items()), number_of(request.args.get("at")), _kept(here))


@drawn_page(TOPIC)
def _drawn_page(asked: tuple[tuple[str, Any], ...], current: int | None, kept: tuple[str, ...]) -> str:
    return _list(asked, current, kept)


def _list(
    asked: tuple[tuple[str, Any], ...],
    current: int | None,
    kept: tuple[str, ...],
    judged: dict[str, Any] | None = None,
) -> str:
    return render_template(
        "makers/list_people.html",
        listed=_drawn_list(asked, current),
        here=dict(asked),
        are_critics=dict(asked)["tab"] == Tab.CRITICS,
        kept=kept,
        stage_labels=words.stage_labels(),
        judged=judged,
    )


def _kept(here: dict[str, Any]) -> tuple[str, ...]:
    """The name of the live list that this page shows, and what it asks; nothing where something else is asked."""
    kept = kept_list(here["kept"])
    if kept is None:
        return ()
    asked = wanted_of(MultiDict(kept.wanted))
    here_too = wanted_of(MultiDict({name: value for name, value in here.items() if value}))
    return (kept.name, *question_of(asked)) if asked == here_too else ()


@drawn(TOPIC)
def _drawn_list(asked: tuple[tuple[str, Any], ...], current: int | None) -> Markup:
    """The list as every manager sees it; `asked` is what `list_arguments` gave."""
    here = dict(asked)
    wanted = wanted_of(MultiDict({name: value for name, value in asked if value}))
    page = people_page(wanted, after=place_of(here["after"] or ""))
    cards = cards_of(page.people, reader=reader_zone())
    older = "{}_{}".format(*page.after) if page.after else None
    return draw_template(
        "makers/people_part.html",
        people=page.people,
        cards=cards,
        suggestions=suggestions(page.people) if wanted.tab is Tab.CRITICS else {},
        wanted=wanted,
        here=here,
        list_url=list_url(here | {"after": None}),
        older_url=list_url(here | {"after": older}) if older else None,
        counts=tab_counts(),
        counted=COUNTED,
        tab_labels=words.tab_labels(),
        stage_labels=words.stage_labels(),
        channels=heard_channels(),
        kinds=words.kind_labels(),
        languages=sorted((language_words(code), code) for code in COMMON_LANGUAGES),
        ranks=words.rank_labels(),
        rhythms=words.rhythm_labels(),
        looked_down_to=page.looked_down_to,
        current=current,
        may_judge_here=wanted.tab not in {Tab.INVITED, Tab.MEMBERS, Tab.LEFT_OUT, Tab.CRITICS},
        archive_day=_archive_day([day for _card, day in cards.values()]),
        unscored=uncounted_channels() if wanted.tab is Tab.LIKELY else [],
        words=words,
    )


def _archive_day(days: Sequence[date | None]) -> date | None:
    newest = max((day for day in days if day), default=None)
    return newest if newest is not None and now().date() - newest > _AN_ARCHIVE else None


def back_to_list(*, at: int | None = None, **told: Any) -> ResponseReturnValue:
    """From a verdict or a move back to the place in the list where it was given."""
    following = at or number_of(request.form.get("next"))
    anchor = f"person-{following}" if following else None
    here = list_arguments(request.form)
    return redirect(list_url(here, at=following, **told, _anchor=anchor), 303)


def list_url(here: dict[str, Any], **more: Any) -> str:
    """Where this list stands; critics have an address of their own."""
    if here["tab"] == Tab.CRITICS:
        return url_for("makers.list_critics", **here | {"tab": None}, **more)
    return url_for("makers.list_people", **here, **more)


def _judged(given: MultiDict[str, str]) -> dict[str, Any] | None:
    """Who was judged just now, and where they stood before, for the way back."""
    number = number_of(given.get("judged"))
    person = session().get(Person, number) if number else None
    was = choice_of(Stage, given.get("was", ""), Stage.WATCHING)
    return {"person": person, "was": was.value} if person else None
