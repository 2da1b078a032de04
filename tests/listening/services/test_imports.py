"""Files of mentions: read once, in steps, from wherever the last reader stopped."""

import csv
import gzip
import hashlib
import io
import json
import os

import pytest
from sqlalchemy import select

from portal.foundation import config
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.listening.models import ImportStatus, MentionImport, Tracker
from portal.listening.services import (
    AlreadyRead,
    ImportOptions,
    TakenOver,
    keep_upload,
    prepare_import,
    preview,
    reading,
    rejected_file,
    run_import,
    run_next_import,
    start_import,
)
from portal.listening.services.imports import uploads_folder
from tests.conftest import settings_for_tests
from tests.listening.heard import stored_mentions

HEAD = "channel,external_id,author_handle,created_at,text"


@pytest.fixture(autouse=True)
def _own_folder(db, tmp_path):
    config.use(settings_for_tests(DATA_FOLDER=tmp_path / "data"))


def rows(count: int, start: int = 1) -> list[str]:
    return [
        f"x,{n},user{n % 7},2026-03-04T12:00:00Z,The lamp number {n} of the series" for n in range(start, start + count)
    ]


def write(folder, lines: list[str], name: str = "mentions.csv"):
    path = folder / name
    path.write_text("\n".join([HEAD, *lines]) + "\n")
    return path


def read(path, **options) -> MentionImport:
    row = prepare_import(path, ImportOptions(**options))
    session().flush()
    run_import(row.id)
    session().refresh(row)
    return row


def rejected(row) -> list[list[str]]:
    with rejected_file(row).open(newline="") as file:
        return list(csv.reader(file))


def test_good_rows_go_in_and_bad_ones_are_set_aside(tmp_path):
    path = write(tmp_path, [*rows(3), "x,4,,2026-03-04T12:00:00Z,Nobody said this", "x,5,juno,yesterday,When"])

    row = read(path)

    assert (row.status, row.rows_read, row.added, row.rejected) == (ImportStatus.DONE, 5, 3, 2)
    assert (row.bytes_read, row.size_bytes) == (path.stat().st_size, path.stat().st_size)
    assert [line[0] for line in rejected(row)] == ["rejected_line", "5", "6"]
    assert {mention.import_id for mention in stored_mentions()} == {row.id}
    assert rejected_file(row) == tmp_path / "mentions.csv.rejected.csv"


def test_the_same_file_again_adds_nothing(tmp_path):
    first = read(write(tmp_path, rows(3)))
    moved = write(tmp_path, rows(3), name="again.csv")

    second = read(moved)

    assert second.id == first.id
    assert second.added == 3
    assert len(stored_mentions()) == 3


def test_the_same_rows_in_another_file_are_repeats(tmp_path):
    read(write(tmp_path, rows(3)))

    row = read(write(tmp_path, rows(5), name="more.csv"))

    assert (row.added, row.repeated) == (2, 3)


def test_a_stopped_import_goes_on_where_it_was(tmp_path, monkeypatch):
    path = write(tmp_path, [*rows(1500), "x,bad,,2026-03-04T12:00:00Z,x", *rows(1000, start=2000), "x,bad,,,y"])
    row = prepare_import(path, ImportOptions())
    session().flush()

    def stop(_row):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_import(row.id, tell=stop)
    session().refresh(row)
    assert (row.status, row.rows_read, row.added) == (ImportStatus.RUNNING, 1000, 1000)
    seen = []
    run_import(row.id, tell=lambda now: seen.append(now.rows_read))

    session().refresh(row)
    assert seen == [2000, 2502]
    assert (row.rows_read, row.added, row.repeated, row.rejected) == (2502, 2500, 0, 2)
    assert len(stored_mentions()) == 2500


def test_rejected_rows_of_a_step_that_was_never_stored_are_not_written_twice(tmp_path, monkeypatch):
    path = write(tmp_path, [*rows(999), "x,bad1,,2026-03-04T12:00:00Z,x", *rows(5, start=2000), "x,bad2,,,y"])
    row = prepare_import(path, ImportOptions())
    session().flush()
    steps = iter((False, True))
    take_in = reading.take_in

    def fail_in_the_second_step(drafts, **given):
        if next(steps):
            raise OSError("the power went")
        return take_in(drafts, **given)

    monkeypatch.setattr(reading, "take_in", fail_in_the_second_step)
    with pytest.raises(Refusal):
        run_import(row.id)
    assert len(rejected(row)) == 3
    monkeypatch.undo()
    run_import(row.id)

    session().refresh(row)
    assert [line[0] for line in rejected(row)] == ["rejected_line", "1001", "1007"]
    assert (row.status, row.rejected, row.added) == (ImportStatus.DONE, 2, 1004)


def test_whoever_reads_last_is_the_only_one_who_stores(tmp_path):
    row = prepare_import(write(tmp_path, rows(3000)), ImportOptions())
    session().flush()
    taken_over = []

    def someone_else(_row):
        if not taken_over:
            taken_over.append(True)
            run_import(row.id)

    with pytest.raises(TakenOver):
        run_import(row.id, tell=someone_else)

    session().refresh(row)
    assert (row.status, row.added, row.rows_read) == (ImportStatus.DONE, 3000, 3000)
    assert len(stored_mentions()) == 3000


def test_a_tracker_given_with_a_file_stays_and_finds(tmp_path):
    row = read(write(tmp_path, rows(3)), tracker="lamp")

    assert row.matched == 3
    assert [tracker.query for tracker in session().scalars(select(Tracker))] == ["lamp"]


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        ("", {}, "empty"),
        ("one,two\n1,2\n", {}, "--map"),
        (f"{HEAD}\nx,1,juno,2026-03-04 12:00,Hello there\n", {}, "zone"),
        (f"{HEAD}\nx,1,juno,2026-03-04 12:00,Hello there\n", {"zone": "Mars/Base"}, "Mars/Base"),
        (f"{HEAD}\nx,1,juno,2026-03-04T12:00Z,Hello there\n", {"tracker": '"lamp'}, "closed"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path, content, options, words):
    path = tmp_path / "odd.csv"
    path.write_text(content)

    with pytest.raises(Refusal, match=words):
        read(path, **options)
    assert not session().scalars(select(MentionImport)).all()


def test_a_question_in_the_middle_of_a_file_stops_it_and_says_so(tmp_path):
    path = write(tmp_path, [*rows(1200), "x,9,juno,2026-03-04 12:00,No zone"])
    row = prepare_import(path, ImportOptions())
    session().flush()

    with pytest.raises(Refusal, match="zone"):
        run_import(row.id)

    session().refresh(row)
    assert (row.status, row.rows_read) == (ImportStatus.FAILED, 1000)
    assert "zone" in row.error


def upload(sam, content: bytes, name: str = "export.csv") -> MentionImport:
    row = keep_upload(io.BytesIO(content), name, by=sam)
    session().flush()
    return row


def test_an_upload_waits_under_a_name_of_our_own(sam):
    row = upload(sam, "\n".join([HEAD, *rows(2)]).encode(), name="../../etc/pass wd.csv")

    kept = uploads_folder() / os.path.basename(row.path)
    assert (row.file_name, row.status) == ("pass wd.csv", ImportStatus.DRAFT)
    assert kept.read_bytes().startswith(b"channel")
    assert kept.stat().st_mode & 0o077 == 0
    assert not run_next_import()


def test_a_preview_shows_what_rows_become_and_stores_nothing(sam):
    row = upload(sam, gzip.compress("\n".join([HEAD, *rows(2), "x,3,,2026-03-04T12:00:00Z,x", ""]).encode()))

    seen = preview(row, ImportOptions())

    assert seen.columns == tuple(HEAD.split(","))
    assert [draft.external_id for draft in seen.drafts] == ["1", "2"]
    assert [problem.line for problem in seen.problems] == [4]
    assert preview(row, ImportOptions(sets=("channel=",))).refusal
    assert not stored_mentions()


def test_an_import_from_before_encodings_could_be_named_is_still_known(tmp_path):
    path = write(tmp_path, rows(2))
    row = read(path)
    said = {"format": "auto", "maps": (), "sets": (), "zone": "", "dates": "", "tracker": ""}
    content = hashlib.sha256(path.read_bytes()).hexdigest()

    assert row.key == hashlib.sha256(f"{content}\n{json.dumps(said, sort_keys=True)}".encode()).hexdigest()
    assert prepare_import(path, ImportOptions()) is row
    assert prepare_import(path, ImportOptions(encoding="cp1251")) is not row


def test_a_started_upload_is_read_by_the_worker_and_then_removed(sam):
    row = upload(sam, "\n".join([HEAD, *rows(2), "x,3,,2026-03-04T12:00:00Z,x", ""]).encode())
    start_import(row, ImportOptions(), by=sam)
    session().flush()

    assert run_next_import()
    assert not run_next_import()

    session().refresh(row)
    assert (row.status, row.added, row.rejected) == (ImportStatus.DONE, 2, 1)
    assert not os.path.exists(row.path)
    assert len(rejected(row)) == 2


def test_the_same_upload_read_in_the_same_way_is_refused(sam):
    content = "\n".join([HEAD, *rows(2)]).encode() + b"\n"
    first = upload(sam, content)
    start_import(first, ImportOptions(), by=sam)
    session().flush()

    with pytest.raises(AlreadyRead) as caught:
        start_import(upload(sam, content), ImportOptions(), by=sam)
    assert caught.value.known is first


def test_an_upload_that_failed_can_be_started_in_another_way(sam):
    row = upload(sam, "\n".join([HEAD, *rows(1200), "x,z,juno,2026-03-04 12:00,No zone", ""]).encode())
    start_import(row, ImportOptions(), by=sam)
    session().flush()
    run_next_import()
    session().refresh(row)
    assert row.status is ImportStatus.FAILED

    start_import(row, ImportOptions(zone="UTC"), by=sam)
    session().flush()
    run_next_import()

    session().refresh(row)
    assert (row.status, row.rows_read, row.added, row.repeated) == (ImportStatus.DONE, 1201, 201, 1000)
    assert row.error is None


def test_an_empty_file_is_refused_by_its_own_name_and_not_kept(sam):
    with pytest.raises(Refusal, match="holiday"):
        upload(sam, b"", name="holiday.csv")

    assert not list(uploads_folder().iterdir())
