"""Staff from the command line."""

import re

from sqlalchemy import select

from portal.accounts.models import Role, SignInLink, User
from portal.foundation.audit import AuditEntry
from portal.foundation.database import session


def test_someone_is_made_a_manager(app):
    done = app.test_cli_runner().invoke(args=["accounts", "add", "Sam@example.com", "--name", "Sam"])

    assert done.output.strip() == "sam@example.com is manager."
    assert session().scalars(select(User)).one().role is Role.MANAGER


def test_a_known_address_gets_the_role_and_nobody_gave_it_to_themselves(app, maya):
    app.test_cli_runner().invoke(args=["accounts", "add", "maya@example.org", "--role", "responder"])

    session().expire_all()
    assert session().scalars(select(User)).one().role is Role.RESPONDER
    changed = session().scalars(select(AuditEntry).where(AuditEntry.verb == "user.role_changed")).one()
    assert (changed.by_id, changed.after) == (None, {"role": "responder"})


def test_the_only_admin_stays_one(app, ada):
    words = ["accounts", "add", "ada@example.com", "--role", "responder"]
    done = app.test_cli_runner().invoke(args=words)

    assert (done.exit_code, "is the only admin. Name another one first." in done.output) == (1, True)
    session().expire_all()
    assert session().scalars(select(User)).one().role is Role.ADMIN
    app.test_cli_runner().invoke(args=["accounts", "add", "max@example.com", "--role", "admin"])
    assert app.test_cli_runner().invoke(args=words).exit_code == 0


def test_a_bad_address_is_one_sentence(app):
    done = app.test_cli_runner().invoke(args=["accounts", "add", "nonsense"])

    assert done.exit_code == 1
    assert "not a mail address" in done.output


def test_the_printed_link_is_for_someone_known(app, ada):
    done = app.test_cli_runner().invoke(args=["accounts", "sign-in-link", "Ada@example.com"])

    assert re.fullmatch(r"http://localhost:8000/sign-in/\S{40,}\n", done.output)
    assert session().scalars(select(SignInLink)).one().user.role is Role.ADMIN


def test_a_mistyped_address_makes_nobody_an_admin(app, ada):
    typo, nobody = (
        app.test_cli_runner().invoke(args=["accounts", "sign-in-link", *words]) for words in (["adda@x.org"], [])
    )

    assert "Nobody here has the address adda@x.org" in typo.output
    assert "admin@example.com" in nobody.output
    assert (typo.exit_code, nobody.exit_code) == (1, 1)
    assert session().scalars(select(User)).all() == [ada]
