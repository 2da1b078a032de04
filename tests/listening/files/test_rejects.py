"""Rejected rows: set aside whole, safe to open, fit to be read again."""

import csv

from hypothesis import given
from hypothesis import strategies as st

from portal.listening.files.reader import read_rows
from portal.listening.files.rejects import RejectedRows, guard_cell, rejected_path, restore_cell
from portal.listening.files.row import Unreadable


def test_the_file_stands_beside_the_one_that_was_read(tmp_path):
    assert rejected_path(tmp_path / "tweets.csv.gz") == tmp_path / "tweets.csv.gz.rejected.csv"


def test_no_file_is_made_where_nothing_was_rejected(tmp_path):
    with RejectedRows(tmp_path / "r.csv", ("id", "text")):
        # No row is added.
        pass

    assert not (tmp_path / "r.csv").exists()


def test_each_row_has_its_line_its_reason_and_its_cells(tmp_path):
    with RejectedRows(tmp_path / "r.csv", ("id", "text")) as rejects:
        rejects.add(7, "there is no author", {"text": "hello", "id": "1"})
        rejects.add(9, "too wide", ("1", "a", "b"))

    with (tmp_path / "r.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:4] == ["rejected_line", "rejected_reason", "id", "text"]
    assert rows[1:] == [["7", "there is no author", "1", "hello"], ["9", "too wide", "1", "a", "b"]]
    assert rejects.count == 2


def test_only_the_owner_may_read_it(tmp_path):
    with RejectedRows(tmp_path / "r.csv", ("id",)) as rejects:
        rejects.add(2, "why", {"id": "1"})

    assert (tmp_path / "r.csv").stat().st_mode & 0o077 == 0


def test_no_cell_begins_like_a_formula(tmp_path):
    with RejectedRows(tmp_path / "r.csv", ("id", "text")) as rejects:
        for cell in ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1"):
            rejects.add(2, "why", {"id": "1", "text": cell})

    with (tmp_path / "r.csv").open(newline="") as file:
        assert all(row[3].startswith("'") for row in list(csv.reader(file))[1:])


def test_a_mended_file_reads_like_the_original(tmp_path):
    row = {"id": "1", "text": "@brand =why\n'quoted'", "note": "'=kept"}
    with RejectedRows(tmp_path / "r.csv", tuple(row)) as rejects:
        rejects.add(7, "=no reason", row)

    assert [cells for _line, cells in read_rows(tmp_path / "r.csv")] == [row]


def test_keys_beyond_the_columns_survive(tmp_path):
    with RejectedRows(tmp_path / "r.csv", ("id",)) as rejects:
        rejects.add(7, "why", {"id": 1, "extra": "é"})

    assert [cells for _line, cells in read_rows(tmp_path / "r.csv")] == [{"id": "1", "extra": "é"}]


def test_a_row_that_was_too_wide_stays_bad_until_it_is_mended(tmp_path):
    with RejectedRows(tmp_path / "r.csv", ("id", "text")) as rejects:
        rejects.add(7, "too wide", ("1", "a", "b"))

    ((_line, cells),) = read_rows(tmp_path / "r.csv")
    assert isinstance(cells, Unreadable)


def test_a_second_import_starts_afresh_and_a_resumed_one_goes_on(tmp_path):
    for go_on, count in ((False, 1), (True, 2), (False, 1)):
        with RejectedRows(tmp_path / "r.csv", ("id",), go_on=go_on) as rejects:
            rejects.add(2, "why", {"id": "1"})
        assert len(list(read_rows(tmp_path / "r.csv"))) == count


@given(st.text())
def test_a_guard_can_be_undone(cell):
    assert restore_cell(guard_cell(cell)) == cell
