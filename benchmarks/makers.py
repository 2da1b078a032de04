"""How long it takes to score everyone, to score again after news, and to open the shortlist; does it grow evenly.

    .venv/bin/python -m benchmarks.makers [--database sqlite|postgresql|both] [--mentions 1000000] [--plot OUT.svg]

Five mentions a person. Each size runs in a process of its own: mentions are put in by the driver (and the tables are
vacuumed, as where mentions come in by and by), then everyone is placed and scored for the first time (the clock,
the CPU and the peak of memory are of this part, with those of the processes that share the work, without the
server's), then a thousand new mentions come in and whoever they are of is scored again, then the first pages of the
shortlist are asked of the portal itself.
With --mentions a million the sizes are 10,000, 100,000 and 1,000,000; with less, two steps of ten below.
"""

import argparse
import gc
import multiprocessing
import os
import random
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import log10
from pathlib import Path

PEOPLE_PER_MENTION = 0.2
NEWS = 1_000
PAGES = 300
KINDS = ("post", "post", "post", "reply", "reply", "question", "video", "photo", "repost", "article")
START = datetime(2026, 1, 1, tzinfo=UTC)
Measured = dict[str, float]


def measure(kind: str, mentions: int) -> Measured:
    """One size on one kind of database."""
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        address = f"sqlite:///{folder}/heard.sqlite3"
        if kind == "postgresql":
            from tests.postgres import postgres_address

            address = postgres_address(f"bench_{secrets.token_hex(4)}")
        os.environ |= {"DATABASE_URL": address, "DATA_FOLDER": folder, "SECRET_KEY": secrets.token_hex(32)}
        os.environ |= {"BASE_URL": "http://localhost", "COMPANY_NAME": "Benchmark Lamps"}
        from portal.app import create_app
        from portal.commands import bring_up_to_date
        from portal.makers.services import place_everyone, score_everyone_due

        app = create_app()
        bring_up_to_date()
        people = int(mentions * PEOPLE_PER_MENTION)
        fill(kind, people, mentions)
        before = peak_mebibytes()
        # As the worker does.
        gc.collect()
        gc.freeze()
        begun, busy = time.perf_counter(), busy_seconds()
        place_everyone()
        scored = score_everyone_due()
        first, busy = time.perf_counter() - begun, busy_seconds() - busy
        assert scored == people, f"{scored} of {people} people were scored"
        # Of processes beside, the largest is known; on two cores there is one.
        memory = peak_mebibytes() + peak_mebibytes(resource.RUSAGE_CHILDREN)
        add_news(kind, people, mentions)
        begun = time.perf_counter()
        again = score_everyone_due()
        news = time.perf_counter() - begun
        p99 = page_times(app)
        return {
            "people": people,
            "first": first,
            "cpu": busy,
            "memory": memory,
            "before": before,
            "again": again,
            "news": news,
            "p99": p99,
        }


def fill(kind: str, people: int, mentions: int) -> None:
    """Accounts and mentions by the driver: a few loud ones, many quiet ones."""
    chance = random.Random(11)
    insert(
        kind,
        "author",
        (
            "id",
            "channel",
            "origin_host",
            "handle",
            "handle_key",
            "followers",
            "is_bot",
            "is_brand",
            "first_seen_at",
            "revision",
        ),
        ((n, "forum", "", f"p{n}", f"p{n}", n % 997, False, False, START, 1) for n in range(1, people + 1)),
    )
    insert(kind, "mention", MENTION, (a_mention(n, people, chance) for n in range(1, mentions + 1)))
    settle(kind)


AUTHOR = (
    "id", "channel", "origin_host", "handle", "handle_key", "followers", "is_bot", "is_brand", "first_seen_at",
    "revision",
)  # fmt: skip
MENTION = (
    "id", "channel", "origin_host", "external_id", "author_id", "kind", "text", "created_at", "first_seen_at", "tone",
    "is_copy", "is_question", "is_suggestion", "is_creation", "likes",
)  # fmt: skip


def a_mention(number: int, people: int, chance: random.Random) -> tuple[object, ...]:
    who = number if number <= people else 1 + int(people * chance.random() ** 2)
    moment = START + timedelta(minutes=chance.randrange(400_000))
    words = "A lamp note on what I made of it, with a few words more. " * chance.randint(1, 4)
    return (
        number, "forum", "", str(number), who, KINDS[number % 10], words, moment, moment,
        chance.uniform(-0.5, 0.9), number % 33 == 0, number % 10 == 5, number % 17 == 0, number % 40 == 0, number % 3,
    )  # fmt: skip


def add_news(kind: str, people: int, mentions: int) -> None:
    from sqlalchemy import text

    from portal.foundation.database import transaction

    chance = random.Random(12)
    insert(kind, "mention", MENTION, (a_mention(mentions + n, people, chance) for n in range(1, NEWS + 1)))
    with transaction() as current:
        fresh = f"SELECT author_id FROM mention WHERE id > {mentions}"
        current.execute(text(f"UPDATE author SET revision = revision + 1 WHERE id IN ({fresh})"))


def insert(kind: str, table: str, columns: Sequence[str], rows: object) -> None:
    from portal.foundation.database import database

    raw = database.engine.raw_connection()
    cursor = raw.cursor()
    names = ", ".join(columns)
    if kind == "sqlite":
        as_text = "%Y-%m-%d %H:%M:%S.%f"
        cursor.execute("BEGIN")
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})",
            ([cell.strftime(as_text) if isinstance(cell, datetime) else cell for cell in row] for row in rows),  # type: ignore[attr-defined]
        )
    else:
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:  # type: ignore[attr-defined]
            for row in rows:  # type: ignore[attr-defined]
                copy.write_row(row)
    raw.commit()
    raw.close()


def settle(kind: str) -> None:
    """What a database does by itself while mentions come in by and by; PostgreSQL would begin with it beside us."""
    from portal.foundation.database import database

    raw = database.engine.raw_connection()
    if kind == "sqlite":
        raw.cursor().execute("ANALYZE")
    else:
        raw.rollback()
        raw.driver_connection.autocommit = True  # type: ignore[union-attr]
        raw.cursor().execute("VACUUM (ANALYZE)")
        raw.driver_connection.autocommit = False  # type: ignore[union-attr]
    raw.close()


def page_times(app: object) -> float:
    """The slowest but one in a hundred of the shortlist's first pages, each card drawn anew; in seconds."""
    from flask.sessions import SecureCookieSessionInterface

    from portal.accounts.models import Role, Session, User
    from portal.accounts.services import hash_secret
    from portal.foundation.database import transaction
    from portal.makers.views import cards

    token = secrets.token_urlsafe(16)
    with transaction() as current:
        sam = User(email="sam@example.com", name="Sam", role=Role.MANAGER)
        current.add(sam)
        current.flush()
        current.add(Session(user_id=sam.id, token_hash=hash_secret(token), expires_at=START.replace(year=2100)))
    signer = SecureCookieSessionInterface().get_signing_serializer(app)  # type: ignore[arg-type]
    assert signer is not None
    browser = app.test_client()  # type: ignore[attr-defined]
    browser.set_cookie("heard", signer.dumps({"_user_id": token, "_fresh": True}))
    answer = browser.get("/people")
    assert answer.status_code == 200, answer.status
    spent = []
    for _page in range(PAGES):
        cards._kept.clear()
        begun = time.perf_counter()
        browser.get("/people")
        spent.append(time.perf_counter() - begun)
    return sorted(spent)[int(PAGES * 0.99) - 1]


def peak_mebibytes(whose: int = resource.RUSAGE_SELF) -> float:
    return resource.getrusage(whose).ru_maxrss / 1024


def busy_seconds() -> float:
    """The CPU time of this process and of those that it started and that have ended."""
    return sum(sum(resource.getrusage(whose)[:2]) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def plot(found: dict[str, dict[int, Measured]]) -> str:
    """Seconds of the first scoring against mentions, both by powers of ten: even growth is a slope of one."""
    colours = {"sqlite": "#9c3d1f", "postgresql": "#2f5d8a"}
    lines = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 360" font-family="sans-serif" font-size="12">']
    lines.append('<rect width="520" height="360" fill="#fff"/><text x="20" y="22">First scoring, seconds</text>')
    for power in range(3, 7):
        x = 60 + (power - 3) * 130
        lines.append(
            f'<path d="M{x} 40V320" stroke="#ddd"/><text x="{x}" y="340" text-anchor="middle">10^{power}</text>'
        )
    for power in range(-1, 3):
        y = 320 - (power + 1) * 90
        lines.append(
            f'<path d="M60 {y}H460" stroke="#ddd"/><text x="52" y="{y + 4}" text-anchor="end">{10**power:g}</text>'
        )
    for kind, sizes in found.items():
        marks = [
            f"{60 + (log10(size) - 3) * 130:.1f},{320 - (log10(one['first']) + 1) * 90:.1f}"
            for size, one in sizes.items()
        ]
        lines.append(f'<polyline points="{" ".join(marks)}" fill="none" stroke="{colours[kind]}" stroke-width="2.5"/>')
        x, y = marks[-1].split(",")
        lines.append(f'<text x="{x}" y="{float(y) - 8}" text-anchor="end" fill="{colours[kind]}">{kind}</text>')
    return "\n".join([*lines, "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    kinds = ("sqlite", "postgresql") if given.database == "both" else (given.database,)
    found: dict[str, dict[int, Measured]] = {}
    sys.stdout.write(
        f"{'database':<12}{'mentions':>10}{'people':>9}{'first s':>9}{'of it CPU':>11}{'µs each':>9}{'MiB':>6}"
        f"{'news s':>9}{'page p99 ms':>13}\n"
    )
    for kind in kinds:
        for size in (given.mentions // 100, given.mentions // 10, given.mentions):
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                one = found.setdefault(kind, {})[size] = pool.apply(measure, (kind, size))
            sys.stdout.write(
                f"{kind:<12}{size:>10,}{one['people']:>9,.0f}{one['first']:>9.1f}{one['cpu']:>11.1f}"
                f"{one['first'] / size * 1e6:>9.1f}{one['memory']:>6.0f}{one['news']:>9.2f}{one['p99'] * 1000:>13.0f}\n"
            )
            sys.stdout.flush()
    if given.plot:
        given.plot.write_text(plot(found), encoding="utf-8")


if __name__ == "__main__":
    main()
