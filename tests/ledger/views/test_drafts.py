"""What is typed and not sent waits on the server; staff write down what others said."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.jobs import forget_drafts
from portal.ledger.models import Idea, IdeaDraft
from portal.ledger.services import keep_draft
from portal.listening.models import Mention
from tests.makers.heard import make_person


def test_a_draft_waits_until_it_is_sent(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    browser, form = sign_in(maya), {"title": "", "body": "The arm sinks."}

    kept = browser.post("/idea-drafts", data=form, headers={"HX-Request": "true"})
    browser.post("/idea-drafts", data={**form, "body": "The arm sinks every evening."})

    assert "kept here until you send them" in kept.text
    assert "The arm sinks every evening." in sign_in(maya).get("/ideas/new").text
    assert "The arm sinks" not in sign_in(omar).get("/ideas/new").text
    browser.post("/ideas", data=form)
    assert "These are your words" not in browser.get("/ideas/new").text
    browser.post("/idea-drafts", data=form)
    assert browser.post("/idea-drafts/removals").status_code == 303
    browser.post("/idea-drafts", data={"body": " "})
    assert session().query(IdeaDraft).count() == 0


def test_a_draft_that_nobody_touches_is_forgotten(maya: User, omar: User) -> None:
    with pretend(now() - timedelta(days=31)):
        keep_draft(maya, title="Old", body="")
    keep_draft(omar, title="New", body="")
    session().commit()

    assert forget_drafts() == 1
    assert session().query(IdeaDraft).one().user_id == omar.id


def test_staff_write_down_what_others_said(sign_in: Any, maya: User, rosa: User, sam: User) -> None:
    form = {"body": "It hums.", "on_behalf_of": "Mrs. Petersen", "came_by": "By phone"}

    page = sign_in(sam).post("/ideas", data=form, follow_redirects=True)

    for fact in ("Mrs. Petersen", "written down by Sam Okafor", "(By phone)", "Rosa"):
        assert fact in page.text
    assert "Mrs. Petersen" in sign_in(maya).get("/ideas").text
    refused = sign_in(maya).post("/ideas", data=form)
    assert refused.status_code == 422
    assert session().query(Idea).count() == 1


def test_a_mention_is_brought_to_the_ledger(sign_in: Any, maya: User, rosa: User, sam: User) -> None:
    make_person("lampfan", mentions=1)
    mention = session().scalars(select(Mention).options(joinedload(Mention.author))).one()
    browser, address = sign_in(sam), f"/ideas/new?mention={mention.id}"

    page = browser.get(address).text

    assert (mention.author.name or mention.author.handle) in page
    assert mention.text in page
    browser.post("/ideas", data={"body": mention.text, "on_behalf_of": "lampfan", "mention": mention.id})
    assert session().query(Idea).one().mention_id == mention.id
    assert mention.text not in sign_in(maya).get(address).text
    assert browser.get("/ideas/new?mention=99999999999999999999").status_code == 200
