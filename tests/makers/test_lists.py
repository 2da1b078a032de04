"""Lists under a name, and looking for those who are rare."""

import re

import pytest
from werkzeug.datastructures import MultiDict

from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.makers.models import Person, SavedList
from portal.makers.queries import people as reads
from portal.makers.queries.lists import lists_with_counts, people_of_list
from portal.makers.queries.people import Wanted, people_page
from portal.makers.services import merge_people, remove_list, save_list
from portal.makers.views.asked import wanted_of
from tests.makers.heard import make_author, make_mention, person_of, place_and_score


@pytest.fixture
def makers(db):
    """Five people; the last two made videos, the last one in German."""
    authors = [make_author(f"maker{number}") for number in range(5)]
    for number, author in enumerate(authors):
        for days in range(1, 7 - number):
            make_mention(author, days=days, kind="build", lang="en")
    make_mention(authors[3], days=30, kind="video", lang="en")
    make_mention(authors[4], days=30, kind="video", lang="de")
    place_and_score()
    return [person_of(author).id for author in authors]


def found(**wanted) -> list[int]:
    return sorted(person.id for person in people_page(Wanted(**wanted)).people)


def test_people_are_found_by_what_they_made_and_in_which_language(makers):
    assert found() == sorted(makers)
    assert found(made="video") == sorted(makers[3:])
    assert found(made="video", lang="de") == [makers[4]]
    assert found(lang="fr") == []


def test_whoever_is_rare_is_found_further_down(makers, monkeypatch):
    monkeypatch.setattr(reads, "STRETCH", 2)
    place, seen, pages = None, [], 0
    while True:
        page = people_page(Wanted(made="video", lang="de"), after=place)
        seen += [person.id for person in page.people]
        pages += 1
        place = page.after
        if place is None:
            break
        assert page.looked_down_to is not None

    assert seen == [makers[4]]
    assert 1 < pages <= 4


def test_a_frozen_list_keeps_whom_it_found_and_a_live_one_asks_again(makers, sam, sign_in, queries):
    save_list("Video makers", Wanted(made="video"), {"made": "video"}, is_frozen=True, by=sam)
    live = save_list("Films", Wanted(made="video"), {"made": "video"}, is_frozen=False, by=sam)
    third = make_author("late-comer")
    make_mention(third, kind="video", lang="en")
    place_and_score()

    frozen = next(kept for kept, count, _by in lists_with_counts() if kept.is_frozen and count == 2)
    assert sorted(person.id for person in people_of_list(frozen)[0]) == sorted(makers[3:])
    browser = sign_in(sam)
    queries.clear()
    page = browser.get(f"/people/lists/{frozen.id}").text
    assert len(queries) <= 8
    assert "Maker4" in page
    assert "Late-Comer" not in page
    assert "made=video" in browser.get(f"/people/lists/{live.id}").headers["Location"]
    shown = browser.get(f"/people/lists/{live.id}", follow_redirects=True).text
    assert "Late-Comer" in shown
    assert "<h1>Films</h1>" in shown


def test_the_lists_page_says_what_each_asks_and_who_kept_it(makers, sam, sign_in):
    asked = {"tab": "shortlisted", "made": "video", "lang": "de", "rank": "rise", "rhythm": "back", "channel": "x"}
    save_list("Films", wanted_of(MultiDict(asked)), asked, is_frozen=False, by=sam)
    browser = sign_in(sam)

    page = browser.get("/people/lists").text

    assert "Shortlisted · on X · with a video · in German · Back again · by rise within a month" in page
    assert f"kept by {sam.name}" in page


def test_a_live_list_keeps_its_name_from_page_to_page_until_it_is_removed(makers, sam, sign_in, monkeypatch):
    monkeypatch.setattr(reads, "PAGE", 2)
    live = save_list("Builders", Wanted(made="build"), {"made": "build"}, is_frozen=False, by=sam)
    browser = sign_in(sam)
    first = browser.get(f"/people/lists/{live.id}", follow_redirects=True)
    older = re.search(r'href="([^"]*after=[^"]*)"', first.text)

    assert older
    assert "<h1>Builders</h1>" in browser.get(older[1].replace("&amp;", "&")).text
    assert "<h1>Makers</h1>" in browser.get(f"/people?made=video&kept={live.id}").text
    browser.post(f"/people/lists/{live.id}/removals")
    assert "<h1>Makers</h1>" in browser.get(older[1].replace("&amp;", "&")).text


def test_whoever_was_taken_up_stands_on_a_frozen_list_as_who_they_are_now(makers, sam):
    first, second, third = (session().get_one(Person, number) for number in makers[:3])
    kept = save_list("Builders", Wanted(made="build"), {"made": "build"}, is_frozen=True, by=sam)
    merge_people(first, second, by=sam)
    merge_people(third, first, by=sam)
    session().flush()

    people, _more = people_of_list(kept)

    assert {person.id for person in people} == {third.id, *makers[3:]}
    assert [count for _kept, count, _by in lists_with_counts()] == [3]


def test_a_name_is_given_once(makers, sam):
    save_list("Films", Wanted(), {}, is_frozen=False, by=sam)

    with pytest.raises(Refusal, match="already"):
        save_list(" films ", Wanted(), {}, is_frozen=False, by=sam)
    with pytest.raises(Refusal, match="name"):
        save_list("  ", Wanted(), {}, is_frozen=False, by=sam)


def test_a_list_is_kept_and_removed_from_its_page(makers, sam, sign_in):
    browser = sign_in(sam)
    answer = browser.post("/people/lists", data={"name": "Films", "made": "video", "is_frozen": "y"})
    number = int(answer.headers["Location"].rsplit("/", 1)[1])
    assert "Films" in browser.get("/people/lists").text

    browser.post(f"/people/lists/{number}/removals")

    assert session().get(SavedList, number, populate_existing=True) is None


def test_removing_a_list_leaves_its_people(makers, sam):
    kept = save_list("Films", Wanted(), {}, is_frozen=True, by=sam)
    remove_list(kept, by=sam)
    session().flush()

    assert lists_with_counts() == []
    assert found() == sorted(makers)
