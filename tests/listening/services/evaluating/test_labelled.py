"""Labelled files of all kinds, and the sentences for those that are none."""

import gzip
import json

import pytest

from portal.foundation.errors import Refusal
from portal.listening.services.evaluating import read_labelled

ROWS = "text,mood\nI love it,positive\nI hate it,negative\n,positive\nIt is a lamp,\n"


def write(folder, content, name="texts.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def labels(found, signal="tone"):
    return [each.labels[signal] for each in found.texts]


def test_texts_with_words_and_labels_are_read_and_the_rest_is_counted(tmp_path):
    found = read_labelled(write(tmp_path, ROWS), text="text", labels=["mood"])

    assert [each.text for each in found.texts] == ["I love it", "I hate it"]
    assert labels(found) == ["positive", "negative"]
    assert (found.columns, found.empty, found.unlabelled) == ({"tone": "mood"}, 1, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "text\tmood\nI love it\tpositive\n"),
        (
            "a.jsonl",
            json.dumps({"text": "I love it", "mood": 1}) + "\n" + json.dumps({"text": "No", "mood": -1}) + "\n",
        ),
        ("a.csv.gz", gzip.compress(b"text,mood\nI love it,5\nMeh,3\n", mtime=0)),
        ("latin.csv", "text,mood\nI love this café,good\n".encode("latin-1")),
        ("utf16.csv", "text,mood\nI love it,pos\n".encode("utf-16")),
    ],
)
def test_any_shape_and_encoding(tmp_path, name, content):
    found = read_labelled(write(tmp_path, content, name), text="TEXT", labels=["tone=mood"])

    assert found.texts[0].text.startswith("I love")
    assert labels(found)[0] == "positive"


def test_columns_by_their_place_and_a_file_without_names(tmp_path):
    path = write(tmp_path, "663_3,Please add a dimmer,1\n663_4,It is a lamp,0\n")

    found = read_labelled(path, text="2", labels=["suggestion=3"])

    assert [(each.line, each.text) for each in found.texts] == [(1, "Please add a dimmer"), (2, "It is a lamp")]
    assert labels(found, "suggestion") == ["yes", "no"]


def test_several_columns_and_a_language(tmp_path):
    path = write(tmp_path, "w,s,q,l\nDas ist gut,positive,0,de\nWas ist das,neutral,1,\n")

    found = read_labelled(path, text="w", labels=["s", "question=q"], lang="en", lang_column="l")

    assert [(each.lang, dict(each.labels)) for each in found.texts] == [
        ("de", {"tone": "positive", "question": "no"}),
        ("en", {"tone": "neutral", "question": "yes"}),
    ]


def test_a_label_of_ones_own_is_told(tmp_path):
    path = write(tmp_path, "text,mood\nI love it,zing\nI hate it,zong\n")

    found = read_labelled(path, text="text", labels=["mood"], values=["zing=positive", "Zong=negative"])

    assert labels(found) == ["positive", "negative"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": "body", "labels": ["mood"]}, "no column “body”; it has: text, mood"),
        ({"text": "text", "labels": ["anger=mood"]}, "“anger” is not read"),
        ({"text": "text", "labels": ["question=mood"]}, r"mean nothing for question: .*positive \(2\)"),
        ({"text": "text", "labels": ["text"]}, "not clear"),
        ({"text": "text", "labels": ["mood"], "values": ["x=blue"]}, "LABEL=CLASS"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_was_found(tmp_path, given, words):
    with pytest.raises(Refusal, match=words):
        read_labelled(write(tmp_path, ROWS.replace("negative", "furious") if "question" in words else ROWS), **given)


def test_a_file_without_any_label_is_refused(tmp_path):
    with pytest.raises(Refusal, match="none at all"):
        read_labelled(write(tmp_path, "text,mood\nHello there,\n"), text="text", labels=["tone=mood"])
