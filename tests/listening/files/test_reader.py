"""Reading files of rows: what they are written in, packed in, and broken by."""

import codecs
import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.listening.files import decoding
from portal.listening.files.decoding import FileProblem
from portal.listening.files.reader import RowFile, read_rows, sample
from portal.listening.files.row import Unreadable

TABLE = "id,author,text\n1,maya,Grüße\n2,omar,I built one\n"


@pytest.fixture
def write(tmp_path):
    def write(content, name="mentions.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def texts(path, column="text"):
    return [cells[column] for _line, cells in read_rows(path)]


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        TABLE.encode("utf-16"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.encode("utf-32"),
        TABLE.encode("latin-1"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        gzip.compress(TABLE.encode(), mtime=0),
        gzip.compress(TABLE.encode("utf-16"), mtime=0),
        TABLE.replace(",", "\t").encode(),
        TABLE.replace(",", ";").encode(),
        b"sep=;\n" + TABLE.replace(",", ";").encode(),
        b"\n\n" + TABLE.encode(),
    ],
)
def test_a_table_reads_the_same_however_it_is_written(write, content):
    assert texts(write(content)) == ["Grüße", "I built one"]


PREAMBLE = 'Report:;Bulk download\nQuery:;"lamp; desk"\nFrom:;2026-11-01\n\n;;\n'
HEADER = "Datum;Verfasser;Inhalt;Sprache\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_stands_above_the_header_is_passed_by(write, encoding):
    rows = '45980,5;juno;"Eine Lampe\nam Tisch";de\n45981;omar;Noch eine;de\nTotal;;2;\n'
    with RowFile(write((PREAMBLE + HEADER + rows).encode(encoding))) as file:
        found = list(file.rows())

    assert file.columns == ("Datum", "Verfasser", "Inhalt", "Sprache")
    assert [(line, cells["Inhalt"]) for line, cells in found] == [
        (7, "Eine Lampe\nam Tisch"),
        (9, "Noch eine"),
        (10, "2"),
    ]


def test_without_a_header_below_it_the_first_line_is_the_header(write):
    rows = "Report;of the lamp\n" + "a;b;c\n" * 40 + HEADER
    with RowFile(write(rows)) as file:
        assert file.columns == ("Report", "of the lamp")
        assert len(list(file.rows())) == 41

    # Data below a good header never takes its place, whatever it says.
    with RowFile(write("date;author;text\n2026-11-20;juno;lamp\nDatum;Autor;Inhalt;URL\n")) as file:
        assert file.columns == ("date", "author", "text")


def test_windows_quotes_in_a_latin_file_are_read(write):
    assert texts(write(b"text\n" + "“so”".encode("cp1252"))) == ["“so”"]


def test_lines_are_counted_as_an_editor_counts_them(write):
    path = write('id,text\n1,"one\ntwo"\n\n2,three\n')

    assert list(read_rows(path)) == [(2, {"id": "1", "text": "one\ntwo"}), (5, {"id": "2", "text": "three"})]


def test_a_walk_can_begin_further_down(write):
    assert [cells["id"] for _line, cells in read_rows(write(TABLE), start=1)] == ["2"]
    assert list(read_rows(write(TABLE), start=9)) == []


def test_repeated_and_missing_names_of_columns_are_told_apart(write):
    seen = sample(write("Country,Country,,Country\nDE,Germany,x,EU\n"))

    assert seen.columns == ("Country", "Country 2", "column 3", "Country 3")


def test_a_file_without_a_header_gets_numbered_columns(write):
    seen = sample(write("1234567,2021-07-04,maya\n1234568,2021-07-05,omar\n"))

    assert not seen.has_header
    assert [cells["column 3"] for _line, cells in seen.rows] == ["maya", "omar"]


def test_a_short_row_lacks_its_last_cells(write):
    assert list(read_rows(write("id,text\n1\n"))) == [(2, {"id": "1"})]


def test_empty_cells_past_the_last_column_do_not_matter(write):
    assert list(read_rows(write("id,text\n1,a,,\n"))) == [(2, {"id": "1", "text": "a"})]


def test_a_row_that_is_too_wide_is_bad_and_the_next_is_read(write):
    (_, bad), (_, good) = read_rows(write("id,text\n1,a,b\n2,c\n"))

    assert isinstance(bad, Unreadable)
    assert bad.cells == ("1", "a", "b")
    assert "3 cells" in bad.reason
    assert good == {"id": "2", "text": "c"}


def test_nul_bytes_do_no_harm(write):
    assert texts(write(b"id,text\n1,a\0b\n2,c\n")) == ["a\0b", "c"]


def test_a_long_cell_is_read_whole(write):
    assert texts(write("id,text\n1," + "a" * 200_000 + "\n")) == ["a" * 200_000]


def test_a_row_past_the_bound_is_bad_and_reading_goes_on(write, monkeypatch):
    monkeypatch.setattr(decoding, "MAX_ROW_CHARS", 1_000)

    rows = list(read_rows(write("id,text\n1," + "a" * 9_000 + "\n2,b\n")))

    assert isinstance(rows[0][1], Unreadable)
    assert rows[1] == (3, {"id": "2", "text": "b"})


def test_a_quote_that_never_closes_costs_a_bounded_part(write, monkeypatch):
    monkeypatch.setattr(decoding, "MAX_ROW_CHARS", 100)

    rows = list(read_rows(write('id,text\n1,"open\n' + "2,fine\n" * 40)))

    assert isinstance(rows[0][1], Unreadable)
    assert rows[-1] == (42, {"id": "2", "text": "fine"})


def test_how_far_the_walk_is_can_be_seen(write):
    with RowFile(write("id,text\n" + "1,some words\n" * 50_000)) as file:
        shares = [file.share_read for _row in file.rows()]

    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.2
    assert shares[-1] == 1


def test_json_lines_are_read_with_inner_objects_as_dotted_columns(write):
    path = write('{"id": 1, "user": {"name": "maya"}}\n\n{"id": 2, "user": {"name": "omar"}}\n', "a.jsonl")

    assert sample(path).shape == "json"
    assert list(read_rows(path)) == [(1, {"id": 1, "user.name": "maya"}), (3, {"id": 2, "user.name": "omar"})]


def test_a_bad_json_line_is_set_aside(write):
    rows = list(read_rows(write('{"id": 1}\n{"id": \n[1]\n{"id": 2}\n')))

    assert [line for line, cells in rows if isinstance(cells, Unreadable)] == [2, 3]
    assert rows[-1] == (4, {"id": 2})


@pytest.mark.parametrize(
    "content",
    [
        '{"id": 1, "text": "cut of\n{"id": 2}\n{"id": 3, }\n{"id": 4}\n',
        'd": 1}\n{"id": 2}\n{"id": 3, }\n{"id": 4}\n',
        '{"id": [\n{"id": 2}\n{"id": 3\n{"id": 4}\n',
        '{"id": "' + "long " * 300_000 + '\n{"id": 2}\n{"id": "3\n{"id": 4}\n',
        '[{"id": 1, "text": "cut of\n{"id": 2},\n{"id": 3, },\n{"id": 4}]\n',
    ],
    ids=["cut at its end", "cut at its front", "never closed", "too long", "in a list"],
)
def test_a_json_file_is_read_on_after_a_broken_first_line(write, content):
    rows = list(read_rows(write(content)))

    assert [line for line, cells in rows if isinstance(cells, Unreadable)] == [1, 3]
    assert [(line, cells) for line, cells in rows if isinstance(cells, dict)] == [(2, {"id": 2}), (4, {"id": 4})]


def test_a_broken_item_of_an_indented_list_does_not_give_what_it_holds(write):
    items = [{"id": number, "tags": [{"name": "lamp"}]} for number in range(4)]
    content = json.dumps(items, indent=2).replace('"id": 1,', '"id": 1')

    rows = list(read_rows(write(content)))

    assert [cells["id"] if isinstance(cells, dict) else line for line, cells in rows] == [0, 10, 2, 3]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_json_list_is_read_without_holding_it(write, indent):
    items = [{"id": number, "text": "é" * 500} for number in range(500)]

    rows = list(read_rows(write(gzip.compress(json.dumps(items, indent=indent).encode()))))

    assert [cells for _line, cells in rows] == items
    assert rows[1][0] == (1 if indent is None else 6)


def test_objects_over_several_lines_are_read(write):
    assert [cells for _line, cells in read_rows(write('{\n"id": 1\n}\n{\n"id": 2\n}\n'))] == [{"id": 1}, {"id": 2}]


def test_a_broken_json_list_gives_what_came_before(write):
    rows = list(read_rows(write('[{"id": 1}, {"id": 2}, {"id": ')))

    assert [isinstance(cells, Unreadable) for _line, cells in rows] == [False, False, True]


def test_deep_json_is_refused_and_not_followed(write):
    rows = list(read_rows(write('{"id": 1}\n{"id": ' + "[" * 100_000 + "\n")))

    assert isinstance(rows[1][1], Unreadable)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n \n", "is empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "workbook"),
        (b"\x1f\x8bno gzip", "damaged"),
        (b"[1, 2, 3]", "neither"),
        (b"{no json}", "neither"),
    ],
)
def test_a_file_that_is_no_table_says_so(write, content, words):
    with pytest.raises(FileProblem, match=words):
        list(read_rows(write(content)))


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(FileProblem, match="cannot be opened"):
        sample(tmp_path / "nothing.csv")


def test_a_gzip_that_was_cut_off_says_where(write):
    packed = gzip.compress("".join(f"{number},{number * 7919}\n" for number in range(90_000)).encode())

    with pytest.raises(FileProblem, match="cut off after line"):
        list(read_rows(write(packed[: len(packed) // 2])))


def test_a_sample_is_as_long_as_asked(write):
    assert len(sample(write("id\n" + "a\n" * 90), 30).rows) == 30


@given(st.binary(min_size=1, max_size=400))
def test_no_bytes_raise_anything_but_a_problem_with_the_file(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("files") / "fuzz"
    path.write_bytes(content)

    try:
        rows = list(read_rows(path))
    except FileProblem:
        return

    assert all(isinstance(line, int) and isinstance(cells, dict | Unreadable) for line, cells in rows)
