"""The ledger for anyone: off unless switched on, and without names that were not given."""

from flask.testing import FlaskClient

from portal.accounts.models import User
from portal.community.models import Member
from portal.foundation import config
from portal.foundation.database import session
from tests.conftest import settings_for_tests
from tests.factories import make_idea

REASON = "The resin would crack in the first hard frost."


def test_the_public_ledger_is_not_there_unless_it_is_switched_on(client: FlaskClient, maya: User, rosa: User) -> None:
    make_idea(proposed_by=maya, owner=rosa, title="A washable shade")

    closed, nothing = client.get("/public-ledger"), client.get("/no-such-page")

    assert closed.status_code == nothing.status_code == 404
    assert "A washable shade" not in closed.text


def test_the_public_ledger_names_only_who_agreed(client: FlaskClient, maya: User, omar: User, rosa: User) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    session().add(Member(user_id=maya.id, founding_number=1, is_named_publicly=True))
    session().add(Member(user_id=omar.id, founding_number=2))
    make_idea(proposed_by=omar, owner=rosa)
    make_idea(proposed_by=maya, owner=rosa)

    page = client.get("/public-ledger")

    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Maya Lindqvist" in page.text
    assert "Omar Haddad" not in page.text
    assert "A member" in page.text
