"""The members' side of a large ledger: pages, search, what is like it while typing, and votes under 16 writers.

    .venv/bin/python -m benchmarks.ledger [--database sqlite|postgresql] [--ideas 1000 100000] [--seconds 6] [--turns 6]

A portal of each size runs as `bin/run` starts it: with its worker, which looks at what the votes bring about, and on
SQLite keeps the log short. They are asked in turns, a bare Flask page of the same bytes between them, so that a machine
whose own speed changes changes all alike. For each page and size: requests a second, median and p99 at 16 kept-open
connections, all turns together; the CPU time of the web processes for one request; and what the median, the p99 and the
CPU time are beside those of the first size. While typing, each of the connections writes one text after the other and
asks again with every second word of a text as long as those on the ledger (`typing`), or of its title alone (`title`);
since no two of them ask for the same, five times as many turns are taken. Then 16 members of each vote at once, each
for other suggestions; every vote is counted afterwards. Ten voices and three comments a suggestion.
"""

import argparse
import json
import os
import re
import selectors
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from benchmarks.load import Line
from benchmarks.pages import (
    PEER,
    ROOT,
    await_quiet,
    busy_seconds,
    children_of,
    free_port,
    set_up_portal,
    start_server,
    start_worker,
    stop,
)

if TYPE_CHECKING:
    from benchmarks.ledger_rows import Speech

VOTES_EACH = 60
# So many that nobody writes one twice in a turn.
TEXTS = 800
# What is similar is asked for while texts are typed as those on the ledger are, and while only a title is.
TITLE, BODY = 6, 40
TYPED = {"typing": TITLE + BODY, "title": TITLE}
# What costs something else each time is measured for longer.
TURNS_TYPED = 5
WARMING = 10
# Each process that serves pages counts each common word once.
WARMING_S, WARMING_TYPED_S = 2, 5


@dataclass
class Portal:
    """One portal of one size, filled and running."""

    ideas: int
    folder: Path
    env: dict[str, str]
    port: int
    cookies: list[str]
    speech: "Speech"
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    # By page: where it is asked, and the file of forms that are sent there.
    asked: dict[str, tuple[str, str]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and its bare peer, and write down what will be asked."""
        worker = start_worker(self.env)
        self.running = [worker, start_server("wsgi:app", self.port, self.env, ROOT)]
        self.cookie, self.token = token_of(self.base, self.cookies[0])
        words = self.speech.words
        asked = {
            "ledger": ("/ideas", ""),
            "idea": (f"/ideas/{self.ideas // 2}", ""),
            "search": (f"/search?q={quote_plus(words[300])}", ""),
            "common": (f"/search?q={quote_plus(words[0])}", ""),
            **{name: ("/similar-ideas", self.type_on(name)) for name in TYPED},
        }
        for name, (path, form) in asked.items():
            self.asked[name] = (self.base + path, str(self.folder / "typed") if form else "")
            self.sizes[name] = save(self.base + path, form, self.cookie, self.token, self.folder / f"{name}.html")
        (self.folder / "peer.py").write_text(PEER % str(self.folder))
        self.peer_port = free_port()
        self.running.append(start_server("peer:app", self.peer_port, {}, self.folder))
        await_quiet(worker)

    def type_on(self, name: str) -> str:
        """Write texts that nobody typed before where the load finds them; the last of their forms."""
        forms = [form for _text in range(TEXTS) for form in self.speech.typed(TYPED[name], TITLE)]
        (self.folder / "typed").write_text("\n".join(forms))
        return forms[-1]

    def ask(self, name: str, seconds: float) -> dict[str, Any]:
        """Ask for a page from all connections; of what is typed, for texts of its own each time."""
        url, typed = self.asked[name]
        if typed:
            self.type_on(name)
        return load(url, self.cookie, seconds, typed, self.token, TYPED.get(name, 2) // 2)

    def cpu_seconds(self) -> float:
        """What the web processes have taken so far."""
        return sum(busy_seconds(number) for number in children_of(self.running[1]))


@dataclass
class Measured:
    """What was measured of one page of one portal, all turns together; times in seconds."""

    times: list[float] = field(default_factory=list)
    spent: float = 0.0
    cpu: float = 0.0
    answers: int = 0
    bare: float = 0.0

    def quantile(self, share: float) -> float:
        return sorted(self.times)[int(len(self.times) * share)]

    @property
    def figures(self) -> tuple[float, float, float]:
        """The median, the p99, and the CPU time of one request."""
        return self.quantile(0.5), self.quantile(0.99), self.cpu / self.answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seconds", type=float, default=6, help="of each page and size, all turns together")
    parser.add_argument("--turns", type=int, default=6)
    parser.add_argument("--ideas", type=int, nargs="+", default=[1_000, 100_000])
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="heard-bench-"))
    portals = [fill(options.database, folder / str(ideas), ideas) for ideas in options.ideas]
    try:
        for portal in portals:
            portal.start()
        print(f"{options.database}: 16 connections, {options.seconds:g} s a page and size in {options.turns} turns")
        heads = ("/s", "p50 ms", "p99 ms", "CPU ms", "bare /s", "ratio", "× p50", "× p99", "× CPU")
        print(f"{'page':<9}{'ideas':>9}{'KiB':>7}" + "".join(f"{head:>8}" for head in heads))
        for name in portals[0].asked:
            told = measure_in_turns(name, portals, options.seconds / options.turns, options.turns)
            for portal, one in zip(portals, told, strict=True):
                print_line(name, portal, one, told[0])
        for portal in portals:
            vote_at_once(portal)
            await_quiet(portal.running[0])
    finally:
        for portal in portals:
            stop(*portal.running)


def fill(kind: str, folder: Path, ideas: int) -> Portal:
    """A portal of this size with nothing left for its worker to do, not yet running."""
    folder.mkdir()
    port = free_port()
    env = set_up_portal(kind, folder, port)
    from benchmarks.ledger_rows import fill_ledger

    start = time.perf_counter()
    cookies, speech = fill_ledger(ideas, ideas * 10, ideas * 3)
    took = time.perf_counter() - start
    print(f"  {ideas:,} suggestions, {ideas * 10:,} voices, {ideas * 3:,} comments in {took:.0f} s", flush=True)
    return Portal(ideas, folder, env, port, cookies, speech)


def measure_in_turns(name: str, portals: list[Portal], seconds: float, turns: int) -> list[Measured]:
    """Ask for one page of each portal by turns, and for the bare page of each beside it."""
    told = [Measured() for _ in portals]
    for portal in portals:
        portal.ask(name, WARMING_TYPED_S if name in TYPED else WARMING_S)
    turns *= TURNS_TYPED if name in TYPED else 1
    for _turn in range(turns):
        for portal, one in zip(portals, told, strict=True):
            before = portal.cpu_seconds()
            found = portal.ask(name, seconds)
            one.cpu += portal.cpu_seconds() - before
            one.answers += found["answers"]
            one.times += found["times"]
            one.spent += found["spent"]
            bare = load(f"http://127.0.0.1:{portal.peer_port}/{name}.html", portal.cookie, seconds / 2)
            one.bare += len(bare["times"]) / bare["spent"] / turns
    return told


def print_line(name: str, portal: Portal, one: Measured, first: Measured) -> None:
    rate = len(one.times) / one.spent
    p50, p99, cpu = one.figures
    grows = "".join(f"{ours / theirs:>8.2f}" for ours, theirs in zip(one.figures, first.figures, strict=True))
    print(
        f"{name:<9}{portal.ideas:>9,}{portal.sizes[name] / 1024:>7.1f}{rate:>8.0f}{p50 * 1000:>8.0f}{p99 * 1000:>8.0f}"
        f"{cpu * 1000:>8.2f}{one.bare:>8.0f}{rate / one.bare:>8.2f}{grows}",
        flush=True,
    )


def vote_at_once(portal: Portal) -> None:
    """16 members vote, each for suggestions of their own choice; none of the votes may be lost.

    The first few of each are for warming, as with pages: they count as votes, but their time does not.
    """
    each = min(VOTES_EACH, portal.ideas // len(portal.cookies))
    chosen, begun = selectors.DefaultSelector(), 0.0
    times: dict[Line, list[float]] = {}
    tokens = [token_of(portal.base, cookie) for cookie in portal.cookies]
    for at, given in enumerate(tokens):
        requests = votes_of(portal.port, *given, range(at * each + 1, (at + 1) * each + 1))
        # A connection that says nothing would keep one of the portal's threads waiting.
        line = Line("127.0.0.1", portal.port, next(requests))
        line.requests, times[line] = requests, []
        chosen.register(line.socket, selectors.EVENT_READ, line)
        line.ask()
    while chosen.get_map():
        for key, _ in chosen.select():
            line = key.data
            if not line.read():
                continue
            times[line].append(time.perf_counter() - line.started)
            if not begun and len(times[line]) == WARMING:
                begun = time.perf_counter()
            line.request = next(line.requests, b"")
            if line.request:
                line.ask()
            else:
                chosen.unregister(line.socket)
                line.socket.close()
    spent = time.perf_counter() - begun
    every = [waited for of_one in times.values() for waited in of_one]
    counted = sorted(waited for of_one in times.values() for waited in of_one[WARMING:])
    lost = len(every) - votes_kept(portal)
    p99 = counted[int(len(counted) * 0.99)] * 1000
    p50 = counted[len(counted) // 2] * 1000
    print(
        f"{'vote':<9}{portal.ideas:>9,}{'':>7}{len(counted) / spent:>8.0f}{p50:>8.0f}{p99:>8.0f}   {lost} lost",
        flush=True,
    )


def votes_kept(portal: Portal) -> int:
    """How many votes of the writers its database holds."""
    from sqlalchemy import func, select

    from portal.app import create_app
    from portal.foundation.database import transaction
    from portal.ledger.models import Vote

    os.environ.update(portal.env)
    create_app()
    with transaction() as current:
        return current.scalar(select(func.count()).select_from(Vote).where(Vote.user_id < 100)) or 0


def votes_of(port: int, cookie: str, token: str, ideas: Iterable[int]) -> Iterator[bytes]:
    for idea in ideas:
        yield (
            f"POST /ideas/{idea}/votes HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
            f"X-CSRFToken: {token}\r\nContent-Length: 0\r\n\r\n"
        ).encode()


def load(url: str, cookie: str, seconds: float, forms: str = "", token: str = "", steps: int = 1) -> dict[str, Any]:
    script = str(ROOT / "benchmarks" / "load.py")
    typing = (forms, token, str(steps)) if forms else ()
    command = [sys.executable, script, url, cookie, str(seconds), "16", *typing]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def token_of(base: str, cookie: str) -> tuple[str, str]:
    """The cookie and the token that a form of this person carries."""
    with urllib.request.urlopen(urllib.request.Request(base + "/ideas/new", headers={"Cookie": cookie})) as answer:
        found = re.search(r'"X-CSRFToken": "([^"]+)"', answer.read().decode())
        given = answer.headers.get("Set-Cookie")
    assert found
    return (given.split(";")[0] if given else cookie), found[1]


def save(url: str, form: str, cookie: str, token: str, path: Path) -> int:
    headers = {"Cookie": cookie, "X-CSRFToken": token, "HX-Request": "true"} if form else {"Cookie": cookie}
    with urllib.request.urlopen(urllib.request.Request(url, form.encode() or None, headers)) as answer:
        body = answer.read()
    path.write_bytes(body)
    return len(body)


if __name__ == "__main__":
    main()
