"""How well a channel's reading stands up to recorded answers."""

import sys
from pathlib import Path

import click

from portal.foundation.text import gettext as _
from portal.listening.commands.group import commands
from portal.listening.connectors import known_connectors
from portal.listening.services.conformance import Report, Verdict, conform


@commands.command("conform")
@click.argument("channel")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--misses", default=20, show_default=True, help="How many lines of each kind to show.")
def conform_channel(channel: str, paths: tuple[Path, ...], misses: int) -> None:
    """Run recorded answers through a channel's reading: JSON, JSON Lines, feeds, pages, or folders of them.

    Prints the share that went through, the share that equals what the file expects, and every miss with its
    reason. Ends with 1 when something broke instead of being refused.
    """
    try:
        report = conform(channel, paths)
    except KeyError:
        known = ", ".join(connector.key for connector in known_connectors())
        click.echo(_("There is no channel %(name)s; there are: %(known)s.", name=channel, known=known), err=True)
        sys.exit(2)
    for line in report_lines(report, misses):
        click.echo(line)
    sys.exit(1 if report.has_raised else 0)


def report_lines(report: Report, most: int) -> list[str]:
    """The report in words: counts first, then each kind of miss, at most so many of each."""
    count = report.items
    through = f"{count[Verdict.THROUGH]} items went through ({report.share_through:.1%}), {count[Verdict.LEFT_OUT]} "
    lines = [
        f"{report.recordings} recordings, {report.empty} with nothing for this channel, {report.seconds:.1f} s",
        through + f"left out on purpose, {count[Verdict.MISSED]} missed, {count[Verdict.RAISED]} raised",
    ]
    if report.compared:
        share = report.equal / report.compared
        lines.append(f"{report.compared} hold an expectation, {report.equal} equal it ({share:.1%})")
    for verdict in (Verdict.RAISED, Verdict.MISSED, Verdict.DIFFERENT):
        found = [miss for miss in report.misses if miss.verdict is verdict]
        lines += [f"{verdict.value}: {miss.place}: {miss.reason}" for miss in found[:most]]
        if len(found) > most:
            lines.append(f"{verdict.value}: {len(found) - most} more")
    lines += [f"{miss.verdict.value}: {miss.place}: {miss.reason}" for miss in report.nothing[:most]]
    if len(report.nothing) > most:
        lines.append(f"{Verdict.NOTHING.value}: {len(report.nothing) - most} more")
    return lines
