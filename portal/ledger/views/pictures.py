"""The pictures of a suggestion: shown to whoever may read it, added and taken away by its author."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.community.views.pictures import let_files_in, picture_answer, sent_pictures
from portal.foundation.access import actor, allow, limited, refusals_flashed
from portal.foundation.text import gettext as _
from portal.ledger.models import Attachment, DraftPicture, Idea
from portal.ledger.policies import may_read_attachment, may_remove_attachment, may_reword, may_see_draft_picture
from portal.ledger.services import add_more_pictures, remove_attachment
from portal.ledger.views import bp

let_files_in(bp, "create_idea", "create_picture", "create_preview", "create_case", "create_draft")


@bp.get("/attachments/<int:attachment_id>")
@allow(may_read_attachment, Attachment)
def show_attachment(attachment: Attachment) -> ResponseReturnValue:
    """The picture itself, or its thumbnail with `?size=small`; in a circle with the reader's name on it."""
    return picture_answer(attachment.key, is_marked=attachment.idea.circle_id is not None)


@bp.get("/draft-pictures/<int:draft_picture_id>")
@allow(may_see_draft_picture, DraftPicture)
def show_draft_picture(draft_picture: DraftPicture) -> ResponseReturnValue:
    """A picture that waits with a draft, or its thumbnail with `?size=small`."""
    return picture_answer(draft_picture.key, is_marked=False)


@bp.post("/ideas/<int:idea_id>/attachments")
@allow(may_reword, Idea)
@limited("60 per hour")
def create_picture(idea: Idea) -> ResponseReturnValue:
    """Add pictures to a suggestion that stands already."""
    sent = [(file.filename or "", file.stream) for file in sent_pictures()]
    with refusals_flashed():
        added, left_out = add_more_pictures(idea, sent, by=actor())
        if added or not sent:
            flash(_told(idea) if added else _("Choose a picture first."))
        for one in left_out:
            flash(f"{one.name}: {one.why}", "warning")
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)


@bp.post("/attachments/<int:attachment_id>/removals")
@allow(may_remove_attachment, Attachment)
def create_attachment_removal(attachment: Attachment) -> ResponseReturnValue:
    """Take a picture away."""
    remove_attachment(attachment, by=actor())
    flash(_("The picture is gone."))
    return redirect(url_for("ledger.show_idea", idea_id=attachment.idea_id), 303)


def _told(idea: Idea) -> str:
    if idea.held_at is not None:
        return _("Your pictures are kept. Someone of the company looks first; then others see it again.")
    return _("Your pictures stand with it.")
