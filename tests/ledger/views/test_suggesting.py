"""Suggesting: the promise, the preview, and words that are never lost."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.community.models import Circle
from portal.community.services import put_ask, set_entry_rule, take_seat
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import Comment, Idea, IdeaDraft, ResponseKind, Vote
from portal.ledger.services import keep_draft, respond, suggest
from portal.ledger.services.drafts import DRAFTS
from tests.factories import here, make_circle, make_idea
from tests.makers.heard import make_author, make_mention

REASON = "The resin would crack in the first hard frost."


def count(table: type[Any]) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


def test_a_suggestion_lands_on_the_ledger_with_its_promise(sign_in: Any, maya: User, rosa: User) -> None:
    browser = sign_in(maya)
    assert "Send it now and Rosa Pereira will answer by" in browser.get("/ideas/new").text

    with pretend(datetime(2026, 3, 3, 9, tzinfo=UTC)):
        page = browser.post("/ideas", data={"title": "A zip", "body": "It **washes**."}, follow_redirects=True)

    assert page.status_code == 200
    assert "Your suggestion is on the ledger. Rosa will answer by" in page.text
    assert "It <strong>washes</strong>." in page.text
    assert session().query(Idea).one().title == "A zip"


@pytest.mark.both_databases
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
        ({"title": " ", "body": " ", "form_key": "My words"}, "Write what you would like to be better"),
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


def test_whoever_answers_alone_is_told_to_bring_in_a_colleague(sign_in: Any, sam: User) -> None:
    browser = sign_in(sam)

    assert 'href="/people-here"' in browser.get("/ideas/new").text
    refused = browser.post("/ideas", data={"title": "A zip"})
    assert (refused.status_code, "nobody answers their own" in refused.text) == (422, True)


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


def test_without_a_title_the_words_make_it(sign_in: Any, maya: User, rosa: User) -> None:
    sign_in(maya).post("/ideas", data={"body": "It would be nice if the arm stayed up. It sinks."})

    assert session().query(Idea).one().title == "The arm stayed up"


def test_what_is_like_it_shows_while_typing_with_its_answer(
    sign_in: Any, maya: User, omar: User, rosa: User, queries: list[str]
) -> None:
    idea = suggest(title="A warmer light for reading", body="The cold white wakes me.", by=maya)
    suggest(title="Sell the shade alone", body="Mine is dented.", by=maya)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    session().commit()
    browser = sign_in(omar)
    queries.clear()

    part = browser.post("/similar-ideas", data={"body": "Warm lights to read"}, headers={"HX-Request": "true"})

    assert len(queries) <= 8
    for fact in ("A warmer light for reading", REASON, "Add your voice to this one", "called “Warm lights to read”"):
        assert fact in part.text
    assert "Sell the shade alone" not in part.text
    assert "<html" not in part.text
    assert "A warmer light for reading" in browser.post("/similar-ideas", data={"body": "Warm lights to read"}).text
    own = sign_in(maya).post("/similar-ideas", data={"body": "Warm lights to read"}).text
    assert "You suggested this yourself" in own
    assert "Is it one of these" not in browser.post("/similar-ideas", data={"body": "Wa"}).text


def test_adding_a_voice_keeps_the_words(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    idea = suggest(title="A warmer light", body="", by=maya)
    session().commit()
    browser, form = sign_in(omar), {"title": "Warm light", "body": "For the night.", "form_key": "k"}

    sent = [browser.post(f"/ideas/{idea.id}/cases", data=form) for _ in range(2)]

    assert {answer.status_code for answer in sent} == {303}
    assert (count(Idea), count(Vote), count(Comment)) == (1, 1, 1)
    assert session().query(Comment).one().body == "Warm light\n\nFor the night."
    assert browser.post(f"/ideas/{idea.id}/cases", data={}).status_code == 422
    assert sign_in(rosa).post(f"/ideas/{idea.id}/cases", data=form).status_code == 404


def test_a_held_case_is_told_as_held_and_drops_the_draft(
    sign_in: Any, maya: User, omar: User, rosa: User, sam: User
) -> None:
    idea = suggest(title="A warmer light", body="", by=maya)
    set_entry_rule(first_held=0, holds_links=False, words="snake oil", by=sam)
    session().commit()
    browser, form = sign_in(omar), {"body": "Try snake oil.", "form_key": "k"}
    browser.post("/idea-drafts", data=form)
    page = browser.get("/ideas/new").text
    assert "Try snake oil." in page
    # What is like words that stand there already is asked for before another one is typed.
    assert 'hx-trigger="input delay:500ms, load"' in page

    sent = browser.post(f"/ideas/{idea.id}/cases", data=form, follow_redirects=True).text

    assert "reads your words first" in sent
    assert "Try snake oil." in sent
    assert "Try snake oil." not in browser.get("/ideas/new").text
    assert "Try snake oil." not in sign_in(rosa).get(f"/ideas/{idea.id}").text
    assert count(Vote) == 1


def test_a_draft_comes_back_in_the_room_that_it_was_for(sign_in: Any, maya: User, rosa: User, sam: User) -> None:
    circle = make_circle(maya, rosa, name="Hinge testers")
    ask, inside = (
        put_ask(question=words, opens_at=now(), closes_at=now().replace(year=2099), owner=rosa, by=sam, circle=room)
        for words, room in (("Which shade?", None), ("Which hinge?", circle))
    )
    session().commit()
    browser = sign_in(maya)

    browser.post("/idea-drafts", data={"body": "SECRET hinge", "circle": circle.id, "form_key": "hinge"})
    page = browser.get("/ideas/new").text
    assert "SECRET hinge" in page
    assert f'<option selected value="{circle.id}">' in page
    assert 'name="form_key" type="hidden" value="hinge"' in page
    elsewhere = browser.get(f"/ideas/new?ask={ask.id}").text
    assert ("SECRET" in elsewhere, "1 draft that is not sent" in elsewhere) == (False, True)
    assert "SECRET" in browser.get(f"/ideas/new?circle={circle.id}").text
    browser.post("/idea-drafts", data={"body": "SECRET linen", "ask": inside.id, "form_key": "linen"})
    page = browser.get("/ideas/new").text
    assert ("You answer: “Which hinge?”" in page, "1 more draft" in page) == (True, True)
    assert "cannot write in any more" not in page
    assert "SECRET linen" in browser.get(f"/ideas/new?ask={inside.id}").text
    assert "SECRET hinge" in browser.get(f"/ideas/new?circle={circle.id}").text
    assert "SECRET" not in browser.get("/ideas/new?anew=1").text

    take_seat(session().get_one(Circle, circle.id), maya, by=sam)
    session().commit()
    page = browser.get("/ideas/new").text
    assert "a circle that you cannot write in any more" in page
    box = re.search(r'<input[^>]*name="is_private"[^>]*>', page)
    assert box
    assert "checked" in box[0]


def test_staff_bring_a_mention_with_whose_words_they_are_and_members_bring_none(
    sign_in: Any, maya: User, rosa: User, sam: User
) -> None:
    lena, where = make_author("lena", name="Lena Brandt"), "https://forum.example/lamps/7"
    mention = make_mention(lena, text="The **cord** is too short for my desk.", url=where)
    session().commit()
    page, browser = f"/ideas/new?mention={mention.id}", sign_in(sam)
    form = {"body": "The cord is too short.", "form_key": "cord", "mention": mention.id}

    begun = browser.get(page).text
    assert ("too short for my desk" in begun, 'value="Lena Brandt"' in begun) == (True, True)
    assert f'value="forum {where}"' in begun
    assert "too short for my desk" not in sign_in(maya).get(page).text
    # Its draft waits for whoever comes by the mention again, and for nobody who begins something else.
    browser.post("/idea-drafts", data=form)
    assert ("The cord is too short." in browser.get(page).text, "is too short" in browser.get("/ideas/new").text) == (
        True,
        False,
    )
    for person in (sam, maya):
        assert sign_in(here(person)).post("/ideas", data=form).status_code == 303
    assert session().scalars(select(Idea.mention_id).order_by(Idea.id)).all() == [mention.id, None]


def test_a_question_that_is_put_to_others_is_not_there(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    ask = put_ask(
        question="SECRET hinge?", opens_at=now(), closes_at=now().replace(year=2099), owner=rosa, by=rosa,
        circle=make_circle(maya, rosa),
    )  # fmt: skip
    session().commit()
    browser, form = sign_in(omar), {"body": "A softer click.", "ask": ask.id, "form_key": "click"}

    for answer in (
        browser.get(f"/ideas/new?ask={ask.id}"),
        *(browser.post(path, data=form) for path in ("/ideas", "/idea-previews", "/idea-drafts", "/similar-ideas")),
    ):
        assert (answer.status_code, "SECRET" in answer.text) == (404, False)
    assert (count(Idea), count(IdeaDraft)) == (0, 0)
    assert sign_in(here(maya)).post("/ideas", data=form).status_code == 303


def test_each_form_keeps_its_own_words_and_they_are_listed(
    sign_in: Any, maya: User, omar: User, rosa: User, queries: list[str]
) -> None:
    browser = sign_in(maya)
    assert "No draft waits" in browser.get("/idea-drafts").text
    for key, body in (("a", "A softer click."), ("b", "A longer cable."), ("c", "")):
        browser.post("/idea-drafts", data={"body": body, "form_key": key})
    browser.post("/idea-drafts", data={"body": "A much softer click.", "form_key": "a"})

    queries.clear()
    page = browser.get("/idea-drafts").text
    assert len(queries) <= 8
    assert ("A much softer click" in page, "A longer cable" in page, page.count("Go on with it")) == (True, True, 2)
    number, other = (row.id for row in session().scalars(select(IdeaDraft).order_by(IdeaDraft.form_key)))
    assert "A longer cable." in browser.get(f"/ideas/new?draft={other}").text
    assert "A much softer click." in browser.get(f"/ideas/new?draft={number}").text
    anew = browser.post("/idea-drafts", data={"body": "A third.", "form_key": "d", "anew": "1"})
    assert anew.headers["Location"] == "/ideas/new?anew=1"
    # Sending one leaves the others; nobody else reads or drops them.
    assert browser.post("/ideas", data={"body": "A much softer click.", "form_key": "a"}).status_code == 303
    assert sign_in(omar).post(f"/idea-drafts/{other}/removals").status_code == 404
    assert "A longer cable." not in sign_in(omar).get(f"/ideas/new?draft={other}").text
    assert browser.post(f"/idea-drafts/{other}/removals").status_code == 303
    assert [row.form_key for row in session().scalars(select(IdeaDraft))] == ["d"]
    assert number


def test_a_person_keeps_so_many_drafts_and_no_more(maya: User) -> None:
    for number in range(DRAFTS + 2):
        keep_draft(maya, f"form {number:02}", title=f"Draft {number}", body="")

    keys = sorted(session().scalars(select(IdeaDraft.form_key)))
    assert (len(keys), keys[0]) == (DRAFTS, "form 02")


def test_no_browser_cuts_long_words_without_a_word(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya)
    fields = re.compile(r"<textarea[^>]*>")

    for address in ("/ideas/new", f"/ideas/{idea.id}", f"/ideas/{idea.id}/wordings/new"):
        found = fields.findall(sign_in(maya).get(address).text)
        assert found
        assert not [field for field in found if "maxlength" in field]


def test_a_draft_is_called_what_its_suggestion_would_be(sign_in: Any, maya: User) -> None:
    keep_draft(maya, "a", title="", body="It would be nice to have a zip. At the side.\n\n- left\n- right")
    keep_draft(maya, "b", title="", body="A longer cable.")
    keep_draft(maya, "c", title="", body="The foot wobbles. On wood.")
    session().commit()

    page = sign_in(maya).get("/idea-drafts").text

    assert ">Have a zip</a>" in page
    assert "At the side." in page
    # What is said in the line is not said again below it.
    assert page.count("A longer cable") == page.count("The foot wobbles") == 1
    assert "<p>On wood.</p>" in page


def test_the_preview_says_a_title_once_and_a_private_suggestion_who_reads_it(
    sign_in: Any, maya: User, rosa: User
) -> None:
    browser = sign_in(maya)
    typed, asked = {"body": "A longer cable.", "form_key": "k"}, {"HX-Request": "true"}

    once = browser.post("/idea-previews", data=typed, headers=asked).text
    more = browser.post("/idea-previews", data=typed | {"body": "A longer cable. By far."}, headers=asked).text
    sent = browser.post("/ideas", data=typed | {"is_private": "y"}, follow_redirects=True).text

    assert (once.count("A longer cable"), more.count("A longer cable")) == (1, 2)
    assert "Only the company reads it." in sent
    assert "is on the ledger" not in sent


def test_a_mention_that_is_on_the_ledger_already_is_told_to_whoever_brings_it_again(
    sign_in: Any, maya: User, rosa: User, sam: User, ada: User
) -> None:
    mention = make_mention(make_author("anil"), text="The ring is the same since 2020.")
    circle = make_circle(rosa, ada, name="Hinge testers")
    session().commit()
    browser = sign_in(rosa)
    path = f"/ideas/new?mention={mention.id}"
    assert "onto the ledger already" not in browser.get(path).text

    typed = {"body": "The ring is the same.", "mention": mention.id, "on_behalf_of": "Anil", "came_by": "forum"}
    browser.post("/ideas", data={**typed, "title": "SECRET ring", "circle": circle.id, "form_key": "one"})
    assert "Rosa Pereira has brought these words onto the ledger already:" in browser.get(path).text
    # Whoever is not in that circle learns nothing of it.
    assert "SECRET" not in (page := sign_in(sam).get(path).text)
    assert "onto the ledger already" not in page
    assert "onto the ledger already" not in sign_in(maya).get(path).text


def test_how_words_came_is_not_lost_for_want_of_a_name(sign_in: Any, rosa: User, sam: User) -> None:
    session().commit()

    answer = sign_in(rosa).post("/ideas", data={"body": "A softer switch.", "came_by": "by phone on Monday"})

    assert answer.status_code == 422
    field = answer.text.partition('for="on_behalf_of"')[2].partition("</div>")[0]
    assert "Write whose words they are, or leave both empty." in field
    assert '<details class="disclosure after-words" open>' in answer.text
    assert count(Idea) == 0
