"""The brand's own accounts are known by the settings, whenever they come in."""

import pytest

from portal.foundation import config
from portal.foundation.database import session
from portal.listening import jobs
from portal.listening.services import take_in
from tests.conftest import settings_for_tests
from tests.listening.heard import make_draft, stored_authors


def own():
    return {author.handle for author in stored_authors() if author.is_brand}


@pytest.mark.usefixtures("db")
def test_own_accounts_are_marked_as_they_come_in():
    config.use(settings_for_tests(OWN_ACCOUNTS="bluesky:Lumen, @lumen_help ,x:juno"))

    take_in([make_draft(str(n), author=handle) for n, handle in enumerate(("lumen", "Lumen_Help", "juno"))])

    assert own() == {"lumen", "Lumen_Help"}


@pytest.mark.usefixtures("db")
def test_those_that_were_heard_before_are_marked_once_by_the_worker(monkeypatch):
    monkeypatch.setattr(jobs, "_marked", set())
    take_in([make_draft("1", author="lumen"), make_draft("2", author="juno")])
    session().commit()
    config.use(settings_for_tests(OWN_ACCOUNTS="lumen"))
    revision = stored_authors()[1].revision
    session().commit()

    assert jobs.mark_own_accounts() == 1
    assert jobs.mark_own_accounts() == 0
    assert own() == {"lumen"}
    assert stored_authors()[1].revision == revision + 1

    config.use(settings_for_tests(OWN_ACCOUNTS="juno"))
    session().commit()
    assert jobs.mark_own_accounts() == 2
    assert own() == {"juno"}
    assert stored_authors()[1].revision == revision + 2


@pytest.mark.usefixtures("db")
def test_without_the_setting_nobody_is_marked():
    take_in([make_draft("1", author="lumen")])

    assert own() == set()
