"""Drafts and reasons as staff meet them, and an answer in several languages as its readers do."""

import re
from typing import Any

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import AnswerDraft, Idea, Reason, Response, Standing
from portal.updates.jobs import gather
from tests.factories import make_circle, make_idea
from tests.updates.stories import mails

REASON = "The resin would crack in the first hard frost."
TYPED = {"answer-kind": "explanation", "answer-message": REASON, "answer-action": "0", "answer-stage": "planned"}


def test_a_draft_is_kept_found_again_and_published_with_others(
    sign_in: Any, maya: User, omar: User, rosa: User, queries: list[str]
) -> None:
    ideas = [make_idea(proposed_by=maya, owner=rosa, title=f"Lamp {number}") for number in range(3)]
    browser = sign_in(rosa)
    for number, idea in enumerate(ideas):
        words = f"The resin of lamp {number} would crack." if number < 2 else "No."
        kept = browser.post(f"/ideas/{idea.id}/answer-drafts", data={**TYPED, "answer-message": words})
        assert (kept.status_code, kept.headers["Location"]) == (303, "/answer-drafts")

    page = browser.get(f"/ideas/{ideas[0].id}").text
    assert "The resin of lamp 0 would crack." in page
    assert "This is your draft from" in page
    for reader in (maya, omar):
        assert "The resin of lamp 0" not in sign_in(reader).get(f"/ideas/{ideas[0].id}").text
        assert sign_in(reader).get("/answer-drafts").status_code == 403
    assert "3 drafts of yours" in browser.get("/desk").text
    queries.clear()
    listed = browser.get("/answer-drafts").text
    assert len(queries) <= 8
    assert re.findall(r'name="draft" value="\d+"( checked)?', listed).count(" checked") == 2
    assert "at least one full sentence" in listed

    drafts = [str(draft.id) for draft in session().query(AnswerDraft).order_by(AnswerDraft.id)]
    assert browser.post("/answer-drafts/publications", data={"tells": "y"}).status_code == 303
    after = browser.post(
        "/answer-drafts/publications", data={"draft": [*drafts, "x"], "tells": "y"}, follow_redirects=True
    ).text

    assert "2 answers are on the record. Everyone behind them will hear of it, each by one mail." in after
    assert "1 stayed a draft; it says why." in after
    assert [session().get_one(Idea, idea.id).standing for idea in ideas] == [
        Standing.EXPLAINED, Standing.EXPLAINED, Standing.WAITING,
    ]  # fmt: skip
    gather()
    assert [mail.subject for mail in mails()] == ["Rosa answered 2 suggestions"]


def test_published_without_the_switch_nobody_is_mailed(sign_in: Any, maya: User, rosa: User) -> None:
    browser, idea = sign_in(rosa), make_idea(proposed_by=maya, owner=rosa)
    browser.post(f"/ideas/{idea.id}/answer-drafts", data=TYPED)
    draft = session().query(AnswerDraft).one()

    after = browser.post("/answer-drafts/publications", data={"draft": str(draft.id)}, follow_redirects=True).text

    assert "1 answer is on the record. Nobody is told by mail." in after
    assert "No draft of yours waits" in after
    gather()
    assert mails() == []


def test_staff_without_a_seat_neither_see_nor_throw_away_a_draft(
    sign_in: Any, maya: User, rosa: User, sam: User
) -> None:
    inside = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa))
    open_one = make_idea(proposed_by=maya, owner=rosa)
    for idea in (inside, open_one):
        sign_in(rosa).post(f"/ideas/{idea.id}/answer-drafts", data=TYPED)
    hidden, shown = session().query(AnswerDraft).order_by(AnswerDraft.id)
    browser = sign_in(sam)

    assert browser.post(f"/answer-drafts/{hidden.id}/removals").status_code == 404
    browser.post("/answer-drafts/publications", data={"draft": [str(hidden.id)], "tells": "y"})
    assert session().query(Response).count() == 0
    # A manager publishes for a colleague, by a press of their own; it stands under the writer's name.
    page = browser.get("/answer-drafts").text
    assert f'value="{shown.id}">' in page
    assert f'value="{hidden.id}"' not in page
    assert "Rosa Pereira has a draft" in browser.get(f"/ideas/{open_one.id}").text
    browser.post("/answer-drafts/publications", data={"draft": [str(shown.id)], "tells": "y"})
    assert session().query(Response).one().answered_by_id == rosa.id
    assert sign_in(rosa).post(f"/answer-drafts/{hidden.id}/removals").status_code == 303
    assert session().query(AnswerDraft).count() == 0


def test_staff_keep_the_list_of_reasons_and_begin_with_one(sign_in: Any, maya: User, rosa: User) -> None:
    browser, idea = sign_in(rosa), make_idea(proposed_by=maya, owner=rosa)
    assert sign_in(maya).get("/reasons").status_code == 403
    assert "No reasons yet" in browser.get("/reasons").text
    assert browser.post("/reasons", data={"title": " ", "words": "Too heavy."}).status_code == 422
    browser.post("/reasons", data={"title": "Heavy", "words": "It would be too heavy to carry home."})
    reason = session().query(Reason).one()
    browser.post(f"/reasons/{reason.id}/changes", data={"title": "Weight", "words": "It gets too heavy to carry home."})

    start = {**TYPED, "answer-message": "Yours has 40 cm.", "answer-reason": str(reason.id), "begin": "1"}
    page = browser.post(f"/ideas/{idea.id}/answer-previews", data=start)
    assert page.status_code == 200
    assert "It gets too heavy to carry home. Yours has 40 cm." in page.text
    part = browser.post(f"/ideas/{idea.id}/answer-previews", data=start, headers={"HX-Request": "true"}).text
    assert part.startswith('<div class="answer-fields')
    preview = browser.post(f"/ideas/{idea.id}/answer-previews", data={**TYPED, "answer-message": "**So** it is."}).text
    assert "<strong>So</strong> it is." in preview
    assert session().query(Response).count() == 0

    alone = {**TYPED, "answer-message": "It gets too heavy to carry home."}
    refused = browser.post(f"/ideas/{idea.id}/responses", data=alone)
    assert (refused.status_code, "of your own" in refused.text) == (422, True)
    assert browser.post(f"/reasons/{reason.id}/removals").status_code == 303
    assert browser.post(f"/ideas/{idea.id}/responses", data=alone).status_code == 303


def test_each_reader_sees_the_answer_in_their_language_and_the_others_one_click_away(
    sign_in: Any, maya: User, omar: User, rosa: User
) -> None:
    browser, idea = sign_in(rosa), make_idea(proposed_by=maya, owner=rosa)
    more = browser.post(f"/ideas/{idea.id}/answer-previews", data={**TYPED, "answer-language": "en", "more": "1"}).text
    assert 'name="answer-versions-0-words"' in more
    given = {
        **TYPED,
        "answer-language": "en",
        "answer-versions-0-language": "de",
        "answer-versions-0-words": "Das Harz würde im ersten Frost springen.",
    }
    same = browser.post(f"/ideas/{idea.id}/responses", data={**given, "answer-versions-0-language": "en"})
    assert (same.status_code, "Choose another language" in same.text) == (422, True)
    short = browser.post(f"/ideas/{idea.id}/responses", data={**given, "answer-versions-0-words": "Nein."})
    assert (short.status_code, "The version in Deutsch needs" in short.text) == (422, True)
    assert browser.post(f"/ideas/{idea.id}/responses", data=given).status_code == 303

    german = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
    page = sign_in(maya).get(f"/ideas/{idea.id}", headers=german).text
    assert page.index('lang="de"><p>Das Harz') < page.index(f'lang="en"><p>{REASON}')
    assert '<summary lang="en">English</summary>' in page
    assert "Das Harz würde" in sign_in(maya).get("/ideas", headers=german).text
    assert REASON in sign_in(maya).get("/ideas", headers={"Accept-Language": "pt"}).text
    gather()
    assert "Das Harz würde" in sign_in(maya).get("/home", headers=german).text
    # What somebody chose goes before what their browser says.
    assert sign_in(omar).post("/preferences", data={"language": "xx"}).status_code == 422
    assert sign_in(omar).post("/preferences", data={"language": "en"}).status_code == 303
    assert REASON in sign_in(omar).get("/ideas", headers=german).text
    hits = sign_in(omar).get("/search?q=Frost springen").text
    assert f"/ideas/{idea.id}" in hits
