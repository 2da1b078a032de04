"""Where words are to stand that were typed for a circle which takes them no more, or not yet."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.community.models import Circle
from portal.community.services import change_circle, close_circle
from portal.foundation.database import session
from portal.ledger.models import Idea, IdeaDraft
from portal.ledger.services import keep_draft
from tests.factories import make_circle


@pytest.fixture
def lost(sign_in: Any, maya: User, rosa: User, sam: User) -> tuple[Any, dict[str, Any]]:
    """Maya's browser with words for a circle that was closed while she wrote them."""
    circle = make_circle(maya, rosa, sam, name="Hinge testers")
    close_circle(circle, is_closed=True, by=sam)
    session().commit()
    return sign_in(maya), {"body": "SECRET hinge", "circle": str(circle.id), "form_key": "hinge"}


def test_words_for_a_circle_that_was_closed_meanwhile_do_not_fall_to_everyone(
    lost: tuple[Any, dict[str, Any]], omar: User, sign_in: Any
) -> None:
    browser, typed = lost

    # A browser that restored what was chosen before sends the empty line.
    assert browser.post("/ideas", data={**typed, "circle": ""}).status_code == 422
    answer = browser.post("/ideas", data=typed)
    assert answer.status_code == 422
    assert "SECRET hinge" in answer.text
    assert "takes nothing from you any more" in answer.text
    assert "a circle that you cannot write in any more" in answer.text
    assert session().scalar(select(func.count(Idea.id))) == 0
    box = re.search(r'<input[^>]*name="is_private"[^>]*>', answer.text)
    assert box
    assert "checked" in box[0]

    # Sent again as the page stands by now.
    assert browser.post("/ideas", data={**typed, "circle": "0", "is_private": "y"}).status_code == 303
    assert "SECRET" not in sign_in(omar).get("/ideas").text
    for shown in (browser.get(f"/ideas/new?circle={typed['circle']}"), browser.post("/idea-previews", data=typed)):
        box = re.search(r'<input[^>]*name="is_private"[^>]*>', shown.text)
        assert box
        assert "checked" in box[0]


def test_words_for_a_circle_with_another_note_lead_to_it_first(sign_in: Any, maya: User, rosa: User, sam: User) -> None:
    circle = make_circle(maya, rosa, sam, name="Hinge testers", note="Tell nobody.")
    keep_draft(maya, "hinge", title="", body="SECRET hinge", circle=circle)
    change_circle(circle, name=circle.name, about="", note="Tell nobody, and no pictures.", owner=None, by=sam)
    session().commit()
    browser, typed = sign_in(maya), {"body": "SECRET hinge", "circle": str(circle.id), "form_key": "hinge"}

    for page in (browser.get("/ideas/new").text, browser.post("/ideas", data=typed).text):
        assert "a note that you have not confirmed as it reads now" in page
        assert f'href="/circles/{circle.id}"' in page
        assert "SECRET hinge" in page
        assert "a circle that you cannot write in any more" not in page
    browser.post(f"/circles/{circle.id}/confirmations", data={"seen": circle.note_key})
    assert f'<option selected value="{circle.id}">' in browser.get("/ideas/new").text


def test_a_draft_for_a_closed_circle_is_kept_for_it_or_for_the_company_alone(
    lost: tuple[Any, dict[str, Any]], maya: User
) -> None:
    browser, typed = lost
    circle = session().get_one(Circle, int(typed["circle"]))
    keep_draft(maya, "hinge", title="", body="SECRET", circle=circle)
    session().commit()

    browser.post("/idea-drafts", data=typed)
    browser.post("/idea-drafts", data={**typed, "form_key": "another"})

    kept = {draft.form_key: draft for draft in session().scalars(select(IdeaDraft))}
    assert (kept["hinge"].body, kept["hinge"].circle_id, kept["hinge"].is_private) == ("SECRET hinge", circle.id, False)
    assert (kept["another"].circle_id, kept["another"].is_private) == (None, True)
