"""How mentions are read: overruling a reading, judging mentions drawn at random, what was learned from it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import abort

from portal.accounts.policies import is_manager
from portal.foundation.access import actor, allow, refusals_flashed
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.judgements import Judgement, LearnedModel, Signal
from portal.listening.models import Mention
from portal.listening.policies import may_judge, may_switch
from portal.listening.queries.judged import draw_unjudged, label_counts, label_pairs, learned_models
from portal.listening.services import judge_reading, switch_off, switch_on, undo_judgement
from portal.listening.services.learned import LEAST_LABELS
from portal.listening.signals.learning import CLASSES
from portal.listening.signals.scores import compare
from portal.listening.views.blueprint import bp
from portal.listening.views.returning import stream_place
from portal.listening.views.signs import class_labels, sign_of, signal_labels, words_beside


@bp.get("/readings")
@allow(is_manager)
def list_readings() -> ResponseReturnValue:
    """By what mentions are read, how right that is, and what was learned."""
    models = learned_models()
    by_signal = {
        signal: {
            "on": next((row for row in models if row.signal is signal and row.is_on), None),
            "newest": next((row for row in models if row.signal is signal), None),
        }
        for signal in Signal
    }
    return render_template(
        "listening/list_readings.html",
        signals=by_signal,
        counts=label_counts(),
        figures={signal: compare(pairs, order=CLASSES[signal]) for signal, pairs in label_pairs().items()},
        least=LEAST_LABELS,
        signal_labels=signal_labels(),
        class_labels=class_labels(),
    )


@bp.get("/readings/next")
@allow(is_manager)
def show_next_reading() -> ResponseReturnValue:
    """A mention at random, to be judged without being told what was read."""
    signal = _signal(request.args.get("signal", Signal.TONE.value))
    counts = label_counts().get(signal, (0, 0))
    return render_template(
        "listening/show_next_reading.html",
        signal=signal,
        mention=draw_unjudged(signal),
        classes=CLASSES[signal],
        counts=counts,
        least=LEAST_LABELS,
        signal_labels=signal_labels(),
        class_labels=class_labels(),
    )


@bp.post("/mentions/<int:mention_id>/judgements")
@allow(may_judge, Mention)
def create_judgement(mention: Mention) -> ResponseReturnValue:
    """Say what a mention is, whatever was read."""
    name, _colon, value = request.form.get("said", "").partition(":")
    is_drawn = request.form.get("drawn") == "yes"
    try:
        signal = Signal(name)
        judge_reading(mention, signal, value, by=actor(), is_drawn=is_drawn)
    except (Refusal, ValueError):
        abort(400)
    if is_drawn:
        return redirect(url_for("listening.show_next_reading", signal=signal.value), 303)
    return _reading(mention)


@bp.post("/judgements/<int:judgement_id>/undoings")
@allow(may_judge, Judgement)
def create_judgement_undoing(judgement: Judgement) -> ResponseReturnValue:
    """Let what was read before stand again."""
    with refusals_flashed():
        undo_judgement(judgement, by=actor())
    return _reading(judgement.mention)


@bp.post("/learned-models/<int:learned_model_id>/switch-ons")
@allow(may_switch, LearnedModel)
def create_switch_on(learned_model: LearnedModel) -> ResponseReturnValue:
    """Read by what was learned."""
    switch_on(learned_model, by=actor())
    flash(_("Mentions are read by what was learned from now on; those that are stored are read again."))
    return redirect(url_for("listening.list_readings"), 303)


@bp.post("/learned-models/<int:learned_model_id>/switch-offs")
@allow(may_switch, LearnedModel)
def create_switch_off(learned_model: LearnedModel) -> ResponseReturnValue:
    """Read by the rules alone."""
    switch_off(learned_model, by=actor())
    flash(_("Mentions are read by the default again; those that are stored are read again."))
    return redirect(url_for("listening.list_readings"), 303)


def _reading(mention: Mention) -> ResponseReturnValue:
    """The line of readings alone where a script asked for it, or the place in the stream."""
    if "HX-Request" in request.headers:
        return render_template(
            "listening/reading.html",
            mention=mention,
            sign=sign_of(mention),
            words=words_beside(),
        )
    return redirect(url_for("listening.list_mentions", _anchor=f"reading-{mention.id}", **stream_place()), 303)


def _signal(name: str) -> Signal:
    try:
        return Signal(name)
    except ValueError:
        abort(404)
