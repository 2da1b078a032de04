"""The ledger from the command line: verify that nobody changed it."""

import sys

import click
from flask.cli import AppGroup

from portal.foundation.database import begin_work, end_work
from portal.ledger.chain import verify

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
