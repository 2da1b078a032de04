"""Scoring by processes beside: the scores are those made alone, and nothing old comes over anything new."""

import pytest
from sqlalchemy import func, select, text, update

from portal.accounts.models import Role, User
from portal.foundation.clock import now
from portal.foundation.database import end_work, looking, session, transaction
from portal.foundation.jobs import Beside
from portal.listening.models import Author
from portal.makers.models import Person, PersonAuthor, Score, Weighting
from portal.makers.services import place_everyone, placing, rating, score_everyone_due, sharing
from tests.makers.heard import make_author, make_mention

PEOPLE = 6


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(rating, "BATCH", 2)
    monkeypatch.setattr(rating, "PEOPLE_AT_ONCE", 3)
    monkeypatch.setattr(rating, "WORTH_A_PROCESS", 1)


def people_with_words():
    for number in range(PEOPLE):
        author = make_author(handle=f"p{number}", followers=number * 100)
        for place in range(1 + number % 3):
            make_mention(author, days=400, text=f"Word {place} on what I built of it", tone=0.3)
    end_work(commit=True)
    place_everyone()


def stored():
    with looking() as current:
        rows = current.scalars(select(Score).order_by(Score.person_id))
        return [(row.person_id, row.total, row.persist, row.contributions, row.months, row.best) for row in rows]


def due():
    unseen = select(func.count(PersonAuthor.author_id)).join(Author, Author.id == PersonAuthor.author_id)
    with looking() as current:
        return current.scalar(unseen.where(Author.revision != PersonAuthor.scored_revision))


def check_that_all_are_scored_as_by_one():
    assert score_everyone_due() == PEOPLE
    together = stored()
    assert (len(together), due()) == (PEOPLE, 0)
    with transaction():
        rating.score_these([row[0] for row in together])

    assert stored() == together


def test_the_scores_of_processes_beside_are_those_that_are_made_alone(committing_db, monkeypatch):
    people_with_words()
    monkeypatch.setattr(sharing, "_how_many", lambda _chunks, _worth: 1)
    # Whatever comes up is for the process beside.
    monkeypatch.setattr(sharing, "_take", lambda waiting, work: None)

    check_that_all_are_scored_as_by_one()


def test_a_few_are_scored_by_threads_as_they_would_be_by_one(committing_db, monkeypatch):
    people_with_words()
    monkeypatch.setattr(rating, "WORTH_A_PROCESS", 9)
    monkeypatch.setattr(rating, "FEW_AT_ONCE", 1)
    monkeypatch.setattr(sharing, "_how_many", lambda _chunks, _worth: 2)

    check_that_all_are_scored_as_by_one()


def test_if_a_process_goes_away_its_people_are_scored_here(committing_db, monkeypatch):
    people_with_words()
    monkeypatch.setattr(sharing, "_how_many", lambda _chunks, _worth: 1)

    def gone_at_once():
        beside = Beside("portal.makers.services.beside")
        beside._process.kill()
        beside._process.wait()
        return beside

    monkeypatch.setattr(sharing, "_process", gone_at_once)

    assert score_everyone_due() == PEOPLE

    assert (len(stored()), due()) == (PEOPLE, 0)


def test_what_fails_here_fails_and_leaves_the_rest_due(committing_db, monkeypatch):
    people_with_words()

    def broken(*_given, **_named):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(rating, "write_scores", broken)

    monkeypatch.setattr(sharing, "_how_many", lambda _chunks, _worth: 0)
    with pytest.raises(RuntimeError):
        score_everyone_due()
    monkeypatch.setattr(rating, "WORTH_A_PROCESS", 9)
    monkeypatch.setattr(sharing, "_how_many", lambda _chunks, _worth: 1)
    with pytest.raises(RuntimeError):
        score_everyone_due()

    assert (stored(), due()) == ([], PEOPLE)


@pytest.mark.parametrize("change", ["scored", "merged", "said more", "weights"])
def test_nothing_that_was_read_before_a_change_is_stored_after_it(committing_db, monkeypatch, change):
    people_with_words()
    with looking() as current:
        first, second, *rest = current.scalars(select(Person.id).order_by(Person.id))
    looked = rating._look_at
    happened = []

    def change_behind_us(people, light):
        found = looked(people, light)
        if not happened:
            happened.append(change)
            with transaction():
                _change(change, first, second)
        return found

    monkeypatch.setattr(rating, "_look_at", change_behind_us)

    rating.score_apart([first, second, *rest])

    left_out = {"scored": {first}, "merged": {first, second}, "said more": set(), "weights": {first, second, *rest}}
    expected = {first, second, *rest} - left_out[change]
    assert {row[0] for row in stored()} == expected
    # All but the one whom the other worker has scored are still due, and so is whoever said more meanwhile.
    assert due() == {"scored": 0, "merged": 2, "said more": 1, "weights": PEOPLE}[change]


def _change(change, first, second):
    current = session()
    of_first = update(PersonAuthor).where(PersonAuthor.person_id == first)
    if change == "scored":
        seen = select(Author.revision).where(Author.id == PersonAuthor.author_id).scalar_subquery()
        current.execute(of_first.values(scored_revision=seen), execution_options={"synchronize_session": False})
    elif change == "merged":
        current.execute(of_first.values(person_id=second), execution_options={"synchronize_session": False})
    elif change == "said more":
        current.execute(update(Author).values(revision=Author.revision + 1).where(Author.handle == "p0"))
    else:
        shares = {"create": 0.4, "persist": 0.3, "love": 0.1, "advise": 0.1, "reach": 0.1}
        sam = User(email="sam@example.org", name="Sam", role=Role.MANAGER)
        current.add(sam)
        current.flush()
        current.add(Weighting(shares=shares, figures={}, proposed_by_id=sam.id, switched_on_at=now()))


def test_whoever_fills_the_tables_of_people_lets_them_be_counted(committing_db, monkeypatch):
    monkeypatch.setattr(placing, "ACCOUNTS_PLACED_AT_ONCE", 2)
    people_with_words()

    if committing_db == "postgresql":
        with looking() as current:
            counted = text("SELECT reltuples FROM pg_class WHERE relname IN ('person', 'person_author')")
            assert set(current.scalars(counted)) == {PEOPLE}
    assert due() == PEOPLE
