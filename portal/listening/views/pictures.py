"""The small pictures of mentions, from our own files; nothing is ever shown from where it came."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from portal.foundation.access import allow
from portal.foundation.clock import now
from portal.foundation.storage import read_file
from portal.listening.models import MentionMedia
from portal.listening.policies import may_see_picture
from portal.listening.views.blueprint import bp


@bp.get("/media/<int:mention_media_id>")
@allow(may_see_picture, MentionMedia)
def show_picture(mention_media: MentionMedia) -> ResponseReturnValue:
    """A picture as it was kept, as long as its words stand."""
    content = read_file(mention_media.key) if mention_media.key and mention_media.is_shown(now()) else None
    if content is None:
        abort(404)
    answer = Response(content, mimetype="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Content-Disposition"] = "inline"
    return answer
