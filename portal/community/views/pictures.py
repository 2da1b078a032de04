"""Pictures and other files in requests: room for them in the body of whoever is signed in, a kept picture as an answer.

The pictures of an ask stand here; those of a suggestion are the ledger's, sent and shown in the same way.
"""

import hashlib
import unicodedata
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.accounts.models import User
from portal.community.models import AskPicture
from portal.community.policies import may_read_ask_picture, may_run_ask_picture
from portal.community.services import remove_ask_picture
from portal.community.views import bp
from portal.foundation.access import actor, allow, visitor
from portal.foundation.storage import PICTURE_BYTES, PICTURES, read_file, read_marked
from portal.foundation.text import gettext as _

FIELD = "pictures"
# Letters that fall apart into no plain one and a mark.
_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae"})


def let_files_in(bp: Blueprint, *views: str) -> None:
    """Let these views of a blueprint take six pictures, or as much else; files are closed when the request is done."""
    endpoints = {f"{bp.name}.{view}" for view in views}

    @bp.url_value_preprocessor
    def _give_room(endpoint: str | None, _values: dict[str, Any] | None) -> None:
        # The body is read for its token before the door is reached; nobody from outside may send this much.
        if endpoint in endpoints and visitor() is not None:
            request.max_content_length = PICTURES * PICTURE_BYTES + 1024 * 1024
            # They were loaded before the work of this request began; whoever asks in it gets them from its own.
            g.pop("_login_user", None)

    @bp.teardown_request
    def _let_files_go(_problem: BaseException | None) -> None:
        # What was never read, since it was refused before, is not read now.
        if request.endpoint in endpoints:
            request.close()


def sent_pictures() -> list[FileStorage]:
    """The files that came with this request; a field left empty sends one without a name."""
    return [file for file in request.files.getlist(FIELD) if file.filename]


def picture_answer(key: str, *, is_marked: bool) -> Response:
    """A kept picture, or its thumbnail with `?size=small`.

    Args:
        is_marked: draw the reader's name on it, since it is not to leave the room that it stands in.
    """
    name = f"{key}{'-small' if request.args.get('size') == 'small' else ''}.webp"
    content = read_marked(name, mark_of(actor())) if is_marked else read_file(name)
    if content is None:
        abort(404)
    answer = _alone(Response(content, mimetype="image/webp"))
    answer.headers["Content-Disposition"] = "inline"
    return answer if is_marked else _asked_anew(answer, name)


def file_answer(path: str, *, name: str, media_type: str) -> Response:
    """A kept file to be saved under this name; no browser opens it in the portal's own place."""
    content = read_file(path)
    if content is None:
        abort(404)
    answer = send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name, etag=False)
    return _asked_anew(_alone(answer), path)


def _alone(answer: Response) -> Response:
    # Whoever leaves the room sees it no more, in their own browser either.
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _asked_anew(answer: Response, name: str) -> Response:
    """Kept by the reader's own browser, which asks each time: what it shows may have been taken out since."""
    answer.headers["Cache-Control"] = "private, no-cache"
    # What stands under a name never changes.
    answer.set_etag(hashlib.sha256(name.encode()).hexdigest()[:32])
    answer.make_conditional(request)
    return answer


def mark_of(reader: User) -> str:
    """What is drawn on a picture for this reader: name and number, in letters that the drawn font has."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", reader.name) if not unicodedata.combining(letter)
    ).translate(_PLAIN)
    return f"{bare if bare.isascii() and bare.strip() else reader.email} · {reader.id}"


let_files_in(bp, "create_ask", "update_ask")


@bp.get("/ask-pictures/<int:ask_picture_id>")
@allow(may_read_ask_picture, AskPicture)
def show_ask_picture(ask_picture: AskPicture) -> ResponseReturnValue:
    """A picture of a question, or its thumbnail."""
    return picture_answer(ask_picture.key, is_marked=ask_picture.ask.circle_id is not None)


@bp.post("/ask-pictures/<int:ask_picture_id>/removals")
@allow(may_run_ask_picture, AskPicture)
def create_ask_picture_removal(ask_picture: AskPicture) -> ResponseReturnValue:
    """Take it away."""
    ask_id = ask_picture.ask_id
    remove_ask_picture(ask_picture, by=actor())
    flash(_("The picture is gone."))
    return redirect(url_for("community.edit_ask", ask_id=ask_id), 303)
