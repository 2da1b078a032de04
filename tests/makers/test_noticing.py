"""How a score moved, who fell silent after many mentions, and who came back."""

from datetime import timedelta

import pytest

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.makers.models import Person, Score, Stage
from portal.makers.queries import evidence
from portal.makers.queries.people import Rank, Rhythmic, Wanted, people_page
from portal.makers.scoring.rhythm import Rhythm, rhythm_of
from portal.makers.services import notice_people
from tests.makers.heard import make_author, make_mention, make_person, person_of, place_and_score

START = now() - timedelta(days=400)


def days(*numbers: float) -> list:
    return [START + timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([], Rhythm()),
        (days(*range(20)), Rhythm(20, days(19)[0])),
        (days(*range(19), 60), Rhythm(20, days(60)[0])),
        (days(*range(20), 48.9), Rhythm(21, days(48.9)[0])),
        (days(*range(20), 49), Rhythm(21, days(49)[0], days(49)[0], 30)),
        (days(*range(20), 49, 50, 200, 201), Rhythm(24, days(201)[0], days(200)[0], 150)),
    ],
    ids=["nothing", "a habit", "no habit before", "a short silence", "a return", "the last return"],
)
def test_a_return_needs_twenty_mentions_and_thirty_silent_days(times, expected):
    assert rhythm_of(times) == expected


def test_whoever_fell_silent_or_came_back_is_found_and_can_be_moved(sign_in, sam):
    quiet, back, brief = (make_author(name) for name in ("quiet", "back", "brief"))
    for number in range(20):
        make_mention(quiet, days=31 + number)
        make_mention(back, days=80 + number)
    make_mention(back, days=2)
    make_mention(brief, days=40)
    place_and_score()
    assert notice_people() == 3
    assert notice_people() == 0
    session().commit()
    people = {name: person_of(author) for name, author in (("quiet", quiet), ("back", back))}
    for person in people.values():
        session().refresh(person)

    assert people_page(Wanted(rhythm=Rhythmic.QUIET)).people == [people["quiet"]]
    assert people_page(Wanted(rhythm=Rhythmic.BACK)).people == [people["back"]]
    assert (people["back"].silent_days, people["quiet"].acts) == (78, 20)
    browser = sign_in(sam)
    listed = browser.get("/people?rhythm=quiet").text
    assert "Quiet</a>" in listed
    assert "20 mentions, the last on" in listed
    page = browser.get(f"/people/{people['quiet'].id}").text
    assert "Silent for 31 days" in page
    assert "Move to resting" in page
    browser.post(f"/people/{people['quiet'].id}/moves", data={"stage": "resting"})
    assert session().get(Person, people["quiet"].id, populate_existing=True).stage is Stage.RESTING
    assert "after 78 days of silence" in browser.get(f"/people/{people['back'].id}").text
    # Heard again: the list forgets, the page says so.
    make_mention(quiet, days=0)
    place_and_score()
    notice_people()
    session().commit()
    assert "Back to watching" in browser.get(f"/people/{people['quiet'].id}").text


def earlier(row: Score, *, age: int, total: float, version: int | None = None) -> Score:
    """A score of so many days before."""
    return Score(
        person_id=row.person_id, day=row.day - timedelta(days=age), scored_at=row.scored_at,
        version=version or row.version, total=total, create=row.create, persist=max(0.0, row.persist - 0.2),
        love=row.love, advise=row.advise, reach=row.reach, is_critic=False, mentions=1, contributions=[],
        months=[0] * 12, best=[],
    )  # fmt: skip


def test_a_new_formula_is_no_rise(db):
    person = make_person("steady", mentions=9)
    row = evidence.scored(person)[0][-1]
    old = earlier(row, age=35, total=row.total - 20, version=row.version - 1)
    session().add_all([old, earlier(row, age=3, total=row.total - 2)])
    session().flush()

    notice_people()
    session().commit()
    session().refresh(person)

    assert person.rise == pytest.approx(2)


def test_a_score_says_how_it_moved_and_people_are_ranked_by_rise_and_by_being_new(sign_in, sam):
    rising, falling = make_person("rising", mentions=9), make_person("falling", mentions=5)
    newest = {person.id: evidence.scored(person)[0][-1] for person in (rising, falling)}
    for person, before, long_ago in ((rising, -6.0, -20.0), (falling, 3.0, 9.0)):
        row = newest[person.id]
        for age, shift in ((7, before), (35, long_ago)):
            session().add(earlier(row, age=age, total=row.total + shift))
    session().flush()
    notice_people()
    session().commit()
    for person in (rising, falling):
        session().refresh(person)

    assert (rising.rise, falling.rise) == (pytest.approx(20), pytest.approx(-9))
    history, _lines = evidence.scored(rising)
    assert [row.change for row in history] == [None, pytest.approx(14), pytest.approx(6)]
    assert people_page(Wanted(rank=Rank.RISE)).people == [rising]
    falling.created_at = now() - timedelta(days=8)
    session().commit()
    assert people_page(Wanted(rank=Rank.NEW)).people == [rising]
    browser = sign_in(sam)
    assert "Falling</a>" not in browser.get("/people?rank=rise").text
    page = browser.get(f"/people/{rising.id}").text
    assert "What changed since last month" in page
    assert "+20.0" in page
