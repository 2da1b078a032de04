"""Bring over an earlier record, or say what would become of it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from portal.accounts.models import Role
from portal.accounts.queries import staff
from portal.accounts.services import add_user
from portal.foundation import config
from portal.foundation.database import transaction
from portal.foundation.errors import ended_in_words
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.ledger.commands.files import opened, opened_lines
from portal.ledger.commands.group import commands
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.services import Brought, Rehearsed, bring_over, rehearse

# So many lines that would be set aside are named one by one; the rest is counted by its reasons.
_TOLD = 20


@commands.command("import")
@click.argument("path", metavar="IDEAS.jsonl", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", metavar="NAME", help="The name of the record; without it, the file's name.")
@click.option(
    "--rejected", type=click.Path(dir_okay=False, path_type=Path), help="Where lines go that cannot be brought over."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would go in and what would be set aside.")
def import_ideas(path: Path, source: str, rejected: Path | None, dry_run: bool) -> None:
    """Bring over an earlier record: one suggestion a line, with its replies and its decision, with their dates.

    Bad lines go to IDEAS.rejected.jsonl with their number and the reason. The same record again adds nothing; a
    stopped import goes on where it was when it is started again. The keys are in docs/import-suggestions.md.
    """
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    name = " ".join((source or plain.stem).split())[:90]
    usual = plain.with_suffix(".rejected.jsonl")
    target = rejected or usual
    if target.resolve() == path.resolve():
        raise click.BadParameter(_("The bad lines cannot go into the file that they come from."))
    if dry_run:
        with ended_in_words(), opened_lines(path) as lines:
            rehearsed = rehearse(_told(lines), source=name)
        _tell_rehearsed(path, rehearsed)
        return
    with ended_in_words(goes_on=True):
        _make_sure_of_an_owner()
        with opened_lines(path) as lines:
            brought = bring_over(_told(lines), source=name)
    words = "%(file)s: %(ideas)s brought over with %(answers)s, %(comments)s and %(voices)s; %(known)s, %(rejected)s."
    click.echo(_(words, file=path.name, **_counted(brought)))
    _tell_passed_over(brought)
    if brought.rejected:
        _set_aside(path, target, dict(brought.rejected))
    elif target == usual:
        # What an earlier run set aside is in order now; a file that somebody named may be about anything.
        target.unlink(missing_ok=True)


def _told(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same lines; a long file says how far it has come."""
    for number, line in enumerate(lines, 1):
        yield line
        if number % 1000 == 0:
            click.echo(_("%(count)s lines read …", count=f"{number:,}"), err=True)


def _make_sure_of_an_owner() -> None:
    """A portal that nobody signed in to yet belongs to its first admin."""
    with transaction():
        if not staff():
            add_user(email=config.current().ADMIN_EMAIL, name="Admin", role=Role.ADMIN, by=None)


def _counted(brought: Brought) -> dict[str, str]:
    parts = (
        ngettext("%(num)s suggestion", "%(num)s suggestions", brought.ideas),
        ngettext("%(num)s answer", "%(num)s answers", brought.answers),
        ngettext("%(num)s comment", "%(num)s comments", brought.comments),
        ngettext("%(num)s voice", "%(num)s voices", brought.voices),
        ngettext("%(num)s was here already", "%(num)s were here already", brought.known),
        ngettext("%(num)s line set aside", "%(num)s lines set aside", len(brought.rejected)),
    )
    return dict(zip(("ideas", "answers", "comments", "voices", "known", "rejected"), parts, strict=True))


def _tell_passed_over(brought: Brought) -> None:
    if brought.passed_over:
        named = ", ".join(f"{name} ({count:,})" for name, count in brought.passed_over.most_common(20))
        click.echo(_("Passed over, since the guide to this import does not name it: %(fields)s.", fields=named))


def _tell_rehearsed(path: Path, rehearsed: Rehearsed) -> None:
    """What would go in, what would become of it, and each line that would not, with its reason."""
    brought = rehearsed.brought
    click.echo(_("A dry run: nothing was written, and this is what would be."))
    words = "%(file)s: %(ideas)s to bring over with %(answers)s, %(comments)s and %(voices)s; %(known)s, %(rejected)s."
    click.echo(_(words, file=path.name, **_counted(brought)))
    for (word, what), count in rehearsed.decisions.most_common():
        becomes = _becomes(what)
        click.echo("  " + _("%(word)s (%(count)s) becomes %(what)s", word=word, count=f"{count:,}", what=becomes))
    for number, said in (
        (rehearsed.undecided, _("still open: each gets an owner and a promise from the day of the import")),
        (rehearsed.unexplained, _("explained without words: the page says that they were not recorded")),
        (rehearsed.undated, _("decided on a day that was not recorded: left out of the working hours")),
        (rehearsed.disordered, _("older than one that goes in before: sort the file by date, the oldest first")),
    ):
        if number:
            click.echo(f"  {number:,} {said}")
    _tell_passed_over(brought)
    for number, reason in brought.rejected[:_TOLD]:
        click.echo("  " + _("line %(line)s would be set aside: %(reason)s", line=f"{number:,}", reason=reason))
    if len(brought.rejected) > _TOLD:
        more = Counter(reason for _number, reason in brought.rejected[_TOLD:])
        for reason, count in more.most_common(_TOLD):
            click.echo("  " + _("%(count)s more: %(reason)s", count=f"{count:,}", reason=reason))


def _becomes(what: ActionStage | ResponseKind) -> str:
    return {
        ActionStage.DONE: _("an action that is done"),
        ActionStage.UNDER_WAY: _("an action under way"),
        ActionStage.PLANNED: _("an action that is planned"),
        ResponseKind.EXPLANATION: _("an explanation"),
    }.get(what, _("a first word"))


def _set_aside(path: Path, target: Path, reasons: dict[int, str]) -> None:
    """Write each bad line as it was, with its number and the reason."""
    try:
        with opened(path) as lines, target.open("w", encoding="utf-8") as out:
            for number, line in enumerate(lines, 1):
                if number in reasons:
                    words = line.decode("utf-8", "replace").rstrip("\r\n")
                    row = {"line": number, "reason": reasons[number], "content": words}
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as problem:
        click.echo(_("%(path)s cannot be written: %(why)s.", path=target, why=problem.strerror), err=True)
        for number, reason in reasons.items():
            click.echo(f"{number}: {reason}", err=True)
        return
    click.echo(_("The lines set aside lie in %(path)s.", path=target))
