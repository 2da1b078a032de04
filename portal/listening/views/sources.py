"""Where is listened, and how each source is."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.forms import ButtonForm
from portal.accounts.policies import is_manager
from portal.foundation.access import actor, allow
from portal.foundation.clock import now
from portal.foundation.database import begin_work
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import CheckResult
from portal.listening.forms import SourceForm
from portal.listening.models import Source
from portal.listening.policies import may_run
from portal.listening.queries import sources, trackers
from portal.listening.services import (
    add_source,
    check_source,
    fetch_now,
    pause_source,
    remove_source,
    resume_source,
)
from portal.listening.views.blueprint import bp

CONNECTOR = "feeds"


@bp.get("/sources")
@allow(is_manager)
def list_sources() -> ResponseReturnValue:
    """Every source with its health."""
    return sources_page()


@bp.post("/source-checks")
@allow(is_manager)
def create_source_check() -> ResponseReturnValue:
    """Ask an address once what is there; nothing is stored."""
    form = SourceForm(prefix="source")
    if not form.validate_on_submit():
        return sources_page(source_form=form), 422
    return sources_page(source_form=form, checked=_check(form.address.data or ""))


@bp.post("/sources")
@allow(is_manager)
def create_source() -> ResponseReturnValue:
    """Listen to a feed from now on."""
    form = SourceForm(prefix="source")
    if not form.validate_on_submit():
        return sources_page(source_form=form), 422
    checked = _check(form.address.data or "")
    if not checked.ok:
        return sources_page(source_form=form, checked=checked), 422
    try:
        source = add_source(
            connector=CONNECTOR,
            settings=checked.config,
            name=form.name.data or checked.title or "",
            keeps_all=form.keeps_all.data,
            by=actor(),
        )
    except Refusal as refusal:
        form.address.errors = [str(refusal)]
        return sources_page(source_form=form), 422
    flash(_("“%(name)s” is listened to from now on.", name=source.name))
    return redirect(url_for("listening.list_sources"), 303)


@bp.post("/sources/<int:source_id>/pauses")
@allow(may_run, Source)
def create_source_pause(source: Source) -> ResponseReturnValue:
    """Stop asking."""
    pause_source(source, by=actor())
    return redirect(url_for("listening.list_sources"), 303)


@bp.post("/sources/<int:source_id>/resumptions")
@allow(may_run, Source)
def create_source_resumption(source: Source) -> ResponseReturnValue:
    """Ask again."""
    resume_source(source, by=actor())
    return redirect(url_for("listening.list_sources"), 303)


@bp.post("/sources/<int:source_id>/fetches")
@allow(may_run, Source)
def create_source_fetch(source: Source) -> ResponseReturnValue:
    """Give this source the next turn."""
    try:
        fetch_now(source)
        flash(_("“%(name)s” is asked next; reload in a moment.", name=source.name))
    except Refusal as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("listening.list_sources"), 303)


@bp.post("/sources/<int:source_id>/removals")
@allow(may_run, Source)
def create_source_removal(source: Source) -> ResponseReturnValue:
    """Forget a source; its mentions stay."""
    remove_source(source, by=actor())
    flash(_("“%(name)s” is removed; what it brought stays.", name=source.name))
    return redirect(url_for("listening.list_sources"), 303)


def sources_page(
    *,
    source_form: SourceForm | None = None,
    checked: CheckResult | None = None,
) -> str:
    """The page of sources, with whatever form was just sent."""
    moment = now()
    every = sources()
    values: dict[str, Any] = {
        "sources": every,
        "stale": [source for source in every if source.is_listening and source.is_stale(moment)],
        "trackers": trackers(),
        "source_form": source_form or SourceForm(None, prefix="source"),
        "checked": checked,
        "button": ButtonForm(),
    }
    return render_template("listening/list_sources.html", **values)


def _check(address: str) -> CheckResult:
    # Another server may take its time; on SQLite nobody could write while a transaction waits for it.
    begin_work(writing=True)
    return check_source(CONNECTOR, {"url": address})
