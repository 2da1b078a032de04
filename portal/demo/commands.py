"""Filling a portal with the demonstration, and serving it."""

import click

from portal.accounts.models import User
from portal.accounts.queries import user_by_email
from portal.commands import bring_up_to_date, start_portal
from portal.demo.cast import MAKERS, STAFF
from portal.demo.record import fill, member_address
from portal.foundation import config
from portal.foundation.database import transaction
from portal.foundation.text import gettext as _

MARK = "demo-is-filled"


@click.command("demo")
@click.option("--only-fill", is_flag=True, help="Fill the portal and stop there.")
def demo(only_fill: bool) -> None:
    """Serve an invented company with a year of history; `bin/run --demo` calls this."""
    if not config.current().DEMO:
        raise click.ClickException("Only a portal that is marked as a demonstration is filled: set DEMO=true.")
    bring_up_to_date()
    _fill_once()
    if only_fill:
        return
    with transaction():
        guests = [
            (_("As Sam, who invites"), _user(STAFF[0][1])),
            (_("As Maya, a member"), _user(member_address(MAKERS[0]))),
        ]
    start_portal(guests)


def _fill_once() -> None:
    folder = config.current().DATA_FOLDER
    if (folder / MARK).exists():
        return
    with transaction():
        if user_by_email(STAFF[0][1]) is not None:
            raise click.ClickException(f"An earlier fill did not come to its end. Remove {folder} and start again.")
    fill(click.echo)
    (folder / MARK).write_text("The demonstration is filled.\n")


def _user(email: str) -> User:
    user = user_by_email(email)
    if user is None:
        raise click.ClickException(f"{email} is not in this demonstration.")
    return user
