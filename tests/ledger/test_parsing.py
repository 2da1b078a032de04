"""What a line of an earlier record can say, and what is set aside with a reason."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from portal.foundation import config
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.parsing import BadLine, Entry, read_line


def read(**given: Any) -> Entry:
    return read_line(json.dumps({"id": 7, "title": "A warmer lamp", **given}).encode())


def test_a_full_line_is_read_with_its_dates_in_utc() -> None:
    entry = read(
        text="For reading.",
        author="Wanda",
        created_at="2019-09-21T05:29:51+02:00",
        votes=12,
        replies=[
            {"author": "Jo", "text": "We shipped it.", "created_at": "2019-09-25T08:00:00Z", "staff": True},
            {"author": "Ben", "text": "Me too.", "created_at": "2019-09-22T08:00:00Z", "staff": False},
        ],
        decision="done",
        reason="Out with version 3.",
        proof_url="https://lumen.example/3",
    )

    assert (entry.key, entry.title, entry.body, entry.author) == ("7", "A warmer lamp", "For reading.", "Wanda")
    assert (entry.created_at, entry.votes) == (datetime(2019, 9, 21, 3, 29, 51, tzinfo=UTC), 12)
    assert [(reply.author, reply.is_staff) for reply in entry.replies] == [("Ben", False), ("Jo", True)]
    assert entry.decided is not None
    assert (entry.decided.what, entry.decided.by) == (ActionStage.DONE, "Jo")
    assert entry.decided.at == datetime(2019, 9, 25, 8, tzinfo=UTC)
    assert entry.decided.proof_url == "https://lumen.example/3"


def test_other_programs_names_and_missing_fields_are_understood() -> None:
    entry = read_line(
        b'\xef\xbb\xbf{"pep": 212, "name": "Loops", "abstract": "Count.", "author": {"name": "P. S."}, "created": '
        b'"22-Aug-2000", "voters": ["A", {"name": "B"}, "A"], "status": "Rejected!", "decision_text": "No.", '
        b'"resolution": "`12-Mar-2024 <https://lists.example/1>`__", "superseded_by": "279", "replies": ["Hm."]}'
    )

    assert (entry.key, entry.title, entry.body, entry.author) == ("212", "Loops", "Count.", "P. S.")
    assert (entry.created_at, entry.votes, entry.voters) == (datetime(2000, 8, 22, tzinfo=UTC), 0, ("A", "B"))
    assert entry.replies[0].said_at is None
    assert entry.decided is not None
    assert (entry.decided.what, entry.decided.word) == (ResponseKind.EXPLANATION, "Rejected!, see 279")
    assert entry.decided.at == datetime(2024, 3, 12, tzinfo=UTC)
    assert entry.decided.proof_url == "https://lists.example/1"


def test_a_decision_may_be_an_object() -> None:
    entry = read(decision={"kind": "Won't fix", "reason": "It would crack.", "at": 1568950000, "by": "Jo"})

    assert entry.decided is not None
    assert (entry.decided.what, entry.decided.reason) == (ResponseKind.EXPLANATION, "It would crack.")
    assert (entry.decided.at, entry.decided.by) == (datetime(2019, 9, 20, 3, 26, 40, tzinfo=UTC), "Jo")


STAFF_SAYS = {"text": "We read it.", "author": "Jo", "created_at": "2019-09-25", "staff": True}


@pytest.mark.parametrize("word", [None, "", "Draft", "under review", "OPEN", "n/a", "-", "Null"])
def test_what_is_still_open_has_no_decision_and_what_was_said_to_it_is_a_first_word(word: str | None) -> None:
    assert read(decision=word).decided is None
    said = read(decision=word, reason="We look at it in May.").decided
    assert said is not None
    assert (said.what, said.reason) == (ResponseKind.ACKNOWLEDGEMENT, "We look at it in May.")


def test_a_first_word_without_words_stands_for_itself_unless_a_reply_says_it() -> None:
    noted = read(decision="Noted").decided

    assert noted is not None
    assert (noted.what, noted.word) == (ResponseKind.ACKNOWLEDGEMENT, "Noted")
    assert read(decision="Noted", replies=[STAFF_SAYS]).decided is None


def test_the_company_is_known_in_whatever_way_its_replies_are_marked() -> None:
    marks: list[dict[str, Any]] = [
        {"isStaff": True}, {"Staff": 1}, {"staff": "Jo"}, {"from_staff": "yes"}, {"staff_reply": "1"},
        {"role": "Admin"}, {"type": "staff"}, {"author": {"name": "Jo", "role": "staff"}},
        {"user": {"login": "jo", "is_staff": True}},
    ]  # fmt: skip
    others: list[dict[str, Any]] = [
        {}, {"staff": "no"}, {"staff": 0}, {"is_staff": None}, {"staff": ""}, {"role": "member"}, {"kind": "question"},
    ]  # fmt: skip

    replies = read(replies=[{"text": "Hm.", **mark} for mark in [*marks, *others]]).replies

    assert [reply.is_staff for reply in replies] == [True] * len(marks) + [False] * len(others)


def test_fields_are_known_in_whatever_letters_and_the_others_are_named() -> None:
    entry = read_line(
        b'{"ID": 3, "Title": "Loops", "createdAt": "1709546400", "Author": {"displayName": "P. S."}, "Votes": "1,234",'
        b' "Status": "WON\'T_DO", "Reason": ["Too dear.", "Too late."], "decidedAt": "4.5.2024", "Mood": 1,'
        b' "Replies": [null, {"body": "Hm.", "time": "2024-04-01", "mood": 2}, {"body": "Ah.", "mood": 3}]}'
    )

    assert (entry.key, entry.author, entry.votes) == ("3", "P. S.", 1234)
    assert entry.created_at == datetime(2024, 3, 4, 10, tzinfo=UTC)
    assert entry.decided is not None
    assert (entry.decided.what, entry.decided.reason) == (ResponseKind.EXPLANATION, "Too dear.\n\nToo late.")
    assert entry.decided.at == datetime(2024, 5, 4, tzinfo=UTC)
    assert [reply.words for reply in entry.replies] == ["Hm.", "Ah."]
    assert entry.passed_over == ("Mood", "replies.mood")


def test_a_title_comes_from_the_words_and_a_long_one_is_kept_above_them() -> None:
    assert read(title="", text="Make the lamp warmer.\nPlease.").title == "Make the lamp warmer. Please."
    long = read(title="warm " * 60, text="Please.")
    assert len(long.title) <= 160
    assert long.body == f"{('warm ' * 60).strip()}\n\nPlease."


def test_a_line_without_an_id_is_known_by_its_words() -> None:
    first, again, other = (read(id=None, text=words).key for words in ("One", "One", "Two"))

    assert first == again != other
    assert first.startswith("#")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"title": None}, "neither a title nor a text"),
        ({"title": ["x"]}, "a list or an object"),
        ({"text": "x" * 20_001}, "longer than 20,000"),
        ({"created_at": "soon"}, "is not a date"),
        ({"created_at": 10**30}, "is not a date"),
        ({"votes": "many"}, "neither a number"),
        ({"votes": -1}, "cannot be"),
        ({"votes": 2.5}, "cannot be"),
        ({"replies": "none"}, "must be a list"),
        ({"replies": [7]}, "must be a list"),
        ({"decision": "purple"}, "is not known"),
        ({"id": {"a": 1}}, "number or a word"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value,
)
def test_what_cannot_be_read_is_named(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadLine, match=reason):
        read(**given)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a": 1', "This is not JSON from character 8 of the line on."),
        (b"[1]", "A line holds one suggestion as a JSON object."),
        (b'{"\xe9": 1}', "This is not UTF-8 from byte 3 of the line on."),
        (b"null", "A line holds one suggestion as a JSON object."),
        (b"[" * 100_000, "Its lists stand too deep in one another."),
        (b'{"id": 1' + b"0" * 5_000 + b"}", "A number in it has too many digits."),
    ],
    ids=range(6),
)
def test_what_is_no_json_object_is_named(line: bytes, reason: str) -> None:
    with pytest.raises(BadLine) as bad:
        read_line(line)

    assert str(bad.value) == reason


GUIDE = (config.ROOT / "docs" / "import-suggestions.md").read_text("utf-8")


def rows_of(heading: str) -> list[list[str]]:
    """The cells of each row of a table of the guide, by its first column's heading."""
    table = GUIDE.split(f"| {heading} |")[1].split("\n\n")[0]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]


def test_the_guide_names_what_each_word_of_a_decision_becomes() -> None:
    becomes = {
        "an action that is done": ActionStage.DONE,
        "an action under way": ActionStage.UNDER_WAY,
        "an action that is planned": ActionStage.PLANNED,
        "an explanation": ResponseKind.EXPLANATION,
    }
    tried = 0

    for words, told in rows_of("Decision"):
        # "(under) review" stands for two.
        for word in words.replace("(under) review, (under) discussion", "review, under review, discussion").split(", "):
            entry = read(decision="" if word == "empty" else word, reason="Because of the frost.")
            assert entry.decided is not None
            assert entry.decided.what is becomes.get(told, ResponseKind.ACKNOWLEDGEMENT), word
            tried += 1
    assert tried > 80


def test_the_guide_names_the_keys_that_are_read() -> None:
    def value(key: str) -> Any:
        lists = {"replies": [{"text": "We read it."}], "votes": 3}
        return lists.get(key, "2024-01-01" if key.endswith("_at") else "done" if key == "decision" else "https://a.b/c")

    for key, others, _what in rows_of("Key"):
        first = re.findall("`([a-z_]+)`", key)[0]
        # What names its decider or its proof is read beside a decision.
        beside = {} if first == "decision" else {"decision": "done"}
        given = read_line(json.dumps({"title": "A lamp", **beside, first: value(first)}).encode())
        for other in re.findall("`([a-z_]+)`", others):
            entry = read_line(json.dumps({"title": "A lamp", **beside, other: value(first)}).encode())
            if first == "title":
                entry = read_line(json.dumps({**beside, other: value(first)}).encode())
            assert (entry.passed_over, entry) == ((), given), other
