"""Pictures of a question, and the reader's name on whatever stands in a circle."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from portal.accounts.models import Role, User
from portal.community.models import Ask, AskPicture
from portal.community.services import end_ask
from portal.community.views.pictures import mark_of
from portal.foundation import config
from portal.foundation.database import session
from portal.ledger.models import Attachment
from tests.conftest import settings_for_tests
from tests.factories import make_circle
from tests.pictures import shot

LAMP = ("lamp.png", (900, 900))


@pytest.fixture(autouse=True)
def folder(db: str, tmp_path: Any) -> Any:
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    return tmp_path / "files"


def is_written_on(answer: Any) -> bool:
    darkest, lightest = Image.open(BytesIO(answer.data)).convert("L").getextrema()
    return lightest - darkest > 40


def test_a_question_comes_with_its_pictures_until_it_ends(
    sign_in: Any, sam: User, maya: User, rosa: User, folder: Any
) -> None:
    browser = sign_in(sam)
    when = {"opens_at": "2026-01-05T09:00", "closes_at": "2099-01-05T09:00"}
    form = {"question": "Which shade?", "circle": "0", "owner": str(rosa.id), **when}

    refused = browser.post("/asks", data={**form, "pictures": [shot(*LAMP), (BytesIO(b"no picture"), "a.png")]})
    assert (refused.status_code, list(folder.glob("**/*.webp"))) == (422, [])
    sent = browser.post("/asks", data={**form, "pictures": [shot(*LAMP), shot(*LAMP)]})
    pictures = list(session().scalars(select(AskPicture).order_by(AskPicture.id)))

    assert (sent.status_code, len(pictures)) == (303, 2)
    reader = sign_in(maya)
    assert reader.get(sent.location).get_data(as_text=True).count("/ask-pictures/") == 4
    assert not is_written_on(reader.get(f"/ask-pictures/{pictures[0].id}"))
    assert reader.post(f"/ask-pictures/{pictures[0].id}/removals").status_code == 404
    assert browser.post(f"/ask-pictures/{pictures[0].id}/removals").status_code == 303
    assert list(session().scalars(select(AskPicture.id))) == [pictures[1].id]
    more = browser.post(sent.location, data={**form, "pictures": [shot(*LAMP) for _ in range(6)]})
    assert "at most 6 pictures" in more.get_data(as_text=True)
    end_ask(session().scalars(select(Ask)).one(), by=sam)
    session().commit()
    assert browser.post(f"/ask-pictures/{pictures[1].id}/removals").status_code == 404


def test_a_picture_in_a_circle_carries_the_name_of_its_reader(
    sign_in: Any, sam: User, maya: User, omar: User, folder: Any
) -> None:
    circle = make_circle(sam, maya, omar)
    browser = sign_in(maya)
    form = {"body": "The shade is dented.", "circle": str(circle.id), "pictures": [shot(*LAMP)]}
    assert browser.post("/ideas", data=form).status_code == 303
    address = f"/attachments/{session().scalars(select(Attachment.id)).one()}"

    hers, his = browser.get(address), sign_in(omar).get(address)

    assert hers.data != his.data
    assert is_written_on(hers)
    assert is_written_on(browser.get(f"{address}?size=small"))
    assert hers.headers["Cache-Control"].startswith("private")
    assert browser.get(address).data == hers.data


def test_every_name_can_be_drawn(db: str) -> None:
    names = {"Łukasz Żółć": "Lukasz Zolc", "Søren Æble": "Soren Aeble", "森 愛子": "aiko@example.org"}

    for name, drawn in names.items():
        person = User(id=7, name=name, email="aiko@example.org", role=Role.MEMBER)
        assert mark_of(person) == f"{drawn} · 7"
