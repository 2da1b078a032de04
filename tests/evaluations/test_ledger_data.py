"""Real records of suggestions go into the ledger with their dates, and its figures are right. Needs HEARD_DATA."""

import csv
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.chain import verify
from portal.ledger.commands import commands
from portal.ledger.models import Idea
from portal.ledger.queries import (
    LedgerFilter,
    LedgerRow,
    SearchFilter,
    figures,
    ledger_page,
    search_page,
    similar_ideas,
)
from portal.ledger.services import bring_over
from portal.ledger.visibility import reach_of
from tests.ledger.plainly import recompute

FOLDER = os.environ.get("HEARD_DATA")
pytestmark = pytest.mark.skipif(not FOLDER, reason="HEARD_DATA names no folder of data sets")


def forum(folder: Path) -> list[dict[str, object]]:
    posts = defaultdict(list)
    with (folder / "redash-ideas" / "posts.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            posts[row["topic_id"]].append(row)
    found = []
    with (folder / "redash-ideas" / "topics.csv").open(encoding="utf-8") as rows:
        for topic in csv.DictReader(rows):
            first, *rest = sorted(posts[topic["topic_id"]], key=lambda post: int(post["post_number"]))
            replies = [
                {"author": p["author"], "text": p["text"], "created_at": p["created_at"],
                 "is_staff": p["is_staff"] == "1"}
                for p in rest
            ]  # fmt: skip
            found.append(
                {
                    "id": topic["topic_id"], "title": topic["title"], "text": first["text"], "author": first["author"],
                    "created_at": first["created_at"], "votes": int(first["likes"]), "replies": replies,
                    "decision": None, "reason": None,
                }
            )  # fmt: skip
    return found


def proposals(folder: Path) -> list[dict[str, object]]:
    raw = json.loads((folder / "decided-proposals-peps" / "peps.json").read_text("utf-8"))
    return [
        {
            "id": row["pep"], "title": row["title"], "text": row["abstract"], "author": row["author"],
            "created_at": row["created"], "votes": 0, "replies": [], "decision": row["status"],
            "reason": row["decision_text"], "superseded_by": row["superseded_by"], "resolution": row["resolution"],
        }
        for row in raw
    ]  # fmt: skip


def links_of_forum(folder: Path) -> list[tuple[object, object]]:
    with (folder / "redash-ideas" / "links.csv").open(encoding="utf-8") as rows:
        return [(row["topic_id"], row["linked_topic_id"]) for row in csv.DictReader(rows)]


def links_of_proposals(folder: Path) -> list[tuple[object, object]]:
    rows = proposals(folder)
    return [(row["id"], later) for row in rows for later in str(row["superseded_by"] or "").replace(" ", "").split(",")]


@pytest.mark.parametrize(
    ("read", "link", "least"),
    [(forum, links_of_forum, 0.6), (proposals, links_of_proposals, 0.95)],
    ids=["forum", "proposals"],
)
def test_a_suggestion_finds_the_one_it_is_linked_to(read, link, least: float, tmp_path: Path):
    ideas, links, folder = tmp_path / "ideas.jsonl", tmp_path / "links.csv", Path(FOLDER or "")
    ideas.write_text("".join(json.dumps(row) + "\n" for row in read(folder)))
    links.write_text("one,other\n" + "".join(f"{one},{other}\n" for one, other in link(folder) if other))

    told = CliRunner().invoke(commands, ["evaluate-similar", str(ideas), str(links)])

    recall = dict(line.split() for line in told.output.splitlines() if line.startswith("recall@"))
    assert float(recall["recall@5"]) >= least, told.output


# The page shows only what is near enough, out of the few that the index names.
@pytest.mark.parametrize(
    ("db", "read", "link", "least"),
    [("postgresql", forum, links_of_forum, 0.6), ("sqlite", proposals, links_of_proposals, 0.95)],
    indirect=["db"],
    ids=["forum", "proposals"],
)
def test_who_writes_is_shown_the_one_it_is_linked_to(read, link, least: float, rosa: User, tmp_path: Path):
    path, folder = tmp_path / "record.jsonl", Path(FOLDER or "")
    path.write_text("".join(json.dumps(row) + "\n" for row in read(folder)))
    with path.open("rb") as lines:
        bring_over(lines, source="record")
    ideas = {str(idea.imported_key).partition(":")[2]: idea for idea in session().scalars(select(Idea))}
    pairs = {
        (ideas[str(one)], ideas[str(other)]) for one, other in link(folder) if {str(one), str(other)} <= ideas.keys()
    }

    found = [
        later.id in [idea.id for idea in similar_ideas(first.title, first.body, rosa, but=first.id)]
        for first, later in pairs
        if first is not later
    ]

    assert sum(found) >= least * len(found) > 10


def every_row(most: int) -> Iterator[LedgerRow]:
    """The whole ledger, page by page."""
    before = None
    for _page in range(most):
        page = ledger_page(LedgerFilter(before_id=before), zone=ZoneInfo("UTC"))
        yield from page.rows
        before = page.older
        if before is None:
            return


def found_kinds(word: str, reader: User) -> Counter[str]:
    """How many suggestions, answers and comments the search finds, page by page."""
    kinds: Counter[str] = Counter()
    page = search_page(SearchFilter(words=word, by_time=True), reach_of(reader))
    while True:
        kinds += Counter(hit.kind for hit in page.hits if hit.kind != "action")
        if page.older is None:
            return kinds
        page = search_page(SearchFilter(words=word, by_time=True, before=page.older), reach_of(reader))


# Each takes a while, so each goes to one kind of database; the import itself is tested on both.
@pytest.mark.parametrize(
    ("db", "read", "words"),
    [
        ("postgresql", forum, ("slack", "docker", "redshift", "email", "mongodb")),
        ("sqlite", proposals, ("unicode", "decorator", "subinterpreter", "wheel", "frozen")),
    ],
    indirect=["db"],
    ids=["forum", "proposals"],
)
def test_a_real_record_goes_in_and_ledger_figures_and_search_are_right(read, words, rosa: User, tmp_path: Path, capsys):
    path = tmp_path / "record.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in read(Path(FOLDER or ""))))

    with path.open("rb") as lines:
        brought = bring_over(lines, source="record")

    plain, found = recompute(path, ZoneInfo("Europe/Berlin")), figures()
    assert brought.rejected == []
    assert {standing.value: count for standing, count in found.counts.items()} == dict(plain.standings)
    assert (brought.answers, brought.comments, brought.voices) == (plain.answers, plain.comments, plain.voices)
    assert (found.median_minutes, found.p90_minutes, found.oldest_open) == (plain.median, plain.p90, plain.oldest_open)
    assert verify().broken is None
    assert Counter((row.said_at, row.standing) for row in every_row(brought.ideas)) == plain.rows
    for word in words:
        kinds = found_kinds(word, rosa)
        assert (kinds, kinds.total() > 0) == (plain.holds(word), True), word
    counts = f"{brought.ideas} suggestions, {brought.answers} answers, {brought.comments} comments"
    with capsys.disabled():
        print(f"\n{counts}: {found.sentence()}")  # noqa: T201
