"""Verify the chains, and write them to a file."""

import json
import re
import sys
from pathlib import Path

import click

from portal.foundation.database import begin_work, end_work
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.ledger.chain import export, heads, verify, wrong_files
from portal.ledger.commands.files import written
from portal.ledger.commands.group import commands


@commands.command("verify")
@click.option("--head", "known_heads", multiple=True, metavar="HASH", help="A head of earlier; must be there.")
@click.option("--files", is_flag=True, help="Look at each file of an entry too.")
def verify_ledger(known_heads: tuple[str, ...], files: bool) -> None:
    """Walk the chain of answers; name the first link that is not as it was written, and exit with 1."""
    if odd := next((head for head in known_heads if not re.fullmatch("[0-9a-f]{64}", head)), None):
        raise click.BadParameter(_("%(head)s is no head: one has 64 marks, each of 0-9 and a-f.", head=odd))
    # Reading alone: a long ledger must not keep SQLite's one writer waiting.
    begin_work(writing=False)
    try:
        verdict = verify(known_heads=known_heads)
        wrong = [verdict.broken] if verdict.broken else list(wrong_files()) if files else []
    finally:
        end_work(commit=False)
    if wrong:
        click.echo("\n".join(wrong), err=True)
        click.echo(_("What to do now: docs/operations.md, “When the record is broken”."), err=True)
        sys.exit(1)
    click.echo(str(verdict))


@commands.command("export")
@click.argument("path", metavar="LEDGER.jsonl", type=click.Path(dir_okay=False, path_type=Path))
def export_ledger(path: Path) -> None:
    """Write every link of the chain, one a line; docs/verify_ledger.py checks the file on any machine."""
    begin_work(writing=False)
    count = 0
    try:
        with written(path) as out:
            for link in export():
                count += 1
                out.write(json.dumps(link, ensure_ascii=False) + "\n")
        newest = heads()
    finally:
        end_work(commit=False)
    one, more = "%(count)s link lies in %(path)s.", "%(count)s links lie in %(path)s."
    click.echo(ngettext(one, more, count, count=f"{count:,}", path=path))
    for name, hash_ in newest.items():
        click.echo(f"{name}: {hash_}")
