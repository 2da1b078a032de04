"""The actions of the company, and one of them with everything that happened to it, and the files that show it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.accounts.policies import is_signed_in, is_staff
from portal.community.views.pictures import file_answer, let_files_in, picture_answer
from portal.foundation.access import actor, allow, limited, refusals_on, row_key
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.ledger.forms import ActionHandOverForm, ProgressForm
from portal.ledger.models import Action, ActionStage, Progress
from portal.ledger.policies import may_follow_action, may_read_progress, may_record_progress
from portal.ledger.queries import action_page, actions_page, is_for_everyone, who_could_do
from portal.ledger.services import AnsweredMeanwhile, hand_over_action, proofs_kept, record_progress
from portal.ledger.views import bp
from portal.ledger.visibility import reach_of

let_files_in(bp, "create_progress", "create_response", "create_answer_draft", "create_answer_preview")


@bp.get("/actions")
@allow(is_signed_in)
def list_actions() -> ResponseReturnValue:
    """What the company does about suggestions, as far as the reader sees those."""
    asked = request.args.get("stage", "")
    stage = ActionStage(asked) if asked in set(ActionStage) else None
    before = request.args.get("before", type=row_key)
    actions, older = actions_page(reach_of(actor()), stage=stage, before=before)
    tabs = [{"label": _("All"), "url": url_for("ledger.list_actions"), "is_current": stage is None}]
    tabs += [
        {"label": one.label, "url": url_for("ledger.list_actions", stage=one.value), "is_current": one is stage}
        for one in ActionStage
    ]
    older_url = url_for("ledger.list_actions", stage=stage.value if stage else None, before=older) if older else None
    return render_template("ledger/list_actions.html", actions=actions, tabs=tabs, older_url=older_url)


@bp.get("/actions/<int:action_id>")
@allow(may_follow_action, Action)
def show_action(action: Action) -> ResponseReturnValue:
    """What the company does, how far it is, and for whom."""
    # The door has asked already whether they may see it.
    return _page(action, ProgressForm() if is_staff(actor()) else None)


@bp.post("/actions/<int:action_id>/progress")
@allow(may_record_progress, Action)
@limited("120 per hour")
def create_progress(action: Action) -> ResponseReturnValue:
    """Add the next entry."""
    form, status = ProgressForm(), 422
    if form.validate_on_submit() and not form.lacks_word(action):
        with refusals_on(form):
            try:
                with proofs_kept(form.uploads) as files:
                    record_progress(
                        action,
                        stage=form.stage.data,
                        words=form.words.data or "",
                        by=actor(),
                        proof_url=form.proof_url.data or "",
                        happened_on=form.happened_on.data,
                        target_date=form.target_date.data,
                        files=files,
                        seen=form.seen.data,
                    )
            except AnsweredMeanwhile:
                # The page has both: what was written meanwhile, and this one in the form.
                status, form.seen.data = 409, None
                raise
            flash(_("It is on the record. Everyone behind this will hear of it."))
            return redirect(url_for("ledger.show_action", action_id=action.id), 303)
    form.ask_for_files_again()
    return _page(action, form, is_refused=True), status


@bp.get("/progress/<int:progress_id>/files/<int:file_id>")
@allow(may_read_progress, Progress)
def show_proof_file(progress: Progress, file_id: int) -> ResponseReturnValue:
    """A file of an entry, the first under 1; a picture is shown (small with `?size=small`), all else is saved."""
    files = progress.proof_files
    if not 1 <= file_id <= len(files):
        abort(404)
    file = files[file_id - 1]
    if file.is_picture:
        return picture_answer(file.stored.key, is_marked=not is_for_everyone(progress.action))
    return file_answer(file.stored.path, name=file.name, media_type=file.stored.media_type)


@bp.post("/actions/<int:action_id>/hand-overs")
@allow(may_record_progress, Action)
def create_action_hand_over(action: Action) -> ResponseReturnValue:
    """Name somebody else who does it."""
    form = _hand_over_form(action)
    if form.validate_on_submit():
        with refusals_on(form):
            to = session().get_one(User, form.to.data)
            hand_over_action(action, to=to, word=form.word.data or "", by=actor())
            told = _("It is yours from now on.")
            flash(told if to.id == actor().id else _("%(name)s does it from now on, and has been told.", name=to.name))
            return redirect(url_for("ledger.show_action", action_id=action.id), 303)
    return _page(action, ProgressForm(formdata=None), hand_over=form), 422


def _hand_over_form(action: Action) -> ActionHandOverForm:
    form = ActionHandOverForm(prefix="hand-over")
    form.offer([(person.id, person.name) for person in who_could_do(action)])
    return form


def _page(
    action: Action,
    form: ProgressForm | None,
    *,
    is_refused: bool = False,
    hand_over: ActionHandOverForm | None = None,
) -> str:
    entries, ideas = action_page(action, reach_of(actor()))
    if form is not None and entries and not is_refused:
        form.stage.data = entries[-1].stage
    if form is not None and form.seen.data is None:
        # What was sent would be shown again.
        form.seen.data, form.seen.raw_data = entries[-1].id if entries else 0, None
    if form is not None and not action.has_ended:
        hand_over = hand_over or _hand_over_form(action)
    return render_template(
        "ledger/show_action.html", action=action, entries=entries, ideas=ideas, form=form, hand_over=hand_over
    )
