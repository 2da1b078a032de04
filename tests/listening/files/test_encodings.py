"""How the letters of a file are written is told where it can be, and asked where it cannot."""

import codecs

import pytest

from portal.listening.files.decoding import EncodingUnknown, FileProblem
from portal.listening.files.encodings import ENCODINGS, encoding_of
from portal.listening.files.reader import RowFile, read_rows

HEADER = "channel,author_handle,created_at,text\n"
OTHERS = {
    "cp1251": "Очень хорошая лампа, спасибо",
    "koi8-u": "Дуже гарна лампа, дякую",
    "cp1253": "Πολύ ωραίο φωτιστικό, ευχαριστώ",
    "cp1255": "מנורה יפה מאוד, תודה רבה",
    "cp1256": "مصباح جميل جدا شكرا لكم",
    "cp874": "โคมไฟสวยมากขอบคุณครับ",
    "cp932": "素敵なランプですが表示が能力不足",
    "euc-jp": "素敵なランプですが表示が能力不足",
    "cp949": "조명이 정말 예쁘고 따뜻합니다",
    "gb18030": "这盏灯很漂亮，谢谢",
    "big5hkscs": "這盞燈很漂亮，謝謝",
}
WESTERN = "L’été – très cher, 5 €… Größe überprüft, señor; ÇA VA? NAÏVE ÉTÉ"


@pytest.mark.parametrize("name", OTHERS)
def test_other_letters_are_asked_for_and_then_read(tmp_path, name):
    path = tmp_path / "export.csv"
    path.write_bytes("".join([HEADER, *[f'x,juno,2026-03-04,"{OTHERS[name]}"\n'] * 3]).encode(name))

    with pytest.raises(EncodingUnknown, match=r"export\.csv is not written in UTF-8"):
        list(read_rows(path))
    with RowFile(path, name) as file:
        assert [cells["text"] for _line, cells in file.rows()] == [OTHERS[name]] * 3


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (WESTERN.encode("cp1252"), "utf-8"),
        (WESTERN.encode(), "utf-8"),
        (WESTERN.encode("utf-16"), "utf-16"),
        (WESTERN.encode("utf-16-be"), "utf-16-be"),
        ("조명이 정말".encode("utf-8-sig"), "utf-8-sig"),
        # Cut off within a letter, and with damage here and there.
        ("조명이 정말 예쁘고".encode()[:-1], "utf-8"),
        (b"\xc1\xb6" + "조명이 정말 예쁘고 따뜻합니다".encode() + b"\xff", "utf-8"),
        (b"plain words", "utf-8"),
    ],
)
def test_what_the_bytes_tell_nobody_is_asked(head, name):
    assert encoding_of(head) == name


def test_everything_that_can_be_named_can_be_read():
    assert all(codecs.lookup(name) for name in ENCODINGS)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n1 0 obj", b"\n <!DOCTYPE html><table>", b"<?xml version='1.0'?><rss/>"]
)
def test_a_document_is_no_table(tmp_path, content):
    (tmp_path / "page.xls").write_bytes(content)

    with pytest.raises(FileProblem, match="a page or a document"):
        list(read_rows(tmp_path / "page.xls"))
