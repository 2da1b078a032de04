"""The queue of managers, and each decision."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_manager
from portal.community.services import hold_entry_rule, set_entry_rule
from portal.community.trust import entry_rule
from portal.foundation.access import actor, allow, refusals_on, row_key
from portal.foundation.text import gettext as _
from portal.ledger.models import AuthorWord, Comment, Idea
from portal.moderation.forms import APPROVE, CHANGE, TRUST, DecisionForm, OutcomeForm, RuleForm
from portal.moderation.models import Appeal, Words, author_of
from portal.moderation.policies import may_decide, may_settle
from portal.moderation.queries import case_of, decisions_about, decisions_page, is_for_others, queue_for
from portal.moderation.services import approve, ask_for_change, remove, settle_appeal
from portal.moderation.views import bp


@bp.get("/review")
@allow(is_manager)
def list_cases() -> ResponseReturnValue:
    """What waits for a look, oldest first."""
    return _queue()


@bp.get("/ideas/<int:idea_id>/decisions/new")
@allow(may_decide, Idea)
def new_decision(idea: Idea) -> ResponseReturnValue:
    """One suggestion with its reports and what was decided before."""
    return _page(idea, _form(idea))


@bp.post("/ideas/<int:idea_id>/decisions")
@allow(may_decide, Idea)
def create_decision(idea: Idea) -> ResponseReturnValue:
    """Decide about a suggestion."""
    return _decide(idea)


@bp.get("/comments/<int:comment_id>/decisions/new")
@allow(may_decide, Comment)
def new_comment_decision(comment: Comment) -> ResponseReturnValue:
    """One comment with its reports and what was decided before."""
    return _page(comment, _form(comment))


@bp.post("/comments/<int:comment_id>/decisions")
@allow(may_decide, Comment)
def create_comment_decision(comment: Comment) -> ResponseReturnValue:
    """Decide about a comment."""
    return _decide(comment)


@bp.get("/words/<int:author_word_id>/decisions/new")
@allow(may_decide, AuthorWord)
def new_word_decision(author_word: AuthorWord) -> ResponseReturnValue:
    """What an author said to an answer, with its reports and what was decided before."""
    return _page(author_word, _form(author_word))


@bp.post("/words/<int:author_word_id>/decisions")
@allow(may_decide, AuthorWord)
def create_word_decision(author_word: AuthorWord) -> ResponseReturnValue:
    """Decide about it."""
    return _decide(author_word)


@bp.post("/appeals/<int:appeal_id>/outcomes")
@allow(may_settle, Appeal)
def create_outcome(appeal: Appeal) -> ResponseReturnValue:
    """End an appeal, one way or the other; what was typed stays where it is refused."""
    form = OutcomeForm()
    if form.validate_on_submit():
        with refusals_on(form):
            settle_appeal(appeal, is_upheld=form.outcome.data == "yes", answer=form.reason.data or "", by=actor())
            flash(_("Decided. Its author is told."))
            return redirect(url_for("moderation.list_cases"), 303)
    return _queue(refused=(appeal.id, form)), 422


@bp.get("/review/decisions")
@allow(is_manager)
def list_all_decisions() -> ResponseReturnValue:
    """Every decision, newest first: who decided what, when, and why."""
    page = decisions_page(actor(), before_id=request.args.get("before", type=row_key))
    return render_template("moderation/list_all_decisions.html", page=page)


@bp.get("/review/rules")
@allow(is_manager)
def edit_rule() -> ResponseReturnValue:
    """What waits for a look, to be changed."""
    return render_template("moderation/edit_rule.html", form=RuleForm(formdata=None).show(entry_rule()))


@bp.post("/review/rules")
@allow(is_manager)
def update_rule() -> ResponseReturnValue:
    """Change it; what is held already stays held."""
    form = RuleForm()
    if not form.validate_on_submit():
        return render_template("moderation/edit_rule.html", form=form), 422
    # Of two who send at once, the second is compared with what the first wrote.
    changed = form.changed_since(RuleForm(formdata=None).show(hold_entry_rule()))
    if changed:
        return render_template("moderation/edit_rule.html", form=form, changed=changed), 409
    set_entry_rule(
        first_held=form.first_held.data or 0,
        holds_links=bool(form.holds_links.data),
        words=form.words.data or "",
        by=actor(),
    )
    flash(_("Kept. It holds for what comes from now on."))
    return redirect(url_for("moderation.list_cases"), 303)


def _queue(refused: tuple[int, OutcomeForm] | None = None) -> str:
    return render_template("moderation/list_cases.html", queue=queue_for(actor()), refused=refused)


def _form(words: Words) -> DecisionForm:
    return DecisionForm().offer(
        is_held=words.held_at is not None,
        can_change=not isinstance(words, AuthorWord),
        has_author=author_of(words) is not None,
    )


def _decide(words: Words) -> ResponseReturnValue:
    form = _form(words)
    if form.validate_on_submit():
        reason = form.reason.data or ""
        told: dict[str, Any] = {"by": actor(), "note": form.note.data or "", "seen": form.seen.data or ""}
        with refusals_on(form):
            if form.ruling.data in {APPROVE, TRUST}:
                decision = approve(words, trusts=form.ruling.data == TRUST, **told)
            elif form.ruling.data == CHANGE:
                decision = ask_for_change(words, reason=reason, **told)
            else:
                decision = remove(words, reason=reason, **told)
            flash(_("Decided, and written down: “%(what)s”.", what=decision.label))
            return redirect(url_for("moderation.list_cases"), 303)
    return _page(words, form), 422


def _page(words: Words, form: DecisionForm) -> str:
    case = case_of(words)
    # Whoever was shown other words reads these now.
    form.seen.data = case.seen
    decisions = decisions_about(words)
    asked = (decision.appeal for decision in decisions if decision.appeal is not None)
    appeal = next((appeal for appeal in asked if appeal.settled_at is None), None)
    return render_template(
        "moderation/new_decision.html",
        form=form,
        case=case,
        is_out=words.removed_at is not None,
        appeal=appeal,
        is_for_others=appeal is not None and is_for_others(appeal, actor()),
        decisions=decisions,
    )
