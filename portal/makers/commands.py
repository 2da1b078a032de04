"""Makers from the command line."""

import time

import click
from flask.cli import AppGroup

from portal.foundation.jobs import until_done
from portal.makers.services import PEOPLE_AT_ONCE, place_mentions, score_people

commands = AppGroup("makers", help="The people behind the mentions.")


@commands.command("score")
def score() -> None:
    """Place and score everyone who is due, now."""
    started = time.perf_counter()
    placed = until_done(place_mentions, PEOPLE_AT_ONCE)
    scored = until_done(score_people, PEOPLE_AT_ONCE)
    took = time.perf_counter() - started
    click.echo(f"{placed} new people placed, {scored} people scored, in {took:.1f} s.")
