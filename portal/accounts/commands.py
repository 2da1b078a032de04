"""Staff from the command line."""

import click
from flask.cli import AppGroup

from portal.accounts.models import Role
from portal.accounts.queries import user_by_email
from portal.accounts.services import add_user, change_role, make_link
from portal.foundation import config
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
                change_role(user, Role(role), by=None)
    except Refusal as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{user.email} is {user.role.value}.")


@commands.command("sign-in-link")
@click.argument("email", default="")
def sign_in_link(email: str) -> None:
    """Print a one-time link for someone who is known here; the admin's, where no address is given."""
    address = email or config.current().ADMIN_EMAIL
    with transaction():
        user = user_by_email(address)
        if user is None:
            raise click.ClickException(
                f"Nobody here has the address {address}. Make them known first: bin/portal accounts add {address}"
            )
        secret = make_link(user)
    click.echo(config.address(f"/sign-in/{secret}"))
