"""The command that verifies the ledger."""

import json
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import ResponseKind
from portal.ledger.services import respond
from tests.factories import make_idea


def test_an_unbroken_ledger_says_so(app: Flask, maya: User, rosa: User) -> None:
    respond(make_idea(proposed_by=maya, owner=rosa), kind=ResponseKind.QUESTION, message="Which?", by=rosa)
    session().commit()

    ended = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert (ended.exit_code, ended.output) == (0, "1 answer and 0 progress entries, unbroken.\n")
    for head, code, said in (("abc", 2, "abc is no head"), ("a" * 64, 1, "is gone: links were cut off the end")):
        ended = app.test_cli_runner().invoke(args=["ledger", "verify", "--head", head])
        assert (ended.exit_code, said in ended.stderr) == (code, True)


def test_a_broken_ledger_is_named_and_fails(app: Flask, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    session().execute(text(f"UPDATE idea SET standing = 'done' WHERE id = {idea.id}"))
    session().commit()

    ended = app.test_cli_runner().invoke(args=["ledger", "verify"])

    assert ended.exit_code == 1
    assert f"Suggestion {idea.id} says “done”" in ended.stderr


def test_how_well_like_finds_like_is_printed(app: Flask, tmp_path: Path) -> None:
    titles = {"1": "Warm light", "2": "Sell the shade", "3": "A light that is warmer", "4": "Shades to buy"}
    ideas, links, out = tmp_path / "ideas.jsonl", tmp_path / "links.csv", tmp_path / "ranked.csv"
    ideas.write_text("\n".join(json.dumps({"id": number, "title": title}) for number, title in titles.items()))
    links.write_text("a,b,by\n1,3,x\n1,3,y\n4,2,x\n4,9,x\n2,2,x\n")
    runner = app.test_cli_runner()

    ended = runner.invoke(args=["ledger", "evaluate-similar", str(ideas), str(links), "--out", str(out)])

    assert ended.output == "4 suggestions, 2 links\nrecall@1 1.000\nrecall@5 1.000\nrecall@10 1.000\n"
    assert out.read_text().splitlines()[1].startswith("1,1,3,")
    links.write_text("1,3\n")
    assert (
        "4 suggestions, 1 link\n" in runner.invoke(args=["ledger", "evaluate-similar", str(ideas), str(links)]).output
    )
    for other in ("by;a;b\nx;1;3\ny;4;2", "1\t3\n4\t2\n4\t9"):
        links.write_text(other)
        assert "2 links" in runner.invoke(args=["ledger", "evaluate-similar", str(ideas), str(links)]).output


def test_what_cannot_be_evaluated_is_said_in_a_sentence(app: Flask, tmp_path: Path) -> None:
    ideas, links, nowhere = tmp_path / "ideas.jsonl", tmp_path / "links.csv", tmp_path / "nowhere" / "ranked.csv"
    rows = "".join(json.dumps({"id": number, "title": "Warm light"}) + "\n" for number in (1, 2))
    links.write_text("1,2\n")
    command = ["ledger", "evaluate-similar", str(ideas), str(links)]

    for words, said in (
        (b"{}", "Line 1 has no id by which a link could name it."),
        (rows.encode() + b"\nnull", "Line 4 is no suggestion. A line holds one suggestion as a JSON object."),
        (b"[" * 100_000, "ideas.jsonl is one list in JSON;"),
        (b'{"id":' * 100_000, "Line 1 is no suggestion. Its lists stand too deep in one another."),
        (rows.encode("utf-16"), "ideas.jsonl is written in UTF-16."),
        (b"", "No link names two suggestions of the file."),
    ):
        ideas.write_bytes(words)
        ended = app.test_cli_runner().invoke(args=command)
        assert (ended.exit_code, ended.output.startswith(f"Error: {said}")) == (1, True), ended.output
    ideas.write_text(rows)
    ended = app.test_cli_runner().invoke(args=[*command, "--out", str(nowhere)])
    assert (ended.exit_code, ended.output) == (1, f"Error: {nowhere} cannot be written: No such file or directory.\n")
    links.write_bytes("1,2\n".encode("utf-16"))
    assert "links.csv is written in UTF-16." in app.test_cli_runner().invoke(args=command).output


def test_a_long_record_says_how_far_it_has_come(app: Flask, rosa: User, tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text("\n" * 2100)

    ended = app.test_cli_runner().invoke(args=["ledger", "import", str(path)])

    assert ended.stderr == "1,000 lines read …\n2,000 lines read …\n"
    assert "0 suggestions brought over" in ended.stdout
