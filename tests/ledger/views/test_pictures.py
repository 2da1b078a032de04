"""Pictures with a suggestion: sent, shown to whoever may read it, taken away by its author."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.database import session
from portal.ledger.models import Attachment, Idea
from tests.conftest import settings_for_tests
from tests.factories import make_idea
from tests.pictures import shot


@pytest.fixture(autouse=True)
def folder(db: str, tmp_path: Any) -> Any:
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    return tmp_path / "files"


def pictures() -> list[Attachment]:
    return list(session().scalars(select(Attachment).order_by(Attachment.id)))


def test_a_suggestion_comes_with_its_pictures(sign_in: Any, maya: User, omar: User, rosa: User, folder: Any) -> None:
    browser = sign_in(maya)
    form = {"body": "The shade is dented.", "form_key": "k"}

    sent = [browser.post("/ideas", data={**form, "pictures": [shot(), shot("b.jpg")]}) for _ in range(2)]

    assert [answer.status_code for answer in sent] == [303, 303]
    first, _second = pictures()
    page = sign_in(omar).get(sent[0].location).text
    assert f'src="/attachments/{first.id}?size=small"' in page
    assert "Take it away" not in page
    shown = sign_in(omar).get(f"/attachments/{first.id}")
    assert (shown.mimetype, Image.open(BytesIO(shown.data)).size) == ("image/webp", (60, 40))
    # A browser keeps it and asks each time, so that what is taken out is gone from there too.
    assert shown.headers["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": shown.headers["ETag"]}
    kept = sign_in(omar).get(f"/attachments/{first.id}", headers=known)
    assert (kept.status_code, kept.data) == (304, b"")
    small = sign_in(omar).get(f"/attachments/{first.id}?size=small", headers=known)
    assert small.status_code == 200
    assert sign_in(omar).post(f"/attachments/{first.id}/removals").status_code == 404
    assert browser.post(f"/attachments/{first.id}/removals").status_code == 303
    assert len(pictures()) == 1
    assert len(list(folder.rglob("*.webp"))) == 2
    assert browser.get(f"/attachments/{first.id}", headers=known).status_code == 404


def test_a_picture_is_as_private_as_its_suggestion(
    sign_in: Any, client: Any, maya: User, omar: User, rosa: User
) -> None:
    sign_in(maya).post("/ideas", data={"body": "The shade is dented.", "is_private": "y", "pictures": [shot()]})
    (picture,) = pictures()
    address = f"/attachments/{picture.id}"

    assert session().query(Idea).one().is_private
    assert [sign_in(user).get(address).status_code for user in (maya, rosa, omar)] == [200, 200, 404]
    assert client.get(address).status_code == 303


def test_what_is_no_picture_keeps_everything_out(sign_in: Any, maya: User, rosa: User, folder: Any) -> None:
    browser = sign_in(maya)

    page = browser.post("/ideas", data={"body": "Dented.", "pictures": [(BytesIO(b"<svg/>"), "x.jpg")]})

    assert page.status_code == 422
    assert "no picture" in page.text
    assert "Dented." in page.text
    assert pictures() == []
    assert not list(folder.rglob("*.webp"))


def test_pictures_can_be_added_later(sign_in: Any, maya: User, omar: User) -> None:
    idea = make_idea(proposed_by=maya)
    address = f"/ideas/{idea.id}/attachments"

    page = sign_in(maya).post(address, data={"pictures": [shot()]}, follow_redirects=True)

    assert "Your pictures stand with it" in page.text
    assert (
        "no picture"
        in sign_in(maya).post(address, data={"pictures": [(BytesIO(b"x"), "x.png")]}, follow_redirects=True).text
    )
    assert sign_in(omar).post(address, data={"pictures": [shot()]}).status_code == 404
    assert len(pictures()) == 1


def test_of_more_pictures_than_fit_those_that_do_are_kept(sign_in: Any, maya: User, folder: Any) -> None:
    idea = make_idea(proposed_by=maya)
    given = [shot(f"{place}.jpg") for place in range(6)]

    page = sign_in(maya).post(
        f"/ideas/{idea.id}/attachments",
        data={"pictures": [(BytesIO(b"x"), "x.png"), *given, shot("last.jpg")]},
        follow_redirects=True,
    )

    assert (len(pictures()), len(list(folder.rglob("*.webp")))) == (6, 12)
    for words in ("Your pictures stand with it", "x.png: That is no picture", "last.jpg: A suggestion has at most 6"):
        assert words in page.text
