"""The pictures of a suggestion: shown to whoever may read it, added and taken away by its author."""

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.foundation.access import actor, allow, limited, visitor
from portal.foundation.errors import Refusal
from portal.foundation.storage import PICTURE_BYTES, read_file
from portal.foundation.text import gettext as _
from portal.ledger.models import Attachment, Idea
from portal.ledger.policies import may_read_attachment, may_remove_attachment, may_reword
from portal.ledger.services import add_pictures, remove_attachment
from portal.ledger.services.pictures import PICTURES
from portal.ledger.views import bp

_WITH_PICTURES = {"ledger.create_idea", "ledger.create_picture", "ledger.create_preview", "ledger.create_case"}


@bp.url_value_preprocessor
def _let_pictures_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # The body is read for its token before the door is reached; nobody from outside may send this much.
    if endpoint in _WITH_PICTURES and visitor() is not None:
        request.max_content_length = PICTURES * PICTURE_BYTES + 1024 * 1024


@bp.teardown_request
def _let_files_go(_problem: BaseException | None) -> None:
    if request.endpoint in _WITH_PICTURES and request.max_content_length:
        for file in request.files.getlist("pictures"):
            file.close()


@bp.get("/attachments/<int:attachment_id>")
@allow(may_read_attachment, Attachment)
def show_attachment(attachment: Attachment) -> ResponseReturnValue:
    """The picture itself, or its thumbnail with `?size=small`."""
    is_small = request.args.get("size") == "small"
    content = read_file(f"{attachment.key}{'-small' if is_small else ''}.webp")
    if content is None:
        abort(404)
    answer = Response(content, mimetype="image/webp")
    # It never changes, but whoever is no longer let in must not find it in a shared cache.
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Content-Disposition"] = "inline"
    return answer


@bp.post("/ideas/<int:idea_id>/attachments")
@allow(may_reword, Idea)
@limited("60 per hour")
def create_picture(idea: Idea) -> ResponseReturnValue:
    """Add pictures to a suggestion that stands already."""
    try:
        added = add_pictures(idea, (file.stream for file in sent_pictures()), by=actor())
    except Refusal as refusal:
        flash(str(refusal), "error")
    else:
        flash(_told(idea) if added else _("Choose a picture first."))
    return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)


@bp.post("/attachments/<int:attachment_id>/removals")
@allow(may_remove_attachment, Attachment)
def create_attachment_removal(attachment: Attachment) -> ResponseReturnValue:
    """Take a picture away."""
    remove_attachment(attachment, by=actor())
    flash(_("The picture is gone."))
    return redirect(url_for("ledger.show_idea", idea_id=attachment.idea_id), 303)


def sent_pictures() -> list[FileStorage]:
    """The files that came with this request; a field left empty sends one without a name."""
    return [file for file in request.files.getlist("pictures") if file.filename]


def _told(idea: Idea) -> str:
    if idea.held_at is not None:
        return _("Your pictures are kept. Someone of the company looks first; then others see it again.")
    return _("Your pictures stand with it.")
