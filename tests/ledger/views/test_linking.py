"""The page that links many suggestions to one action: what is chosen stays, and nothing of a circle shows."""

from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import Action, ActionStage, Response
from portal.ledger.queries import newest_answer
from portal.ledger.services import start_action
from portal.ledger.services.indexing import index_due
from portal.updates.jobs import gather
from tests.factories import make_circle, make_idea


@pytest.fixture
def action(rosa: User) -> Action:
    return start_action(title="A hidden zip in every pouch", owner=rosa, stage=ActionStage.PLANNED, by=rosa)


def answers() -> int:
    return session().scalar(select(func.count()).select_from(Response)) or 0


def test_the_page_keeps_what_was_chosen_while_looking_for_more(
    action: Action, maya: User, rosa: User, sign_in: Any
) -> None:
    one = make_idea(proposed_by=maya, title="A hidden zip for the pouch")
    other = make_idea(proposed_by=maya, title="Something against rain")
    index_due(500)
    session().commit()
    browser = sign_in(rosa)
    path = f"/actions/{action.id}"

    assert f'href="{path}/links/new"' in browser.get(path).text
    offered = browser.get(f"{path}/links/new").text
    assert one.title in offered
    assert other.title not in offered
    found = browser.post(
        f"{path}/link-searches", data={"idea": [one.id, "x"], "words": "rain", "message": "It comes."}
    ).text
    assert f'value="{one.id}" checked' in found
    assert f'value="{other.id}">' in found
    assert "It comes." in found
    assert answers() == 0
    part = browser.post(f"{path}/link-searches", data={"idea": [one.id], "words": "rain"}, headers={"HX-Request": "1"})
    assert f'value="{one.id}" checked' in part.text
    assert f'value="{other.id}">' in part.text
    assert "<form" not in part.text

    sent = browser.post(
        f"{path}/links",
        data={"idea": [one.id, other.id], "message": "It comes.", "tells": "y", "seen": 0},
        follow_redirects=True,
    )
    assert "2 suggestions are linked. Everyone behind them will hear of it, each by one mail." in sent.text
    assert other.title in sent.text
    again = browser.post(f"{path}/links", data={"idea": [one.id], "seen": newest_answer()})
    assert again.status_code == 422
    assert "This action answers it already." in again.text
    assert browser.post(f"{path}/links", data={}).status_code == 422


def test_without_mails_nobody_is_told(action: Action, maya: User, rosa: User, sign_in: Any) -> None:
    idea = make_idea(proposed_by=maya)
    session().commit()

    sent = sign_in(rosa).post(f"/actions/{action.id}/links", data={"idea": [idea.id]}, follow_redirects=True)
    gather()

    assert "1 suggestion is linked. Nobody is told by mail." in sent.text
    assert session().scalar(select(func.count()).select_from(OutgoingMail).where(OutgoingMail.kind == "answer")) == 0


def test_members_and_whoever_does_not_see_it_link_nothing(
    action: Action, maya: User, omar: User, rosa: User, sam: User, sign_in: Any
) -> None:
    circle = make_circle(sam, omar, name="Inner circle")
    inside = make_idea(proposed_by=omar, title="CANARY inside", circle_id=circle.id)
    open_one = make_idea(proposed_by=maya)
    session().commit()
    path = f"/actions/{action.id}"

    for address in (f"{path}/links", f"{path}/link-searches"):
        assert sign_in(maya).post(address, data={"idea": [open_one.id]}).status_code == 404
    assert sign_in(maya).get(f"{path}/links/new").status_code == 404
    forged = sign_in(rosa).post(f"{path}/links", data={"idea": [inside.id]})
    assert (forged.status_code, "CANARY" in forged.text) == (422, False)
    assert "CANARY" not in sign_in(rosa).post(f"{path}/link-searches", data={"idea": [inside.id]}).text
    assert answers() == 0
