"""Entries that hold the most of what is sought, among those of one kind."""

import pytest
from sqlalchemy import update

from portal.foundation.database import session
from portal.foundation.search import SearchEntry, Sought, holding_most, most, remove_entry, write_entry
from portal.foundation.search.counts import kept

SETS = (("lamp",), ("night",), ("lamp", "night"))
WORTHS = {"lamp": 1.0, "night": 2.0}


def found(*, each: int = 10, limit: int = 10) -> list[int]:
    """The numbers of the rows whose entries hold the most, the best first."""
    kept.clear()
    entries = {entry.id: entry.subject_id for entry in session().query(SearchEntry)}
    asked = Sought(SETS, WORTHS, dict.fromkeys(WORTHS, 1), len(entries))
    return [entries[number] for number in holding_most(asked, "idea", each, limit)]


def test_those_that_hold_the_most_come_first_and_of_equals_the_newest(db: str) -> None:
    for number, title in enumerate(("Lamp", "Night", "Lamp at night", "A shade", "Lamp"), 1):
        write_entry("idea", number, group_id=number, title=title, body="", pieces=True)
    write_entry("comment", 7, group_id=1, title="", body="A lamp at night.", pieces=False)
    session().flush()

    assert found() == [3, 2, 5, 1]
    assert found(limit=2) == [3, 2]
    # The newest of each set: the lamp of the fifth, the night of the third, and both of the third.
    assert found(each=1) == [3, 5]


def test_an_entry_that_changes_or_goes_is_found_by_its_words_of_now(db: str) -> None:
    for number in range(1, 4):
        write_entry("idea", number, group_id=number, title="Lamp", body="", pieces=True)
    session().flush()
    write_entry("idea", 1, group_id=1, title="Shade", body="", pieces=True)
    remove_entry("idea", 2)
    session().flush()
    assert found() == [3]

    session().execute(update(SearchEntry).values(title="night"))

    assert found() == [3, 1]


@pytest.mark.parametrize("db", ["postgresql"], indirect=True)
def test_of_what_is_common_only_a_few_of_the_newest_are_taken(db: str, monkeypatch) -> None:
    monkeypatch.setattr(most, "COMMON", -1)
    monkeypatch.setattr(most, "FEW", 2)
    for number in range(1, 5):
        write_entry("idea", number, group_id=number, title="Lamp", body="", pieces=True)
    session().flush()

    assert found() == [4, 3]
