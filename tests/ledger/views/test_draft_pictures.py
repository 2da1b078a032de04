"""Pictures that wait with a draft: kept, brought back, sent, left out, forgotten; their owner's alone."""

import html
import json
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import Ask
from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.jobs import forget_drafts
from portal.ledger.models import Attachment, DraftPicture, Idea, IdeaDraft, Response
from portal.ledger.services import suggest
from portal.ledger.services.drafts import DRAFTS
from tests.conftest import settings_for_tests
from tests.pictures import shot


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
    pressed = browser.post("/idea-drafts", data=form | {"pictures": [shot(), shot()]}, headers=by_script)
    assert (pressed.status_code, pressed.text.count("<img")) == (200, 2)
    # Without a word they wait by themselves; what is typed later stands with them, and typing nothing drops none.
    assert browser.post("/idea-drafts", data={"form_key": "k", "body": ""}, headers=by_script).status_code == 200
    browser.post("/idea-drafts", data={"form_key": "k", "body": "It sinks."}, headers=by_script)
    more = [shot(), (BytesIO(b"no picture"), "notes.txt"), shot(), shot(), shot(), shot("seventh.jpg")]
    told = browser.post("/idea-drafts", data=form | {"body": "It sinks.", "pictures": more}, headers=by_script).text
    assert "notes.txt: That is no picture" in told
    assert "seventh.jpg: A suggestion has at most 6 pictures" in told
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

    looked = browser.post("/idea-previews", data={"form_key": "k", "body": "It sinks."}, headers=by_script).text
    assert looked.count("/draft-pictures/") == 5

    # Sent with one more, and pressed twice: six in their order, the same files, and no draft left.
    keys = list(session().scalars(select(DraftPicture.key).order_by(DraftPicture.id)))
    refused = browser.post("/ideas", data={"form_key": "k"})
    assert (refused.status_code, refused.text.count("/draft-pictures/")) == (422, 5)
    sent = {"form_key": "k", "body": "It sinks."}
    for _ in range(2):
        assert browser.post("/ideas", data=sent | {"pictures": [shot()]}).status_code == 303
    assert list(session().scalars(select(Attachment.key).order_by(Attachment.id)))[:5] == keys
    assert (len(session().scalars(select(Attachment.id)).all()), kept(), files(folder)) == (6, [], 6)
    assert [draft.user_id for draft in session().scalars(select(IdeaDraft))] == [omar.id]


@pytest.mark.both_databases
def test_what_cannot_be_sent_yet_keeps_its_pictures_and_says_which_did_not_fit(
    sign_in: Any, maya: User, rosa: User, folder: Any
) -> None:
    browser = sign_in(maya)
    words = {"form_key": "k", "body": "It sinks."}

    many = [shot(f"{place}.jpg") for place in range(6)]
    sent = browser.post("/ideas", data=words | {"pictures": [*many, (BytesIO(b"x"), "notes.txt"), shot("last.jpg")]})
    assert (sent.status_code, session().scalars(select(Idea.id)).all(), files(folder)) == (303, [], 6)
    page = browser.get(sent.location).text
    assert (page.count("/draft-pictures/"), "It sinks." in page, "It is not sent yet." in page) == (6, True, True)
    assert "last.jpg: A suggestion has at most 6 pictures." in page
    assert page.count("at most 6 pictures") == 2
    assert browser.post("/ideas", data=words).status_code == 303
    assert (len(session().scalars(select(Attachment.id)).all()), kept(), files(folder)) == (6, [], 6)

    # One that is no picture beside one that is; and pictures before the first word.
    more = {"form_key": "m", "body": "It hums."}
    sent = browser.post("/ideas", data=more | {"pictures": [shot(), (BytesIO(b"x"), "notes.txt")]})
    assert "notes.txt: That is no picture" in browser.get(sent.location).text
    sent = browser.post("/ideas", data={"form_key": "n", "pictures": [shot()]})
    page = browser.get(sent.location).text
    assert (page.count("/draft-pictures/"), "Write what you would like to be better." in page) == (1, True)
    # Words that are too long wait whole; those that no draft could hold come back as they were.
    long = browser.post("/ideas", data={"form_key": "o", "body": "x" * 20_001, "pictures": [shot()]})
    page = browser.get(long.location).text
    assert ("x" * 20_001 in page, "longer than 20,000" in page, page.count("/draft-pictures/")) == (True, True, 1)
    long = browser.post("/ideas", data={"form_key": "p", "body": "x" * 100_001, "pictures": [shot()]})
    assert long.status_code == 422
    assert "x" * 100_001 in long.text
    assert "Choose these pictures once more" in long.text


def test_a_draft_of_nothing_but_a_picture_goes_with_it(maya: User, sign_in: Any) -> None:
    browser = sign_in(maya)
    for headers in ({}, {"HX-Request": "true"}):
        browser.post("/idea-drafts", data={"form_key": "k", "pictures": [shot()]}, headers=headers)
        picture = session().scalars(select(DraftPicture.id)).one()

        answer = browser.post("/idea-drafts", data={"form_key": "k", "drop_picture": picture}, headers=headers)

        assert answer.status_code == (200 if headers else 303)
        assert (session().scalars(select(IdeaDraft.id)).all(), "<img" in answer.text) == ([], False)


def test_why_it_cannot_be_sent_yet_is_said_once(sign_in: Any, maya: User, folder: Any) -> None:
    browser = sign_in(maya)

    sent = browser.post("/ideas", data={"form_key": "k", "body": "It sinks.", "pictures": [shot()]})

    assert browser.get(sent.location).text.count("Nobody is here to answer yet.") == 1


def test_the_pictures_of_a_draft_go_with_it(sign_in: Any, maya: User, omar: User, rosa: User, folder: Any) -> None:
    browser = sign_in(maya)

    def keep(key: str) -> None:
        browser.post("/idea-drafts", data={"form_key": key, "body": key, "pictures": [shot()]})

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


def test_while_files_cannot_be_kept_a_sentence_says_so_and_nothing_is_lost(
    sign_in: Any, maya: User, omar: User, rosa: User, folder: Any
) -> None:
    browser, form = sign_in(maya), {"form_key": "k", "body": "It sinks.", "only_pictures": "1"}
    by_script, pictures = {"HX-Request": "true"}, folder / "pictures"
    browser.post("/idea-drafts", data=form | {"pictures": [shot("first.jpg")]}, headers=by_script)
    (number,) = kept()
    (away := folder / "away").parent.mkdir(exist_ok=True)
    pictures.rename(away)
    pictures.write_text("no folder any more")

    # Chosen: it stays in the field of the browser, which is told its name, and the words are kept.
    told = browser.post("/idea-drafts", data=form | {"pictures": [shot("l'ämp.jpg")]}, headers=by_script)
    assert (told.status_code, told.text.count("<img")) == (200, 1)
    assert "ämp.jpg: This file could not be kept just now. Nothing else is lost" in told.text
    again = html.unescape(re.findall(r'data-again="([^"]*)"', told.text)[0])
    assert json.loads(again) == ["l'ämp.jpg"]
    # Sent: what waits with the draft is still there, and so are the words.
    sent = browser.post("/ideas", data=form | {"pictures": [shot("second.jpg")]})
    assert (sent.status_code, sent.text.count("/draft-pictures/"), "It sinks." in sent.text) == (422, 1, True)
    assert "This file could not be kept just now." in sent.text
    assert "Choose these pictures once more" in sent.text
    assert (session().scalars(select(Idea.id)).all(), kept()) == ([], [number])
    # Shown and taken away: a page says what is the matter, and the picture stays.
    shown = browser.get(f"/draft-pictures/{number}")
    assert (shown.status_code, "cannot be read just now" in shown.text) == (503, True)
    dropped = browser.post("/idea-drafts", data=form | {"drop_picture": number}, headers=by_script)
    assert (dropped.text.count("<img"), "so it is still here" in dropped.text) == (1, True)
    draft = session().scalars(select(IdeaDraft.id)).one()
    gone = browser.post(f"/idea-drafts/{draft}/removals")
    assert (gone.status_code, "so it is still here" in gone.text, kept()) == (503, True, [number])
    # Beside an answer, and beside a question that the company puts.
    idea = suggest(title="A warmer light", body="", by=omar)
    session().commit()
    answer = {
        "answer-kind": "action",
        "answer-title": "A warmer mode",
        "answer-stage": "done",
        "answer-message": "Yes.",
    }
    hers = sign_in(rosa)
    for name in ("shade.jpg", "notes.txt"):
        (folder / "documents").write_text("") if name == "notes.txt" else None
        file = shot(name) if name == "shade.jpg" else (BytesIO(b"Measured."), name)
        page = hers.post(f"/ideas/{idea.id}/responses", data=answer | {"answer-proof_files": [file]})
        assert (page.status_code, "This file could not be kept just now." in page.text) == (422, True)
    ask = {"question": "Which?", "owner": rosa.id, "opens_at": "2026-01-01T10:00", "closes_at": "2099-01-01T10:00"}
    page = hers.post("/asks", data=ask | {"circle": "0", "pictures": [shot()]})
    assert (page.status_code, "This file could not be kept just now." in page.text) == (422, True)
    assert (session().scalars(select(Response.id)).all(), session().scalars(select(Ask.id)).all()) == ([], [])

    pictures.unlink()
    away.rename(pictures)
    assert browser.post("/ideas", data=form | {"pictures": [shot("second.jpg")]}).status_code == 303
    assert (len(session().scalars(select(Attachment.id)).all()), kept(), files(folder)) == (2, [], 2)
