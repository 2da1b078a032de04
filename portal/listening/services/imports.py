"""Files of mentions: which they are, how each is to be read, and what a person sees before they say yes."""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast
from zoneinfo import ZoneInfo

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.drafts import MentionDraft
from portal.listening.files.decoding import EncodingUnknown
from portal.listening.files.layout import Layout, plan
from portal.listening.files.reader import RowFile
from portal.listening.files.rejects import rejected_path
from portal.listening.files.row import Row
from portal.listening.files.rows import RowProblem, RowReader, prepare
from portal.listening.matching import parse_query
from portal.listening.models import ImportStatus, MentionImport
from portal.listening.queries import forgotten_uploads, import_by_key

UPLOAD_LIFE = timedelta(days=7)
_TRIED_ROWS = 200
_SHOWN_ROWS = 6
_CHUNK = 1 << 20


class ImportRefused(Refusal):
    """The file cannot be read like this."""


class AlreadyRead(Refusal):
    """The same file was read in the same way before."""

    def __init__(self, sentence: str, known: MentionImport) -> None:
        super().__init__(sentence)
        self.known = known


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How a file is to be read.

    Attributes:
        format: a known format, or `auto`.
        maps: `ours=theirs` for columns; sets: `ours=value` for every row.
        zone: where times without a zone were written; dates: `day-first` or `month-first`, where it matters.
        tracker: a query to look for, besides the trackers there are.
        encoding: a key of `ENCODINGS`; told by the file's first bytes if empty.
    """

    format: str = "auto"
    maps: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    zone: str = ""
    dates: str = ""
    tracker: str = ""
    encoding: str = ""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "ImportOptions":
        """The options as a row keeps them."""
        known: dict[str, Any] = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        known |= {name: tuple(value) for name, value in known.items() if isinstance(value, list)}
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file, and what they would become.

    Attributes:
        columns: the names in the file.
        rows: cells in the order of the columns, as text.
        drafts: the mentions that the first rows make; problems: sentences about rows that make none.
        refusal: why the file cannot be read like this, if it cannot.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    drafts: tuple[MentionDraft, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    refusal: str | None = None


def prepare_import(path: Path, options: ImportOptions) -> MentionImport:
    """The import of a file on this machine: a new one, or the one that has begun or ended before.

    Raises:
        Refusal: the file cannot be read, or not like this; one sentence says why.
    """
    if options.tracker:
        parse_query(options.tracker)
    with RowFile(path, options.encoding) as file:
        reader_of(file, options)
    key = _key(_digest(path), options)
    known = import_by_key(key)
    if known is not None:
        known.path = str(path)
        if known.status is ImportStatus.FAILED:
            known.status = ImportStatus.WAITING
        return known
    row = MentionImport(
        file_name=path.name[:300],
        key=key,
        path=str(path),
        options=asdict(options),
        size_bytes=path.stat().st_size,
        status=ImportStatus.WAITING,
    )
    session().add(row)
    record("import.added", row, by=None, after={"file": row.file_name})
    return row


def keep_upload(stream: BinaryIO, file_name: str, *, by: User) -> MentionImport:
    """Keep an uploaded file under a name of our own until someone says how it is read.

    Raises:
        ImportRefused: it is no file of rows.
    """
    path = uploads_folder() / secrets.token_hex(16)
    digest = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            kept.write(chunk)
    shown = Path(file_name.replace("\\", "/")).name.strip()[:300] or _("file")
    try:
        with RowFile(path):
            # Opening it is the check: what cannot be read refuses here, before anything is stored.
            pass
    except EncodingUnknown:
        # Whoever sent it is asked for it on the next page.
        pass
    except Refusal as refusal:
        path.unlink()
        raise ImportRefused(str(refusal).replace(path.name, shown)) from refusal
    row = MentionImport(
        file_name=shown,
        key=secrets.token_hex(32),
        path=str(path),
        options={"digest": digest.hexdigest()},
        size_bytes=path.stat().st_size,
        status=ImportStatus.DRAFT,
        created_by_id=by.id,
    )
    session().add(row)
    record("import.uploaded", row, by=by, after={"file": shown})
    return row


def start_import(row: MentionImport, options: ImportOptions, *, by: User) -> None:
    """Let the worker read an uploaded file.

    Raises:
        AlreadyRead: the same file was read in the same way.
        Refusal: it cannot be read like this.
    """
    if row.status not in {ImportStatus.DRAFT, ImportStatus.FAILED}:
        return
    with RowFile(Path(row.path), options.encoding) as file:
        reader_of(file, options)
    if options.tracker:
        parse_query(options.tracker)
    key = _key(row.options["digest"], options)
    known = import_by_key(key)
    if known is not None and known.id != row.id:
        raise AlreadyRead(_("The same file was read in the same way before; nothing would be added."), known)
    row.key = key
    row.options = {"digest": row.options["digest"], **asdict(options)}
    row.status, row.error, row.finished_at = ImportStatus.WAITING, None, None
    row.rows_read = row.bytes_read = row.added = row.repeated = row.left_out = row.rejected = row.matched = 0
    record("import.started", row, by=by)


def preview(row: MentionImport, options: ImportOptions) -> Preview:
    """What the first rows of an uploaded file are, and what they would become."""
    try:
        with RowFile(Path(row.path), options.encoding) as file:
            tried = list(islice(file.rows(), _TRIED_ROWS))
            shown = Preview(file.columns, tuple(_cells(file.columns, entry) for entry in tried[:_SHOWN_ROWS]))
            return _with_drafts(shown, tried, file.columns, options)
    except (OSError, Refusal) as problem:
        sentence = str(problem) if isinstance(problem, Refusal) else _("The uploaded file is no longer there.")
        return Preview((), (), refusal=sentence.replace(Path(row.path).name, row.file_name))


def _with_drafts(shown: Preview, tried: list[Row], columns: tuple[str, ...], options: ImportOptions) -> Preview:
    try:
        reader = _reader(columns, tried, options)
    except Refusal as refusal:
        return Preview(shown.columns, shown.rows, refusal=str(refusal))
    made = [reader.read(line, cells) for line, cells in tried]
    drafts = tuple(draft for draft in made if isinstance(draft, MentionDraft))
    problems = tuple(problem for problem in made if isinstance(problem, RowProblem))
    return Preview(shown.columns, shown.rows, drafts[:_SHOWN_ROWS], problems[:_SHOWN_ROWS])


def reader_of(file: RowFile, options: ImportOptions) -> tuple[RowReader, Iterator[Row]]:
    """A reader that was tried on the first rows, and all rows of the file from the first on.

    Raises:
        Refusal: a column, a zone or an order of dates is missing, or unknown.
    """
    rows = file.rows()
    tried = list(islice(rows, _TRIED_ROWS))
    return _reader(file.columns, tried, options), _chained(tried, rows)


def _chained(tried: list[Row], rows: Iterator[Row]) -> Iterator[Row]:
    yield from tried
    yield from rows


def _reader(columns: tuple[str, ...], tried: list[Row], options: ImportOptions) -> RowReader:
    layout: Layout = plan(columns, format_name=options.format, maps=options.maps, sets=options.sets)
    order = cast(Literal["day-first", "month-first"], options.dates) or None
    return prepare(layout, tried, zone=_zone(options.zone), order=order, now=now())


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError) as problem:
        raise ImportRefused(
            _("“%(zone)s” is not a time zone; write it like Europe/Berlin or UTC.", zone=name[:60])
        ) from problem


def forget_old_uploads() -> int:
    """Remove files that someone sent and never had read; people's words are not kept for nothing."""
    rows = forgotten_uploads(now() - UPLOAD_LIFE)
    for row in rows:
        Path(row.path).unlink(missing_ok=True)
        row.status, row.finished_at = ImportStatus.FAILED, now()
        row.error = _("The file was not read within seven days of being sent, so it was removed.")
        record("import.forgotten", row, by=None)
    return len(rows)


def rejected_file(row: MentionImport) -> Path:
    """Where the rejected rows of an import lie: beside the file, or with our data where that cannot be written."""
    beside = rejected_path(Path(row.path))
    if os.access(beside.parent, os.W_OK):
        return beside
    return uploads_folder() / f"{row.id}-{beside.name}"


def uploads_folder() -> Path:
    """Where uploaded files are kept, readable by the portal only."""
    folder = Path(config.current().DATA_FOLDER) / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _cells(columns: tuple[str, ...], entry: Row) -> tuple[str, ...]:
    cells = entry[1]
    if not isinstance(cells, dict):
        return cells.cells
    return tuple("" if cells.get(name) is None else str(cells[name])[:200] for name in columns)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key(digest: str, options: ImportOptions) -> str:
    """The same content read in the same way is the same import."""
    said = asdict(options)
    if not options.encoding:
        # Nobody could name one once, and what was read then is still known.
        del said["encoding"]
    return hashlib.sha256(f"{digest}\n{json.dumps(said, sort_keys=True)}".encode()).hexdigest()
