"""Reading an import to its end: each step of a thousand rows is stored together with how far it came."""

import csv
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

import structlog

from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session, transaction
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.drafts import MentionDraft
from portal.listening.files.reader import RowFile
from portal.listening.files.rejects import RejectedRows
from portal.listening.files.row import Row, Unreadable
from portal.listening.files.rows import RowReader
from portal.listening.models import ImportStatus, MentionImport
from portal.listening.queries import names_in_use, next_waiting_import
from portal.listening.queries.judged import model_with_weights, models_on
from portal.listening.services.aside import ReadingAside
from portal.listening.services.imports import ImportOptions, reader_of, rejected_file, uploads_folder
from portal.listening.services.take_in import MAX_BATCH, take_in
from portal.listening.services.trackers import find_or_add_tracker
from portal.listening.signals.child import ReadRow

LEASE = timedelta(minutes=2)
# From so many bytes that are still to be read on.
WORTH_A_PROCESS = 100_0000

Tell = Callable[[MentionImport], None]


class TakenOver(Refusal):
    """Another process goes on with the same import."""


def run_import(import_id: int, *, tell: Tell | None = None) -> MentionImport:
    """Read a file from where it was left to its end, a transaction for each thousand rows.

    Whoever calls this takes the import over; a process that was reading it before can store nothing more.

    Args:
        import_id: the import to read.
        tell: is given the row after each step.

    Raises:
        TakenOver: another process took it over from us.
        Refusal: the file cannot be read further; the row says so too.
    """
    row = _take_over(import_id)
    if row.status is ImportStatus.DONE:
        return row
    try:
        return _read(row, tell or (lambda _row: None))
    except TakenOver:
        raise
    except (Refusal, OSError) as problem:
        sentence = str(problem) if isinstance(problem, Refusal) else _("The file is no longer there.")
        sentence = sentence.replace(Path(row.path).name, row.file_name)
        with transaction():
            row = _row(import_id)
            row.status, row.error, row.lease_until = ImportStatus.FAILED, sentence[:1000], None
            record("import.failed", row, by=None, after={"why": sentence[:300]})
        raise Refusal(sentence) from problem


def run_next_import() -> bool:
    """Read the uploaded file that has waited longest; False when none waits."""
    with transaction():
        waiting = next_waiting_import()
    if waiting is None:
        return False
    try:
        run_import(waiting.id)
    except Refusal as refusal:
        structlog.get_logger().warning("import_stopped", number=waiting.id, why=str(refusal))
    return True


def _take_over(import_id: int) -> MentionImport:
    with transaction():
        row = _row(import_id)
        if row.status is not ImportStatus.DONE:
            row.status, row.lease_until = ImportStatus.RUNNING, now() + LEASE
            options = ImportOptions.of(row.options)
            if options.tracker:
                find_or_add_tracker(options.tracker, by=None)
        return row


def _read(row: MentionImport, tell: Tell) -> MentionImport:
    options = ImportOptions.of(row.options)
    with RowFile(Path(row.path), options.encoding) as file, ExitStack() as stack:
        reader, rows = reader_of(file, options)
        rejected = rejected_file(row)
        _trim(rejected, row.rejected)
        rejects = stack.enter_context(RejectedRows(rejected, file.columns, go_on=True))
        aside = None
        if _is_worth_a_process(row):
            with transaction():
                models, names = [model_with_weights(each.id) for each in models_on()], names_in_use()
            aside = stack.enter_context(ReadingAside(models, names))
        steps = _steps(row, file, islice(rows, row.rows_read, None), reader, rejects)
        ahead = _Ahead(steps)
        for step, readings in _with_readings(ahead, aside):
            row = _store(row, step, readings, meanwhile=ahead.parse)
            tell(row)
    with transaction():
        row = _ours(row)
        row.status, row.finished_at, row.lease_until = ImportStatus.DONE, now(), None
        row.bytes_read = row.size_bytes
        record("import.done", row, by=None, after={"added": row.added, "rejected": row.rejected})
    if Path(row.path).parent == uploads_folder():
        Path(row.path).unlink(missing_ok=True)
    return row


@dataclass(frozen=True, slots=True)
class _Step:
    """A thousand rows: the good ones, how many there were, and how far into the file they go."""

    drafts: list[MentionDraft]
    count: int
    bytes_read: int


def _is_worth_a_process(row: MentionImport) -> bool:
    # A second process costs most of a second to start, and on one core it would only get in the way.
    return row.size_bytes - row.bytes_read >= WORTH_A_PROCESS and (os.cpu_count() or 1) > 1


def _steps(
    row: MentionImport, file: RowFile, rows: Iterator[Row], reader: RowReader, rejects: RejectedRows
) -> Iterator[_Step]:
    while batch := list(islice(rows, MAX_BATCH)):
        drafts = list(_good_rows(batch, reader, rejects))
        yield _Step(drafts, len(batch), round(row.size_bytes * file.share_read))


class _Ahead:
    """The steps of a file, each parsed when there is time for it; what ends the walk early is kept until its turn."""

    def __init__(self, steps: Iterator[_Step]) -> None:
        self._steps = steps
        self._parsed: list[_Step | None] = []
        self._problem: Exception | None = None

    def parse(self) -> None:
        """Have the next step ready."""
        if self._parsed:
            return
        try:
            self._parsed.append(next(self._steps, None))
        except (Refusal, OSError) as problem:
            self._parsed.append(None)
            self._problem = problem

    def take(self) -> _Step | None:
        """The next step; None after the last one."""
        self.parse()
        return self._parsed.pop()

    def end(self) -> None:
        """Say what ended the walk, if it was not the end of the file, once all before it is stored."""
        if self._problem is not None:
            raise self._problem


def _with_readings(ahead: _Ahead, aside: ReadingAside | None) -> Iterator[tuple[_Step, list[ReadRow] | None]]:
    """Each step with its readings; while one is stored, the next is with the other process, and one more is parsed."""
    if aside is None:
        while (step := ahead.take()) is not None:
            yield step, None
    else:
        following = ahead.take()
        if following is not None:
            aside.hand_over(following.drafts)
        while following is not None:
            ahead.parse()
            step, readings, following = following, aside.collect(), ahead.take()
            if following is not None:
                aside.hand_over(following.drafts)
            yield step, readings
    ahead.end()


def _store(
    row: MentionImport, step: _Step, readings: list[ReadRow] | None, *, meanwhile: Callable[[], None]
) -> MentionImport:
    """One step: the mentions and the place to go on from."""
    with transaction():
        row = _ours(row)
        taken = take_in(step.drafts, mention_import=row, readings=readings, meanwhile=meanwhile)
        row.rows_read += step.count
        row.bytes_read = step.bytes_read
        row.added += taken.added
        row.repeated += taken.repeated
        row.left_out += taken.left_out
        row.matched += taken.matched
        row.rejected += step.count - len(step.drafts)
        row.lease_until = now() + LEASE
    return row


def _good_rows(batch: list[Row], reader: RowReader, rejects: RejectedRows) -> Iterator[MentionDraft]:
    for line, cells in batch:
        made = reader.read(line, cells)
        if isinstance(made, MentionDraft):
            yield made
        else:
            rejects.add(made.line, made.reason, cells.cells if isinstance(cells, Unreadable) else cells)


def _row(import_id: int) -> MentionImport:
    return session().get_one(MentionImport, import_id, with_for_update=True)


def _ours(row: MentionImport) -> MentionImport:
    """The row as it stands, if nobody has read on in our place.

    Raises:
        TakenOver: someone has.
    """
    current = _row(row.id)
    if current.rows_read != row.rows_read or current.status is not ImportStatus.RUNNING:
        raise TakenOver(_("Another process reads this file now; this one has stopped."))
    return current


def _trim(path: Path, count: int) -> None:
    """Leave the first rejected rows; the rest belongs to a step that was never stored."""
    if not path.exists():
        return
    if not count:
        path.unlink()
        return
    shorter = path.with_name(f"{path.name}.part")
    private = os.open(shorter, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        path.open(encoding="utf-8", newline="") as written,
        os.fdopen(private, "w", encoding="utf-8", newline="") as kept,
    ):
        csv.writer(kept).writerows(islice(csv.reader(written), count + 1))
    shorter.replace(path)
