"""The ledger from the command line: bring over an earlier record, verify that nobody changed this one."""

import json
import sys
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal.accounts.models import Role
from portal.accounts.queries import staff
from portal.accounts.services import add_user
from portal.foundation import config
from portal.foundation.database import begin_work, end_work, transaction
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.ledger.chain import verify
from portal.ledger.services import Brought, bring_over

commands = AppGroup("ledger", help="Suggestions and the answers to them.")


@commands.command("verify")
def verify_ledger() -> None:
    """Walk the chain of answers; name the first link that is not as it was written, and exit with 1."""
    # Reading alone: a long ledger must not keep SQLite's one writer waiting.
    begin_work(writing=False)
    try:
        verdict = verify()
    finally:
        end_work(commit=False)
    if verdict.broken:
        click.echo(verdict.broken, err=True)
        sys.exit(1)
    click.echo(str(verdict))


@commands.command("import")
@click.argument("path", metavar="IDEAS.jsonl", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", metavar="NAME", help="The name of the record; without it, the file's name.")
@click.option(
    "--rejected", type=click.Path(dir_okay=False, path_type=Path), help="Where lines go that cannot be brought over."
)
def import_ideas(path: Path, source: str, rejected: Path | None) -> None:
    """Bring over an earlier record: one suggestion a line, with its replies and its decision, with their dates.

    Bad lines go to IDEAS.rejected.jsonl with their number and the reason. The same record again adds nothing; a
    stopped import goes on where it was when it is started again. The keys are in docs/import-suggestions.md.
    """
    name = " ".join((source or path.stem).split())[:90]
    try:
        _make_sure_of_an_owner()
        with path.open("rb") as lines:
            brought = bring_over(lines, source=name)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    except (OperationalError, ProgrammingError) as problem:
        click.echo(_("The database cannot be used: %(why)s.", why=problem.orig), err=True)
        click.echo(_("If it is new, make its tables with: bin/portal database upgrade"), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo(_("Stopped. Start the same command again, and it goes on from here."), err=True)
        sys.exit(130)
    click.echo(_summary(path, brought))
    target = rejected or path.with_suffix(".rejected.jsonl")
    if brought.rejected:
        _set_aside(path, target, dict(brought.rejected))
    elif target.exists():
        target.unlink()


def _make_sure_of_an_owner() -> None:
    """A portal that nobody signed in to yet belongs to its first admin."""
    with transaction():
        if not staff():
            add_user(email=config.current().ADMIN_EMAIL, name="Admin", role=Role.ADMIN, by=None)


def _summary(path: Path, brought: Brought) -> str:
    return _(
        "%(file)s: %(ideas)s suggestions brought over with %(answers)s answers, %(comments)s comments and "
        "%(voices)s voices; %(known)s were here already, %(rejected)s lines set aside.",
        file=path.name,
        ideas=f"{brought.ideas:,}",
        answers=f"{brought.answers:,}",
        comments=f"{brought.comments:,}",
        voices=f"{brought.voices:,}",
        known=f"{brought.known:,}",
        rejected=f"{len(brought.rejected):,}",
    )


def _set_aside(path: Path, target: Path, reasons: dict[int, str]) -> None:
    """Write each bad line as it was, with its number and the reason."""
    try:
        with path.open("rb") as lines, target.open("w", encoding="utf-8") as out:
            for number, line in enumerate(lines, 1):
                if number in reasons:
                    words = line.decode("utf-8", "replace").rstrip("\r\n")
                    row = {"line": number, "reason": reasons[number], "content": words}
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as problem:
        click.echo(_("%(path)s cannot be written: %(why)s.", path=target, why=problem.strerror), err=True)
        for number, reason in reasons.items():
            click.echo(f"{number}: {reason}", err=True)
        return
    click.echo(_("The lines set aside lie in %(path)s.", path=target))
