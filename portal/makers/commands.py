"""Makers from the command line."""

import csv
import time
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from rich.console import Console
from rich.table import Table

from portal.foundation.clock import now
from portal.foundation.errors import Refusal, ended_in_words
from portal.foundation.text import gettext as _
from portal.listening.files.encodings import ENCODINGS
from portal.listening.files.formats import FORMATS
from portal.listening.files.rejects import guard_cell
from portal.listening.services.imports import ImportOptions
from portal.makers.queries.rankings import ranking_names
from portal.makers.scoring.backtest import Result, Truth
from portal.makers.scoring.drawing import drawing
from portal.makers.scoring.measures import Estimate
from portal.makers.services import place_everyone, score_everyone_due
from portal.makers.services.backtesting import FileTest, Question, backtest_file

commands = AppGroup("makers", help="The people behind the mentions.")

_WIDTH = 118
_TRUTHS = [truth.value for truth in Truth]


@commands.command("score")
def score() -> None:
    """Place and score everyone who is due, now."""
    started = time.perf_counter()
    placed = place_everyone()
    scored = score_everyone_due()
    took = time.perf_counter() - started
    click.echo(f"{placed} new people placed, {scored} people scored, in {took:.1f} s.")


@commands.command("backtest", with_appcontext=False)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--until", required=True, metavar="DATE", help="Rank on what was known then, such as 2021-04-01 (UTC).")
@click.option("--horizon", required=True, type=click.IntRange(1, 3650), metavar="DAYS", help="How long to look on.")
@click.option(
    "--truth", default="positive", type=click.Choice([truth.value for truth in Truth]), help="What counts as right."
)
@click.option("--map", "maps", multiple=True, metavar="OURS=THEIRS", help="Which column is which of ours.")
@click.option("--set", "sets", multiple=True, metavar="OURS=VALUE", help="One value for all rows.")
@click.option("--format", "format_name", default="auto", type=click.Choice(["auto", *FORMATS]), help="Whose export.")
@click.option("--zone", default="", help="Where times without a zone were written, such as Europe/Berlin.")
@click.option(
    "--dates", default="", type=click.Choice(["", "day-first", "month-first"]), help="How 04/05/2021 is meant."
)
@click.option(
    "--encoding", default="", type=click.Choice(["", *ENCODINGS]), help="How letters are written, if it cannot be told."
)
@click.option("--lang", default="", metavar="LANGUAGE", help="Only mentions of this language, such as en.")
@click.option("--brand", multiple=True, metavar="HANDLE", help="An account of the brand's own; it is left out.")
@click.option("--scores", type=click.Path(path_type=Path, dir_okay=False), help="Write everyone's score to this CSV.")
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), help="Draw precision against k to this SVG.")
def backtest(
    files: tuple[Path, ...],
    until: str,
    horizon: int,
    truth: str,
    maps: tuple[str, ...],
    sets: tuple[str, ...],
    format_name: str,
    zone: str,
    dates: str,
    encoding: str,
    lang: str,
    brand: tuple[str, ...],
    scores: Path | None,
    plot: Path | None,
) -> None:
    """Try the score on the past: rank everyone known at a date, then look at what came.

    Reads any file that the import reads, and leaves the database alone. Several files are one set. The truth is
    a positive mention (VADER), a mention that others liked, or the author's own label (--map label=COLUMN).
    """
    labels = [words.partition("=")[2].strip() for words in maps if words.partition("=")[0].strip() == "label"]
    options = ImportOptions(
        format=format_name,
        maps=tuple(words for words in maps if words.partition("=")[0].strip() != "label"),
        sets=sets,
        zone=zone,
        dates=dates,
        encoding=encoding,
    )
    with ended_in_words():
        asked = Question(
            until=_moment(until),
            horizon=horizon,
            truth=Truth(truth),
            label=labels[-1] if labels else "",
            language=lang.strip().lower(),
            brand=brand,
        )
        found = backtest_file(files, options, asked)
        _tell(found, asked)
        if scores:
            _write_scores(scores, found)
        if plot:
            _write_plot(plot, found, asked)


def _moment(words: str) -> datetime:
    try:
        moment = datetime.fromisoformat(words.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refusal(_("“%(words)s” is not a date; write it like 2021-04-01.", words=words[:40])) from None
    if moment > now():
        raise Refusal(_("%(words)s lies ahead; take a day of which the days after it are known.", words=words[:40]))
    return moment


def _tell(found: FileTest, asked: Question) -> None:
    console = Console(width=_WIDTH, highlight=False, markup=False, emoji=False)
    known, came = len(found.scores), found.result.came_true if found.result else 0
    console.print(
        _(
            "Known on %(until)s: %(known)s. Truth: %(truth)s within %(days)s days.",
            until=asked.until.strftime("%Y-%m-%d"),
            known=f"{known:,}",
            truth=_truth_words(asked.truth),
            days=asked.horizon,
        )
    )
    if found.result:
        console.print(
            _(
                "It came true for %(came)s of %(ranked)s: a share of %(base)s if people are picked at random.",
                came=f"{came:,}",
                ranked=f"{found.result.known:,}",
                base=f"{found.result.base:.3f}",
            )
        )
        console.print(_figures_table(found.result))
        console.print(_curve_table(found.result))
        console.print(
            _("In brackets: where the true figure lies in 95 of 100 such samples (P by Wilson, AUC by DeLong).")
        )
    for note in found.notes:
        console.print(f"- {note}")


def _figures_table(result: Result) -> Table:
    table = Table(
        _("Ranking"), "P@10", "P@50", _("Lift"), "AUC", _("Our AUC above it"), title=_("How well each finds them")
    )
    names = ranking_names()
    for one in result.figures:
        table.add_row(
            names[one.ranking],
            f"{one.at_10.value:.2f}",
            f"{one.at_50.value:.2f} {_between(one.at_50, 2)}",
            f"{one.lift:.1f}",
            f"{one.auc.value:.3f} {_between(one.auc, 3)}" if one.auc else "–",
            f"{one.gain.value:+.3f} {_between(one.gain, 3, sign='+')}" if one.gain else "",
        )
    return table


def _curve_table(result: Result) -> Table:
    ks = list(result.figures[0].curve)
    table = Table(_("Ranking"), *(f"{k}" for k in ks), title=_("Share of the first k that came true"))
    names = ranking_names()
    for one in result.figures:
        table.add_row(names[one.ranking], *(f"{one.curve[k]:.2f}" for k in ks))
    return table


def _between(estimate: Estimate, digits: int, sign: str = "") -> str:
    return f"[{estimate.low:{sign}.{digits}f}–{estimate.high:{sign}.{digits}f}]"


def _truth_words(truth: Truth) -> str:
    return {
        Truth.POSITIVE: _("a positive mention"),
        Truth.LIKED: _("a mention that others liked"),
        Truth.LABEL: _("a mention its author labelled as positive"),
    }[truth]


def _write_scores(path: Path, found: FileTest) -> None:
    # A handle that a spreadsheet would run has a mark before it, as in the files of rejected rows.
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["author_handle", "score", "create", "persist", "love", "advise", "reach"])
        for handle, total, bars in found.scores:
            rows.writerow([guard_cell(handle), *(f"{value:.6f}" for value in (total, *bars))])
    click.echo(_("The scores of %(count)s people are in %(path)s.", count=f"{len(found.scores):,}", path=path))


def _write_plot(path: Path, found: FileTest, asked: Question) -> None:
    if found.result is None:
        return
    title = _("Share of the first k people with %(truth)s later", truth=_truth_words(asked.truth))
    axes = (_("k people from the top"), _("came true; dotted: by chance"))
    path.write_text(drawing(found.result, title=title, names=ranking_names(), axes=axes), encoding="utf-8")
    click.echo(_("The plot is in %(path)s.", path=path))
