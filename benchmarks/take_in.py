"""How fast mentions are taken in, beside the raw driver and beside VADER alone, in one run.

Use: .venv/bin/python -m benchmarks.take_in [--database sqlite|postgresql|both] [--rows 100000] [--seed 7]

What is compared, a thousand rows to a commit throughout:
  raw          the driver's own executemany of the very rows that take_in leaves behind (mention, author, match),
               finished beforehand, into the same empty tables with the same indexes and keys
  mentions     the same, but only the rows of mention
  bare         only the rows of mention, into a table with the same columns and a primary key, no other index
  take_in      drafts through `take_in` with three trackers: matched, folded (ids, addresses, near-copies,
               authors) and stored; tone and the other signals are not read
  again        the same drafts once more: everything is a repeat
  vader        VADER's polarity_scores on the texts, nothing else
  import       the rows from a CSV file through the whole import: read, matched, read for language, tone,
               question, suggestion and creation, folded, stored
"""

import argparse
import csv
import itertools
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from alembic import command
from sqlalchemy.engine import make_url
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from portal.commands import alembic_config
from portal.foundation import config
from portal.foundation.config import Settings
from portal.foundation.database import database, transaction
from portal.listening.drafts import AuthorDraft, MentionDraft
from portal.listening.services import ImportOptions, add_tracker, prepare_import, run_import, take_in
from portal.listening.services.storing import AUTHOR_COLUMNS, MENTION_COLUMNS
from tests.postgres import postgres_address

COMMIT = 1000
Job = tuple[str, list[tuple[object, ...]]]
START = datetime(2025, 1, 1, tzinfo=UTC)
TRACKERS = ("lumen #lumenlamp @lumen", '"desk lamp" none:(job hiring)', "any:(loom weaving) lang:en")

_OPENINGS = (
    "I love", "Just finished", "Does anyone know how to fix", "I wish there was", "Still waiting for",
    "Look what I made with", "My honest review of", "So disappointed by", "Three years with", "Can't believe",
    "Why is nobody talking about", "Finally got", "Thinking about", "Not sure about", "Best thing about",
)  # fmt: skip
_THINGS = (
    "my Lumen desk lamp", "the new loom", "this lamp", "the warm white bulb", "the app update", "@lumen support",
    "the walnut base", "the dimmer", "the spare shade", "my reading corner", "the workshop light", "that tiny fan",
)  # fmt: skip
_TAILS = (
    "it works great and looks lovely", "the cable is too short and that is annoying", "please add a timer",
    "would be nice to have it in green", "what a joy every morning", "no answer from the shop for a week",
    "here is how I built mine step by step", "it broke after two days", "my kids adore it", "#lumenlamp",
    "worth every cent", "the colours are a bit off", "delivery was quick", "I would buy it again",
    "anyone else seeing this", "the instructions are terrible", "see the photos on my blog",
)  # fmt: skip
_FILLERS = (
    "honestly", "today", "again", "in the end", "by the way", "as always", "for once", "somehow", "on monday",
    "at night", "in my kitchen", "with a friend", "after the update", "since spring", "for the third time",
)  # fmt: skip


def made_up_drafts(count: int, seed: int) -> Iterator[MentionDraft]:
    """Posts as a year of listening brings them: a few loud authors, many quiet ones, some copies, some replies."""
    chance = random.Random(seed)
    people = max(count // 5, 10)
    for number in range(count):
        who = int(people * chance.random() ** 2.2)
        author = AuthorDraft(
            channel="x", handle=f"Person_{who}", name=f"Person {who}", followers=who * 7 % 5000 if who % 3 else None
        )
        yield MentionDraft(
            channel="x",
            external_id=str(1_700_000_000_000_000_000 + number * 4_194_304 + chance.randrange(4_000_000)),
            text=_words(chance),
            url=f"https://x.com/person_{who}/status/{number}",
            created_at=START + timedelta(seconds=number * 300 + chance.randrange(300)),
            lang="en" if chance.random() < 0.8 else None,
            author=author,
            parent_id=str(chance.randrange(10**18)) if chance.random() < 0.3 else None,
            likes=int(chance.paretovariate(1.2)) - 1,
            replies=chance.randrange(4),
            shares=chance.randrange(3),
        )


def _words(chance: random.Random) -> str:
    if chance.random() < 0.03:
        return "Win a Lumen desk lamp, follow us and share this post with three friends"
    parts = [chance.choice(_OPENINGS), chance.choice(_THINGS)]
    for _ in range(chance.randint(1, 4)):
        parts += [chance.choice(_FILLERS), chance.choice(_TAILS)]
    # A number here and there, as people write them, keeps most posts from being copies of others.
    return f"{' '.join(parts)} {chance.randrange(10_000)}"


def batches(drafts: Iterator[MentionDraft]) -> Iterator[list[MentionDraft]]:
    while batch := list(itertools.islice(drafts, COMMIT)):
        yield batch


def open_database(kind: str, folder: Path) -> None:
    """A fresh database with today's tables."""
    config.use(Settings(SECRET_KEY="benchmark-0123456789-abcdefghijkl", DATA_FOLDER=folder))
    if kind == "sqlite":
        address = f"sqlite:///{folder / 'benchmark.sqlite3'}"
    else:
        address = postgres_address(f"benchmark_{os.getpid()}_{time.monotonic_ns()}")
    database.bind(address)
    with database.engine.connect() as connection:
        settings = alembic_config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        connection.commit()


def finished_rows(kind: str, table: str, columns: list[str], order: str) -> list[tuple[object, ...]]:
    """The rows that take_in made, as the driver takes them back."""
    wanted = [f"{name}::text" if name == "marks" and kind == "postgresql" else name for name in columns]
    with transaction() as current:
        found = current.connection().exec_driver_sql(f"SELECT {', '.join(wanted)} FROM {table} ORDER BY {order}")
        return [tuple(row) for row in found]


def raw(kind: str, steps: list[list[Job]]) -> float:
    """Seconds that the driver's own executemany takes, a step to a commit."""
    connection = database.engine.raw_connection()
    cursor = connection.cursor()
    begun = time.perf_counter()
    for step in steps:
        if kind == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        for sql, rows in step:
            if rows:
                cursor.executemany(sql, rows)
        connection.commit()
    seconds = time.perf_counter() - begun
    connection.close()
    return seconds


def insert(kind: str, table: str, columns: list[str]) -> str:
    mark = "?" if kind == "sqlite" else "%s"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"


def raw_steps(kind: str) -> list[list[Job]]:
    """What take_in has written, cut into its commits: new authors, mentions, matches."""
    of_author = ["id", *AUTHOR_COLUMNS, "is_brand", "revision"]
    of_mention, of_match = ["id", *MENTION_COLUMNS], ["mention_id", "tracker_id", "terms"]
    authors = {row[0]: row for row in finished_rows(kind, "author", of_author, "id")}
    matches: dict[object, list[tuple[object, ...]]] = {}
    for row in finished_rows(kind, "match", of_match, "mention_id, tracker_id"):
        matches.setdefault(row[0], []).append(row)
    mentions = finished_rows(kind, "mention", of_mention, "id")
    place = of_mention.index("author_id")
    steps: list[list[Job]] = []
    for start in range(0, len(mentions), COMMIT):
        batch = mentions[start : start + COMMIT]
        new = [authors.pop(row[place]) for row in batch if row[place] in authors]
        found = [match for row in batch for match in matches.get(row[0], ())]
        steps.append(
            [
                (insert(kind, "author", of_author), new),
                (insert(kind, "mention", of_mention), batch),
                (insert(kind, "match", of_match), found),
            ]
        )
    return steps


def bare_table(kind: str) -> None:
    with database.engine.begin() as connection:
        number = "INTEGER PRIMARY KEY" if kind == "sqlite" else "BIGSERIAL PRIMARY KEY"
        columns = ", ".join(f"{name} {of if of != 'text' else 'TEXT'}" for name, of in MENTION_COLUMNS.items())
        connection.exec_driver_sql(f"CREATE TABLE bare (id {number}, {columns})")


def empty(*tables: str) -> None:
    with database.engine.begin() as connection:
        for table in tables:
            connection.exec_driver_sql(f"DELETE FROM {table}")


def seconds_of(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measure_take_in(kind: str, count: int, seed: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        open_database(kind, Path(folder))
        with transaction():
            for query in TRACKERS:
                add_tracker(name=query, query=query, by=None)

        def go() -> float:
            # The drafts are made between the steps, outside the clock, so that memory stays that of one batch.
            return sum(seconds_of(partial(_step, batch)) for batch in batches(made_up_drafts(count, seed)))

        first, again = go(), go()
        memory = peak_mebibytes()
        steps = raw_steps(kind)
        bare_table(kind)
        mentions = [[step[1]] for step in steps]
        bare = [[(sql.replace("INTO mention", "INTO bare"), rows)] for [(sql, rows)] in mentions]
        empty("match", "mention", "author")
        figures = {"raw": count / raw(kind, steps)}
        empty("match", "mention")
        figures |= {"mentions": count / raw(kind, mentions), "bare": count / raw(kind, bare)}
        database.engine.dispose()
    return figures | {"take_in": count / first, "again": count / again, "memory": memory}


def _step(batch: list[MentionDraft]) -> None:
    with transaction():
        take_in(batch, reader=None)


def measure_import(kind: str, count: int, seed: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_database(kind, folder)
        path = folder / "mentions.csv"
        write_csv(path, count, seed)
        texts = [draft.text for draft in made_up_drafts(min(count, 20_000), seed)]
        analyser = SentimentIntensityAnalyzer()
        vader = len(texts) / seconds_of(lambda: [analyser.polarity_scores(text) for text in texts])
        with transaction():
            for query in TRACKERS:
                add_tracker(name=query, query=query, by=None)
            row = prepare_import(path, ImportOptions())
        seconds = seconds_of(lambda: run_import(row.id))
        memory = peak_mebibytes()
        database.engine.dispose()
    return {"vader": vader, "import": count / seconds, "memory": memory}


def write_csv(path: Path, count: int, seed: int) -> None:
    names = ("channel", "external_id", "url", "text", "created_at", "lang", "likes", "replies", "shares", "parent_id")
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*names, "author_handle", "author_name", "author_followers"])
        for draft in made_up_drafts(count, seed):
            cells = [getattr(draft, name) for name in names]
            writer.writerow([*cells, draft.author.handle, draft.author.name, draft.author.followers])


def peak_mebibytes() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_own_process(measure: Callable[[str, int, int], dict[str, float]], *given: object) -> dict[str, float]:
    """Each measurement starts afresh, so that its peak of memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, given)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    kinds = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    for kind in kinds:
        name = make_url(f"{kind}://").get_backend_name()
        taken = in_own_process(measure_take_in, kind, given.rows, given.seed)
        whole = in_own_process(measure_import, kind, given.rows, given.seed)
        sys.stdout.write(
            f"{name}, {given.rows:,} mentions, commits of {COMMIT:,}\n"
            f"  raw         {taken['raw']:>9,.0f} mentions/s with their authors and matches\n"
            f"  mentions    {taken['mentions']:>9,.0f} rows/s, same indexes\n"
            f"  bare        {taken['bare']:>9,.0f} rows/s, no index\n"
            f"  take_in     {taken['take_in']:>9,.0f} mentions/s   {taken['take_in'] / taken['raw']:.2f} of raw, "
            f"{taken['take_in'] / taken['mentions']:.2f} of mentions, {taken['take_in'] / taken['bare']:.2f} of bare\n"
            f"  again       {taken['again']:>9,.0f} rows/s   all repeats\n"
            f"              peak memory {taken['memory']:.0f} MiB\n"
            f"  vader       {whole['vader']:>9,.0f} texts/s\n"
            f"  import      {whole['import']:>9,.0f} rows/s   {whole['import'] / whole['vader']:.2f} of vader\n"
            f"              peak memory {whole['memory']:.0f} MiB\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
