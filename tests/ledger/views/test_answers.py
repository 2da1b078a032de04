"""Answering, handing over, and the desk that orders both."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Role, User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Action, ActionStage, AnswerDraft, Idea, Progress, Response, ResponseKind, Standing
from portal.ledger.queries import DESK_SHOWN
from portal.ledger.services import NotYours, Typed, give, keep_answer_draft, merge_ideas, start_action, typed_of
from tests.factories import here, make_circle, make_idea, make_user
from tests.outbox import mails

REASON = "The resin would crack in the first hard frost."


def count(table: type[Any]) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


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


def test_a_yes_names_who_does_it_and_they_hear_of_it(sign_in: Any, maya: User, rosa: User, sam: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    form = {
        "answer-kind": "action",
        "answer-action": "0",
        "answer-title": "A hidden zip",
        "answer-owner": str(sam.id),
        "answer-stage": "planned",
        "answer-target_date": "2099-01-15",
    }
    browser = sign_in(rosa)

    assert 'value="0">I do it myself</option>' in browser.get(f"/ideas/{idea.id}").text
    for nobody in (maya.id, 999):
        refused = browser.post(f"/ideas/{idea.id}/responses", data=form | {"answer-owner": str(nobody)})
        assert (refused.status_code, "Not a valid choice" in refused.text) == (422, True)
    browser.post(f"/ideas/{idea.id}/answer-drafts", data=form | {"answer-owner": "999"})
    assert session().query(AnswerDraft).one().action_owner_id is None
    browser.post(f"/ideas/{idea.id}/answer-drafts", data=form)
    kept = browser.get(f"/ideas/{idea.id}").text
    assert f'<option selected value="{sam.id}">Sam Okafor</option>' in kept
    assert mails("action_handed_over") == []
    draft = session().query(AnswerDraft).one()
    browser.post("/answer-drafts/publications", data={"draft": str(draft.id), "tells": "y"})

    assert session().query(Action).one().owner_id == sam.id
    (mail,) = mails("action_handed_over")
    assert (mail.recipient, mail.subject) == (sam.email, "Yours to do: A hidden zip")
    for body in (mail.text, mail.html):
        assert "Rosa Pereira answered a suggestion with “A hidden zip”, and named you as the one who does it." in body
        assert "It is aimed at 15 January 2099." in body


def test_who_does_it_sees_what_it_answers(sign_in: Any, maya: User, rosa: User, sam: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa))
    typed = Typed(ResponseKind.ACTION, title="A hidden zip", owner_id=sam.id)

    assert "Sam Okafor</option>" not in sign_in(rosa).get(f"/ideas/{idea.id}").text
    with pytest.raises(NotYours, match="does not see"):
        give(idea, typed, by=rosa)
    lee = make_user("lee@example.com", "Lee Park", Role.RESPONDER)
    inside = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa, lee, name="Zips"))
    give(inside, replace(typed, owner_id=lee.id), by=rosa)
    (mail,) = mails("action_handed_over")
    assert mail.subject == "An action is yours to do"
    assert "zip" not in mail.text + mail.html


def test_nobody_who_was_shut_out_meanwhile_is_named_by_a_draft(maya: User, rosa: User, sam: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    typed = Typed(ResponseKind.ACTION, title="A hidden zip", owner_id=sam.id)
    draft = keep_answer_draft(idea, typed, by=rosa)
    sam.suspended_at = now()
    session().flush()

    with pytest.raises(NotYours, match="Sam Okafor does not see"):
        give(idea, typed_of(draft), by=rosa)

    assert not idea.responses
    assert keep_answer_draft(idea, typed, by=rosa).action_owner_id is None
    assert mails("action_handed_over") == []


def test_whoever_does_what_is_done_already_gets_no_mail(maya: User, rosa: User, sam: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    done = {"stage": ActionStage.DONE, "happened_on": config.today()}

    give(idea, Typed(ResponseKind.ACTION, title="A hidden zip", owner_id=sam.id, **done), by=rosa)

    assert session().query(Action).one().owner_id == sam.id
    assert mails("action_handed_over") == []


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
        ({"answer-kind": "outcome", "answer-message": "ok"}, "<li>Tell in at least one full sentence"),
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


@pytest.mark.both_databases
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
    # Nobody is chosen beforehand, and a word alone gives it to nobody.
    assert "Choose who answers" in browser.post(f"/ideas/{idea.id}/hand-overs", data={**form, "hand-over-to": "0"}).text
    assert here(idea).owner_id == sam.id
    assert sign_in(maya).post(f"/ideas/{idea.id}/hand-overs", data=form).status_code == 404
    back = browser.post(f"/ideas/{idea.id}/hand-overs", data={**form, "hand-over-to": rosa.id}, follow_redirects=True)
    assert "You answer this from now on." in back.text
    assert "<strong>Rosa Pereira</strong> took this over" in back.text
    too_long = browser.post(f"/ideas/{idea.id}/hand-overs", data={**form, "hand-over-word": "You know resin. " * 40})
    assert (too_long.status_code, here(idea).owner_id) == (422, rosa.id)


def test_the_desk_is_for_staff_and_marks_what_is_late(sign_in: Any, maya: User, rosa: User) -> None:
    make_idea(proposed_by=maya, owner=rosa, title="Late", acknowledge_by=now() - timedelta(hours=2))

    page = sign_in(rosa).get("/desk")

    assert "1 is late" in page.text
    assert sign_in(maya).get("/desk").status_code == 403


def test_a_desk_that_does_not_show_all_says_so_and_where_the_rest_stands(
    sign_in: Any, maya: User, rosa: User, sam: User
) -> None:
    moment = now()
    few, many = moment + timedelta(hours=3), moment - timedelta(hours=3)
    for _number in range(DESK_SHOWN - 1):
        make_idea(proposed_by=maya, owner=rosa, acknowledge_by=few)
    session().commit()
    cut, rest = f"These are the {DESK_SHOWN} with the nearest promise.", f'href="/ideas?owner={rosa.id}"'

    whole = sign_in(rosa).get("/desk").text
    assert (cut in whole, rest in whole) == (False, False)
    for _number in range(2):
        make_idea(proposed_by=maya, owner=rosa, acknowledge_by=few)
    session().commit()
    mine, others = (sign_in(person).get("/desk").text for person in (rosa, sam))
    assert (mine.count(cut), rest in mine, " late</p>" in mine) == (1, True, False)
    assert (others.count(cut), rest in others) == (1, False)
    for _number in range(DESK_SHOWN):
        make_idea(proposed_by=maya, owner=rosa, acknowledge_by=many)
    session().commit()
    assert f"At least {DESK_SHOWN} are late" in sign_in(rosa).get("/desk").text


def test_whoever_answers_comes_from_the_promise_to_the_form(sign_in: Any, maya: User, rosa: User) -> None:
    path = f"/ideas/{make_idea(proposed_by=maya, owner=rosa).id}"
    session().commit()

    answering, waiting = (sign_in(person).get(path).text for person in (rosa, maya))

    assert ('<a href="#your-answer">Answer it</a>' in answering, 'id="your-answer"' in answering) == (True, True)
    assert "#your-answer" not in waiting
    # Who answers, and the hand-over, stand above a list of voices that may be long.
    assert answering.index('id="owner-title"') < answering.index('id="behind-title"')


def test_what_was_joined_with_another_is_answered_there(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    source, target = (make_idea(proposed_by=one, owner=rosa, title=f"{one.name} asks") for one in (maya, omar))
    merge_ideas(source, into=target, by=rosa)
    session().commit()
    staff = sign_in(rosa)
    given = {"answer-kind": "explanation", "answer-message": REASON}

    pages = [staff.get(f"/ideas/{idea.id}").text for idea in (source, target)]
    refused = staff.post(f"/ideas/{source.id}/responses", data=given)

    assert ['id="your-answer"' in page for page in pages] == [False, True]
    # Whoever had the form open before loses nothing of what they wrote.
    assert (refused.status_code, REASON in refused.text) == (422, True)
    assert "joined with another suggestion. Give the answer there" in refused.text
    assert count(Response) == 0


def test_an_empty_desk_says_so(sign_in: Any, rosa: User) -> None:
    assert "Nothing of yours waits" in sign_in(rosa).get("/desk").text


def test_the_forms_of_the_page_carry_the_token_that_they_need(sign_in: Any, app: Any, maya: User, rosa: User) -> None:
    ben = make_user("ben@example.com", "Ben Ito", rosa.role)
    idea = make_idea(proposed_by=maya, owner=rosa)
    browser = sign_in(rosa)
    app.config["WTF_CSRF_ENABLED"] = True
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(f"/ideas/{idea.id}").text)
    assert found is not None
    token = {"csrf_token": found[1]}
    answer = {"answer-kind": "explanation", "answer-message": REASON}
    passed = {"hand-over-to": str(ben.id), "hand-over-word": "You know resin."}

    assert browser.post(f"/ideas/{idea.id}/responses", data=answer).status_code == 400
    assert browser.post(f"/ideas/{idea.id}/responses", data={**answer, **token}).status_code == 303
    assert browser.post(f"/ideas/{idea.id}/hand-overs", data=passed).status_code == 400
    assert browser.post(f"/ideas/{idea.id}/hand-overs", data={**passed, **token}).status_code == 303


def test_an_owner_is_offered_what_fits_and_shown_the_next_step(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    staff, author = sign_in(rosa), sign_in(maya)
    kinds = r'name="answer-kind"[^>]*value="([a-z]+)"'

    assert set(re.findall(kinds, staff.get(f"/ideas/{idea.id}").text)) == {
        "acknowledgement", "question", "action", "explanation",
    }  # fmt: skip
    form = {"answer-kind": "action", "answer-title": "A softer switch", "answer-stage": "planned"}
    staff.post(f"/ideas/{idea.id}/responses", data=form)
    page = staff.get(f"/ideas/{idea.id}").text
    assert set(re.findall(kinds, page)) == {"question", "action", "explanation", "outcome"}
    assert "Write down how far it is" in page
    assert "Write down how far it is" not in author.get(f"/ideas/{idea.id}").text


def test_a_fresh_form_never_holds_what_somebody_else_typed(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    browser = sign_in(rosa)

    browser.post(
        f"/ideas/{idea.id}/responses", data={"answer-kind": "question", "answer-message": " ", "answer-title": "Mine"}
    )
    browser.post(f"/ideas/{idea.id}/hand-overs", data={"answer-message": "Typed elsewhere", "hand-over-word": ""})

    page = browser.get(f"/ideas/{idea.id}").text
    assert "Mine" not in page
    assert "Typed elsewhere" not in page
