"""Words as they are kept, and both databases finding the same ones."""

import pytest
from sqlalchemy import select

from portal.foundation.database import begin_work, session
from portal.foundation.search import (
    SearchEntry,
    Sought,
    forget_counts,
    grams,
    holding_most,
    how_common,
    matches,
    matches_all,
    remove_entry,
    stems,
    write_entry,
)
from portal.foundation.search import counts as counting


def found(statement) -> list[int]:
    entry = select(SearchEntry.subject_id).where(SearchEntry.id.in_(statement)).order_by(SearchEntry.subject_id)
    return list(session().scalars(entry))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Warmer lamps", "warmer LAMP"),
        ("Crème brûlée", "creme brulee"),
        ("printing alerts", "print alert"),
        ("see https://a.example/alert now", "see now"),
        ("snake_case", "snake case"),
    ],
)
def test_forms_and_accents_of_a_word_are_one_stem(one: str, other: str) -> None:
    assert stems(one) == stems(other)


def test_scripts_without_spaces_are_cut_into_pairs() -> None:
    assert stems("明るい夜") == ["明る", "るい", "い夜"]
    assert stems("夜") == ["夜"]
    assert stems("한국어 lamp") == ["한국", "국어", "lamp"]


def test_pieces_of_a_word_are_never_a_word() -> None:
    assert grams("lamp") == ["00la", "0lam", "0amp", "0mp0"]
    assert grams("it") == []
    assert set(grams("lamp")).isdisjoint(stems("lamp 0lam"[:4]))


def test_what_was_written_is_found_and_what_was_removed_is_not(db: str) -> None:
    write_entry("idea", 1, group_id=1, title="Warmer lamps", body="For the night.", pieces=True)
    write_entry("idea", 2, group_id=2, title="A longer cable", body="Lamps stand far away.", pieces=True)
    session().flush()

    assert found(matches("lamp")) == [1, 2]
    assert found(matches("lamp", in_title=True)) == [1]
    assert found(matches("cab", is_prefix=True)) == [2]
    assert found(matches_all(["lamp", "nig"], last_is_prefix=True)) == [1]
    assert found(matches("0amp")) == [1]
    for nasty in ('"', "'", "\\", "a' | 'b", "*", ""):
        assert found(matches(f"x{nasty}")) == []
    write_entry("idea", 1, group_id=1, title="A shade", body="", pieces=True)
    remove_entry("idea", 2)
    remove_entry("idea", 3)
    session().flush()
    assert found(matches("lamp")) == []
    assert found(matches("shade")) == [1]


def test_how_common_a_word_is_can_be_asked(db: str) -> None:
    for number in range(1, 4):
        write_entry("idea", number, group_id=number, title="lamp" + " shade" * (number == 1), body="", pieces=False)
    session().flush()
    forget_counts()

    counts, total = how_common(["lamp", "shade", "boat"])

    assert total >= 3
    if db == "sqlite":
        assert counts == {"lamp": 3, "shade": 1, "boat": 0}
    forget_counts()


def test_how_common_a_word_is_among_one_kind_and_the_newest_are_known_by_then(queries: list[str], monkeypatch) -> None:
    monkeypatch.setattr(counting, "_COMMON", 2)
    for number in range(1, 5):
        write_entry(
            "idea", 10 * number, group_id=number, title="lamp" + " shade" * (number == 1), body="", pieces=False
        )
        write_entry("comment", number, group_id=number, title="", body="A lamp and a boat", pieces=False)
    session().commit()
    ids = {entry.subject_id: entry.id for entry in session().query(SearchEntry).filter_by(kind="idea")}
    session().rollback()
    forget_counts()
    begin_work(writing=False)

    counts, total = how_common(["lamp", "shade", "boat"], "idea", 3)

    assert (counts, total) == ({"lamp": 4, "shade": 1, "boat": 0}, 40)
    queries.clear()
    sought = Sought([("lamp",), ("shade",), ("boat",)], {"lamp": 1.0, "shade": 0.5, "boat": 1.0}, counts, total)
    assert holding_most(sought, "idea", 3, 9) == [ids[number] for number in (40, 30, 20, 10)]
    assert queries == []
    # Of all kinds it is another number, and what is common among them need not be among one.
    assert how_common(["boat"])[0] == {"boat": 4}
    assert how_common(["boat"], "idea")[0] == {"boat": 0}
    forget_counts()


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_what_many_hold_is_told_by_how_close_together_the_newest_stand(db: str, monkeypatch) -> None:
    monkeypatch.setattr(counting, "COUNTED", 10)
    for number in range(1, 61):
        title = "lamp" + " shade" * (number % 2) + " night" * (number <= 9) + " boat" * (number > 20)
        write_entry("idea", number, group_id=number, title=title, body="", pieces=False)
    session().flush()
    forget_counts()

    told, total = how_common(["lamp", "shade", "night", "boat"])

    assert total == 60
    assert (told["lamp"], told["night"]) == (60, 9)
    assert told["shade"] == pytest.approx(30, abs=2)
    # As common as among the newest: nobody looks further back.
    assert told["boat"] == 60
    forget_counts()


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
def test_common_words_are_counted_again_when_many_entries_have_come(db: str) -> None:
    def write(numbers: range) -> None:
        for number in numbers:
            write_entry("idea", number, group_id=number, title="lamp", body="", pieces=False)
        session().flush()

    write(range(1, 61))
    forget_counts()
    counted = [how_common(["lamp"])[0]["lamp"]]
    write(range(61, 63))
    counted.append(how_common(["lamp"])[0]["lamp"])
    write(range(63, 180))
    # Whoever asks now sees how many there are; the next one has them counted.
    counted += [how_common(["lamp"])[0]["lamp"] for _time in range(2)]

    assert counted == [60, 60, 60, 179]
    forget_counts()
