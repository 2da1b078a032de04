"""Measure how like finds like."""

import csv
import io
from collections.abc import Container
from contextlib import nullcontext
from itertools import combinations
from pathlib import Path
from typing import IO

import click

from portal.foundation.search import stems
from portal.ledger.commands.files import opened, opened_lines, written
from portal.ledger.commands.group import commands
from portal.ledger.parsing import BadLine, read_object
from portal.ledger.similar import Likeness, Words, rank, worth_in


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
    pairs = _read_links(links, {words.id for words in corpus})
    if not pairs:
        raise click.ClickException("No link names two suggestions of the file.")
    with written(out) if out is not None else nullcontext() as target:
        _evaluate(corpus, pairs, target)


def _evaluate(corpus: list[Words], pairs: list[tuple[str, str]], target: IO[str] | None) -> None:
    by_id, worth = {words.id: words for words in corpus}, worth_in(corpus)
    ranked = {asked: rank(by_id[asked], corpus, worth) for asked in dict.fromkeys(first for first, _ in pairs)}
    places = [[one.id for one in ranked[first]].index(second) + 1 for first, second in pairs]
    many, links = len(corpus), len(pairs)
    click.echo(f"{many} suggestion{'s' * (many != 1)}, {links} link{'s' * (links != 1)}")
    for depth in (1, 5, 10):
        click.echo(f"recall@{depth} {sum(place <= depth for place in places) / len(places):.3f}")
    if target is not None:
        _write_ranked(target, ranked)


def _read_ideas(path: Path) -> list[Words]:
    found: dict[str, Words] = {}
    with opened_lines(path) as file:
        lines = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace")
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = read_object(line)
            except BadLine as problem:
                raise click.ClickException(f"Line {number} is no suggestion. {problem}") from problem
            if row.get("id") is None:
                raise click.ClickException(f"Line {number} has no id by which a link could name it.")
            name = str(row["id"])
            title, text = (str(row.get(key) or "") for key in ("title", "text"))
            found[name] = Words.of(name, " ".join(stems(title)), " ".join(stems(text)))
    return list(found.values())


def _read_links(path: Path, known: Container[object]) -> list[tuple[str, str]]:
    """Each different pair of suggestions that are known."""
    with opened(path) as file:
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


def _write_ranked(target: IO[str], ranked: dict[str, list[Likeness]]) -> None:
    writer = csv.writer(target)
    writer.writerow(["id", "rank", "similar_id", "score", "shared"])
    for asked, found in ranked.items():
        writer.writerows(
            [asked, place, one.id, one.score, " ".join(one.shared)] for place, one in enumerate(found[:10], 1)
        )
