"""The link in the mail about a suspension opens that page alone, and nobody else can write one."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.moderation.models import Decision
from portal.moderation.services import remove
from portal.moderation.tokens import read_token, write_token
from tests.factories import here, make_idea


def test_only_the_link_of_a_suspension_opens_its_page(sign_in, maya: User, rosa: User, sam: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    taken = remove(idea, reason="CANARY reason", by=sam)
    lost = write_token(10_000)
    session().commit()
    browser = sign_in(here(maya))
    for token in (write_token(taken.id), lost, "nonsense", write_token(taken.id)[:-3]):
        assert browser.get(f"/suspensions/{token}").status_code == 404
        assert browser.post(f"/suspensions/{token}/appeals", data={"words": "x"}).status_code == 404
    assert read_token(write_token(7)) == 7
    assert session().scalars(select(Decision.id)).all() == [taken.id]
