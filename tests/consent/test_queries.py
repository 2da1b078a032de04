"""Who may be contacted, and who must not be tracked."""

import pytest

from portal.consent.queries import account_key, contact_key, may_contact, objected_accounts, objected_addresses
from portal.consent.services import object_to_contact, object_to_tracking
from portal.foundation import config
from portal.foundation.database import session
from tests.conftest import settings_for_tests


def test_nobody_has_objected_until_they_say_so(db):
    assert may_contact("maya@example.org")


@pytest.mark.parametrize(
    "written", ["maya@example.org", " Maya@Example.ORG ", "maya+news@example.org", "MAYA+lamps+x@example.org"]
)
def test_an_objection_holds_however_the_address_is_written(db, written):
    object_to_contact("maya@example.org")

    assert not may_contact(written)
    assert may_contact("maja@example.org")
    assert may_contact("maya@example.com")


def test_an_objection_from_a_tagged_address_covers_the_mailbox(db):
    object_to_contact("maya+news@example.org")

    assert not may_contact("maya+news@example.org")
    assert not may_contact("maya@example.org")


def test_a_domain_means_the_same_in_letters_and_in_wire_form(db):
    object_to_contact("maya@bücher.example")

    assert not may_contact("maya@xn--bcher-kva.example")


@pytest.mark.parametrize("words", ["", "maya", "maya@", "a@b\r\nBcc: c@d.example", "maya@example.org, x@y.example"])
def test_what_is_no_address_is_never_written_to(db, words):
    assert not may_contact(words)


def test_an_address_that_begins_with_a_plus_keeps_its_words(db):
    object_to_contact("+maya@example.org")

    assert may_contact("+omar@example.org")


def test_a_hash_says_nothing_without_the_key_of_the_house(db):
    here = contact_key("maya@example.org")

    config.use(settings_for_tests(SECRET_KEY="another-secret-of-at-least-32-characters"))

    assert contact_key("maya@example.org") != here


def test_objected_accounts_are_found_however_their_handle_is_written(db):
    object_to_tracking("bluesky", "@Maya.Example")

    found = objected_accounts([("bluesky", "maya.example"), ("bluesky", "omar"), ("reddit", "maya.example")])

    assert found == {("bluesky", "maya.example")}


def test_a_thousand_accounts_cost_one_statement(db, queries):
    object_to_tracking("bluesky", "maya7")
    session().commit()
    queries.clear()

    found = objected_accounts({("bluesky", f"maya{number}") for number in range(1000)})

    assert found == {("bluesky", "maya7")}
    assert len(queries) == 1


def test_nothing_is_asked_about_no_accounts(db, queries):
    assert objected_accounts([]) == set()
    assert queries == []


def test_a_channel_and_a_handle_cannot_be_confused(db):
    assert account_key("a", "b") != account_key("b", "a")


def test_many_addresses_are_asked_about_in_one_statement(db, queries):
    object_to_contact("maya7@example.org")
    session().commit()
    queries.clear()

    found = objected_addresses(
        {*(f"maya{number}@example.org" for number in range(100)), "maya7+news@example.org", "no"}
    )

    assert found == {"maya7@example.org", "maya7+news@example.org", "no"}
    assert len(queries) == 1


def test_nothing_is_asked_about_no_addresses(db, queries):
    assert objected_addresses([]) == set()
    assert queries == []
