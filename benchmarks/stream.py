"""The stream page at many mentions, with every filter: CPU, p50 and p99, beside a bare page of the same bytes.

    .venv/bin/python -m benchmarks.stream [--database sqlite|postgresql] [--rows 1000000] [--seconds 4]
                                          [--in-process]

The mentions are made in bulk: two years, one author for five mentions, eleven channels, seven languages, 30,000 words
of which few are common, three trackers that found much and one that found little. The portal runs as it is served
(gunicorn, 2 workers with 2 threads); 16 connections are kept open by a client in another process. The peer is a Flask
view that returns the same page from memory, served alike. *cpu* is this process's time for one request made inside it
(without PostgreSQL's own, which is in *wall*), while the drawn page is kept, *cold* with nothing kept, each with its
wall time; with `--in-process` only these are measured. The rare filters hold
20 of all mentions or none; *deep* begins in the middle of the two years.
"""

import argparse
import random
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import text

from benchmarks.bulk import bulk
from benchmarks.pages import PEER, ROOT, free_port, measure, save_pages, set_up_portal, start_server
from portal.accounts.models import Role, Session, User
from portal.accounts.services import hash_secret
from portal.app import create_app
from portal.commands import bring_up_to_date
from portal.foundation import clock
from portal.foundation.database import transaction
from portal.foundation.database.revisions import store
from portal.listening.jobs import sort_in_mentions
from portal.listening.models import Author, Match, Mention, StreamDue, Tracker

CHANNELS = ("x", "mastodon", "bluesky", "youtube", "feeds", "hackernews", "github", "reddit", "discourse", "flickr")
KINDS = ("post", "post", "post", "reply", "comment", "article", "video", "photo", "question", "answer")
LANGUAGES = ("en", "en", "en", "en", "de", "fr", "es", "ja", "it", "pt")
NEWEST = datetime(2026, 11, 20, tzinfo=UTC)
YEARS = timedelta(days=730)
FILTERS = {
    "bare": "",
    "tracker": "tracker=1",
    "rare tracker": "tracker=4",
    "channel": "channel=github",
    "rare channel": "channel=yelp",
    "kind": "kind=photo",
    "tone": "tone=negative",
    "question": "says=question",
    "suggestion": "says=suggestion",
    "creation": "says=creation",
    "language": "lang=ja",
    "person": "author=77",
    "busy person": "author=1",
    "words": "words=w3",
    "words, three": "words=w3+w5+w9",
    "rare word": "words=zebra",
    "no such word": "words=nowhere",
    "rare word, tone": "words=zebra&tone=negative",
    "four facts": "channel=github&kind=photo&lang=de&tone=negative",
    "all": "channel=x&kind=post&tracker=1&lang=en&says=question&tone=positive&words=w1",
    "never together": "channel=hackernews&kind=photo",
    "muted": "muted=yes",
    "deep": f"says=question&older={NEWEST - YEARS / 2:%Y%m%dT%H%M%S.%f}-1",
    "long ago": "words=oldtimes&kind=post",
}


def made_up_mentions(count: int, seed: int = 7) -> Iterator[tuple[Any, ...]]:
    """Rows of mentions, oldest first: what the store takes, without what the filters do not look at."""
    chance = random.Random(seed)
    people = max(count // 5, 100)
    words = [f"w{number}" for number in range(30_000)]
    rare = set(chance.sample(range(count), 20))
    yelp = set(chance.sample(range(count), 20))
    for number in range(count):
        at = NEWEST - YEARS + YEARS * (number / count)
        said = " ".join(words[int(30_000 * chance.random() ** 3)] for _ in range(24))
        said += " zebra" if number in rare else ""
        # A word that half of the first quarter holds, and nothing after.
        said += " oldtimes" if number < count // 4 and number % 2 else ""
        channel = "yelp" if number in yelp else chance.choice(CHANNELS)
        kind = chance.choice(KINDS)
        kind = "post" if channel == "hackernews" and kind == "photo" else kind
        who = 1 if chance.random() < 0.03 else 1 + int(people * chance.random() ** 1.5)
        facts = (chance.random() < 0.12, chance.random() < 0.05, chance.random() < 0.08)
        yield (
            number + 1, channel, "", str(number), who, kind, said, at, NEWEST, chance.choice(LANGUAGES), False,
            round(chance.uniform(-1, 1), 3), *facts,
        )  # fmt: skip


COLUMNS = (
    "id", "channel", "origin_host", "external_id", "author_id", "kind", "text", "created_at", "first_seen_at", "lang",
    "is_copy", "tone", "is_question", "is_suggestion", "is_creation",
)  # fmt: skip
AUTHOR_COLUMNS = (
    "id", "channel", "origin_host", "handle", "handle_key", "is_bot", "is_brand", "first_seen_at", "revision",
)  # fmt: skip


def fill(count: int) -> tuple[Flask, str]:
    """Make the tables, a manager, people, trackers and mentions; gives the app and the manager's cookie."""
    app = create_app()
    bring_up_to_date()
    token = secrets.token_urlsafe(32)
    hour = timedelta(hours=1)
    with transaction() as current:
        current.add(User(id=1, email="manager@example.org", name="Manager", role=Role.MANAGER, language="en"))
        for number, name in enumerate(("Lamps", "Looms", "Shades", "Rare"), 1):
            current.add(Tracker(id=number, name=name, query=f"tracked{number}", swept_at=NEWEST))
        current.flush()
        current.add(Session(user_id=1, token_hash=hash_secret(token), expires_at=clock.now() + 24 * hour))
    matches = ((n, tracker, "lamp") for n in range(1, count + 1) for tracker in _trackers_of(n, count))
    names = ((n, f"maker{n}") for n in range(1, max(count // 5, 100) + 2))
    authors = ((n, "x", "", name, name, False, False, NEWEST, 1) for n, name in names)
    with bulk(["author", "mention", "match", "stream_due"]) as work:
        work.load(Author, AUTHOR_COLUMNS, authors)
        work.load(Mention, COLUMNS, made_up_mentions(count))
        work.load(Match, ("mention_id", "tracker_id", "terms"), matches)
        work.load(StreamDue, ("mention_id",), ((n,) for n in range(1, count + 1)))
    begun = time.process_time()
    sort_in_mentions()
    spent = time.process_time() - begun
    sys.stdout.write(f"  {count / spent:,.0f} mentions sorted in for each second of this process's CPU\n")
    with transaction() as current:
        current.execute(text("ANALYZE"))
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    held = {"_user_id": token, "_fresh": True, "csrf_token": secrets.token_hex(20)}
    return app, f"heard={signer.dumps(held)}"


def _trackers_of(number: int, count: int) -> list[int]:
    """Three that found half of all between them, and one that found twenty."""
    return [1 + number % 3] * (number % 2) + [4] * (number % (count // 20) == 7)


def cpu_of(app: Flask, url: str, cookie: str) -> tuple[float, float]:
    """Milliseconds of this process for one request, the median of 15, and its wall time."""
    client = app.test_client(use_cookies=False)
    spent, waited = [], []
    for number in range(18):
        cpu, wall = time.process_time(), time.perf_counter()
        answer = client.get(url, headers={"Cookie": cookie})
        if number > 2:
            spent.append(time.process_time() - cpu)
            waited.append(time.perf_counter() - wall)
        if answer.status_code != 200:
            raise SystemExit(f"{url}: {answer.status_code}")
    return sorted(spent)[7] * 1000, sorted(waited)[7] * 1000


def run_once(options: argparse.Namespace, folder: Path, count: int) -> None:
    folder.mkdir()
    port, peer_port = free_port(), free_port()
    env = set_up_portal(options.database, folder, port)
    sys.stdout.write(f"{options.database}, {count:,} mentions\n")
    app, cookie = fill(count)
    paths = {name: f"/mentions?{query}" for name, query in FILTERS.items()}
    paths["days"], paths["days, chosen"] = "/mentions/days", "/mentions/days?says=question&lang=en"
    spent = {name: cpu_of(app, env["BASE_URL"] + path, cookie) for name, path in paths.items()}
    store.is_on = False
    cold = {name: cpu_of(app, env["BASE_URL"] + path, cookie) for name, path in paths.items()}
    store.is_on = True
    served = {} if options.in_process else serve(paths, cookie, folder, (port, peer_port), env, options.seconds)
    head = f"  {'filter':<18}{'cpu ms':>8}{'wall ms':>9}{'cold':>8}{'wall':>8}" + (
        "" if options.in_process else f"{'p50':>7}{'p99':>7}{'/s':>7}{'of bare':>9}"
    )
    sys.stdout.write(f"{head}\n")
    for name, (cpu, wall) in spent.items():
        sys.stdout.write(
            f"  {name:<18}{cpu:>8.1f}{wall:>9.1f}{cold[name][0]:>8.1f}{cold[name][1]:>8.1f}{served.get(name, '')}\n"
        )
    sys.stdout.flush()


def serve(
    paths: dict[str, str], cookie: str, folder: Path, ports: tuple[int, int], env: dict[str, str], seconds: float
) -> dict[str, str]:
    """p50, p99, requests a second and the share of what a bare page of the same bytes reaches, for each filter."""
    base, bare = (f"http://127.0.0.1:{port}" for port in ports)
    names = {name: f"page{number}" for number, name in enumerate(paths)}
    server = start_server("wsgi:app", ports[0], env, ROOT)
    told = {}
    try:
        save_pages(base, {names[name]: path for name, path in paths.items()}, cookie, folder)
        (folder / "peer.py").write_text(PEER % str(folder))
        peer = start_server("peer:app", ports[1], {}, folder)
        try:
            for name, path in paths.items():
                measure(base + path, cookie, 1)
                found = measure(base + path, cookie, seconds)
                rate = measure(f"{bare}/{names[name]}.html", cookie, min(seconds, 2))["rate"]
                told[name] = (
                    f"{found['median'] * 1000:>7.0f}{found['p99'] * 1000:>7.0f}{found['rate']:>7.0f}"
                    f"{found['rate'] / rate:>9.3f}"
                )
        finally:
            peer.send_signal(signal.SIGTERM)
            peer.wait()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--in-process", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as name:
        run_once(options, Path(name) / "rows", options.rows)


if __name__ == "__main__":
    main()
