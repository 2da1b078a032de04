"""The commands of the whole: migrate the database, serve the portal, run the worker."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from portal import serving
from portal.accounts.models import Role, User
from portal.accounts.services import add_user, make_link
from portal.foundation import config
from portal.foundation.database import database, transaction
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _

if TYPE_CHECKING:
    from alembic.config import Config

HEAD_FILE = config.ROOT / "migrations" / ".current-head"

database_commands = AppGroup("database", help="The tables: bring them up to date, or check them.")


def alembic_config() -> "Config":
    """Alembic as the portal uses it: no ini file, the connection is handed over."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(config.ROOT / "migrations"))
    settings.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return settings


def _alembic() -> ModuleType:
    """Alembic's commands; loaded here since half a second of every start is too much for what starts rarely need."""
    from alembic import command

    return command


def bring_up_to_date(revision: str = "head") -> None:
    """Run the migrations that this database has not seen.

    Raises:
        ClickException: the database cannot be reached.
    """
    try:
        if revision == "head" and _is_up_to_date():
            return
    except DatabaseError as problem:
        raise click.ClickException(_out_of_reach(problem)) from problem
    with _migrating() as settings:
        _alembic().upgrade(settings, revision)


@contextmanager
def _migrating(*, keeps: bool = True) -> Iterator["Config"]:
    """Alembic on a connection of its own; what it refuses ends the command in its words.

    Args:
        keeps: what it does to the tables holds; otherwise it only looks.
    """
    from alembic.util import CommandError

    with database.engine.connect() as connection:
        settings = alembic_config()
        settings.attributes["connection"] = connection
        try:
            yield settings
        except CommandError as problem:
            raise click.ClickException(str(problem)) from problem
        if keeps:
            connection.commit()


def what_is_wrong(problem: DBAPIError) -> str | None:
    """What the database refused, where it can be mended from outside; None for a fault of ours."""
    try:
        if _is_up_to_date():
            return None
    except OperationalError as unreached:
        return _out_of_reach(unreached)
    where = database.engine.url.render_as_string(hide_password=True)
    return f"The tables of {where} are missing or older than the portal. Mend it by: bin/portal database upgrade"


def _out_of_reach(problem: DBAPIError) -> str:
    where = database.engine.url.render_as_string(hide_password=True)
    return f"The database {where} (DATABASE_URL) cannot be reached: {' '.join(str(problem.orig).split())[:300]}"


def _is_up_to_date() -> bool:
    """Whether the tables stand where the head file says; asking takes no Alembic, which is slow to load."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        stands_at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return stands_at == HEAD_FILE.read_text().split("_")[0]


@database_commands.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the tables up to date."""
    bring_up_to_date(revision)


@database_commands.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the tables back to an earlier revision, such as 0001 or base."""
    with _migrating() as settings:
        _alembic().downgrade(settings, revision)


@database_commands.command()
@click.argument("message")
def revise(message: str) -> None:
    """Write a new numbered migration from the difference between models and tables."""
    number = f"{int(Path(HEAD_FILE).read_text().split('_')[0] if HEAD_FILE.exists() else 0) + 1:04d}"
    with _migrating(keeps=False) as settings:
        _alembic().revision(settings, message=message, autogenerate=True, rev_id=number)
    newest = max((config.ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    HEAD_FILE.write_text(newest.stem + "\n")


@database_commands.command()
def check() -> None:
    """Fail when the models say something that the tables do not."""
    with _migrating(keeps=False) as settings:
        _alembic().check(settings)


def start_portal(guests: Sequence[tuple[str, User]] = ()) -> NoReturn:
    """Serve until told to stop, after printing a one-time link for the admin and for each guest (label, user)."""
    with transaction():
        try:
            admin = add_user(email=config.current().ADMIN_EMAIL, name="Admin", role=Role.ADMIN, by=None)
        except Refusal as refusal:
            raise click.ClickException(f"ADMIN_EMAIL: {refusal}") from refusal
        people = [(_("Sign in once"), admin), *guests]
        links = [(label, config.address(f"/sign-in/{make_link(user)}")) for label, user in people]
    sys.exit(serving.serve(current_app._get_current_object(), links))  # type: ignore[attr-defined]


@click.command()
def serve() -> None:
    """Bring the tables up to date and serve the portal with its worker; `bin/run` calls this."""
    with serving.claimed_port():
        bring_up_to_date()
        start_portal()


@click.command()
def worker() -> None:
    """Run the worker beside the portal, until it is told to stop."""
    current_app.extensions["worker"].work()
