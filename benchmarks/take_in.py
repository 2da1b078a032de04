"""How fast mentions are taken in, beside the raw driver and beside VADER alone, in one run.

Use: .venv/bin/python -m benchmarks.take_in [--database sqlite|postgresql|both] [--rows 100000] [--seed 7]

What is compared, a thousand mentions to a commit throughout. The measurements take turns, commit by commit, so
that what else the machine does falls on all of them alike:
  take_in   drafts through `take_in` with three trackers: matched, folded (ids, addresses, near-copies, authors)
            and stored; tone and the other signals are not read
  raw       the driver's own executemany of the very rows that take_in has just left behind (author, mention,
            match), into a second database with the same tables, indexes and keys, but without the triggers
  bare      only the rows of mention, into a table with the same columns and a primary key, no other index
  again     the same drafts through take_in once more: everything is a repeat
  import    the mentions as a CSV file through the whole import: read, matched, read for language, tone,
            question, suggestion and creation, folded, stored; the signals are read in a second process, whose
            start counts too. By CPU: mentions by the CPU seconds of each of the two
  vader     VADER's polarity_scores on the same texts, nothing else, half before the import and half after
"""

import argparse
import csv
import gc
import itertools
import multiprocessing
import random
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from alembic import command
from sqlalchemy import Engine

from portal.commands import alembic_config
from portal.foundation import config
from portal.foundation.config import Settings
from portal.foundation.database import connect, database, transaction
from portal.listening.drafts import AuthorDraft, MentionDraft
from portal.listening.services import ImportOptions, add_tracker, prepare_import, run_import, take_in
from portal.listening.services.storing import AUTHOR_COLUMNS, MENTION_COLUMNS
from tests.postgres import postgres_address

COMMIT = 1000
Rows = list[tuple[object, ...]]
# What take_in writes, each table in the order of its foreign keys.
TABLES = {
    "author": ["id", *AUTHOR_COLUMNS, "is_brand", "revision"],
    "mention": ["id", *MENTION_COLUMNS],
    "match": ["mention_id", "tracker_id", "terms"],
}
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


def seconds_of(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def fresh_database(kind: str, folder: Path) -> Engine:
    """A database with today's tables."""
    config.use(Settings(SECRET_KEY="benchmark-0123456789-abcdefghijkl", DATA_FOLDER=folder))
    name = f"benchmark_{secrets.token_hex(4)}"
    engine = connect(f"sqlite:///{folder / name}.sqlite3" if kind == "sqlite" else postgres_address(name))
    with engine.connect() as connection:
        settings = alembic_config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        connection.commit()
    return engine


class Raw:
    """The driver alone, writing into a database of its own."""

    def __init__(self, kind: str, engine: Engine, tables: Mapping[str, Sequence[str]]) -> None:
        self._connection = engine.raw_connection()
        self._cursor = self._connection.cursor()
        self._is_sqlite = kind == "sqlite"
        mark = "?" if self._is_sqlite else "%s"
        self._inserts = {
            table: f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([mark] * len(columns))})"
            for table, columns in tables.items()
        }
        self._drop_triggers()

    def _drop_triggers(self) -> None:
        # What they do is our own work; on PostgreSQL they would also make one statement for each row look slow.
        if not self._is_sqlite:
            for table in self._inserts:
                # Those of the user; the foreign keys are still looked at.
                self._cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            self._connection.commit()
            return
        triggers = self._cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            self._cursor.execute(f'DROP TRIGGER "{name}"')

    def write(self, rows: Mapping[str, Rows]) -> float:
        """Seconds for one commit of these rows."""
        begun = time.perf_counter()
        if self._is_sqlite:
            self._cursor.execute("BEGIN IMMEDIATE")
        for table, of_table in rows.items():
            if of_table:
                self._cursor.executemany(self._inserts[table], of_table)
        self._connection.commit()
        return time.perf_counter() - begun


class LeftBehind:
    """The rows that are new in each table since the last look, as the driver takes them back."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._last = dict.fromkeys(TABLES, 0)

    def look(self) -> dict[str, Rows]:
        found: dict[str, Rows] = {}
        with transaction() as current:
            for table, columns in TABLES.items():
                wanted = [
                    f"{name}::text" if (name, self._kind) == ("marks", "postgresql") else name for name in columns
                ]
                sql = f"SELECT {', '.join(wanted)} FROM {table} WHERE {columns[0]} > {self._last[table]} ORDER BY 1"
                found[table] = [tuple(row) for row in current.connection().exec_driver_sql(sql)]
                if found[table]:
                    self._last[table] = found[table][-1][0]
        return found


def bare_table(kind: str, engine: Engine) -> None:
    with engine.begin() as connection:
        number = "INTEGER PRIMARY KEY" if kind == "sqlite" else "BIGINT PRIMARY KEY"
        columns = ", ".join(f"{name} {of}" for name, of in MENTION_COLUMNS.items())
        connection.exec_driver_sql(f"CREATE TABLE bare (id {number}, {columns})")


def add_trackers() -> None:
    with transaction():
        for query in TRACKERS:
            add_tracker(name=query, query=query, by=None)


def measure_take_in(kind: str, count: int, seed: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        engine, beside = fresh_database(kind, Path(folder)), fresh_database(kind, Path(folder))
        bare_table(kind, beside)
        database.bind(beside)
        add_trackers()
        database.bind(engine)
        add_trackers()
        raw, left = Raw(kind, beside, TABLES | {"bare": TABLES["mention"]}), LeftBehind(kind)
        seconds = dict.fromkeys(("take_in", "raw", "bare", "again"), 0.0)
        for batch in batches(made_up_drafts(count, seed)):
            seconds["take_in"] += seconds_of(partial(_step, batch))
            rows = left.look()
            seconds["raw"] += raw.write(rows)
            seconds["bare"] += raw.write({"bare": rows["mention"]})
        for batch in batches(made_up_drafts(count, seed)):
            seconds["again"] += seconds_of(partial(_step, batch))
        return {name: count / spent for name, spent in seconds.items()}


def measure_memory(kind: str, count: int, seed: int) -> dict[str, float]:
    """The peak of a process that only takes in: the others have rows and a cache of their own."""
    with tempfile.TemporaryDirectory() as folder:
        database.bind(fresh_database(kind, Path(folder)))
        add_trackers()
        for batch in batches(made_up_drafts(count, seed)):
            _step(batch)
        return {"memory": peak_mebibytes()}


def _step(batch: list[MentionDraft]) -> None:
    with transaction():
        take_in(batch, reader=None)


def measure_import(kind: str, count: int, seed: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database.bind(fresh_database(kind, folder))
        path = folder / "mentions.csv"
        write_csv(path, count, seed)
        add_trackers()
        texts = (draft.text for draft in made_up_drafts(count, seed))
        # Half before and half after: beside it, the process that reads would have worked on unseen.
        vader = seconds_of_vader(texts, count // 2)
        with transaction():
            row = prepare_import(path, ImportOptions())
        storing, reading = time.process_time(), children_seconds()
        whole = seconds_of(lambda: run_import(row.id))
        storing, reading = time.process_time() - storing, children_seconds() - reading
        vader += seconds_of_vader(texts, count)
        return {
            "vader": count / vader,
            "import": count / whole,
            "storing": count / storing,
            "reading": count / reading,
            "memory": peak_mebibytes(),
            "aside": peak_mebibytes(resource.RUSAGE_CHILDREN),
        }


def seconds_of_vader(texts: Iterator[str], most: int) -> float:
    """Seconds for the next so many texts; the making of the texts is not counted."""
    # Not with the others: it brings a client for HTTP along, and what is taken in is held to its memory.
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyser, spent = SentimentIntensityAnalyzer(), 0.0
    while batch := list(itertools.islice(texts, min(COMMIT, most))):
        most -= len(batch)
        spent += seconds_of(lambda: [analyser.polarity_scores(text) for text in batch])
    return spent


def write_csv(path: Path, count: int, seed: int) -> None:
    names = ("channel", "external_id", "url", "text", "created_at", "lang", "likes", "replies", "shares", "parent_id")
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*names, "author_handle", "author_name", "author_followers"])
        for draft in made_up_drafts(count, seed):
            cells = [getattr(draft, name) for name in names]
            writer.writerow([*cells, draft.author.handle, draft.author.name, draft.author.followers])


def children_seconds() -> float:
    """The CPU time of all processes that this one has started and seen end."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def peak_mebibytes(whose: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process has held, or the largest of those it started."""
    return resource.getrusage(whose).ru_maxrss / 1024


def in_own_process(measure: Callable[[str, int, int], dict[str, float]], *given: object) -> dict[str, float]:
    """Each measurement starts afresh, so that its peak of memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1, initializer=as_the_portal_starts) as pool:
        return pool.apply(measure, given)


def as_the_portal_starts() -> None:
    """What `wsgi.py` tells the collector, in the words of `bin/portal` too: what is loaded stays; look less often."""
    gc.freeze()
    gc.set_threshold(10_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    kinds = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    for kind in kinds:
        taken = in_own_process(measure_take_in, kind, given.rows, given.seed)
        taken |= in_own_process(measure_memory, kind, given.rows, given.seed)
        whole = in_own_process(measure_import, kind, given.rows, given.seed)
        sys.stdout.write(
            f"{kind}, {given.rows:,} mentions, commits of {COMMIT:,}\n"
            f"  take_in {taken['take_in']:>9,.0f} a second, {taken['take_in'] / taken['raw']:.2f} of raw, "
            f"{taken['take_in'] / taken['bare']:.2f} of bare; peak memory {taken['memory']:.0f} MiB\n"
            f"  raw     {taken['raw']:>9,.0f}\n"
            f"  bare    {taken['bare']:>9,.0f}\n"
            f"  again   {taken['again']:>9,.0f}\n"
            f"  import  {whole['import']:>9,.0f} a second, {whole['import'] / whole['vader']:.2f} of vader; "
            f"peak memory {whole['memory']:.0f} MiB and {whole['aside']:.0f} MiB\n"
            f"  by CPU  {whole['storing']:>9,.0f} a second stored, {whole['reading']:,.0f} read\n"
            f"  vader   {whole['vader']:>9,.0f}\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
