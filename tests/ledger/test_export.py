"""The chain leaves the portal, is checked without it, and its end cannot be cut off unseen."""

import copy
import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import select, text

from portal.accounts.models import User
from portal.community.models import Member
from portal.foundation import config
from portal.foundation.database import session
from portal.ledger.chain import FIRST, export, heads, link_hash
from portal.ledger.jobs import tell_the_witness
from portal.ledger.models import Action, ActionStage, Idea, ResponseKind
from portal.ledger.queries import figures
from portal.ledger.services import Upload, proofs_kept, record_progress, respond, start_action
from tests.conftest import settings_for_tests
from tests.factories import make_idea
from tests.outbox import mails

REASON = "The resin would crack in the first hard frost: 冬に割れる."
VERIFIER = config.ROOT / "docs" / "verify_ledger.py"


@pytest.fixture
def ideas(maya: User, omar: User, rosa: User) -> list[Idea]:
    ideas = [make_idea(proposed_by=author, owner=rosa, title=f"By {author.name}") for author in (maya, omar)]
    action = start_action(title="A warmer lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    respond(ideas[0], kind=ResponseKind.ACTION, message="We will.", by=rosa, action=action)
    respond(ideas[1], kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    session().commit()
    return ideas


def check(path: Path, *known: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(path), *known], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout or done.stderr


def rehashed(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As somebody would who writes every link of a chain anew."""
    last: dict[str, str] = {}
    for link in links:
        link["previous"] = last.get(link["chain"], FIRST)
        link["hash"] = last[link["chain"]] = link_hash(link["previous"], link["part"])
    return links


def test_whatever_is_done_to_an_export_is_found_and_said(ideas: list[Idea], rosa: User, tmp_path: Path) -> None:
    store = tmp_path / "files"
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    action = session().scalars(select(Action)).one()
    with proofs_kept([Upload("report.pdf", BytesIO(b"%PDF-1.7 the report"))]) as files:
        record_progress(action, stage=ActionStage.DONE, words="Out.", by=rosa, files=files)
    for idea in ideas:
        respond(idea, kind=ResponseKind.OUTCOME, message="It did what was hoped of it.", by=rosa)
    path, whole = tmp_path / "ledger.jsonl", list(export())
    known = list(heads().values())

    def told(links: Sequence[object], *heads_and_files: str) -> tuple[int, str]:
        path.write_text("\n".join(json.dumps(link) for link in links), "utf-8-sig")
        return check(path, *heads_and_files)

    def changed(place: int, **values: object) -> list[dict[str, Any]]:
        links = copy.deepcopy(whole)
        links[place]["part"].update(values)  # type: ignore[attr-defined]
        return links  # type: ignore[return-value]

    assert [link["chain"] for link in whole] == ["response"] * 4 + ["progress"] * 2
    assert told(whole, *known, "--files", str(store))[0] == 0
    assert "Files that are as they were shown: 1." in told(whole, "--files", str(store))[1]
    for links, code, words in (
        (changed(1, message="It was never so."), 1, "(line 2) was changed"),
        (changed(0, at="2020-01-01T00:00:00.000000+00:00"), 1, "(line 1) was changed"),
        ([*whole[:1], *whole[2:]], 1, "(line 2) does not follow the link before it"),
        ([whole[1], whole[0], *whole[2:]], 1, "(line 1) does not follow the link before it"),
        # The end is gone, or all is written anew: only a head of earlier shows it.
        ([*whole[:3], *whole[4:]], 1, "The head"),
        (rehashed(changed(2, message="It was never so.")), 1, "written anew"),
        # One that is written anew, and those after it not.
        ([*rehashed(changed(1, message="No."))[:2], *whole[2:]], 1, "(line 3) does not follow"),
        # Another ledger behind this one, or its chain under another name.
        ([*whole, *whole], 1, "(line 7) does not follow"),
        ([{**link, "chain": "other"} for link in whole], 2, "Line 1 is no link of a ledger."),
        ([{**whole[0], "id": 10**9}, *whole[1:]], 1, "has a number that does not come after 1000000000"),
        (["nothing"], 2, "Line 1 is no link of a ledger."),
        ([{"chain": "response"}], 2, "Line 1 is no link of a ledger."),
    ):
        ended, said = told(links, *known)
        assert (ended, words in said) == (code, True), said
    assert told(whole, "not-a-head")[0] == 2
    assert check(tmp_path / "nowhere.jsonl")[0] == check(path, "--files", str(path))[0] == 2
    assert check(path, "--help")[0] == 0
    assert check(path, "--files") == (2, "This cannot be checked: --files needs the name of a folder.\n")
    assert check(tmp_path)[1] == f"This cannot be checked: {tmp_path}: Is a directory.\n"
    (store / files[0].stored.path).write_bytes(b"%PDF-1.7 another report")
    ended, said = told(whole, "--files", str(store))
    assert (ended, "(line 6): its file “report.pdf” is gone or was changed." in said) == (1, True)


def test_the_exported_chain_is_checked_without_the_portal(app: Flask, ideas: list[Idea], tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    newest = heads()

    ended = app.test_cli_runner().invoke(args=["ledger", "export", str(path)])

    assert ended.exit_code == 0
    assert ended.output.startswith("3 links lie in ")
    lines = path.read_text("utf-8").splitlines()
    found = f"1 link of progress up to {newest['progress']}, 2 links of response up to {newest['response']}"
    assert check(path, *newest.values()) == (0, f"Unbroken: {found}.\n")

    changed = [lines[0], lines[1].replace("crack", "sing"), lines[2]]
    path.write_text("\n".join(changed), "utf-8")
    assert "was changed" in check(path)[1]
    path.write_text("\n".join([lines[1], lines[2]]), "utf-8")
    assert "does not follow" in check(path)[1]
    path.write_text("\n".join([lines[0], lines[2]]), "utf-8")
    assert check(path)[0] == 0
    assert check(path, newest["response"]) == (
        1,
        f"The head {newest['response']} is gone: links were cut off the end, or written anew.\n",
    )


def test_what_cannot_be_read_or_written_is_said_in_a_sentence(app: Flask, ideas: list[Idea], tmp_path: Path) -> None:
    path, nowhere = tmp_path / "ledger.jsonl", tmp_path / "nowhere" / "ledger.jsonl"
    export = app.test_cli_runner().invoke

    ended = export(args=["ledger", "export", str(nowhere)])
    assert (ended.exit_code, ended.output) == (1, f"Error: {nowhere} cannot be written: No such file or directory.\n")
    path.write_text("A ledger", "utf-16")
    assert check(path) == (2, f"This cannot be checked: {path} is no text in UTF-8.\n")
    # The name of a file may hold letters that a window cannot show.
    part = {"files": [{"name": "冬.pdf", "sha256": "0"}]}
    words = json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    link = {"chain": "progress", "id": 1, "previous": FIRST, "part": part}
    link["hash"] = hashlib.sha256(f"{FIRST}{words}".encode()).hexdigest()
    path.write_text(json.dumps(link), "utf-8")
    command = [sys.executable, str(VERIFIER), str(path), "--files", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, env={"PYTHONIOENCODING": "ascii"})
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "\\u51ac.pdf" in ended.stdout


def test_a_head_written_down_earlier_finds_a_removed_end(db: str, app: Flask, ideas: list[Idea]) -> None:
    known = heads()
    command = ["ledger", "verify", "--head", known["response"], "--head", known["progress"]]
    assert app.test_cli_runner().invoke(args=command).exit_code == 0

    # Somebody with the keys of the database, who leaves no trace in it.
    if db == "sqlite":
        guard = session().scalar(text("SELECT sql FROM sqlite_master WHERE name = 'response_no_delete'"))
        off = "DROP TRIGGER response_no_delete"
    else:
        off, guard = (
            f"ALTER TABLE response {how} TRIGGER response_append_only" for how in ("DISABLE", "ENABLE ALWAYS")
        )
    before = "standing = 'waiting', decided_minutes = NULL, promises_kept = 0, promises_broken = 0"
    for statement in (
        off,
        "DELETE FROM response WHERE id = (SELECT max(id) FROM response)",
        str(guard),
        f"UPDATE idea SET {before} WHERE id = {ideas[1].id}",
    ):
        session().execute(text(statement))
    session().commit()

    assert app.test_cli_runner().invoke(args=["ledger", "verify"]).exit_code == 0
    ended = app.test_cli_runner().invoke(args=command)
    assert ended.exit_code == 1
    assert f"The head {known['response']} is gone" in ended.stderr


def test_the_witness_gets_the_heads_once_a_day(ideas: list[Idea]) -> None:
    assert tell_the_witness() == 0
    config.use(settings_for_tests(WITNESS_ADDRESS="witness@example.org"))

    assert (tell_the_witness(), tell_the_witness()) == (1, 0)

    (mail,) = mails("ledger_heads")
    assert mail.recipient == "witness@example.org"
    for name, hash_ in zip(("Answers", "Progress entries"), heads().values(), strict=True):
        assert (f"--head {hash_}" in mail.text, f"{name}: {hash_}" in mail.text) == (True, True)
        assert f">{name}<br" in mail.html


def test_the_pages_show_the_figures_and_the_unbroken_chain(sign_in, sam: User, maya: User, ideas: list[Idea]) -> None:
    known = figures()
    assert (known.kept, known.broken) == (4, 0)

    browser = sign_in(maya)
    page = browser.get("/figures").text
    assert "Promises kept" in page
    assert "Rosa Pereira" in page
    # How many there are, circles included, is for managers.
    chain = browser.get("/chain").text
    assert "stands as it was written" in chain
    assert "2 answers" not in chain
    assert browser.get("/chain/export").status_code == 403
    manager = sign_in(sam)
    assert "2 answers and 1 progress entry, unbroken." in manager.get("/chain").text
    lines = manager.get("/chain/export").text.splitlines()
    assert [json.loads(line)["chain"] for line in lines] == ["response", "response", "progress"]


def test_the_public_ledger_is_data_and_a_feed_with_names_by_consent_only(
    client, app: Flask, maya: User, omar: User, ideas: list[Idea]
) -> None:
    assert {client.get(f"/public-ledger/{part}").status_code for part in ("data", "feed")} == {404}
    session().add(Member(user_id=maya.id, founding_number=1, is_named_publicly=True))
    session().commit()
    config.use(app.extensions["settings"].model_copy(update={"PUBLIC_LEDGER": True}))

    data = client.get("/public-ledger/data").get_json()
    feed = ElementTree.fromstring(client.get("/public-ledger/feed").data)

    assert [row["by"] for row in data["suggestions"]] == ["A member", "Maya Lindqvist"]
    assert data["figures"]["answered"] == 2
    assert data["suggestions"][0]["answer"] == REASON
    titles = [entry.findtext("{*}title") for entry in feed.findall("{*}entry")]
    assert titles == ["Explained: By a member", "Planned: By Maya Lindqvist"]
    assert "Omar" not in json.dumps(data)
