"""Reading files of mentions from the command line."""

import sys
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from portal.foundation.database import transaction
from portal.foundation.errors import ended_in_words
from portal.foundation.text import gettext as _
from portal.listening.commands.group import commands
from portal.listening.files.encodings import ENCODINGS
from portal.listening.files.formats import FORMATS
from portal.listening.matching import QueryError
from portal.listening.models import ImportStatus, MentionImport
from portal.listening.services import ImportOptions, prepare_import, rejected_file, run_import

_SECONDS_BETWEEN_LINES = 5.0


@commands.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--tracker", default="", metavar="QUERY", help="Also look for this; it stays as a tracker.")
@click.option("--map", "maps", multiple=True, metavar="OURS=THEIRS", help="Which column is which of ours.")
@click.option("--set", "sets", multiple=True, metavar="OURS=VALUE", help="One value for all rows.")
@click.option("--format", "format_name", default="auto", type=click.Choice(["auto", *FORMATS]), help="Whose export.")
@click.option("--zone", default="", help="Where times without a zone were written, such as Europe/Berlin.")
@click.option(
    "--dates", default="", type=click.Choice(["", "day-first", "month-first"]), help="How 04/05/2021 is meant."
)
@click.option(
    "--encoding", default="", type=click.Choice(["", *ENCODINGS]), help="How letters are written, if it cannot be told."
)
def import_files(
    files: tuple[Path, ...],
    tracker: str,
    maps: tuple[str, ...],
    sets: tuple[str, ...],
    format_name: str,
    zone: str,
    dates: str,
    encoding: str,
) -> None:
    """Read mentions from files: CSV, TSV, JSON Lines or a JSON list, plain or gzip.

    Good rows go in, bad rows to FILE.rejected.csv with the reason. The same file again adds nothing; a
    stopped import goes on where it was when it is started again.
    """
    options = ImportOptions(
        format=format_name, maps=maps, sets=sets, zone=zone, dates=dates, tracker=tracker, encoding=encoding
    )
    for path in files:
        with ended_in_words(goes_on=True):
            try:
                _import_one(path.absolute(), options)
            except QueryError as problem:
                click.echo(f"{tracker}\n{' ' * problem.position}^\n{problem}", err=True)
                sys.exit(2)


def _import_one(path: Path, options: ImportOptions) -> None:
    with transaction():
        row = prepare_import(path, options)
    if row.status is ImportStatus.DONE:
        click.echo(_("%(file)s was read in this way before; nothing was added.", file=path.name))
        return
    if row.rows_read:
        click.echo(_("%(file)s goes on after row %(row)s.", file=path.name, row=row.rows_read))
    started, before = time.monotonic(), row.rows_read
    row = _read_with_progress(row)
    seconds = max(time.monotonic() - started, 0.001)
    click.echo(_summary(row, (row.rows_read - before) / seconds))


def _read_with_progress(row: MentionImport) -> MentionImport:
    console = Console(stderr=True)
    if not console.is_terminal:
        return run_import(row.id, tell=_Lines().tell)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rows]}"))
    with Progress(*columns, TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task(row.file_name, total=row.size_bytes or 1, completed=row.bytes_read, rows="")
        return run_import(
            row.id,
            tell=lambda now: bar.update(
                task, completed=now.bytes_read, rows=_("%(count)s rows", count=f"{now.rows_read:,}")
            ),
        )


class _Lines:
    """Progress for a log: a line every few seconds."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def tell(self, row: MentionImport) -> None:
        """Say how far it is, if there was silence for a while."""
        if time.monotonic() - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = time.monotonic()
            share = row.bytes_read / (row.size_bytes or 1)
            click.echo(_("%(share)s, %(rows)s rows", share=f"{share:.0%}", rows=f"{row.rows_read:,}"), err=True)


def _summary(row: MentionImport, speed: float) -> str:
    words = _(
        "%(file)s: %(rows)s rows at %(speed)s a second. %(added)s added, %(repeated)s repeated, "
        "%(left_out)s left out, %(matched)s wanted by a tracker, %(rejected)s rejected.",
        file=row.file_name,
        rows=f"{row.rows_read:,}",
        speed=f"{speed:,.0f}",
        added=f"{row.added:,}",
        repeated=f"{row.repeated:,}",
        left_out=f"{row.left_out:,}",
        matched=f"{row.matched:,}",
        rejected=f"{row.rejected:,}",
    )
    if not row.rows_read:
        return _("%(file)s has the names of columns and no rows below them; nothing was added.", file=row.file_name)
    if not row.rejected:
        return words
    return words + "\n" + _("The rejected rows lie in %(path)s.", path=rejected_file(row))
