"""Who gets in, and who does not."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Role, Session, SignInLink, User
from portal.accounts.services import (
    BadAddress,
    LinkUnusable,
    add_user,
    change_role,
    clean_address,
    hash_secret,
    make_link,
    request_sign_in,
    safe_path,
    send_sign_in_link,
    sign_in,
    user_of_token,
)
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import database, session, transaction
from portal.foundation.mail.outbox import OutgoingMail


@pytest.mark.parametrize(
    ("written", "kept"),
    [(" Maya@Example.ORG ", "maya@example.org"), ("maya+lamps@example.org", "maya+lamps@example.org")],
)
def test_one_address_is_written_one_way(written, kept):
    assert clean_address(written) == kept


@pytest.mark.parametrize(
    "written",
    ["", "maya", "maya@", "a@b@c.org", "maya@example.org\nBcc: x@y.org", "mäya@example.org", "x" * 400 + "@a.org"],
)
def test_what_is_no_address_is_refused(written):
    with pytest.raises(BadAddress):
        clean_address(written)


def test_a_known_address_keeps_its_user_and_role(db, ada):
    again = add_user(email="ADA@example.com", name="Mallory", role=Role.MEMBER, by=None)

    assert (again.id, again.role, again.name) == (ada.id, Role.ADMIN, "Ada Novak")


def test_the_database_keeps_only_hashes_of_secrets(db, maya):
    secret = send_sign_in_link(maya)
    signed_in = sign_in(secret)

    assert session().scalars(select(SignInLink)).one().secret_hash == hash_secret(secret)
    assert session().scalars(select(Session)).one().token_hash == hash_secret(signed_in.token)


def test_a_link_made_for_one_leads_to_that_one_only(db, maya, omar):
    secret = make_link(omar)

    assert sign_in(secret).user.id == omar.id


def test_a_suspended_user_gets_no_mail_and_cannot_use_an_old_link(db, maya):
    secret = send_sign_in_link(maya)
    maya.suspended_at = now()
    session().commit()

    request_sign_in("maya@example.org", next_path="/")

    assert len(session().scalars(select(OutgoingMail)).all()) == 1
    with pytest.raises(LinkUnusable):
        sign_in(secret)


def test_a_session_runs_out(db, maya):
    token = sign_in(send_sign_in_link(maya)).token
    session().scalars(select(Session)).one().expires_at = now() - timedelta(seconds=1)
    session().flush()

    assert user_of_token(token) is None


def test_a_new_role_ends_every_session_and_is_written_down(db, maya, ada):
    token = sign_in(send_sign_in_link(maya)).token

    change_role(maya, Role.RESPONDER, by=ada)
    session().flush()

    assert user_of_token(token) is None
    entry = session().scalars(select(AuditEntry).where(AuditEntry.verb == "user.role_changed")).one()
    assert (entry.before, entry.after, entry.by_id) == ({"role": "member"}, {"role": "responder"}, ada.id)


@pytest.mark.parametrize("path", ["/ideas", "/ideas/3?standing=done", "/"])
def test_a_path_on_this_portal_is_kept(path):
    assert safe_path(path) == path


@pytest.mark.parametrize("path", ["//x", "/\\x", "https://x", "javascript:x", "x", "/a b", "/\n", "", "/" + "a" * 500])
def test_any_other_target_becomes_the_front_page(path):
    assert safe_path(path) == "/"


def test_a_link_pressed_twice_at_once_opens_one_session(committing_db):
    with transaction():
        secret = send_sign_in_link(make_user_in_transaction())
    outcomes = []

    def press():
        try:
            with transaction():
                sign_in(secret)
            outcomes.append("in")
        except LinkUnusable:
            outcomes.append("out")

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["in"] + ["out"] * 7
    assert database.engine


def make_user_in_transaction() -> User:
    user = User(email="maya@example.org", name="Maya", role=Role.MEMBER)
    session().add(user)
    session().flush()
    return user
