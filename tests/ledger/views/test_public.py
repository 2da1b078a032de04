"""The ledger for anyone: off unless switched on, and without names that were not given."""

from datetime import timedelta
from xml.etree import ElementTree

from flask.testing import FlaskClient

from portal.accounts.models import User
from portal.community.models import Member
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.services import suggest
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


def test_whoever_is_spoken_for_is_not_named_by_the_consent_of_who_wrote_it_down(
    client: FlaskClient, maya: User, rosa: User
) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    session().add(Member(user_id=rosa.id, founding_number=1, is_named_publicly=True))
    make_idea(proposed_by=rosa, owner=rosa, on_behalf_of="Frida Nobel")

    for path in ("/public-ledger", "/public-ledger/data", "/public-ledger/feed"):
        assert "Frida" not in client.get(path).text


def test_the_feed_can_be_read_and_what_is_late_is_said(client: FlaskClient, maya: User, rosa: User) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    suggest(title="A lamp \uffff\x0b for <b>winter</b>", body="\ufffe", by=maya)
    long_ago = now() - timedelta(days=40)
    make_idea(proposed_by=maya, owner=rosa, created_at=long_ago, acknowledge_by=long_ago + timedelta(days=1))

    feed = ElementTree.fromstring(client.get("/public-ledger/feed").data)
    data = client.get("/public-ledger/data").get_json()

    assert feed.findall("{*}entry")[1].findtext("{*}title") == "Waiting: A lamp for <b>winter</b>"
    assert data["figures"]["late_now"] == 1
    assert [row["is_late"] for row in data["suggestions"]] == [True, False]
    assert "1 late" in client.get("/public-ledger").text
