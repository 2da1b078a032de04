from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.invitations.services import AlreadyMember
from portal.invitations.services.rules import check_person
from portal.makers.models import Opinion, Person, PersonAuthor, Stage, Verdict
from portal.makers.queries.people import PAGE
from portal.makers.services import judge, keep_in_touch
from tests.makers.heard import make_author, make_mention, make_person, person_of, place_and_score

PATHS = ("/people", "/people/{id}", "/people/{id}/mentions")


def reload(person):
    return session().get(Person, person.id, populate_existing=True)


@pytest.mark.parametrize("path", PATHS)
def test_strangers_are_asked_to_sign_in(client, path):
    assert client.get(path.format(id=make_person("lena").id)).status_code == 303


@pytest.mark.parametrize("path", PATHS)
def test_members_and_responders_see_no_makers(sign_in, maya, rosa, path):
    address = path.format(id=make_person("lena").id)

    assert {sign_in(user).get(address).status_code for user in (maya, rosa)} <= {403, 404}


@pytest.mark.parametrize("path", PATHS)
def test_managers_and_admins_see_them(sign_in, sam, ada, path):
    address = path.format(id=make_person("lena").id)

    assert [sign_in(user).get(address).status_code for user in (sam, ada)] == [200, 200]


def test_an_empty_list_says_what_to_do_next(sign_in, sam):
    assert "Nobody to judge yet" in sign_in(sam).get("/people").text


def test_the_list_stands_by_score_and_shows_their_words(sign_in, sam):
    make_person("quiet"), make_person("lena", mentions=9)

    page = sign_in(sam).get("/people").text

    assert page.index("Lena</a>") < page.index("Quiet</a>")
    assert "I spent the weekend on a shade" in page


def test_the_list_goes_on_where_it_stopped(sign_in, sam):
    first = make_person("maker0")
    for number in range(1, PAGE + 2):
        session().add(Person(name=f"Maker {number}", score=first.score + number // 2))
    session().commit()
    browser = sign_in(sam)

    page = browser.get("/people").text
    older = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    rest = browser.get(older).text

    shown, more = page.count('class="maker"'), rest.count('class="maker"')
    assert (shown, more) == (PAGE, 2)


@pytest.mark.parametrize("place", ["x_y", "nan_1", "1_99999999999999999999999", "_", "1e999_1"])
def test_a_broken_place_in_the_list_is_no_error(sign_in, sam, place):
    assert sign_in(sam).get(f"/people?after={place}&at={place}&judged=9999999999999999999999").status_code == 200


def test_the_list_narrows_to_a_channel(sign_in, sam):
    make_person("lena")
    make_mention(make_author("ben", channel="youtube"))
    place_and_score()

    page = sign_in(sam).get("/people?channel=youtube").text

    assert ("Ben</a>" in page, "Lena</a>" in page) == (True, False)


def test_critics_who_care_have_a_list_of_their_own_with_what_they_suggest(sign_in, sam, queries):
    browser = sign_in(sam)
    assert "No critic yet" in browser.get("/people/critics").text
    lena, otto = (make_author(name) for name in ("lena", "otto"))
    for author in (lena, otto):
        for number in range(3):
            words = f"You should sell wick number {number} of {author.handle}."
            make_mention(author, days=number + 1, text=words, is_suggestion=author is lena)
    make_person("ben")
    place_and_score()
    for person in (person_of(lena), person_of(otto)):
        person.is_critic = True
    person_of(otto).stage = Stage.NOT_A_FIT
    session().commit()

    del queries[:]
    page = browser.get("/people/critics").text
    asked = [words for words in queries if words.startswith("SELECT")]

    assert len(asked) <= 10, asked
    shown = [name in page for name in ("Lena</a>", "Otto</a>", "Ben</a>")]
    said = [f"wick number {number} of lena" in page.partition("What they suggest")[2] for number in range(3)]
    assert (shown, said) == ([True, False, False], [True, True, False])
    assert 'href="/people/critics"' in browser.get("/people").text
    for kept in ("/people?critics=yes&channel=forum", "/people?tab=critics&channel=forum"):
        assert browser.get(kept).location == "/people/critics?channel=forum"


def test_a_member_can_rest_and_comes_back_as_a_member(sign_in, sam):
    lena = make_person("lena", stage=Stage.MEMBER)
    browser = sign_in(sam)
    assert "Let them rest" in browser.get(f"/people/{lena.id}").text

    def move(stage: str) -> tuple[int, Stage]:
        status = browser.post(f"/people/{lena.id}/moves", data={"stage": stage}).status_code
        return status, reload(lena).stage

    assert move("watching") == (422, Stage.MEMBER)
    assert move("resting") == (303, Stage.RESTING)
    page = browser.get(f"/people/{lena.id}").text
    assert ("Back to the members" in page, "Back to watching" in page, f"/people/{lena.id}/invitations" in page) == (
        True, False, False,
    )  # fmt: skip
    verdict = browser.post(f"/people/{lena.id}/verdicts", data={"opinion": "not_a_fit"})
    assert (verdict.status_code, reload(lena).stage) == (422, Stage.RESTING)
    with pytest.raises(AlreadyMember):
        check_person(lena)
    assert move("watching") == (303, Stage.MEMBER)
    ben = make_person("ben")
    assert browser.post(f"/people/{ben.id}/moves", data={"stage": "member"}).status_code == 422
    assert reload(ben).stage is Stage.WATCHING


@pytest.mark.parametrize(
    ("tab", "stage"),
    [("shortlisted", "shortlisted"), ("not-a-fit", "not_a_fit"), ("left-out", "bot"), ("members", "member")],
)
def test_each_stage_has_its_place(sign_in, sam, tab, stage):
    make_person("lena", stage=Stage(stage)), make_person("ben")

    page = sign_in(sam).get(f"/people?tab={tab}").text

    assert ("Lena</a>" in page, "Ben</a>" in page) == (True, False)


def test_an_old_archive_says_for_which_day_it_is_read(sign_in, sam):
    make_mention(make_author("lena"), days=1900)
    place_and_score()

    assert "the last day that was heard" in sign_in(sam).get("/people").text


def test_a_verdict_comes_back_to_the_list_at_the_next_person(sign_in, sam):
    lena, ben = make_person("lena", mentions=3), make_person("ben")
    browser = sign_in(sam)

    answer = browser.post(
        f"/people/{lena.id}/verdicts", data={"opinion": "fit", "tab": "likely", "next": ben.id, "channel": "forum"}
    )
    page = browser.get(answer.location).text

    assert (answer.status_code, reload(lena).stage) == (303, Stage.SHORTLISTED)
    assert "channel=forum" in answer.location
    assert answer.location.endswith(f"#person-{ben.id}")
    assert f'class="maker is-current" id="person-{ben.id}"' in page
    assert "Lena: Shortlisted." in page


def test_a_verdict_can_be_undone_from_the_list(sign_in, sam):
    lena = make_person("lena", stage=Stage.SHORTLISTED)
    browser = sign_in(sam)
    browser.post(f"/people/{lena.id}/verdicts", data={"opinion": "not_a_fit", "tab": "shortlisted"})

    answer = browser.post(f"/people/{lena.id}/moves", data={"stage": "shortlisted", "tab": "shortlisted"})

    assert (answer.status_code, reload(lena).stage) == (303, Stage.SHORTLISTED)
    assert session().scalars(select(Verdict.opinion)).all() == [Opinion.NOT_A_FIT]


def test_a_fit_from_their_own_page_stays_there(sign_in, sam):
    lena = make_person("lena")

    answer = sign_in(sam).post(f"/people/{lena.id}/verdicts", data={"opinion": "fit", "note": "Great shades"})

    assert answer.location.endswith(f"/people/{lena.id}")
    assert session().scalars(select(Verdict)).one().note == "Great shades"


def test_a_verdict_that_comes_too_late_is_told_and_changes_nothing(sign_in, sam):
    lena = make_person("lena", stage=Stage.MEMBER)

    answer = sign_in(sam).post(f"/people/{lena.id}/verdicts", data={"opinion": "not_a_fit"})

    assert answer.status_code == 422
    assert "has been invited already" in answer.text
    assert session().scalars(select(Verdict)).all() == []


def test_an_unknown_verdict_is_refused(sign_in, sam):
    assert sign_in(sam).post(f"/people/{make_person('lena').id}/verdicts", data={"opinion": "maybe"}).status_code == 422


@pytest.mark.parametrize("stage", ["member", "objected", ""])
def test_nobody_is_made_a_member_by_hand(sign_in, sam, stage):
    lena = make_person("lena")

    assert sign_in(sam).post(f"/people/{lena.id}/moves", data={"stage": stage}).status_code == 422
    assert reload(lena).stage is Stage.WATCHING


def test_responders_judge_nobody(sign_in, rosa):
    lena = make_person("lena")
    browser = sign_in(rosa)

    answers = [
        browser.post(f"/people/{lena.id}/{noun}", data=data).status_code
        for noun, data in (
            ("verdicts", {"opinion": "fit"}),
            ("moves", {"stage": "not_a_fit"}),
            ("notes", {"notes": "x"}),
        )
    ]

    assert set(answers) <= {403, 404}
    assert (reload(lena).stage, reload(lena).notes) == (Stage.WATCHING, "")


def test_notes_are_kept(sign_in, sam):
    lena = make_person("lena")
    browser = sign_in(sam)

    browser.post(f"/people/{lena.id}/notes", data={"notes": "Met at the fair <b>"})

    assert "Met at the fair &lt;b&gt;" in browser.get(f"/people/{lena.id}").text


def test_a_person_page_explains_the_score(sign_in, sam):
    lena = make_author("lena", followers=1200, url="https://forum.example.org/lena")
    make_mention(lena, kind="video", text="How I wired it", url="https://forum.example.org/1")
    make_mention(lena, is_copy=True), make_mention(lena, days=1900)
    place_and_score()

    page = sign_in(sam).get(f"/people/{person_of(lena).id}").text

    for words in (
        "Why this score",
        "2 mentions in five years",
        "a near-copy",
        "older than five years",
        "1,200 followers",
    ):
        assert words in page


def test_a_person_page_tells_what_was_decided(sign_in, sam):
    lena = make_person("lena")
    judge(lena, Opinion.FIT, "Wrote the repair guide", sam)
    session().commit()

    page = sign_in(sam).get(f"/people/{lena.id}").text

    assert "Sam Okafor: a fit" in page
    assert "Wrote the repair guide" in page


def test_a_person_without_a_score_has_a_page_too(sign_in, sam):
    make_author("silent")
    place_and_score()
    person = session().scalars(select(Person)).one()

    assert "There is no score" in sign_in(sam).get(f"/people/{person.id}").text


@pytest.mark.parametrize("order", ["points", "create", "advise", "love", "newest", "nonsense"])
def test_every_mention_is_listed_with_its_points_in_each_order(sign_in, sam, order):
    lena = make_author("lena")
    for days in range(PAGE + 5):
        make_mention(lena, days=days, kind="answer", tone=days / 100, text=f"answer {days}", title=f"No. {days}.")
    place_and_score()
    browser, person = sign_in(sam), person_of(lena)

    page = browser.get(f"/people/{person.id}/mentions?by={order}").text
    more = browser.get(page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")).text

    assert page.count('class="timeline-item"') == PAGE
    assert more.count('class="timeline-item"') == 5
    assert sum(f"No. {days}." in page + more for days in range(PAGE + 5)) == PAGE + 5


@pytest.mark.parametrize("path", [*PATHS, "/people/{id}/mentions?by=newest"])
def test_a_page_takes_at_most_eight_queries(sign_in, sam, queries, path):
    people = [make_person(f"maker{number}", mentions=3) for number in range(4)]
    people[0].later_until = now()
    judge(people[1], Opinion.FIT, "good", sam)
    session().add(PersonAuthor(author_id=make_author("second", channel="youtube").id, person_id=people[1].id))
    session().commit()
    browser = sign_in(sam)
    queries.clear()

    answer = browser.get(path.format(id=people[1].id))

    assert answer.status_code == 200
    assert len(queries) <= 8


def test_the_queries_of_the_list_do_not_grow_with_its_rows(sign_in, sam, queries):
    browser = sign_in(sam)
    counts = []
    for number in range(3):
        make_person(f"maker{number}", mentions=number + 1)
        queries.clear()
        browser.get("/people")
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_a_card_is_drawn_anew_when_the_score_behind_it_changes(sign_in, sam):
    author = make_author("lena")
    make_mention(author, text="The first words that were heard of them")
    place_and_score()
    browser = sign_in(sam)
    before = browser.get("/people").text

    make_mention(author, kind="video", text="A film of the whole repair")
    place_and_score()

    assert "A film of the whole repair" not in before
    assert "A film of the whole repair" in browser.get("/people").text


def test_a_card_seen_before_costs_no_queries(sign_in, sam, queries):
    make_person("lena")
    browser = sign_in(sam)
    browser.get("/people")
    first = len(queries)
    queries.clear()

    page = browser.get("/people").text

    assert "Lena</a>" in page
    assert len(queries) < first
    assert not [line for line in queries if "FROM score" in line]


def test_the_table_lists_whom_one_is_in_touch_with_page_by_page(sign_in, sam):
    lena = make_person("lena", mentions=3, stage=Stage.SHORTLISTED)
    make_person("ben", stage=Stage.RESTING)
    make_person("otto")
    keep_in_touch(lena, owner=sam, next_step="Ask about the shade", on=now().date() - timedelta(days=2), by=sam)
    session().commit()
    browser = sign_in(sam)

    page = browser.get("/people/table").text

    assert [name in page for name in ("Lena</a>", "Ben</a>", "Otto</a>", "overdue")] == [True, True, False, True]
    assert page.index("Lena</a>") < page.index("Ben</a>")
    # The bar still says where one is.
    assert '<a href="/people/board" aria-current="true">Board</a>' in page
    assert '<a href="/people" aria-current="true">People</a>' in browser.get(f"/people/{lena.id}").text
    mine = browser.get("/people/table?owner=me").text
    assert ("Lena</a>" in mine, "Ben</a>" in mine) == (True, False)
    rest = browser.get(f"/people/table?after={lena.score}_{lena.id}").text
    assert ("Lena</a>" in rest, "Ben</a>" in rest) == (False, True)
    assert browser.get("/people/table?after=x_y").status_code == 200


def test_a_move_by_hand_keeps_its_reason(sign_in, sam):
    lena = make_person("lena", stage=Stage.SHORTLISTED)
    browser = sign_in(sam)

    browser.post(f"/people/{lena.id}/moves", data={"stage": "resting", "why": "  Moving house until  May. "})

    assert reload(lena).stage is Stage.RESTING
    assert "Moving house until May." in browser.get(f"/people/{lena.id}").text
