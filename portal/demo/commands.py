"""Filling a portal with the demonstration, and serving it."""

import multiprocessing
from pathlib import Path

import click
from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.queries import user_by_email
from portal.commands import bring_up_to_date, start_portal
from portal.demo.cast import MAKERS, STAFF, member_address
from portal.foundation import config
from portal.foundation.audit import AuditEntry, record
from portal.foundation.database import database, session, transaction
from portal.foundation.text import gettext as _
from portal.serving import claimed_port

# The last line of the record when all of the invented year is there.
FILLED = "demo.filled"


@click.command("demo")
@click.option("--only-fill", is_flag=True, help="Fill the portal and stop there.")
def demo(only_fill: bool) -> None:
    """Serve an invented company with a year of history; `bin/run --demo` calls this."""
    if not config.current().DEMO:
        raise click.ClickException("Only a portal that is marked as a demonstration is filled: set DEMO=true.")
    if only_fill:
        _fill_once()
        return
    with claimed_port():
        _fill_apart()
        with transaction():
            guests = [
                (_("As Sam, who invites"), _user(STAFF[0][1])),
                (_("As Maya, a member"), _user(member_address(MAKERS[0]))),
            ]
        start_portal(guests)


def _fill_apart() -> None:
    """Fill it in a process of its own: the threads of the file store live in no child of the one that used it.

    The portal is served by children of this process, which would wait for each picture for ever.
    """
    database.engine.dispose()
    child = multiprocessing.get_context("fork").Process(target=_fill_and_end)
    child.start()
    child.join()
    if child.exitcode:
        raise SystemExit(child.exitcode)


def _fill_and_end() -> None:
    try:
        _fill_once()
    except click.ClickException as problem:
        problem.show()
        raise SystemExit(problem.exit_code) from problem


def _fill_once() -> None:
    bring_up_to_date()
    with transaction():
        if session().scalar(select(AuditEntry.id).where(AuditEntry.verb == FILLED).limit(1)) is not None:
            return
        begun = user_by_email(STAFF[0][1]) is not None
        is_empty = session().scalar(select(User.id).limit(1)) is None
    if begun and not config.current().DATABASE_URL:
        click.echo("An earlier fill did not come to its end; it begins anew.")
        _forget_file()
        bring_up_to_date()
    elif not is_empty:
        where = database.engine.url.render_as_string(hide_password=True)
        raise click.ClickException(f"There are people in {where} already; a demonstration begins in an empty database.")
    # A year of inventions, which no other start has to load.
    from portal.demo.record import fill

    fill(click.echo)
    with transaction():
        record(FILLED, _user(STAFF[0][1]), by=None)


def _forget_file() -> None:
    """The file of a demonstration that is not whole; it holds nothing but invented people."""
    database.engine.dispose()
    path = Path(database.engine.url.database or "")
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _user(email: str) -> User:
    user = user_by_email(email)
    if user is None:
        raise click.ClickException(f"{email} is not in this demonstration.")
    return user
