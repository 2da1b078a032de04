"""The page that says how good the score is, and where its weights are changed."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.foundation.access import actor, allow, refusals_flashed, refusals_on
from portal.foundation.clock import now
from portal.foundation.text import gettext as _
from portal.listening.channels import channel_name
from portal.makers.forms import BacktestForm
from portal.makers.models import Backtest, BacktestStatus, Weighting
from portal.makers.policies import may_see_people, may_weigh
from portal.makers.queries import proof
from portal.makers.queries.channels import FORBIDDEN, scored_channels
from portal.makers.queries.rankings import ranking_names
from portal.makers.scoring.backtest import Result, Truth
from portal.makers.scoring.drawing import lines_of
from portal.makers.scoring.learning import LEAST_LABELS, can_learn
from portal.makers.scoring.weights import BARS, WEIGHTS
from portal.makers.services import (
    allow_scoring,
    ask_backtest,
    forbid_scoring,
    propose_weights,
    switch_back,
    switch_on,
)
from portal.makers.views.blueprint import bp
from portal.makers.views.words import bar_names

_PLOT_WIDTH, _PLOT_HEIGHT = 420, 200
_LOOK_BACK = timedelta(days=90)


@bp.get("/people/proof")
@allow(may_see_people)
def show_proof() -> ResponseReturnValue:
    """Whether the score was right, on the company's own history and verdicts."""
    form = BacktestForm(formdata=None, until=(now() - _LOOK_BACK).date())
    return _page(form)


@bp.get("/people/proof/progress")
@allow(may_see_people)
def show_proof_progress() -> ResponseReturnValue:
    """The part of the page that changes while a worker is busy."""
    return render_template("makers/proof_results.html", **_results())


@bp.post("/people/backtests")
@allow(may_see_people)
def create_backtest() -> ResponseReturnValue:
    """Have a worker try the score on the past."""
    form = BacktestForm()
    if form.validate_on_submit():
        with refusals_on(form):
            # The form's own checks saw to it that there is a day and a number.
            until, horizon = cast(date, form.until.data), cast(int, form.horizon.data)
            ask_backtest(until=until, horizon=horizon, truth=Truth(form.truth.data), by=actor())
            return redirect(url_for("makers.show_proof", _anchor="results"), 303)
    return _page(form), 422


@bp.post("/people/weights")
@allow(may_weigh)
def create_weights() -> ResponseReturnValue:
    """Work out weights from the verdicts; nothing changes until someone switches them on."""
    with refusals_flashed():
        propose_weights(actor())
    return redirect(url_for("makers.show_proof", _anchor="weights"), 303)


@bp.post("/people/weights/<int:weighting_id>/uses")
@allow(may_weigh, Weighting)
def create_weights_use(weighting: Weighting) -> ResponseReturnValue:
    """Switch these weights on."""
    return _switched(lambda: switch_on(weighting, actor()))


@bp.post("/people/weights/delivered")
@allow(may_weigh)
def create_delivered_weights() -> ResponseReturnValue:
    """Go back to the weights that the portal came with."""
    return _switched(lambda: switch_back(actor()))


@bp.post("/people/channels/<channel>/permissions")
@allow(may_weigh)
def create_channel_permission(channel: str) -> ResponseReturnValue:
    """Say that a channel allowed its people to be scored."""
    return _switched(lambda: allow_scoring(channel, by=actor()), "channels")


@bp.post("/people/channels/<channel>/withdrawals")
@allow(may_weigh)
def create_channel_withdrawal(channel: str) -> ResponseReturnValue:
    """Leave the people of a channel unscored again."""
    return _switched(lambda: forbid_scoring(channel, by=actor()), "channels")


def _switched(change: Callable[[], None], anchor: str = "weights") -> ResponseReturnValue:
    with refusals_flashed():
        change()
        flash(_("This counts from now on. Everyone is being scored anew; you can leave this page."), "success")
    return redirect(url_for("makers.show_proof", _anchor=anchor), 303)


def _page(form: BacktestForm) -> str:
    judged = proof.judged_people()
    used, allowed = proof.weighting_in_use(), scored_channels()
    return render_template(
        "makers/show_proof.html",
        form=form,
        judged=judged,
        judged_table=_table(judged.result) if judged.labels else None,
        least=LEAST_LABELS,
        may_learn=can_learn(judged.labels),
        weights=[_weights(row, by, on_by, used) for row, by, on_by in proof.weightings()],
        delivered=_shares(WEIGHTS.shares),
        is_delivered=used is None or used.shares == dict(WEIGHTS.shares),
        channels=[(channel, channel_name(channel), allowed.get(channel)) for channel in FORBIDDEN],
        **_results(),
    )


def _results() -> dict[str, Any]:
    rows = proof.backtests()
    return {
        "backtests": [_backtest(row, by) for row, by in rows],
        "rescoring": proof.rescoring(),
        "is_busy": any(row.status in {BacktestStatus.WAITING, BacktestStatus.RUNNING} for row, _by in rows),
    }


def _backtest(row: Backtest, by: str) -> dict[str, Any]:
    result = Result.of(row.result) if row.result else None
    return {"row": row, "by": by, "truth": _truth(row.truth), "table": _table(result) if result else None}


def _table(result: Result) -> dict[str, Any]:
    names = ranking_names()
    lines, places, top = lines_of(result, width=_PLOT_WIDTH, height=_PLOT_HEIGHT)
    ours, best = result.ours, result.best
    return {
        "result": result,
        "names": names,
        "finding": _finding(result),
        "is_ahead": bool(ours.auc and best.auc and ours.auc.value > best.auc.value),
        "plot": {"lines": lines, "places": places, "top": top, "width": _PLOT_WIDTH, "height": _PLOT_HEIGHT},
        "ks": sorted(ours.curve),
    }


def _finding(result: Result) -> str:
    ours, best = result.ours, result.best
    if result.known < 50:
        return _("%(count)s people are too few to say more than by chance.", count=result.known)
    found = _(
        "Of the first fifty %(ours)s %% came true; by chance it is %(base)s %%.",
        ours=f"{ours.at_50.value * 100:.0f}",
        base=f"{result.base * 100:.1f}",
    )
    if best.gain and best.gain.low > 0:
        return f"{found} {_('The score is surely ahead of every plain count.')}"
    if best.gain and best.gain.value > 0:
        return f"{found} {_('The score is ahead of every plain count, if not surely.')}"
    return f"{found} {_('A plain count does as well.')}"


def _truth(value: str) -> str:
    return {
        Truth.POSITIVE.value: _("a positive mention"),
        Truth.LIKED.value: _("a mention that others liked"),
    }.get(value, value)


def _weights(row: Weighting, by: str, on_by: str | None, used: Weighting | None) -> dict[str, Any]:
    return {"row": row, "by": by, "on_by": on_by, "is_used": row is used, "shares": _shares(row.shares)}


def _shares(shares: Mapping[str, float]) -> list[tuple[str, float]]:
    names = bar_names()
    return [(names[name], shares[name]) for name in BARS]
