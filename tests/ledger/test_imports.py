"""Bringing over an earlier record: with its dates, once, and right in every figure."""

import gzip
import json
import os
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import Role, User
from portal.accounts.queries import staff
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.chain import verify
from portal.ledger.derived import derived_standings
from portal.ledger.models import Action, Comment, Idea, Progress, Standing
from portal.ledger.queries import LedgerFilter, SearchFilter, figures, ledger_page, search_page
from portal.ledger.services import bring_over, rehearse
from portal.ledger.visibility import reach_of
from portal.updates.jobs import gather
from tests.ledger.plainly import recompute

BERLIN = ZoneInfo("Europe/Berlin")


def line(number: int, **given: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": number,
        "title": f"Suggestion {number}",
        "text": "Please.",
        "author": f"Member {number % 5}",
        "created_at": f"2024-03-{number % 27 + 1:02d}T{number % 24:02d}:10:30Z",
        "votes": number % 7,
        "replies": [],
        "decision": None,
        "reason": None,
    }
    return {**row, **given}


def reply(text: str, at: str, *, is_staff: bool = True) -> dict[str, Any]:
    return {"author": "Jo" if is_staff else "Ben", "text": text, "created_at": at, "is_staff": is_staff}


RECORD = [
    *(line(number) for number in range(5)),
    line(5, replies=[
        reply("We read it.", "2024-04-02T09:00:00Z"), reply("Me too.", "2024-04-01T07:00:00Z", is_staff=False),
    ]),
    line(6, decision="Rejected", reason="It would crack in the first frost.", decided_at="2024-04-05T10:00:00Z"),
    line(7, decision="Rejected", reason=""),
    line(8, decision="Final", replies=[reply("It is out.", "2024-05-02T15:30:00Z")], reason="It is out."),
    line(9, decision="Accepted", decided_at="2024-04-11", replies=[reply("Soon.", "2024-06-01T08:00:00Z")]),
    line(10, decision="Draft"),
    line(11, decision="active", replies=[reply("We began.", "2024-03-29T08:00:00Z")], reason="Because of you."),
]  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in RECORD))
    return path


def bring(path: Path) -> Any:
    with path.open("rb") as lines:
        return bring_over(lines, source="forum")


def count(table: Any) -> int | None:
    return session().scalar(select(func.count()).select_from(table))


def test_the_figures_are_those_of_a_plain_recomputation(record: Path, rosa: User) -> None:
    brought, plain = bring(record), recompute(record, BERLIN)

    found = figures()
    assert {standing.value: count for standing, count in found.counts.items()} == dict(plain.standings)
    assert (found.median_minutes, found.p90_minutes) == (plain.median, plain.p90)
    assert found.oldest_open == plain.oldest_open
    assert (brought.ideas, brought.answers, brought.voices) == (len(RECORD), plain.answers, plain.voices)
    assert (brought.comments, count(Comment)) == (plain.comments, plain.comments) == (1, 1)
    assert verify().broken is None
    assert session().execute(derived_standings()).all() == []


def test_the_ledger_shows_each_with_its_dates_and_its_voices(record: Path, rosa: User) -> None:
    bring(record)

    rows = {row.title: row for row in ledger_page(LedgerFilter(), zone=BERLIN).rows}
    sixth, seventh = rows["Suggestion 6"], rows["Suggestion 7"]
    assert (sixth.said_by, sixth.votes) == ("Member 1", 7)
    assert sixth.said_at.isoformat() == "2024-03-07T06:10:30+00:00"
    assert sixth.answer_words == "It would crack in the first frost."
    assert str(sixth.answered_at) == "2024-04-05 10:00:00+00:00"
    assert (seventh.took, seventh.answer_words) == ("", "Rejected, without recorded words")
    # No date is made up for what has none, and every other is told.
    assert [row.title for row in rows.values() if row.answer_words and row.answered_at is None] == [seventh.title]


def test_what_was_brought_over_is_found_at_once_and_nothing_else(record: Path, rosa: User) -> None:
    bring(record)

    for word in ("frost", "soon", "began", "too", "suggestion", "purple"):
        plain = sum(
            word in words.lower()
            for row in RECORD
            for words in [
                f"{row['title']} {row['text']}",
                *(reply["text"] for reply in row["replies"]),
                *([row["reason"]] if row["reason"] not in [reply["text"] for reply in row["replies"]] else []),
                # An action that is done or under way is found by its title as well.
                *([row["title"]] if row["decision"] in {"Final", "Accepted", "active"} else []),
            ]
            if words
        )
        assert len(search_page(SearchFilter(words=word), reach_of(rosa)).hits) == plain, word


def test_a_reply_after_the_decision_does_not_take_it_back(record: Path, rosa: User) -> None:
    bring(record)

    ninth = session().scalars(select(Idea).where(Idea.imported_key == "forum:9")).one()
    assert ninth.standing is Standing.PLANNED
    assert [answer.kind.value for answer in ninth.responses] == ["action", "outcome"]
    assert ninth.owner_id == rosa.id


def test_the_same_record_again_adds_nothing_and_a_stopped_one_goes_on(record: Path, rosa: User) -> None:
    lines = record.read_bytes().splitlines()
    first = bring_over(lines[:4], source="forum")
    before = [count(table) for table in (Progress, User)]
    again, rest = bring_over(lines[:4], source="forum"), bring_over(lines, source="forum")

    assert (first.ideas, again.ideas, again.known) == (4, 0, 4)
    assert (rest.ideas, rest.known) == (len(RECORD) - 4, 4)
    assert before == [0, 5]
    assert count(Idea) == len(RECORD)
    assert bring_over(lines[:1], source="another forum").ideas == 1


def test_nobody_is_told_and_nobody_of_the_record_can_come_in(record: Path, rosa: User) -> None:
    bring(record)

    assert gather() == 0
    assert count(OutgoingMail) == 0
    assert [user.id for user in staff()] == [rosa.id]
    strangers = session().scalars(select(User).where(User.id != rosa.id)).all()
    assert all(user.email.endswith("@imported.invalid") and not user.is_active for user in strangers)
    assert {user.name for user in strangers if user.role is not Role.MEMBER} == {"Jo", "Lumen Lamps, not named"}
    bring_over([b'{"id": 1, "title": "A lamp", "created_at": "2024-03-01T10:00:00Z"}'], source="a box of letters")
    assert session().scalars(select(Idea).order_by(Idea.id.desc())).first().proposed_by.name == "A member, not named"


def test_a_first_word_decides_nothing_and_what_follows_it_is_no_outcome(rosa: User) -> None:
    later = reply("We tried it.", "2024-06-02T09:00:00Z")
    said = line(1, decision="noted", reason="We try it.", decided_at="2024-05-02", replies=[later])
    bring_over([json.dumps(said).encode()], source="forum")

    idea = session().scalars(select(Idea)).one()
    assert (idea.standing, idea.owner_id, idea.decided_minutes) == (Standing.HEARD, rosa.id, None)
    assert [(answer.kind.value, answer.message) for answer in idea.responses] == [
        ("acknowledgement", "We try it."), ("acknowledgement", "We tried it."),
    ]  # fmt: skip


def test_what_is_done_says_by_what_word_where_no_proof_is_known(rosa: User) -> None:
    bring_over([json.dumps(line(1, decision="Final")).encode()], source="forum")

    entry = session().scalars(select(Progress)).one()
    assert (entry.stage.value, entry.imported_as, entry.proof_url, entry.happened_on) == ("done", "Final", "", None)
    assert session().scalars(select(Action)).one().owner.name == "Lumen Lamps, not named"


def test_bad_lines_lie_beside_the_file_with_their_reasons(app: Flask, rosa: User, tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    late = line(3, created_at="2999-01-01")
    path.write_text("\n".join([json.dumps(line(1)), "nothing", "", json.dumps(late), json.dumps(line(2))]))

    ended = app.test_cli_runner().invoke(args=["ledger", "import", str(path)])

    assert ended.exit_code == 0, ended.output
    assert "mixed.jsonl: 2 suggestions brought over" in ended.output
    rows = [json.loads(words) for words in (tmp_path / "mixed.rejected.jsonl").read_text().splitlines()]
    assert [(row["line"], row["content"]) for row in rows] == [(2, "nothing"), (4, json.dumps(late))]
    assert "still to come" in rows[1]["reason"]

    path.write_text(json.dumps(line(1)))
    assert "1 was here already" in app.test_cli_runner().invoke(args=["ledger", "import", str(path)]).output
    assert not (tmp_path / "mixed.rejected.jsonl").exists()


def test_a_packed_record_is_the_same_record_and_a_name_is_one_person_however_it_is_capitalised(
    app: Flask, rosa: User, tmp_path: Path
) -> None:
    spelled = ("Anna Berg", "anna berg ", "ANNA  BERG", "Anna Bergh")
    words = "\n".join(json.dumps(line(place, author=name)) for place, name in enumerate(spelled)).encode()
    plain, packed = tmp_path / "forum.jsonl", tmp_path / "forum.jsonl.gz"
    plain.write_bytes(words)
    packed.write_bytes(gzip.compress(words, mtime=0))

    def said(path: Path) -> tuple[int, str]:
        ended = app.test_cli_runner().invoke(args=["ledger", "import", str(path)])
        return ended.exit_code, ended.output

    assert "forum.jsonl.gz: 4 suggestions brought over" in said(packed)[1]
    assert "4 were here already" in said(plain)[1]
    assert len({idea.proposed_by_id for idea in session().scalars(select(Idea))}) == 2
    packed.write_bytes(packed.read_bytes()[:-20])
    assert said(packed) == (1, "Error: forum.jsonl.gz is packed, and broken off.\n")


def test_each_odd_line_gets_a_clear_sentence_and_nothing_is_lost(app: Flask, rosa: User, tmp_path: Path) -> None:
    good = line(1, id=None)
    odd: list[tuple[Any, str]] = [
        (line(2, decision="Perhaps"), "The decision “Perhaps” is not known"),
        (line(3, decided_at="2999-01-01", decision="done"), "It holds a date that is still to come."),
        (line(4, replies=[reply("Early.", "2024-02-01T09:00:00Z")]), "older than the suggestion itself."),
        (line(5, decision="done", decided_at="1999-01-01"), "older than the suggestion itself."),
        (good, "it stands on line 1 already."),
        (line(7, id=6, title="Another six"), "it stands on line 2 already."),
        (line(8, text="x" * 5_000_000), "The line is longer than 4 MB."),
        (line(9, text="x" * 30_000), "A text is longer than 20,000 characters."),
        (line(10, created_at="soon"), "“soon” is not a date."),
        ([1], "A line holds one suggestion as a JSON object."),
    ]
    fine = [
        line(6, decision="done", created_at="2024-03-07T12:00:00Z", decided_at="2024-03-07"),
        line(11, decision="rejected", reason=""),
        line(12, replies=[{"text": "We read it.", "is_staff": True, "created_at": "2024-04-02"}]),
    ]
    path = tmp_path / "odd.jsonl"
    rows = [good, fine[0], *(row for row, _reason in odd), *fine[1:]]
    # As a spreadsheet on another system writes it: with a mark at its beginning, other line ends, an empty line.
    text = "\r\n".join(["", *(json.dumps(row) for row in rows[1:])])
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(rows[0]).encode() + text.encode() + b"\r\n\r\n\xff\xfe\x00\r\n")

    ended = app.test_cli_runner().invoke(args=["ledger", "import", str(path)])

    assert ended.exit_code == 0, ended.output
    assert "4 suggestions brought over" in ended.output
    assert "11 lines set aside" in ended.output
    told = [json.loads(words) for words in (tmp_path / "odd.rejected.jsonl").read_text().splitlines()]
    assert [row["line"] for row in told] == [*range(3, 13), 16]
    for row, (given, reason) in zip(told, odd, strict=False):
        assert reason in row["reason"], row["reason"]
        assert json.loads(row["content"]) == given
    assert told[-1]["reason"] == "This is not UTF-8 from byte 1 of the line on."
    # Mended, the lines that were set aside go in, and nothing that is here goes in again.
    mended = [*(row for row, _reason in odd[:4]), line(7, title="Another six")]
    for row in mended:
        row.update(decision=None, replies=[])
    path.write_text("\n".join(json.dumps(row) for row in [*rows[:2], *mended]))
    ended = app.test_cli_runner().invoke(args=["ledger", "import", str(path)])
    assert "5 suggestions brought over" in ended.output
    assert "2 were here already, 0 lines set aside" in ended.output


@pytest.mark.parametrize("more", [[], ["--dry-run"]], ids=["import", "dry run"])
def test_a_file_of_another_kind_is_said_to_be_one_before_any_line_is(
    app: Flask, rosa: User, tmp_path: Path, more: list[str]
) -> None:
    path, text = tmp_path / "forum.jsonl", json.dumps([line(1), line(2)], indent=1)

    for words, kind in (
        (json.dumps(line(1)).encode("utf-16"), "is written in UTF-16. Save it as UTF-8."),
        (json.dumps(line(1)).encode("utf-16-le"), "is written in UTF-16."),
        (gzip.compress(json.dumps(line(1)).encode("utf-16")), "is written in UTF-16."),
        (text.encode("utf-8-sig"), "is one list in JSON; one suggestion a line is needed, as jq -c '.[]' writes them."),
        (b"\n " + text.encode(), "is one list in JSON"),
    ):
        path.write_bytes(words)
        ended = app.test_cli_runner().invoke(args=["ledger", "import", str(path), *more])
        assert ended.exit_code == 1
        assert ended.output.startswith(f"Error: forum.jsonl {kind}"), ended.output
    assert count(Idea.__table__) == 0


def test_what_comes_through_a_pipe_is_asked_for_as_a_file(app: Flask, rosa: User) -> None:
    reads, writes = os.pipe()
    os.write(writes, b"{}")
    os.close(writes)
    path = f"/dev/fd/{reads}"

    for command in (["import", path], ["import", path, "--dry-run"], ["evaluate-similar", path, path]):
        ended = app.test_cli_runner().invoke(args=["ledger", *command])
        said = f"Error: {path} can be read only once. Save it as a file first.\n"
        assert (ended.exit_code, ended.output) == (1, said)
    os.close(reads)


def test_a_file_that_was_named_for_bad_lines_is_never_thrown_away(app: Flask, rosa: User, tmp_path: Path) -> None:
    path, notes = tmp_path / "fine.jsonl", tmp_path / "notes.txt"
    path.write_text(json.dumps(line(1)))
    notes.write_text("Mine.")
    command = ["ledger", "import", str(path), "--rejected"]

    assert app.test_cli_runner().invoke(args=[*command, str(notes)]).exit_code == 0
    ended = app.test_cli_runner().invoke(args=[*command, str(path)])

    assert notes.read_text() == "Mine."
    assert (ended.exit_code, path.read_text()) == (2, json.dumps(line(1)))


def test_a_dry_run_counts_what_the_import_does_and_writes_nothing(app: Flask, rosa: User, tmp_path: Path) -> None:
    path = tmp_path / "forum.jsonl"
    odd = [
        line(20, created_at="2999-01-01"),
        line(21, decision="Perhaps"),
        line(3, title="Three again"),
        line(22, replies=[reply("Early.", "2024-02-01T09:00:00Z")]),
        line(23, mood="fine", votes=["Ann", "Ben", ""]),
        line(24, decision="noted", replies=[reply("Seen.", "2024-04-02"), reply("+1", "2024-04-03", is_staff=False)]),
    ]
    path.write_text("\n".join([*(json.dumps(row) for row in [*RECORD, *odd]), "nothing"]))
    bring_over([json.dumps(RECORD[0]).encode()], source="forum")
    before = {table.name: count(table) for table in Idea.metadata.sorted_tables}

    with path.open("rb") as lines:
        rehearsed = rehearse(lines, source="forum")
    ended = app.test_cli_runner().invoke(args=["ledger", "import", str(path), "--dry-run"])
    session().rollback()

    assert ended.exit_code == 0, ended.output
    assert {table.name: count(table) for table in Idea.metadata.sorted_tables} == before
    assert [one.name for one in tmp_path.iterdir()] == ["forum.jsonl"]
    brought = bring(path)
    assert rehearsed.brought == brought
    assert (brought.ideas, brought.known, len(brought.rejected)) == (13, 1, 5)
    assert (rehearsed.undecided, rehearsed.unexplained, rehearsed.undated) == (8, 1, 1)


def test_a_dry_run_says_what_becomes_of_each_and_why_a_line_stays_out(app: Flask, rosa: User, tmp_path: Path) -> None:
    path, notes = tmp_path / "forum.jsonl", tmp_path / "bad.jsonl"
    rows = [*(json.dumps(row) for row in RECORD), *["nothing"] * 25, json.dumps(line(30, created_at="2999-01-01"))]
    path.write_text("\n".join(rows))
    command = ["ledger", "import", str(path), "--dry-run", "--rejected", str(notes)]

    said = app.test_cli_runner().invoke(args=command).output

    assert said.startswith("A dry run: nothing was written, and this is what would be.\n")
    assert "forum.jsonl: 12 suggestions to bring over with 8 answers, 1 comment and" in said
    assert "26 lines set aside.\n" in said
    for words in (
        "  Rejected (2) becomes an explanation\n",
        "  Final (1) becomes an action that is done\n",
        "  Accepted (1) becomes an action that is planned\n",
        "  active (1) becomes an action under way\n",
        "  7 still open: each gets an owner and a promise from the day of the import\n",
        "  1 explained without words: the page says that they were not recorded\n",
        "  1 decided on a day that was not recorded: left out of the working hours\n",
        "  line 13 would be set aside: This is not JSON from character 1 of the line on.\n",
        "  5 more: This is not JSON from character 1 of the line on.\n",
        "  1 more: It holds a date that is still to come.\n",
    ):
        assert words in said, said
    assert not notes.exists()


def test_on_an_empty_portal_a_dry_run_adds_nobody(app: Flask, record: Path) -> None:
    ended = app.test_cli_runner().invoke(args=["ledger", "import", str(record), "--dry-run"])

    assert ended.exit_code == 0, ended.output
    assert staff() == []


def test_on_an_empty_portal_the_first_admin_answers(app: Flask, record: Path) -> None:
    record.write_text(record.read_text() + json.dumps(line(12, mood="fine")) + "\n")
    ended = app.test_cli_runner().invoke(args=["ledger", "import", str(record), "--source", "forum"])

    assert ended.exit_code == 0, ended.output
    assert "Passed over, since the guide to this import does not name it: mood (1).\n" in ended.output
    assert [user.email for user in staff()] == ["admin@example.com"]


def test_the_page_says_what_was_not_recorded(record: Path, rosa: User, sign_in: Any) -> None:
    bring(record)
    seventh = session().scalars(select(Idea).where(Idea.imported_key == "forum:7")).one()
    session().commit()

    page = sign_in(rosa).get(f"/ideas/{seventh.id}").get_data(as_text=True)

    assert "Brought over from an earlier record: Rejected." in page
    assert "Its date was not recorded." in page
    assert "date not recorded" in sign_in(rosa).get("/ideas").get_data(as_text=True)
    assert "Its words were not recorded." in page
