"""The ledger from the command line: bring over an earlier record, verify this one, measure how like finds like."""

import csv
import gzip
import io
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import IO, Any, cast

import click
from flask.cli import AppGroup

from portal.accounts.models import Role
from portal.accounts.queries import staff
from portal.accounts.services import add_user
from portal.foundation import config
from portal.foundation.database import begin_work, end_work, transaction
from portal.foundation.errors import ended_in_words
from portal.foundation.search import stems
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.ledger.chain import export, heads, verify, wrong_files
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.services import Brought, Rehearsed, bring_over, rehearse
from portal.ledger.similar import Likeness, Words, rank, worth_in

# So many lines that would be set aside are named one by one; the rest is counted by its reasons.
_TOLD = 20

commands = AppGroup("ledger", help="Suggestions and the answers to them.")


@commands.command("verify")
@click.option("--head", "known_heads", multiple=True, metavar="HASH", help="A head of earlier; must be there.")
@click.option("--files", is_flag=True, help="Look at each file of an entry too.")
def verify_ledger(known_heads: tuple[str, ...], files: bool) -> None:
    """Walk the chain of answers; name the first link that is not as it was written, and exit with 1."""
    if odd := next((head for head in known_heads if not re.fullmatch("[0-9a-f]{64}", head)), None):
        raise click.BadParameter(_("%(head)s is no head: one has 64 marks, each of 0-9 and a-f.", head=odd))
    # Reading alone: a long ledger must not keep SQLite's one writer waiting.
    begin_work(writing=False)
    try:
        verdict = verify(known_heads=known_heads)
        wrong = [verdict.broken] if verdict.broken else list(wrong_files()) if files else []
    finally:
        end_work(commit=False)
    if wrong:
        click.echo("\n".join(wrong), err=True)
        sys.exit(1)
    click.echo(str(verdict))


@commands.command("export")
@click.argument("path", metavar="LEDGER.jsonl", type=click.Path(dir_okay=False, path_type=Path))
def export_ledger(path: Path) -> None:
    """Write every link of the chain, one a line; docs/verify_ledger.py checks the file on any machine."""
    begin_work(writing=False)
    count = 0
    try:
        with path.open("w", encoding="utf-8") as out:
            for link in export():
                count += 1
                out.write(json.dumps(link, ensure_ascii=False) + "\n")
        newest = heads()
    finally:
        end_work(commit=False)
    click.echo(_("%(count)s links lie in %(path)s.", count=f"{count:,}", path=path))
    for name, hash_ in newest.items():
        click.echo(f"{name}: {hash_}")


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
        with ended_in_words(), _opened(path) as lines:
            rehearsed = rehearse(_told(lines), source=name)
        _tell_rehearsed(path, rehearsed)
        return
    with ended_in_words(goes_on=True):
        _make_sure_of_an_owner()
        with _opened(path) as lines:
            brought = bring_over(_told(lines), source=name)
    words = "%(file)s: %(ideas)s brought over with %(answers)s, %(comments)s and %(voices)s; %(known)s, %(rejected)s."
    click.echo(_(words, file=path.name, **_counted(brought)))
    _tell_passed_over(brought)
    if brought.rejected:
        _set_aside(path, target, dict(brought.rejected))
    elif target == usual:
        # What an earlier run set aside is in order now; a file that somebody named may be about anything.
        target.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """A file as it is, or what was packed into it; by its first bytes, whatever it is called.

    Raises:
        ClickException: what was packed is cut off, or broken.
    """
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        try:
            yield cast(IO[bytes], gzip.GzipFile(fileobj=file)) if packed else file
        except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
            raise click.ClickException(_("%(file)s is packed, and broken off.", file=path.name)) from problem


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
        with _opened(path) as lines, target.open("w", encoding="utf-8") as out:
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


@commands.command("evaluate-similar")
@click.argument("ideas", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("links", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the first ten of each here.")
def evaluate_similar(ideas: Path, links: Path, out: Path | None) -> None:
    """Say how often a suggestion finds the one it is linked to among its first 1, 5 and 10.

    IDEAS holds one suggestion a line as JSON (id, title, text). LINKS is a CSV file with or without a heading, of
    which two columns name two suggestions that belong together: the first two, or where these name none, the two
    that name most. Each different pair is looked for from its first to its second.
    """
    corpus = _read_ideas(ideas)
    by_id = {words.id: words for words in corpus}
    pairs = _read_links(links, by_id)
    if not pairs:
        raise click.ClickException("No link names two suggestions of the file.")
    worth = worth_in(corpus)
    ranked = {asked: rank(by_id[asked], corpus, worth) for asked in dict.fromkeys(first for first, _ in pairs)}
    places = [[one.id for one in ranked[first]].index(second) + 1 for first, second in pairs]
    click.echo(f"{len(corpus)} suggestions, {len(pairs)} links")
    for depth in (1, 5, 10):
        click.echo(f"recall@{depth} {sum(place <= depth for place in places) / len(places):.3f}")
    if out is not None:
        _write_ranked(out, ranked)


def _read_ideas(path: Path) -> list[Words]:
    found: dict[str, Words] = {}
    with _opened(path) as file:
        lines = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row: dict[str, Any] = json.loads(line)
                name = str(row["id"])
            except (ValueError, KeyError, TypeError) as problem:
                raise click.ClickException(f"Line {number} is no suggestion: {problem}") from problem
            title, text = (str(row.get(key) or "") for key in ("title", "text"))
            found[name] = Words(name, tuple(stems(title)), tuple(stems(text)))
    return list(found.values())


def _read_links(path: Path, known: Container[object]) -> list[tuple[str, str]]:
    """Each different pair of suggestions that are known."""
    with _opened(path) as file:
        text = file.read().decode("utf-8-sig", "replace")
    # Between the columns stands what the first line has most of.
    mark = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    except csv.Error as problem:
        raise click.ClickException(f"The links cannot be read: {problem}") from problem
    width = min(max(map(len, rows), default=0), 20)
    found = [
        [(row[one], row[other]) for row in rows if len(row) > other and row[one] in known and row[other] in known]
        for one, other in combinations(range(width), 2)
    ]
    pairs = found[0] if found and found[0] else max(found, key=len, default=[])
    return [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]


def _write_ranked(path: Path, ranked: dict[str, list[Likeness]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["id", "rank", "similar_id", "score", "shared"])
        for asked, found in ranked.items():
            writer.writerows(
                [asked, place, one.id, one.score, " ".join(one.shared)] for place, one in enumerate(found[:10], 1)
            )
