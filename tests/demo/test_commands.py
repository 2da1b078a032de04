"""`bin/run --demo` fills an empty database once, and leaves one that holds people alone."""

import pytest
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.demo.commands import FILLED, _fill_apart
from portal.foundation import config
from portal.foundation.audit import AuditEntry, record
from portal.foundation.database import database, end_work, session
from tests.conftest import portal_for, settings_for_tests
from tests.factories import make_user


def count(table: type[User] | type[AuditEntry]) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


def test_real_people_are_left_alone_and_a_whole_year_is_not_written_twice(committing_db: str) -> None:
    address = database.engine.url.render_as_string(hide_password=False)
    config.use(settings_for_tests(DATABASE_URL=address.replace("+psycopg", ""), DEMO=True))
    runner = portal_for(committing_db).test_cli_runner()
    ada = make_user("ada@example.com", "Ada Novak")
    end_work(commit=True)

    refused = runner.invoke(args=["demo", "--only-fill"])
    assert refused.exit_code == 1
    assert "a demonstration begins in an empty database" in refused.output
    assert "heard:" not in refused.output, "a password of the database"
    # What is served afterwards is a child of this process, so the filling is one too, and says no in the same way.
    with pytest.raises(SystemExit) as end:
        _fill_apart()
    assert end.value.code == 1
    record(FILLED, session().merge(ada), by=None)
    end_work(commit=True)
    again = runner.invoke(args=["demo", "--only-fill"])

    assert (again.exit_code, again.output) == (0, "")
    assert (count(User), count(AuditEntry)) == (1, 1)


def test_only_what_is_marked_as_a_demonstration_is_filled(db: str) -> None:
    done = portal_for(db).test_cli_runner().invoke(args=["demo"])

    assert done.exit_code == 1
    assert "set DEMO=true" in done.output
    assert count(User) == 0
