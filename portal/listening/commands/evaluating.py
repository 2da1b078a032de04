"""Trying the readings on a labelled file, from the command line."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import click

from portal.foundation.errors import ended_in_words
from portal.foundation.text import gettext as _
from portal.listening.commands.group import commands
from portal.listening.files.rejects import guard_cell
from portal.listening.services.evaluating import Draw, LabelledFile, Trial, read_labelled, try_learning, try_readings
from portal.listening.services.evaluating.trial import half_of
from portal.listening.signals.scores import Scores


@commands.command("evaluate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text", required=True, metavar="COL", help="The column of the words, by name or place (1, 2 …).")
@click.option(
    "--label",
    "labels",
    multiple=True,
    required=True,
    metavar="[SIGNAL=]COL",
    help="A column of labels; SIGNAL is tone, question or suggestion, and guessed from the labels if left out.",
)
@click.option(
    "--value", "values", multiple=True, metavar="LABEL=CLASS", help="What a label means, where it is unclear."
)
@click.option("--lang", default=None, metavar="CODE", help="The language of all texts; detected if left out.")
@click.option("--lang-col", default=None, metavar="COL", help="The column that says the language of each.")
@click.option("--half", default=None, type=click.Choice(["first", "second"]), help="Only this random half; see --seed.")
@click.option("--seed", default=1, show_default=True, help="How the halves, and labels to learn from, are drawn.")
@click.option(
    "--train-labels",
    "taught",
    default=0,
    metavar="N",
    help="Also learn from N labels drawn at random and read the rest; the mean of five draws.",
)
@click.option("--format", "shape", default="words", type=click.Choice(["words", "json"]), help="How figures are told.")
@click.option(
    "--out", default=None, type=click.Path(path_type=Path), help="A CSV of every text with the words that fired."
)
def evaluate(
    file: Path,
    text: str,
    labels: tuple[str, ...],
    values: tuple[str, ...],
    lang: str | None,
    lang_col: str | None,
    half: str | None,
    seed: int,
    taught: int,
    shape: str,
    out: Path | None,
) -> None:
    """Read labelled texts and say how right the readings are.

    FILE is CSV, TSV, JSON Lines or a JSON list, plain or gzip. Nothing is stored, and nothing is learned from it.
    """
    with ended_in_words():
        found = read_labelled(file, text=text, labels=labels, values=values, lang=lang, lang_column=lang_col)
    texts = found.texts
    if half is not None:
        texts = tuple(each for each in texts if half_of(each.text, seed) == (half == "second"))
    trials = try_readings(texts)
    draws = {trial.signal: try_learning(texts, trial.signal, taught, seed=seed) if taught else [] for trial in trials}
    if out is not None:
        _write(out, trials)
    if shape == "json":
        figures = [_figures(trial, draws[trial.signal]) for trial in trials]
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        click.echo(_head(file, found, len(texts)))
        for trial in trials:
            click.echo("\n" + _table(trial, found.columns[trial.signal]))
            if taught:
                click.echo(_learning(draws[trial.signal], taught))


def _head(path: Path, found: LabelledFile, count: int) -> str:
    return _(
        "%(file)s: %(count)s texts (left out: %(empty)s without words, %(unlabelled)s without a label, "
        "%(unreadable)s unreadable)",
        file=path.name,
        count=f"{count:,}",
        empty=f"{found.empty:,}",
        unlabelled=f"{found.unlabelled:,}",
        unreadable=f"{found.unreadable:,}",
    )


def _table(trial: Trial, column: str) -> str:
    scores = trial.scores
    lines = [
        _("%(signal)s (column %(column)s)", signal=trial.signal, column=column),
        _overall(_("ours"), scores),
    ]
    if trial.peer_scores is not None and trial.peer is not None:
        lines.append(_overall(trial.peer, trial.peer_scores))
    lines.append(_class_table(scores))
    if len(scores.true_classes) == 1:
        lines.append("  " + _("The labels hold one class only, so that nothing is said about telling classes apart."))
    return "\n".join(lines)


def _learning(draws: Sequence[Draw], taught: int) -> str:
    if not draws:
        return "  " + _("There are too few labels to learn from %(count)s and read the rest.", count=taught)
    lines = [
        "  " + _("Learned from %(count)s labels, on the rest, mean of %(draws)s draws:", count=taught, draws=len(draws))
    ]
    for name, accuracy, macro_f1 in (
        (
            _("default"),
            _mean([each.default.accuracy for each in draws]),
            _mean([each.default.macro_f1 for each in draws]),
        ),
        (
            _("learned"),
            _mean([each.learned.accuracy for each in draws]),
            _mean([each.learned.macro_f1 for each in draws]),
        ),
    ):
        lines.append(f"    {name + ':':<34} accuracy {accuracy:.3f}  macro-F1 {macro_f1:.3f}")
    return "\n".join(lines)


def _mean(figures: Sequence[float]) -> float:
    return sum(figures) / len(figures)


def _overall(name: str, scores: Scores) -> str:
    return f"  {name + ':':<36} accuracy {scores.accuracy:.3f}  macro-F1 {scores.macro_f1:.3f}"


def _class_table(scores: Scores) -> str:
    """Precision, recall and F1 of each class, and what its texts were read as."""
    width = max(9, *(len(name) + 1 for name in scores.classes))
    head = f"  {'':<{width}} {'precision':>9} {'recall':>7} {'F1':>7} {'texts':>7}   " + _("read as")
    head += "".join(f" {name:>{width}}" for name in scores.classes)
    lines = [head]
    for true in scores.classes:
        of = scores.of(true)
        counts = "".join(f" {scores.counts.get((true, said), 0):>{width}}" for said in scores.classes)
        row = f"  {true:<{width}} {of.precision:>9.3f} {of.recall:>7.3f} {of.f1:>7.3f} {of.support:>7}   "
        lines.append(row + " " * len(_("read as")) + counts)
    return "\n".join(lines)


def _figures(trial: Trial, draws: Sequence[Draw]) -> dict[str, object]:
    figures: dict[str, object] = {"signal": trial.signal, "ours": _scores(trial.scores)}
    if trial.peer_scores is not None and trial.peer is not None:
        figures["peer"] = {"name": trial.peer, **_scores(trial.peer_scores)}
    if draws:
        figures["learned"] = {
            "draws": len(draws),
            "default_accuracy": round(_mean([each.default.accuracy for each in draws]), 4),
            "default_macro_f1": round(_mean([each.default.macro_f1 for each in draws]), 4),
            "accuracy": round(_mean([each.learned.accuracy for each in draws]), 4),
            "macro_f1": round(_mean([each.learned.macro_f1 for each in draws]), 4),
        }
    return figures


def _scores(scores: Scores) -> dict[str, object]:
    return {
        "texts": scores.total,
        "accuracy": round(scores.accuracy, 4),
        "macro_f1": round(scores.macro_f1, 4),
        "classes": {
            name: {
                "precision": round(scores.of(name).precision, 4),
                "recall": round(scores.of(name).recall, 4),
                "f1": round(scores.of(name).f1, 4),
                "texts": scores.of(name).support,
            }
            for name in scores.classes
        },
        "confusion": {
            true: {said: scores.counts.get((true, said), 0) for said in scores.classes} for true in scores.classes
        },
    }


def _write(path: Path, trials: Sequence[Trial]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["line", "signal", "label", "read_as", "is_right", "words", "text"])
        for trial in trials:
            for each in trial.predictions:
                right = "yes" if each.truth == each.said else "no"
                words = ", ".join(each.words)
                read = (each.text.line, each.signal, each.truth, each.said, right, words, each.text.text)
                rows.writerow([guard_cell(str(cell)) for cell in read])
