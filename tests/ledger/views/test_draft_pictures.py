"""Pictures that wait with a draft: kept, brought back, sent, left out, forgotten; their owner's alone."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.jobs import forget_drafts
from portal.ledger.models import Attachment, DraftPicture, IdeaDraft
from portal.ledger.services import suggest
from portal.ledger.services.drafts import DRAFTS
from tests.conftest import settings_for_tests
from tests.ledger.views.test_pictures import photo


@pytest.fixture(autouse=True)
def folder(db: str, tmp_path: Any) -> Any:
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    return tmp_path / "files"


def kept() -> list[int]:
    return list(session().scalars(select(DraftPicture.id).order_by(DraftPicture.id)))


def files(folder: Any) -> int:
    return len(list(folder.rglob("*.webp"))) // 2


@pytest.mark.both_databases
def test_pictures_wait_with_the_words_and_go_along_when_they_are_sent(
    sign_in: Any, client: Any, maya: User, omar: User, rosa: User, folder: Any, queries: list[str]
) -> None:
    browser, form = sign_in(maya), {"form_key": "k", "only_pictures": "1"}
    by_script = {"HX-Request": "true"}
    pressed = browser.post("/idea-drafts", data=form | {"pictures": [photo(), photo()]}, headers=by_script)
    assert (pressed.status_code, pressed.text.count("<img")) == (200, 2)
    # Without a word they wait by themselves; what is typed later stands with them, and typing nothing drops none.
    assert browser.post("/idea-drafts", data={"form_key": "k", "body": ""}, headers=by_script).status_code == 200
    browser.post("/idea-drafts", data={"form_key": "k", "body": "It sinks."}, headers=by_script)
    more = [photo(), (BytesIO(b"no picture"), "notes.txt"), photo(), photo(), photo(), photo("seventh.jpg")]
    told = browser.post("/idea-drafts", data=form | {"body": "It sinks.", "pictures": more}, headers=by_script).text
    assert "notes.txt: That is no picture" in told
    assert "seventh.jpg: a suggestion has at most 6 pictures" in told
    first, second, *rest = kept()
    assert (len(rest), files(folder)) == (4, 6)

    # The next day, on another device: they are there, and nobody else sees them.
    other = sign_in(maya)
    queries.clear()
    page = other.get("/ideas/new").text
    assert len(queries) <= 8
    assert (page.count("/draft-pictures/"), "It sinks." in page) == (6, True)
    assert browser.get("/idea-drafts").text.count("/draft-pictures/") == 6
    shown = browser.get(f"/draft-pictures/{first}?size=small")
    assert (shown.mimetype, "private" in shown.headers["Cache-Control"]) == ("image/webp", True)
    assert [sign_in(user).get(f"/draft-pictures/{first}").status_code for user in (omar, rosa)] == [404, 404]
    assert client.get(f"/draft-pictures/{first}").status_code == 303
    # Somebody else's form of the same key takes nothing away, nor does their button.
    sign_in(omar).post("/idea-drafts", data={"form_key": "k", "body": "Mine.", "drop_picture": first})
    dropped = browser.post("/idea-drafts", data={"form_key": "k", "body": "It sinks.", "drop_picture": second})
    assert re.fullmatch(r"/ideas/new\?draft=\d+", dropped.location)
    assert (len(kept()), files(folder)) == (5, 5)

    # Sent with one more, and pressed twice: six in their order, the same files, and no draft left.
    keys = list(session().scalars(select(DraftPicture.key).order_by(DraftPicture.id)))
    refused = browser.post("/ideas", data={"form_key": "k", "pictures": [photo()]})
    assert (refused.status_code, refused.text.count("/draft-pictures/")) == (422, 5)
    sent = {"form_key": "k", "body": "It sinks."}
    for _ in range(2):
        assert browser.post("/ideas", data=sent | {"pictures": [photo()]}).status_code == 303
    assert list(session().scalars(select(Attachment.key).order_by(Attachment.id)))[:5] == keys
    assert (len(session().scalars(select(Attachment.id)).all()), kept(), files(folder)) == (6, [], 6)
    assert [draft.user_id for draft in session().scalars(select(IdeaDraft))] == [omar.id]


def test_the_pictures_of_a_draft_go_with_it(sign_in: Any, maya: User, omar: User, rosa: User, folder: Any) -> None:
    browser = sign_in(maya)

    def keep(key: str) -> None:
        browser.post("/idea-drafts", data={"form_key": key, "body": key, "pictures": [photo()]})

    keep("thrown away")
    number = session().scalars(select(IdeaDraft.id)).one()
    assert browser.post(f"/idea-drafts/{number}/removals").status_code == 303
    keep("a case")
    other = suggest(title="A warmer light", body="", by=omar)
    session().commit()
    case = {"form_key": "a case", "body": "Me too."}
    said = browser.post(f"/ideas/{other.id}/cases", data=case, follow_redirects=True).text
    assert "Pictures stand with suggestions only" in said
    assert (kept(), files(folder)) == ([], 0)

    keep("forgotten")
    with pretend(now() + timedelta(days=31)):
        assert forget_drafts() == 1
    keep("pushed out")
    for place in range(DRAFTS):
        browser.post("/idea-drafts", data={"form_key": f"{place}", "body": "Another."})
    assert (kept(), files(folder)) == ([], 0)
