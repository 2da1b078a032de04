"""Where is listened, and how each source is."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_manager
from portal.foundation.access import actor, allow, refusals_flashed, refusals_on
from portal.foundation.clock import now
from portal.foundation.database import begin_work, session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.listening.connectors import connector_for, known_connectors
from portal.listening.connectors.contract import CheckResult, Connector
from portal.listening.forms import SourceForm, source_form
from portal.listening.models import Source
from portal.listening.policies import may_run
from portal.listening.queries import quiet_sources, sources, trackers
from portal.listening.services import (
    add_source,
    change_source,
    check_source,
    fetch_now,
    pause_source,
    push_address,
    remove_source,
    resume_source,
    search_words,
    usage_of,
)
from portal.listening.views.blueprint import bp


@bp.get("/sources")
@allow(is_manager)
def list_sources() -> ResponseReturnValue:
    """Every source with its health."""
    return sources_page()


@bp.get("/sources/new")
@allow(is_manager)
def new_source() -> ResponseReturnValue:
    """Choose a channel, then fill in what it asks for."""
    if "channel" not in request.args:
        return render_template("listening/choose_channel.html", channels=known_connectors())
    connector = _named(request.args["channel"])
    return _form_page(connector, source_form(connector))


@bp.post("/source-checks")
@allow(is_manager)
def create_source_check() -> ResponseReturnValue:
    """Ask once what is there; nothing is stored."""
    connector = _named(request.form.get("channel", ""))
    form = source_form(connector)
    if not form.validate_on_submit():
        return _form_page(connector, form), 422
    return _form_page(connector, form, checked=_check(connector, form))


@bp.post("/sources")
@allow(is_manager)
def create_source() -> ResponseReturnValue:
    """Listen there from now on."""
    connector = _named(request.form.get("channel", ""))
    form = source_form(connector)
    if not form.validate_on_submit():
        return _form_page(connector, form), 422
    checked = _check(connector, form)
    if not checked.ok:
        return _form_page(connector, form, checked=checked), 422
    with refusals_on(form):
        source = add_source(
            connector=connector.key,
            settings={**form.settings(), **checked.config},
            name=form.name.data or checked.title or "",
            keeps_all=form.keeps_all.data,
            by=actor(),
        )
        flash(_("“%(name)s” is listened to from now on.", name=source.name))
        return redirect(url_for("listening.list_sources"), 303)
    return _form_page(connector, form), 422


@bp.get("/sources/<int:source_id>")
@allow(may_run, Source)
def show_source(source: Source) -> ResponseReturnValue:
    """What a source is set to, without its keys, and where it is told."""
    connector = connector_for(source.connector)
    return _form_page(connector, source_form(connector, source), source=source)


@bp.post("/sources/<int:source_id>/changes")
@allow(may_run, Source)
def create_source_change(source: Source) -> ResponseReturnValue:
    """Give a source other settings, once they are checked."""
    connector = connector_for(source.connector)
    form = source_form(connector, source)
    if not form.validate_on_submit():
        return _form_page(connector, form, source=source), 422
    number = source.id
    checked = _check(connector, form, source)
    source = _again(number)
    if not checked.ok or "only-check" in request.form:
        return _form_page(connector, form, source=source, checked=checked), 200 if checked.ok else 422
    with refusals_on(form):
        change_source(
            source,
            {**form.settings(), **checked.config},
            name=form.name.data or "",
            keeps_all=form.keeps_all.data,
            by=actor(),
        )
        flash(_("“%(name)s” is asked again with its new settings.", name=source.name))
        return redirect(url_for("listening.list_sources"), 303)
    return _form_page(connector, form, source=source), 422


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
    with refusals_flashed():
        fetch_now(source)
        flash(_("“%(name)s” is asked next; reload in a moment.", name=source.name))
    return redirect(url_for("listening.list_sources"), 303)


@bp.post("/sources/<int:source_id>/removals")
@allow(may_run, Source)
def create_source_removal(source: Source) -> ResponseReturnValue:
    """Forget a source; its mentions stay."""
    name = source.name
    days = remove_source(source, by=actor())
    stays = _("“%(name)s” is removed; what it brought stays.", name=name)
    if days is not None:
        stays = ngettext(
            "“%(name)s” is removed; what it brought stays for %(num)s more day, since nobody looks it up any longer.",
            "“%(name)s” is removed; what it brought stays for %(num)s more days, since nobody looks it up any longer.",
            days,
            name=name,
        )
    flash(stays)
    return redirect(url_for("listening.list_sources"), 303)


def sources_page() -> str:
    """The page of sources."""
    moment = now()
    every = sources()
    connectors = {connector.key: connector for connector in known_connectors()}
    values: dict[str, Any] = {
        "sources": every,
        "connectors": connectors,
        "usage": {source.id: usage_of(source, connectors[source.connector].caps, moment) for source in every},
        "quiet": quiet_sources(),
        "trackers": trackers(),
    }
    return render_template("listening/list_sources.html", **values)


def _form_page(
    connector: Connector, form: SourceForm, *, source: Source | None = None, checked: CheckResult | None = None
) -> str:
    values: dict[str, Any] = {
        "connector": connector,
        "form": form,
        "source": source,
        "checked": checked,
        "push": push_address(source) if source else None,
        "has_trackers": bool(trackers()),
    }
    return render_template("listening/show_source.html", **values)


def _named(key: str) -> Connector:
    try:
        return connector_for(key)
    except KeyError:
        abort(404)


def _check(connector: Connector, form: SourceForm, source: Source | None = None) -> CheckResult:
    settings = form.settings()
    sealed, stands = (source.secrets, dict(source.settings)) if source else (None, {})
    words = search_words(connector.key, settings)
    # Another server may take its time; on SQLite nobody could write while a transaction waits for it.
    begin_work(writing=True)
    try:
        return check_source(connector.key, settings, known_secrets=sealed, known_settings=stands, words=words)
    except Refusal as refusal:
        return CheckResult(ok=False, sentence=str(refusal))


def _again(source_id: int) -> Source:
    found = session().get(Source, source_id)
    return found if found is not None else abort(404)
