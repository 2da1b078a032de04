"""Files of mentions: upload, preview, start, progress, and the rows that were rejected."""

from contextlib import closing
from pathlib import Path
from typing import Any

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.accounts.policies import is_manager
from portal.foundation.access import actor, allow, visitor
from portal.foundation.database import begin_work
from portal.foundation.errors import Refusal
from portal.listening.files.encodings import ENCODINGS
from portal.listening.files.formats import suggest_constants, suggest_mapping
from portal.listening.forms import FIRST_COLUMNS, MORE_COLUMNS, ReadingForm, UploadForm, reading_form
from portal.listening.models import ImportStatus, MentionImport
from portal.listening.policies import may_run
from portal.listening.queries import imports
from portal.listening.services import (
    AlreadyRead,
    ImportOptions,
    Preview,
    keep_upload,
    preview,
    rejected_file,
    start_import,
)
from portal.listening.views.blueprint import bp
from portal.listening.views.signs import counts_of

MAX_UPLOAD_BYTES = 200 * 1024 * 1024
_ASKED = ("zone", "dates", "tracker", "encoding")
_OPEN = {ImportStatus.DRAFT, ImportStatus.FAILED}


@bp.url_value_preprocessor
def _let_large_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # The body is read for its token before the door is reached, so the door's own question is asked first.
    if endpoint == "listening.create_import":
        user = visitor()
        if user is not None and is_manager(user):
            request.max_content_length = MAX_UPLOAD_BYTES


@bp.get("/imports")
@allow(is_manager)
def list_imports() -> ResponseReturnValue:
    """Every file that was read or waits."""
    return render_template("listening/list_imports.html", imports=imports())


@bp.get("/imports/new")
@allow(is_manager)
def new_import() -> ResponseReturnValue:
    """Choose a file."""
    return render_template("listening/new_import.html", form=UploadForm())


@bp.post("/imports")
@allow(is_manager)
def create_import() -> ResponseReturnValue:
    """Keep the file; how it is read is asked next."""
    form = UploadForm()
    if form.validate_on_submit():
        user = actor()
        # A large file is copied and hashed, and nobody else should wait for that.
        begin_work(writing=True)
        try:
            with closing(form.file.data) as sent:
                row = keep_upload(sent.stream, sent.filename or "", by=user)
        except Refusal as refusal:
            form.file.errors = [str(refusal)]
        else:
            return redirect(url_for("listening.show_import", mention_import_id=row.id), 303)
    return render_template("listening/new_import.html", form=form), 422


@bp.get("/imports/<int:mention_import_id>")
@allow(may_run, MentionImport)
def show_import(mention_import: MentionImport) -> ResponseReturnValue:
    """How a file is to be read, or how far its reading has come."""
    if mention_import.status not in _OPEN or not mention_import.created_by_id:
        return render_template(
            "listening/show_import.html", row=mention_import, has_rejected=_has_rejected(mention_import)
        )
    options = ImportOptions.of(mention_import.options)
    seen = preview(mention_import, options)
    form = _form(mention_import, seen)
    if "maps" not in mention_import.options:
        seen = preview(mention_import, form.options())
    return _reading_page(mention_import, form, seen)


@bp.post("/imports/<int:mention_import_id>/previews")
@allow(may_run, MentionImport)
def create_preview(mention_import: MentionImport) -> ResponseReturnValue:
    """Show what the first rows would become; nothing is stored."""
    form = _form(mention_import, _as_written(mention_import))
    return _reading_page(mention_import, form, preview(mention_import, form.options()))


@bp.post("/imports/<int:mention_import_id>/starts")
@allow(may_run, MentionImport)
def create_start(mention_import: MentionImport) -> ResponseReturnValue:
    """Let the worker read the file."""
    form = _form(mention_import, _as_written(mention_import))
    number = mention_import.id
    try:
        if form.validate_on_submit():
            start_import(mention_import, form.options(), by=actor())
            return redirect(url_for("listening.show_import", mention_import_id=number), 303)
    except AlreadyRead as refusal:
        return _reading_page(mention_import, form, _refused(mention_import, form, refusal), known=refusal.known), 422
    except Refusal as refusal:
        return _reading_page(mention_import, form, _refused(mention_import, form, refusal)), 422
    return _reading_page(mention_import, form, preview(mention_import, form.options())), 422


@bp.get("/imports/<int:mention_import_id>/progress")
@allow(may_run, MentionImport)
def show_progress(mention_import: MentionImport) -> ResponseReturnValue:
    """The part of the page that is asked for again while a file is read."""
    return render_template("listening/progress.html", row=mention_import, has_rejected=_has_rejected(mention_import))


@bp.get("/imports/<int:mention_import_id>/rejected-rows")
@allow(may_run, MentionImport)
def show_rejected_rows(mention_import: MentionImport) -> ResponseReturnValue:
    """The rows that made no mention, each with the reason, to be mended and read again."""
    path = rejected_file(mention_import)
    if not path.exists():
        raise NotFound
    name = f"{Path(mention_import.file_name).name}.rejected.csv"
    return send_file(path, mimetype="text/csv", as_attachment=True, download_name=name, max_age=0)


def _form(row: MentionImport, seen: Preview) -> ReadingForm:
    mapping, constants = suggest_mapping(seen.columns), suggest_constants(seen.columns)
    stored = ImportOptions.of(row.options)
    if stored.maps or stored.sets:
        mapping = dict(pair.split("=", 1) for pair in stored.maps)
        constants = dict(pair.split("=", 1) for pair in stored.sets)
    values: dict[str, Any] = {name: getattr(stored, name) for name in _ASKED}
    named = {value for name, value in request.form.items() if name.startswith("map_")}
    if request.form and named.isdisjoint({*seen.columns, *mapping.values()}):
        # The columns were not yet to be read when these were chosen from, so the guesses hold.
        values = {name: request.form.get(name, "") for name in _ASKED} | {"formdata": None}
    return reading_form(seen.columns, mapping, constants, **values)


def _as_written(row: MentionImport) -> Preview:
    """The file's rows by the encoding that was chosen, before anybody says which column is which."""
    encoding = request.form.get("encoding", "")
    return preview(row, ImportOptions(encoding=encoding if encoding in ENCODINGS else ""))


def _refused(row: MentionImport, form: ReadingForm, refusal: Refusal) -> Preview:
    seen = preview(row, form.options())
    return Preview(seen.columns, seen.rows, refusal=str(refusal))


def _reading_page(row: MentionImport, form: ReadingForm, seen: Preview, *, known: MentionImport | None = None) -> str:
    return render_template(
        "listening/read_import.html",
        row=row,
        form=form,
        seen=seen,
        known=known,
        first=FIRST_COLUMNS,
        more=MORE_COLUMNS,
        counts_of=counts_of,
    )


def _has_rejected(row: MentionImport) -> bool:
    return bool(row.rejected) and rejected_file(row).exists()
