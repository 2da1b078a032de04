"""The ledger and the page of one suggestion: who gets them, what they show."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from portal.accounts.models import User
from portal.community.services import put_ask
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import ActionStage, Idea, ResponseKind, Vote
from portal.ledger.services import comment, respond, start_action, suggest, vote
from tests.factories import make_circle, make_idea, make_user

pytestmark = pytest.mark.both_databases

REASON = "The resin would crack in the first hard frost."


def count(table: type[Any]) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


def test_the_ledger_shows_both_sides(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, title="A washable shade")
    make_idea(proposed_by=omar, owner=rosa)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    session().commit()

    page = sign_in(omar).get("/ideas")

    assert page.status_code == 200
    for fact in ("A washable shade", REASON, "Rosa will answer by", "Answered 1 of 2"):
        assert fact in page.text


def test_tabs_and_filters_narrow_the_ledger(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, title="A washable shade")
    make_idea(proposed_by=omar, owner=rosa, title="A longer cable")
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    session().commit()
    browser = sign_in(omar)

    assert "A longer cable" not in browser.get("/ideas?standing=explained").text
    assert "A washable shade" not in browser.get("/ideas?mine=1").text
    assert "A longer cable" in browser.get(f"/ideas?owner={rosa.id}&standing=waiting").text
    assert "Nothing stands here" in browser.get("/ideas?standing=done").text


@pytest.mark.parametrize(
    "asked", ["standing=nothing", "owner=x", "before=99999999999999999999", "after=-1", "mine=%00"]
)
def test_what_cannot_be_read_in_an_address_is_left_out(sign_in: Any, maya: User, rosa: User, asked: str) -> None:
    make_idea(proposed_by=maya, owner=rosa)

    assert sign_in(maya).get(f"/ideas?{asked}").status_code == 200


def test_an_empty_ledger_says_what_to_do(sign_in: Any, maya: User) -> None:
    assert "The first line is yours" in sign_in(maya).get("/ideas").text


def test_the_ledger_leads_from_page_to_page(sign_in: Any, maya: User, rosa: User) -> None:
    ideas = [make_idea(proposed_by=maya, owner=rosa) for _ in range(23)]
    browser = sign_in(maya)

    assert f"/ideas?before={ideas[3].id}" in browser.get("/ideas").text
    assert f"/ideas?after={ideas[2].id}" in browser.get(f"/ideas?before={ideas[3].id}").text


def test_no_page_of_the_ledger_needs_more_than_eight_statements(
    sign_in: Any, maya: User, omar: User, sam: User, rosa: User, queries: list[str]
) -> None:
    action = start_action(title="A zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    for number in range(12):
        idea = make_idea(proposed_by=maya, owner=rosa, title=f"Idea {number}")
        vote(idea, omar)
        if number % 2:
            respond(idea, kind=ResponseKind.ACTION, message="Yes.", by=sam, action=action)
            respond(idea, kind=ResponseKind.QUESTION, message="Which?", by=rosa)
            respond(idea, kind=ResponseKind.ACTION, message="Yes.", by=sam, action=action)
    session().commit()
    paths = ("/ideas", "/ideas?mine=1", f"/ideas?owner={rosa.id}&standing=waiting", "/ideas/new", "/desk")
    browsers = {user.id: sign_in(user) for user in (omar, rosa)}

    for browser in browsers.values():
        for path in (*paths, f"/ideas/{idea.id}", f"/ideas/{idea.id - 1}", f"/actions/{action.id}", "/public-ledger"):
            queries.clear()
            browser.get(path)
            assert len(queries) <= 8, path


def test_one_vote_is_one_voice(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    browser = sign_in(omar)

    browser.post(f"/ideas/{idea.id}/votes")
    page = browser.post(f"/ideas/{idea.id}/votes", follow_redirects=True)
    assert "2 voices" in page.text
    assert "Take your voice back" in page.text

    browser.post(f"/ideas/{idea.id}/withdrawn-votes")
    assert count(Vote) == 0


def test_authors_staff_and_strangers_cannot_vote(
    sign_in: Any, client: FlaskClient, app: Any, maya: User, rosa: User
) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    assert sign_in(maya).post(f"/ideas/{idea.id}/votes").status_code == 404
    assert sign_in(rosa).post(f"/ideas/{idea.id}/votes").status_code == 404
    assert app.test_client().post(f"/ideas/{idea.id}/votes").status_code == 401
    assert count(Vote) == 0


def test_nobody_stands_behind_what_they_do_not_see(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    other, circle = make_idea(proposed_by=maya, owner=rosa), make_circle(rosa)
    unseen: list[dict[str, Any]] = [
        {"held_at": now()}, {"removed_at": now()}, {"merged_into_id": other.id}, {"is_private": True},
        {"circle_id": circle.id},
    ]  # fmt: skip
    browser = sign_in(omar)
    for what in unseen:
        idea = make_idea(proposed_by=maya, owner=rosa)
        session().execute(update(Idea).where(Idea.id == idea.id).values(what))
        session().commit()
        answers = [browser.post(f"/ideas/{idea.id}/{way}").status_code for way in ("votes", "withdrawn-votes")]
        assert answers == [404, 404], what
    assert count(Vote) == 0
    assert browser.post(f"/ideas/{other.id}/votes").status_code == 303


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    for path in ("/ideas", "/ideas/new", f"/ideas/{idea.id}", "/desk"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in?next=")


def test_many_voices_are_counted_and_some_are_named(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    for number in range(63):
        vote(idea, make_user(f"p{number}@example.org", f"Person {number}"))
    session().commit()

    page = sign_in(maya).get(f"/ideas/{idea.id}")

    assert "64 voices" in page.text
    assert "and 3 more" in page.text


def test_a_suggestion_says_in_which_room_it_stands_and_what_it_answers(
    sign_in: Any, maya: User, omar: User, rosa: User, sam: User, queries: list[str]
) -> None:
    circle = make_circle(maya, rosa, sam, name="SECRET testers")
    ask = put_ask(
        question="SECRET hinge?", opens_at=now(), closes_at=now().replace(year=2099), owner=rosa, by=sam, circle=circle
    )
    idea = suggest(title="Brass", body="", by=maya, ask=ask)
    said = comment(idea, body="Or steel.", by=maya)
    reply = comment(idea, body="No.", by=rosa, reply_to=said)
    session().commit()
    inside, outside, manager = sign_in(rosa), sign_in(omar), sign_in(sam)
    inside.get("/ideas")
    queries.clear()
    page = inside.get(f"/ideas/{idea.id}").text

    assert len(queries) <= 8
    for fact in ("Only in “SECRET testers”", f'/asks/{ask.id}">SECRET hinge?', f"/comments/{said.id}/reports/new"):
        assert fact in page
    assert f"/comments/{reply.id}/reports/new" not in page
    assert f"/comments/{reply.id}/reports/new" in sign_in(maya).get(f"/ideas/{idea.id}").text
    for path in (f"/ideas/{idea.id}", f"/comments/{said.id}"):
        assert f"/comments/{reply.id}/decisions/new" in manager.get(path).text
    where = f"/ideas?circle={circle.id}&ask={ask.id}"
    assert all(name in inside.get(where).text for name in ("SECRET testers", "SECRET hinge?"))
    assert "SECRET" not in outside.get(where).text


def test_a_circle_and_a_question_stand_by_name_only_for_whoever_may_read_them(
    sign_in: Any, maya: User, omar: User, rosa: User
) -> None:
    circle = make_circle(maya, rosa, name="CANARY circle")
    times = {"opens_at": now(), "closes_at": now() + timedelta(days=3), "owner": rosa, "by": rosa}
    everyones = put_ask(question="CANARY open?", **times)
    inside = put_ask(question="CANARY inside?", circle=circle, **times)
    later = put_ask(question="CANARY later?", **times | {"opens_at": now() + timedelta(days=1)})
    session().commit()
    doors = [f"circle={circle.id}", *(f"ask={ask.id}" for ask in (everyones, inside, later)), "ask=99999"]

    def named(person: User) -> list[bool]:
        browser = sign_in(person)
        return ["CANARY" in browser.get(f"/ideas?{door}").text for door in doors]

    assert named(omar) == [False, True, False, False, False]
    assert named(maya) == [True, True, True, False, False]
    assert named(rosa) == [True, True, True, True, False]
