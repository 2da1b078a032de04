"""One person or two: what is noticed, what a decision does, and that everything can be undone."""

from datetime import date

import pytest
from sqlalchemy import select, update

from portal.accounts.models import Role
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.listening.models import Author
from portal.makers.models import Likeness, Merge, MergeSuggestion, Person, PersonAuthor, Stage
from portal.makers.queries.merges import board, merges_into, neighbours, open_suggestions
from portal.makers.services import (
    NotMerged,
    keep_in_touch,
    merge_people,
    move_to_stage,
    split_people,
    suggest_merges,
    veto_merge,
)
from portal.makers.services.likeness import Side, own_site, weigh
from tests.factories import make_user
from tests.makers.heard import make_author, make_mention, person_of, place_and_score


def side(**known) -> Side:
    return Side(
        **({"person_id": 1, "author_id": 1, "channel": "forum", "handle_key": "a", "name": None, "url": None} | known)
    )


@pytest.fixture
def two(db):
    """A maker on two channels, under one handle and one name."""
    forum = make_author("mayaweaves", name="Maya Lindqvist")
    blog = make_author("mayaweaves", channel="mastodon", name="Lindqvist, Maya".replace(",", ""))
    for days in (1, 9, 20):
        make_mention(forum, days=days, kind="build")
    make_mention(blog, days=3)
    place_and_score()
    return person_of(forum), person_of(blog)


def accounts(person: Person) -> int:
    return len(session().scalars(select(PersonAuthor).where(PersonAuthor.person_id == person.id)).all())


def again(person: Person) -> Person:
    return session().get_one(Person, person.id, populate_existing=True)


@pytest.mark.parametrize(
    ("one", "other", "sure"),
    [
        ({"handle_key": "mayaweaves", "name": "Maya Li"}, {"handle_key": "mayaweaves", "name": "Li MAYA"}, 0.825),
        ({"handle_key": "weaver"}, {"handle_key": "weaver"}, 0.5),
        ({"handle_key": "maya"}, {"handle_key": "maya"}, 0.0),
        ({"name": "Maya"}, {"name": "Maya", "handle_key": "b"}, 0.0),
        ({"url": "https://www.maya.example/"}, {"url": "http://maya.example", "handle_key": "b"}, 0.85),
        ({"url": "https://host.example/maya"}, {"url": "https://host.example/maya", "handle_key": "b"}, 0.0),
        ({"handle_key": "weaver", "lang": "de"}, {"handle_key": "weaver", "lang": "de"}, 0.575),
        ({"handle_key": "weaver", "lang": "de"}, {"handle_key": "weaver", "lang": "en"}, 0.25),
        ({"name": "Maya", "lang": "de"}, {"name": "Maya", "handle_key": "b", "lang": "de"}, 0.0),
        ({"bio": "also host.example/@Maya."}, {"url": "https://host.example/@maya", "handle_key": "b"}, 0.85),
        (
            {"bio": "see https://host.example/@maya/", "url": "https://forum.example/u/m"},
            {"url": "https://www.host.example/@maya", "bio": "(forum.example/u/m)", "handle_key": "b"},
            0.97,
        ),
        ({"channel": "x", "handle_key": "mayaweaves"}, {"handle_key": "mayaweaves"}, 0.0),
        (
            {"channel": "x", "handle_key": "mayaweaves", "bio": "host.example/@maya"},
            {"url": "https://host.example/@maya", "handle_key": "mayaweaves"},
            0.85,
        ),
        ({"url": "http://[::"}, {"url": "http://[::", "bio": "http://[:: ..", "handle_key": "b"}, 0.0),
    ],
)
def test_evidence_is_weighed(one, other, sure):
    assert weigh(side(**one), side(**other))[0] == pytest.approx(sure)


def test_a_profile_on_a_large_host_is_no_site_of_ones_own():
    assert own_site("https://maya.example") == "maya.example"
    assert own_site("https://social.example/@maya") is None
    assert own_site(None) is None


def test_the_same_handle_and_name_on_two_channels_are_suggested_once(two):
    assert suggest_merges() == 2
    assert suggest_merges() == 0

    (pair,) = open_suggestions()
    assert {pair.person_id, pair.other_id} == {person.id for person in two}
    assert [code for code, _shown in pair.evidence] == ["handle", "name"]


def test_an_address_in_a_profile_joins_even_where_terms_forbid_to_match_and_is_looked_at_when_it_is_read(two):
    forum, blog = two
    written = make_author("maya_on_x", channel="x", name="M.")
    own = make_author("second", channel="forum", url="https://forum.example/u/second")
    place_and_score()
    suggest_merges()
    assert [{pair.person_id, pair.other_id} for pair in open_suggestions()] == [{forum.id, blog.id}]

    for author in (written, session().get(Author, forum.first_author_id)):
        author.bio, author.profiled_at = "Wool and light. forum.example/u/second", now()
    session().commit()
    assert suggest_merges() == 2

    second = person_of(own)
    found = {frozenset((pair.person_id, pair.other_id)): pair for pair in open_suggestions()}
    assert found[frozenset((person_of(written).id, second.id))].evidence == [["names", "forum.example/u/second"]]
    assert found[frozenset((forum.id, second.id))].confidence == 0.85
    assert suggest_merges() == 0

    # Who answered the other is somebody else, whatever a profile says.
    make_mention(own, parent_author="mayaweaves")
    for pair in open_suggestions():
        session().delete(pair)
    session().execute(update(PersonAuthor).values(compared_at=None))
    suggest_merges()
    assert not [pair for pair in open_suggestions() if {pair.person_id, pair.other_id} == {forum.id, second.id}]


@pytest.mark.parametrize("channel", ["x", "forum"])
def test_some_accounts_are_never_suggested(db, channel):
    make_author("mayaweaves", channel="forum", origin_host="a.example")
    make_author("mayaweaves", channel=channel, origin_host="b.example")
    place_and_score()

    suggest_merges()

    assert open_suggestions() == []


def test_accounts_that_answer_each_other_are_two_people(two, sam):
    """They share the forum through another account of one of them."""
    _one, other = two
    second = make_author("the-other", channel="forum")
    make_mention(second, parent_author="mayaweaves")
    place_and_score()
    merge_people(other, person_of(second), by=sam)
    session().commit()

    suggest_merges()

    assert open_suggestions() == []


def test_two_made_one_have_all_accounts_and_one_score(two, sam):
    one, other = two
    suggest_merges()
    before = one.score

    merge_people(one, other, by=sam)
    session().commit()
    place_and_score()

    assert (accounts(one), accounts(other)) == (2, 0)
    assert one.score > before
    assert (other.score, other.merged_into_id) == (0.0, one.id)
    assert open_suggestions() == []
    assert {entry.verb for entry in session().scalars(select(AuditEntry))} >= {"person.merged", "person.took_up"}


def test_taken_apart_they_are_as_they_were_and_never_suggested_again(two, sam):
    one, other = two
    scores = one.score, other.score
    merge = merge_people(one, other, by=sam)
    session().commit()
    place_and_score()

    split_people(merge, by=sam)
    session().commit()
    place_and_score()

    assert (one.score, other.score) == pytest.approx(scores)
    assert (accounts(one), accounts(other)) == (1, 1)
    assert other.merged_into_id is None
    assert merges_into(one) == []
    suggest_merges()
    assert open_suggestions() == []
    with pytest.raises(NotMerged):
        split_people(merge, by=sam)


def test_a_no_is_remembered(two, sam):
    suggest_merges()
    veto_merge(open_suggestions()[0], by=sam)
    session().execute(PersonAuthor.__table__.update().values(compared_at=None))

    suggest_merges()

    assert open_suggestions() == []
    assert session().scalars(select(MergeSuggestion.decision)).all() == [Likeness.VETOED]


def test_whoever_was_invited_is_kept_and_two_invited_stay_two(two, sam):
    one, other = two
    move_to_stage(other, Stage.INVITED, by=sam)

    merge = merge_people(one, other, by=sam)

    assert (merge.kept_id, one.merged_into_id) == (other.id, other.id)
    split_people(merge, by=sam)
    move_to_stage(one, Stage.MEMBER, by=sam)
    with pytest.raises(NotMerged, match="Both were invited"):
        merge_people(one, other, by=sam)


def test_who_objected_or_is_gone_is_not_merged(two, sam):
    one, other = two
    move_to_stage(one, Stage.OBJECTED, by=sam)
    with pytest.raises(NotMerged, match="not to be tracked"):
        merge_people(other, one, by=sam)
    with pytest.raises(NotMerged, match="one person already"):
        merge_people(other, other, by=sam)


def test_the_next_step_has_a_keeper_and_a_day(two, sam, rosa):
    one, _other = two
    keep_in_touch(one, owner=sam, next_step="  Send the   drawing ", on=date(2026, 4, 1), by=sam)

    assert (one.next_step, one.owner_id) == ("Send the drawing", sam.id)
    with pytest.raises(Refusal, match="community manager"):
        keep_in_touch(one, owner=rosa, next_step="x", on=None, by=sam)
    with pytest.raises(Refusal, match="on that day"):
        keep_in_touch(one, owner=None, next_step=" ", on=date(2026, 4, 1), by=sam)


def test_the_pages_show_decide_and_undo(two, sam, sign_in, queries):
    one, other = two
    suggest_merges()
    move_to_stage(one, Stage.SHORTLISTED, by=sam)
    session().commit()
    browser = sign_in(sam)
    pair = open_suggestions()[0]
    for path in (
        "/people/merges",
        f"/people/comparison?one={one.id}&other={other.id}",
        f"/people/comparison?one={one.id}",
    ):
        queries.clear()
        page = browser.get(path)
        assert page.status_code == 200
        assert one.name in page.text
        assert len(queries) <= 8, path

    answer = browser.post(f"/merge-suggestions/{pair.id}/acceptances")
    assert again(other).merged_into_id == one.id
    taken_up = browser.get(answer.headers["Location"]).text
    assert "Take apart" in taken_up
    assert "% sure: " in taken_up
    assert browser.get(f"/people/{other.id}").headers["Location"].endswith(f"/people/{one.id}")
    assert other.name not in browser.get("/people").text.replace(one.name, "")

    browser.post(f"/merges/{session().scalars(select(Merge.id)).one()}/undos")
    assert again(other).merged_into_id is None


def test_a_step_is_kept_from_the_page_and_stands_on_the_board(two, sam, sign_in, queries):
    one, _other = two
    move_to_stage(one, Stage.SHORTLISTED, by=sam)
    session().commit()
    browser = sign_in(sam)
    given = {"next_step": "Call about the shade", "next_step_on": "2020-01-05", "owner": str(sam.id)}

    browser.post(f"/people/{one.id}/steps", data=given)

    queries.clear()
    page = browser.get("/people/board?owner=me").text
    assert "Call about the shade" in page
    assert "overdue" in page
    assert len(queries) <= 8
    assert "Call about the shade" in browser.get(f"/people/{one.id}").text
    assert 'value="2020-01-05"' in browser.get(f"/people/{one.id}/plan").text
    refused = browser.post(f"/people/{one.id}/steps", data={**given, "next_step": "x" * 301})
    assert refused.status_code == 422
    assert "under 300" in refused.text
    assert again(one).next_step == "Call about the shade"

    scribbled = {**given, "next_step": "x" * 301, "next_step_on": "soon", "done": "y"}
    unknown = browser.post(f"/people/{one.id}/steps", data={**scribbled, "zone": "Mars"})
    assert unknown.status_code == 422
    assert 'value="2020-01-05"' in unknown.text
    done = browser.post(f"/people/{one.id}/steps", data=scribbled, follow_redirects=True)
    assert "That is done" in done.text
    assert (again(one).next_step, again(one).next_step_on, again(one).owner_id) == ("", None, sam.id)
    assert "It is done" not in done.text


def test_the_plan_says_who_it_is_about_how_to_reach_them_and_who_they_may_be(two, sam, sign_in, queries):
    one, other = two
    suggest_merges()
    session().commit()
    browser = sign_in(sam)
    queries.clear()

    page = browser.get(f"/people/{one.id}/plan").text

    assert len(queries) <= 8
    assert "Mostly on" in page
    assert f"{one.score:.0f} of 100" in page
    assert "% sure" in page
    handles = select(Author.handle).join(PersonAuthor, PersonAuthor.author_id == Author.id)
    theirs = session().scalars(handles.where(PersonAuthor.person_id == other.id)).one()
    assert f"<bdi>{theirs}</bdi> · " in page


def test_the_board_has_each_stage_with_its_best_people(db, sam):
    for number in range(3):
        make_mention(make_author(f"maker{number}"), days=number + 1, kind="build")
    place_and_score()
    for person in session().scalars(select(Person)):
        move_to_stage(person, Stage.SHORTLISTED, by=sam)

    columns = {column.stage: column for column in board()}

    assert columns[Stage.SHORTLISTED].count == 3
    scores = [person.score for person in columns[Stage.SHORTLISTED].people]
    assert scores == sorted(scores, reverse=True)
    assert columns[Stage.MEMBER].people == []
    assert len(neighbours(columns[Stage.SHORTLISTED].people[1])) == 2


def test_only_those_who_judge_may_merge(two, rosa, sign_in):
    suggest_merges()
    session().commit()
    pair = open_suggestions()[0]

    assert sign_in(rosa).post(f"/merge-suggestions/{pair.id}/acceptances").status_code == 404
    assert sign_in(make_user("m@example.org", "M", Role.MEMBER)).get("/people/board").status_code == 403
