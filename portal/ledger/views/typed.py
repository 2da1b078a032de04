"""What was typed into the form of a suggestion: where it is to stand, and kept as a draft with its pictures."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.community.models import Ask, Circle
from portal.community.policies import may_read_ask
from portal.community.queries import circles_to_speak_in
from portal.community.views.pictures import sent_pictures
from portal.foundation.access import actor
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.forms import EVERYONE, IdeaForm
from portal.ledger.models import IdeaDraft
from portal.ledger.queries import drafts_of, mention_to_bring
from portal.ledger.services import LeftOut, keep_draft, keep_pictures
from portal.ledger.services.drafts import LONGEST
from portal.ledger.services.refusals import TITLE_LIMIT


def idea_form() -> IdeaForm:
    """The form with the circles that its reader can write in."""
    return IdeaForm().offer(circles_to_speak_in(actor()))


def ask_of(form: IdeaForm) -> Ask | None:
    """The question that this answers; one that is not put to the reader is not there for them."""
    if not form.ask.data:
        return None
    ask = session().get(Ask, form.ask.data)
    if ask is None or not may_read_ask(actor(), ask):
        abort(404)
    return ask


def circle_of(form: IdeaForm) -> Circle | None:
    """The circle that was chosen among those on offer."""
    return next((circle for circle in form.circles if circle.id == form.circle.data), None)


def leave_lost_circle(form: IdeaForm) -> bool:
    """Let words for a circle that was closed or left meanwhile go to the company alone, not to everyone."""
    if not form.is_roomless:
        return False
    if form.circle.errors:
        form.form_errors.extend(form.circle.errors)
        form.circle.errors = []
    form.circle.data, form.is_private.data = EVERYONE, True
    return True


def keep_typed(form: IdeaForm) -> tuple[IdeaDraft | None, list[LeftOut]]:
    """Keep what stands in the form as a draft, with the pictures that were sent; says which of those were left out."""
    sent, circle, is_private = sent_pictures(), circle_of(form), bool(form.is_private.data)
    if form.is_roomless:
        # Closed or left while they typed: it stays for that circle if it was, and is never everyone's.
        circle = _circle_before(form)
        is_private = is_private or circle is None
    kept = keep_draft(
        actor(),
        # A key that is too long to be one of ours is none.
        (form.form_key.data or "")[:80],
        title=form.title.data or "",
        body=form.body.data or "",
        circle=circle,
        ask=ask_of(form),
        mention=mention_to_bring(form.mention.data, actor()),
        is_private=is_private,
        on_behalf_of=form.on_behalf_of.data or "",
        came_by=form.came_by.data or "",
        with_pictures=bool(sent),
    )
    for file in sent:
        # They may have been read once, for a suggestion that was refused.
        file.stream.seek(0)
    left_out = keep_pictures(kept, [(file.filename or "", file.stream) for file in sent]) if kept and sent else []
    return kept, left_out


def _circle_before(form: IdeaForm) -> Circle | None:
    """The circle that the draft of this form is for already, if it is the one that was sent."""
    mine = (draft for draft in drafts_of(actor()) if draft.form_key == form.form_key.data)
    return next((draft.circle for draft in mine if draft.circle_id == form.circle.data), None)


def keep_for_another_look(form: IdeaForm) -> ResponseReturnValue | None:
    """Where pictures came with what cannot be taken yet: the way to a draft that holds the words and what fits.

    A browser does not give the same files twice, so they would be lost with a form that comes back. None where none
    came that can be kept, or the words are longer than a draft.
    """
    body, title = tidy(form.body.data), tidy(form.title.data)
    if not sent_pictures() or len(body) > LONGEST or len(title) > TITLE_LIMIT:
        return None
    draft, left_out = keep_typed(form)
    if draft is None or len(left_out) == len(sent_pictures()):
        return None
    said = {one.why for one in left_out}
    for one in left_out:
        flash(f"{one.name}: {one.why}", "warning")
    # Those of the whole form are among them.
    for words in dict.fromkeys(words for errors in form.errors.values() for words in errors):
        if words not in said:
            flash(words, "warning")
    # Said in the same tone as what was left out: nothing is on the ledger yet.
    flash(
        _("It is not sent yet. Your words and the pictures that fit are kept below; send them when they are right."),
        "warning",
    )
    return redirect(url_for("ledger.new_idea", draft=draft.id), 303)
