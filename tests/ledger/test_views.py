"""The pages of the ledger: who gets them, what they answer, one visible fact each."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.community.models import Member
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Action, ActionStage, Idea, Progress, Response, ResponseKind, Standing, Vote
from portal.ledger.services import respond, start_action, vote
from tests.conftest import settings_for_tests
from tests.factories import make_idea, make_user

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
    for number in range(25):
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


def test_a_suggestion_lands_on_the_ledger_with_its_promise(sign_in: Any, maya: User, rosa: User) -> None:
    browser = sign_in(maya)
    assert "Send it now and Rosa Pereira will answer by" in browser.get("/ideas/new").text

    page = browser.post("/ideas", data={"title": "A zip", "body": "It **washes**."}, follow_redirects=True)

    assert page.status_code == 200
    assert "Rosa will answer by" in page.text
    assert "It <strong>washes</strong>." in page.text
    assert session().query(Idea).one().title == "A zip"


def test_the_same_form_sent_twice_leads_to_the_same_suggestion(sign_in: Any, maya: User, rosa: User) -> None:
    browser = sign_in(maya)
    form = {"title": "A zip", "body": "", "form_key": "0123456789abcdef"}

    first, second = browser.post("/ideas", data=form), browser.post("/ideas", data=form)

    assert first.location == second.location
    assert count(Idea) == 1
    assert browser.post("/ideas", data={**form, "title": "A button"}).location != first.location


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"title": " ", "body": "My words"}, "Write your suggestion in one line"),
        ({"title": "x" * 161, "body": "My words"}, "longer than 160"),
        ({"title": "My words", "body": "x" * 20_001}, "longer than 20,000"),
    ],
)
def test_a_refused_suggestion_keeps_what_was_typed(
    sign_in: Any, maya: User, rosa: User, form: dict[str, str], error: str
) -> None:
    page = sign_in(maya).post("/ideas", data=form)

    assert page.status_code == 422
    assert error in page.text
    assert "My words" in page.text
    assert count(Idea) == 0


def test_without_staff_the_form_says_so(sign_in: Any, maya: User) -> None:
    browser = sign_in(maya)

    assert "Nobody is here to answer yet" in browser.get("/ideas/new").text
    assert browser.post("/ideas", data={"title": "A zip"}).status_code == 422


def test_a_preview_shows_the_words_and_keeps_nothing(sign_in: Any, maya: User, rosa: User) -> None:
    browser = sign_in(maya)
    form = {"title": "A zip", "body": "It **washes**."}

    part = browser.post("/idea-previews", data=form, headers={"HX-Request": "true"})
    page = browser.post("/idea-previews", data=form)

    for answer in (part, page):
        assert answer.status_code == 200
        assert "It <strong>washes</strong>." in answer.text
    assert "<html" not in part.text
    assert 'value="A zip"' in page.text
    assert count(Idea) == 0


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt&colon;alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://tracker.example/pixel.png)",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<a href='https://a.example' onclick=alert(1)>x</a>",
    "`<img src=x onerror=alert(1)>`",
    "<https://a.example/\"onmouseover=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_inert_everywhere(sign_in: Any, maya: User, rosa: User, words: str) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, title=words[:160], body=words)
    action = start_action(title=words[:160], owner=rosa, stage=ActionStage.PLANNED, by=rosa, words=words)
    respond(idea, kind=ResponseKind.ACTION, message=words, by=rosa, action=action)
    respond(idea, kind=ResponseKind.QUESTION, message=words, by=rosa)
    session().commit()
    browser = sign_in(rosa)

    # The client of these tests refuses inline scripts, styles and handlers in every page it gets.
    for path in ("/ideas", f"/ideas/{idea.id}", "/desk", f"/actions/{action.id}"):
        page = browser.get(path)
        assert page.status_code == 200
        lowered = page.text.lower()
        for bad in (
            "<img",
            "<script>",
            'href="javascript',
            'href="data:',
            "<math",
            "<style",
            'tracker.example/pixel.png"',
        ):
            assert bad not in lowered, (path, bad)


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


def test_an_answer_goes_on_the_record(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    page = sign_in(rosa).post(
        f"/ideas/{idea.id}/responses",
        data={"answer-kind": "explanation", "answer-message": REASON},
        follow_redirects=True,
    )

    assert page.status_code == 200
    assert REASON in page.text
    assert session().get_one(Idea, idea.id).standing is Standing.EXPLAINED


def test_a_yes_opens_its_action_in_the_same_form(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    form = {
        "answer-kind": "action",
        "answer-action": "0",
        "answer-title": "A hidden zip",
        "answer-stage": "done",
        "answer-proof_url": "https://lumen.example/zip",
        "answer-target_date": "2027-01-15",
        "answer-words": "Every shade has one.",
        "answer-message": "Done.",
    }

    page = sign_in(rosa).post(f"/ideas/{idea.id}/responses", data=form, follow_redirects=True)

    assert 'href="https://lumen.example/zip"' in page.text
    assert session().get_one(Idea, idea.id).standing is Standing.DONE
    assert session().query(Action).one().owner_id == rosa.id


def test_a_yes_can_name_an_action_that_is_there(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    action = start_action(title="A hidden zip", owner=rosa, stage=ActionStage.UNDER_WAY, by=rosa)
    session().commit()

    form = {"answer-kind": "action", "answer-action": str(action.id), "answer-message": ""}
    sign_in(rosa).post(f"/ideas/{idea.id}/responses", data=form)

    assert session().get_one(Idea, idea.id).standing is Standing.UNDER_WAY
    assert count(Action) == 1


NEW = {"answer-kind": "action", "answer-action": "0", "answer-message": "My long words"}


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"answer-message": "My long words"}, "Choose what kind of answer"),
        ({"answer-kind": "never", "answer-message": "My long words"}, "answer-kind-errors"),
        ({"answer-kind": "explanation", "answer-message": "My long words"}, "at least one full sentence"),
        ({"answer-kind": "question", "answer-message": " "}, "Write your question"),
        (NEW, "Say in one line what the company does"),
        ({**NEW, "answer-title": "A zip", "answer-stage": "done"}, "Done needs something to see"),
        ({**NEW, "answer-title": "A zip", "answer-stage": "dropped"}, "Say why it was dropped"),
        (
            {**NEW, "answer-title": "A zip", "answer-stage": "done", "answer-proof_url": "javascript:x"},
            "starts with https",
        ),
        ({**NEW, "answer-action": "4711"}, "answer-action-errors"),
    ],
)
def test_a_refused_answer_keeps_what_was_typed(
    sign_in: Any, maya: User, rosa: User, form: dict[str, str], error: str
) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    page = sign_in(rosa).post(f"/ideas/{idea.id}/responses", data=form)

    assert page.status_code == 422
    assert error in page.text
    assert form["answer-message"].strip() in page.text
    assert (count(Response), count(Action), count(Progress)) == (0, 0, 0)


def test_the_same_answer_sent_twice_stands_once(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    browser = sign_in(rosa)
    form = {"answer-kind": "action", "answer-action": "0", "answer-title": "A zip", "answer-stage": "planned"}

    assert browser.post(f"/ideas/{idea.id}/responses", data=form).status_code == 303
    second = browser.post(f"/ideas/{idea.id}/responses", data=form)

    assert second.status_code == 422
    assert "The last answer already says this." in second.text
    assert (count(Response), count(Action)) == (1, 1)


def test_members_and_authors_cannot_answer(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    ben = make_user("ben@example.com", "Ben Ito", rosa.role)
    idea = make_idea(proposed_by=maya, owner=rosa)
    own = make_idea(proposed_by=ben, owner=rosa)
    form = {"answer-kind": "explanation", "answer-message": REASON}

    assert sign_in(omar).post(f"/ideas/{idea.id}/responses", data=form).status_code == 404
    assert sign_in(ben).post(f"/ideas/{own.id}/responses", data=form).status_code == 404
    assert count(Response) == 0
    assert "Put it on the record" not in sign_in(omar).get(f"/ideas/{idea.id}").text
    assert "Put it on the record" not in sign_in(ben).get(f"/ideas/{own.id}").text


def test_handing_over_stands_on_the_record(sign_in: Any, maya: User, sam: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    browser = sign_in(rosa)

    form = {"hand-over-to": str(sam.id), "hand-over-word": "You know resin."}
    page = browser.post(f"/ideas/{idea.id}/hand-overs", data=form, follow_redirects=True)

    assert "You know resin." in page.text
    assert "Sam Okafor answers from now on" in page.text
    refused = browser.post(
        f"/ideas/{idea.id}/hand-overs", data={**form, "hand-over-to": str(rosa.id), "hand-over-word": ""}
    )
    assert refused.status_code == 422
    assert "Add a word" in refused.text
    assert sign_in(maya).post(f"/ideas/{idea.id}/hand-overs", data=form).status_code == 404


def test_the_desk_is_for_staff_and_marks_what_is_late(sign_in: Any, maya: User, rosa: User) -> None:
    make_idea(proposed_by=maya, owner=rosa, title="Late", acknowledge_by=now() - timedelta(hours=2))

    page = sign_in(rosa).get("/desk")

    assert "1 is late" in page.text
    assert sign_in(maya).get("/desk").status_code == 403


def test_an_empty_desk_says_so(sign_in: Any, rosa: User) -> None:
    assert "Nothing of yours waits" in sign_in(rosa).get("/desk").text


def test_progress_is_added_by_staff_alone(sign_in: Any, maya: User, rosa: User) -> None:
    action = start_action(title="A hidden zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    session().commit()
    path = f"/actions/{action.id}/progress"
    done = {"stage": "done", "words": "Out now.", "proof_url": "https://lumen.example/zip"}

    assert sign_in(maya).post(path, data=done).status_code == 404
    refused = sign_in(rosa).post(path, data={"stage": "done", "words": "Out now."})
    assert refused.status_code == 422
    assert "Out now." in refused.text
    assert count(Progress) == 1

    page = sign_in(rosa).post(path, data=done, follow_redirects=True)
    assert 'href="https://lumen.example/zip"' in page.text
    assert "Write down what happened" not in sign_in(maya).get(f"/actions/{action.id}").text


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)

    for path in ("/ideas", "/ideas/new", f"/ideas/{idea.id}", "/desk"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/sign-in?next=")


def test_the_public_ledger_is_not_there_unless_it_is_switched_on(client: FlaskClient, maya: User, rosa: User) -> None:
    make_idea(proposed_by=maya, owner=rosa, title="A washable shade")

    closed, nothing = client.get("/public-ledger"), client.get("/no-such-page")

    assert closed.status_code == nothing.status_code == 404
    assert "A washable shade" not in closed.text


def test_the_public_ledger_names_only_who_agreed(client: FlaskClient, maya: User, omar: User, rosa: User) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    session().add(Member(user_id=maya.id, founding_number=1, is_named_publicly=True))
    session().add(Member(user_id=omar.id, founding_number=2))
    make_idea(proposed_by=omar, owner=rosa)
    make_idea(proposed_by=maya, owner=rosa)

    page = client.get("/public-ledger")

    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Maya Lindqvist" in page.text
    assert "Omar Haddad" not in page.text
    assert "A member" in page.text


def test_many_voices_are_counted_and_some_are_named(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    for number in range(63):
        vote(idea, make_user(f"p{number}@example.org", f"Person {number}"))
    session().commit()

    page = sign_in(maya).get(f"/ideas/{idea.id}")

    assert "64 voices" in page.text
    assert "and 3 more" in page.text
