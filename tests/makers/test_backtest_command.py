import csv
import gzip
import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from portal.listening.files.rejects import restore_cell
from portal.makers.commands import backtest
from tests.makers.mentions_file import KEEN, ONCE, UNTIL, a_set, mention, write_mentions

DAY = UNTIL.date().isoformat()


@pytest.fixture
def run(tmp_path):
    """Runs the command on rows, and gives its outcome."""

    def invoke(rows, *options, until=DAY, horizon=30):
        path = write_mentions(tmp_path / "mentions.csv", rows)
        arguments = [str(path), "--until", until, "--horizon", str(horizon), *options]
        return CliRunner().invoke(backtest, arguments)

    return invoke


def test_it_holds_the_score_against_the_baselines(run, tmp_path):
    scores, plot = tmp_path / "scores.csv", tmp_path / "plot.svg"

    done = run(a_set(), "--scores", str(scores), "--plot", str(plot))

    assert done.exit_code == 0
    for words in ("our score", "mention count", "recency × frequency", "positive × recent", "crowd.dev's formula"):
        assert words in done.output
    assert f"It came true for {KEEN} of {KEEN + ONCE}" in done.output
    assert "1.000 [1.000–1.000]" in done.output
    assert plot.read_text(encoding="utf-8").startswith("<svg")
    rows = list(csv.DictReader(scores.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["author_handle", "score", "create", "persist", "love", "advise", "reach"]
    assert len(rows) == KEEN + ONCE
    assert all(row["author_handle"].startswith("keen") for row in rows[:KEEN])


def test_the_same_file_gives_the_same_words_whatever_the_order_of_its_rows(run, tmp_path):
    outputs = []
    for rows in (a_set(), a_set()[::-1]):
        scores = tmp_path / "scores.csv"
        outputs.append((run(rows, "--scores", str(scores)).output, scores.read_text(encoding="utf-8")))

    assert outputs[0] == outputs[1]


@pytest.mark.parametrize("truth", ["positive", "liked", "label"])
def test_each_truth_finds_the_keen(run, truth):
    done = run(a_set(), "--truth", truth)

    assert f"It came true for {KEEN} of {KEEN + ONCE}" in done.output


def test_the_brands_own_accounts_are_left_out(run):
    done = run(a_set(), "--brand", "@keen0")

    assert f"It came true for {KEEN - 1} of {KEEN + ONCE - 1}" in done.output
    assert "1 account is left out" in done.output


def test_nothing_after_the_date_is_known_to_the_score(run, tmp_path):
    later = [mention(f"once{person}", 50 + day, days=-day - 1, kind="video") for person in range(5) for day in range(9)]
    scores = tmp_path / "scores.csv"

    run(a_set(), "--scores", str(scores))
    before = scores.read_text(encoding="utf-8")
    run([*a_set(), *later], "--scores", str(scores))

    assert scores.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        ([{"channel": "forum", "author_handle": "lena", "text": "hello"}], {}, "created_at"),
        (a_set(), {"until": "soon"}, "“soon” is not a date"),
        (a_set(), {"options": ("--lang", "ja")}, "No mention in it is in the language “ja”"),
        (a_set(), {"until": "2001-01-01"}, "Nobody had been heard by 2001-01-01: the first mention is of 2025-04"),
    ],
    ids=["no times", "no date", "no such language", "before everything"],
)
def test_what_cannot_be_measured_is_said_in_a_sentence(run, rows, options, words):
    given = {name: value for name, value in options.items() if name != "options"}
    done = run(rows, *options.get("options", ()), **given)

    assert done.exit_code == 2
    assert words in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        ([mention("lena", 1, days=3), mention("lena", 2, days=-3)], [], "no ranking is better"),
        ([mention("lena", 1, days=3), mention("ben", 1, days=4)], [], "Nobody is heard in the days after it"),
        (
            [mention("lena", 1, days=3), mention("ben", 1, days=-4000)],
            [],
            "could not be read. First of all, line 3: the time",
        ),
        (a_set(), ["--truth", "label", "--map", "label=likes"], "Known on"),
    ],
    ids=["one author", "nobody after", "a time in the future", "a label of numbers"],
)
def test_thin_files_give_scores_and_clear_words(run, rows, options, words):
    done = run(rows, *options)

    assert done.exit_code == 0
    assert words in done.output


def test_no_handle_is_a_formula_and_a_program_reads_each_as_it_was(run, tmp_path):
    handles = ["=1+1|cmd", "+491", "-lena-", "'-ben", "'quoted", "日本🎥", "a,b\nc"]
    scores = tmp_path / "scores.csv"

    run([*a_set(), *(mention(handle, 1, days=3) for handle in handles)], "--scores", str(scores))

    written = [row["author_handle"] for row in csv.DictReader(scores.read_text(encoding="utf-8").splitlines())]
    assert not [cell for cell in written if cell.lstrip("'")[0] in "=+-@" and not cell.startswith("'")]
    assert {"'=1+1|cmd", "''-ben", "'quoted"} < set(written)
    assert {restore_cell(cell) for cell in written} > {*handles[:-1], "a,b c"}


def labelled(keen, others):
    """The set with other words in the column of labels."""
    return [row | {"tag": keen if row["tag"] else others} for row in a_set()]


@pytest.mark.parametrize(
    ("keen", "others"),
    [("1", "0"), ("Yes", "no"), ("TRUE", "false"), ("5", "2"), ("2", "0"), ("0.7", "-0.4"), ("ja", "NULL")],
)
def test_labels_in_other_words_mean_the_same(run, keen, others):
    done = run(labelled(keen, others), "--truth", "label")

    assert f"It came true for {KEEN} of {KEEN + ONCE}" in done.output


def test_labels_that_say_nothing_are_named(run):
    done = run(labelled("high", "low"), "--truth", "label")

    assert done.exit_code == 2
    assert "It holds: high, low" in done.output.replace("\n", " ")


def test_times_without_a_zone_and_a_file_without_a_channel_are_measured(run):
    rows = [row | {"created_at": str(row["created_at"]).partition("+")[0]} for row in a_set()]

    done = run([{name: value for name, value in row.items() if name != "channel"} for row in rows])

    assert f"It came true for {KEEN} of {KEEN + ONCE}" in done.output
    assert "read as UTC" in done.output
    assert "read as UTC" not in run(a_set()).output


def test_a_file_without_labels_says_which_columns_it_has(run):
    done = run([mention("lena", 1, days=3)], "--truth", "label")

    assert done.exit_code == 2
    assert "--map label=COLUMN" in done.output
    assert "author_handle" in done.output


def test_a_line_that_is_broken_is_named_and_the_rest_is_measured(run, tmp_path):
    lines, plain = tmp_path / "lines.jsonl", write_mentions(tmp_path / "plain.csv", [mention("omar", 1, days=3)])
    lines.write_text("\n".join(['{"channel": "fo', *map(json.dumps, a_set())]), encoding="utf-8")

    done = CliRunner().invoke(backtest, [str(plain), str(lines), "--until", DAY, "--horizon", "30"])

    assert f"It came true for {KEEN} of {KEEN + ONCE + 1}" in done.output
    assert "1 row could not be read. First of all, lines.jsonl, line 1: this is no JSON object" in done.output


def test_one_voice_that_never_stops_is_a_sensible_number(run, tmp_path):
    flood = [mention("flood", number, days=number / 100) for number in range(400)]
    scores = tmp_path / "scores.csv"

    done = run([*a_set(), *flood], "--scores", str(scores))

    assert done.exit_code == 0
    by_handle = {row["author_handle"]: row for row in csv.DictReader(scores.read_text(encoding="utf-8").splitlines())}
    assert 0 < float(by_handle["flood"]["score"]) <= 100


def test_the_horizon_ends(run):
    late = [mention("once1", 2, days=-40, text="I love this great lamp.")]
    beside = [mention("once2", 2, days=-29, text="I love this great lamp.")]

    done = run([*a_set(), *late, *beside])

    assert f"It came true for {KEEN + 1} of" in done.output
    assert UNTIL + timedelta(days=30) > UNTIL


HEAD = "handle,text,created_at,likes\n"
ROWS = "".join(f"maker{number},I love my lamp,2021-0{1 + number % 6}-11T10:00:00Z,NaN\n" for number in range(40))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b"foo,bar\n1,2\n", "does not say which column"),
        ("a.csv", b"handle,text\nana,I love my lamp\n", "does not say which column is: created_at"),
        ("a.csv", f"{HEAD}ana,hi,soon,1\n".encode(), "First of all, line 2: “soon” is not a time"),
        ("a.csv", f"{HEAD}ana,hi,2099-01-01,1\n".encode(), "2099-01-01"),
        ("a.csv", b"\xef\xbb\xbf" + (HEAD + ROWS).encode(), "Known on 2021-04-01"),
        ("a.csv.gz", gzip.compress((HEAD + ROWS).encode(), mtime=0), "Known on 2021-04-01"),
        ("a.csv.gz", gzip.compress((HEAD + ROWS).encode(), mtime=0)[:150], "damaged"),
        ("a.csv", bytes(range(128, 256)) * 40, "is not written in UTF-8"),
    ],
    ids=["empty", "columns", "no times", "bad times", "future", "mark", "packed", "cut off", "no text"],
)
def test_any_file_gets_numbers_or_clear_words(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    arguments = [str(path), "--set", "channel=forum", "--until", "2021-04-01", "--horizon", "3650"]

    done = CliRunner().invoke(backtest, arguments)

    assert words in done.output
    assert done.exit_code in {0, 2}


def test_a_file_in_old_letters_is_measured_once_they_are_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes((HEAD + ROWS.replace("maker", "мастер")).encode("cp1251"))
    arguments = [str(path), "--set", "channel=forum", "--until", "2021-04-01", "--horizon", "3650"]

    done = CliRunner().invoke(backtest, [*arguments, "--encoding", "cp1251"])

    assert "Known on 2021-04-01" in done.output
    assert "--encoding" in CliRunner().invoke(backtest, arguments).output


@pytest.mark.parametrize("until", ["9999-12-31", "0001-01-01", "0000-01-01", "31.12.2020", ""])
def test_any_date_gets_clear_words(run, until):
    done = run(a_set(), until=until, horizon=3650)

    assert done.exit_code == 2
    assert "Traceback" not in done.output
