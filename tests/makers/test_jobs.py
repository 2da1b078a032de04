from portal.foundation.jobs import timetable
from portal.makers.jobs import place_people, score_changed_people
from tests.makers.heard import make_author, make_mention, person_of


def test_the_sweeps_place_and_score_and_then_rest(db):
    lena = make_author("lena")
    make_mention(lena)

    assert [place_people(), score_changed_people()] == [1, 1]
    assert [place_people(), score_changed_people()] == [0, 0]
    assert person_of(lena).score > 0


def test_people_are_placed_before_they_are_scored():
    names = [entry.job.__name__ for entry in timetable._sweeps["heavy"]]

    assert names.index("place_people") < names.index("score_changed_people")
