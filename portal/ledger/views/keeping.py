"""Suggestions that are being written: kept on the server, listed, gone on with, and thrown away."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.community.views.pictures import sent_pictures
from portal.foundation.access import actor, allow, limited, row_key
from portal.foundation.storage import NotJustNow
from portal.foundation.text import gettext as _
from portal.foundation.text import markdown_excerpt
from portal.ledger.models import DraftPicture, IdeaDraft, beside_title
from portal.ledger.policies import may_continue_draft
from portal.ledger.queries import drafts_of
from portal.ledger.services import LeftOut, drop_draft, remove_draft_picture
from portal.ledger.titles import propose_title
from portal.ledger.views import bp
from portal.ledger.views.typed import ask_of, circle_of, idea_form, keep_typed
from portal.ledger.visibility import reach_of


@bp.post("/idea-drafts")
@allow(is_signed_in)
@limited("120 per hour", unless=lambda: not sent_pictures())
def create_draft() -> ResponseReturnValue:
    """Keep what is typed so far, with its pictures; it waits here on every device until it is sent.

    `anew` goes on to an empty form; `drop_picture` takes one picture out again, and `only_pictures` asks for the
    list of those that are kept.
    """
    form = idea_form()
    ask, circle = ask_of(form), circle_of(form)
    kept, left_out = keep_typed(form)
    dropped = _dropped(kept) if kept else None
    if dropped is not None:
        try:
            kept = remove_draft_picture(dropped)
        except NotJustNow as refusal:
            left_out.append(LeftOut(_("Picture"), str(refusal)))
    if request.headers.get("HX-Request"):
        if "only_pictures" not in request.form and dropped is None:
            return render_template("ledger/draft_kept.html", is_kept=kept is not None)
        pictures = kept.pictures if kept else []
        return render_template("ledger/draft_pictures.html", pictures=pictures, left_out=left_out)
    for one in left_out:
        flash(f"{one.name}: {one.why}", "warning")
    if dropped is not None and kept is not None:
        return redirect(url_for("ledger.new_idea", draft=kept.id), 303)
    if dropped is not None or "anew" in request.form:
        asked, room = (ask.id, None) if ask else (None, circle.id if circle else None)
        return redirect(url_for("ledger.new_idea", ask=asked, circle=room, anew=1), 303)
    flash(_("It is kept. Come back whenever you like.") if kept else _("There is nothing to keep yet."))
    return redirect(url_for("ledger.list_drafts"), 303)


def _dropped(draft: IdeaDraft) -> DraftPicture | None:
    """The picture that is to go, if it is one of this draft's."""
    number = request.form.get("drop_picture", 0, type=row_key)
    return next((picture for picture in draft.pictures if picture.id == number), None)


@bp.get("/idea-drafts")
@allow(is_signed_in)
def list_drafts() -> ResponseReturnValue:
    """What the reader has typed and not sent, newest first."""
    drafts, reader = drafts_of(actor()), actor()
    # What each would be called, as its form says.
    lines = {draft.id: draft.title or propose_title(draft.body) for draft in drafts}
    more = {draft.id: beside_title(lines[draft.id], markdown_excerpt(draft.body, 200)) for draft in drafts}
    return render_template(
        "ledger/list_idea_drafts.html", drafts=drafts, lines=lines, more=more, circles=reach_of(reader).circles
    )


@bp.post("/idea-drafts/<int:idea_draft_id>/removals")
@allow(may_continue_draft, IdeaDraft)
def create_draft_removal(idea_draft: IdeaDraft) -> ResponseReturnValue:
    """Throw it away."""
    drop_draft(actor(), idea_draft.form_key)
    flash(_("The draft is gone."))
    return redirect(url_for("ledger.list_drafts"), 303)
