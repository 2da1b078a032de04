"""Staff from the command line."""

import click
from flask.cli import AppGroup

from portal.accounts.models import Role
from portal.accounts.services import add_user, change_role, make_link
from portal.foundation.config import address
from portal.foundation.database import transaction
from portal.foundation.errors import Refusal

commands = AppGroup("accounts", help="People who sign in.")


@commands.command("add")
@click.argument("email")
@click.option("--name", default="", help="As others see it.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.MANAGER.value)
def add(email: str, name: str, role: str) -> None:
    """Make someone a user with a role; a known address gets the role."""
    try:
        with transaction():
            user = add_user(email=email, name=name, role=Role(role), by=None)
            if user.role is not Role(role):
                change_role(user, Role(role), by=user)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{user.email} is {user.role.value}.")


@commands.command("sign-in-link")
@click.argument("email", default="admin@example.com")
@click.option("--name", default="Admin", help="The name, if the address is new.")
def sign_in_link(email: str, name: str) -> None:
    """Print a one-time link for a user, made an admin if the address is new."""
    try:
        with transaction():
            user = add_user(email=email, name=name, role=Role.ADMIN, by=None)
            secret = make_link(user)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(address(f"/sign-in/{secret}"))
