"""The one family of errors that speak to people, and how a command ends with one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal.foundation.text import gettext as _


class Refusal(Exception):
    """A rule said no; the message is a sentence for the person who asked.

    Attributes:
        about: the one argument of the service that it is about; empty where it is about several, or about none.
    """

    def __init__(self, words: str = "", *, about: str = "") -> None:
        super().__init__(words)
        self.about = about


@contextmanager
def ended_in_words(*, goes_on: bool = False) -> Iterator[None]:
    """Around what a command does: whatever a person can mend is said in a sentence, and ends it.

    It ends with 2 where what was asked for cannot be done, with 1 where the database cannot be used, with 130 (as
    shells do) when it was stopped by hand.

    Args:
        goes_on: stopped by hand, the same command goes on where it was.
    """
    try:
        yield
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
    except (OperationalError, ProgrammingError) as problem:
        click.echo(_("The database cannot be used: %(why)s.", why=problem.orig), err=True)
        click.echo(_("If it is new, make its tables with: bin/portal database upgrade"), err=True)
        sys.exit(1)
    except OSError as problem:
        click.echo(_("The file cannot be used: %(why)s.", why=problem.strerror or problem), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        if goes_on:
            click.echo(_("Stopped. Start the same command again, and it goes on from here."), err=True)
        sys.exit(130)
