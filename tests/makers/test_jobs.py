from portal.foundation import jobs
from portal.makers.commands import score
from portal.makers.jobs import place_people, score_changed_people
from tests.makers.heard import make_author, make_mention, person_of


def test_the_sweeps_place_and_score_and_then_rest(db):
    lena = make_author("lena")
    make_mention(lena)

    assert [place_people(), score_changed_people()] == [1, 1]
    assert [place_people(), score_changed_people()] == [0, 0]
    assert person_of(lena).score > 0


def test_they_come_after_the_imports_in_the_heavy_lane():
    names = [job.__name__ for _, job in jobs._sweeps["heavy"]]

    assert names[-2:] == ["place_people", "score_changed_people"] or names.index("place_people") > 0


def test_the_command_says_what_it_did(app):
    make_mention(make_author("lena"))

    answer = app.test_cli_runner().invoke(score)

    assert answer.exit_code == 0
    assert "1 new people placed, 1 people scored" in answer.output
